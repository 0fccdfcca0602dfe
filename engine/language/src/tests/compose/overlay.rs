//! Overlays: over workflows, over sites, over each other.

use std::sync::Arc;

use runsheet_diagnostics::carets;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;

use super::BASE;
use crate::bound::{Bound, Given, GivenVar, bind};
use crate::compose::{NoFiles, Overlay, read_overlay};
use crate::read_variant;
use crate::site::read_site_with;
use crate::tests::catalogue::{catalogue, good};
use crate::workflow::Workflow;

fn overlays(texts: &[&str], sources: &mut Sources) -> (Vec<Overlay>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let read = texts.iter().enumerate().map(|(at, text)| {
        let source = sources.add(format!("overlay-{at}.yaml"), carets::strip(text));
        let (overlay, wrong) = read_overlay(source, sources);
        found.extend(wrong);
        overlay
    });
    (read.collect(), found)
}

/// The base under overlays, and what the lines of carets in those say.
#[track_caller]
fn laid(texts: &[&str]) -> (Workflow, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let (overlays, mut found) = overlays(texts, &mut sources);
    let base = sources.add("base.yaml", BASE);
    let (workflow, wrong) = read_variant(base, &overlays, &mut sources, &catalogue(), &NoFiles);
    found.extend(wrong);
    for (overlay, text) in overlays.iter().zip(texts) {
        assert_eq!(carets::annotate(&found, &sources, overlay.source), *text);
    }
    (workflow, found)
}

#[test]
fn the_later_of_two_overlays_counts_and_a_person_is_told() {
    let one = "overlay: 1\nname: one\npatch: {steps: [{id: first, timeout: 5m}]}\n";
    let two = "overlay: 1\nname: two\npatch: {steps: [{id: first, timeout: 9m}]}\n                                     ^^ overlays-disagree\n";
    let (workflow, found) = laid(&[one, two]);
    let total = workflow.nodes[1].timeout.as_ref().unwrap().total.as_ref();
    assert_eq!(total.unwrap().constant().unwrap().to_string(), "9m");
    assert!(!found[0].is_error());
    assert_eq!(found[0].labels.len(), 2);
}

#[test]
fn overlays_that_say_the_same_or_take_up_each_others_steps_do_not_disagree() {
    laid(&[
        "overlay: 1\nname: one\npatch: {steps: [{id: first, timeout: 5m}]}\n",
        "overlay: 1\nname: two\npatch: {steps: [{id: first, timeout: \"5m\"}]}\n",
    ]);
    laid(&[
        "overlay: 1\nname: one\npatch: {steps: [{id: new, $first: true, uses: assert, with: {that: true}}]}\n",
        "overlay: 1\nname: two\npatch: {steps: [{id: new, timeout: 5m}, {id: first, $rename: begin}]}\n",
    ]);
}

/// What two overlays say of one list, and how often that is told.
const OF_ORDER: [(&str, &str, usize); 10] = [
    (
        "{id: second, $before: first}",
        "{id: second, $last: true}",
        1,
    ),
    (
        "{id: second, $before: first}",
        "{id: second, $first: true}",
        0,
    ),
    (
        "{id: a, $after: first, NEW}",
        "{id: b, $after: first, NEW}",
        1,
    ),
    (
        "{id: a, $after: first, NEW}",
        "{id: b, $before: first, NEW}",
        0,
    ),
    ("{id: a, $after: first, NEW}", "{id: b, $after: a, NEW}", 0),
    ("{id: a, $after: first, NEW}", "{id: first, $last: true}", 1),
    ("{id: first, $last: true}", "{id: b, $after: first, NEW}", 1),
    (
        "{id: first, see: {$append: [Q1]}}",
        "{id: first, see: {$append: [Q2]}}",
        1,
    ),
    (
        "{id: first, see: {$append: [Q1]}}",
        "{id: first, see: {$prepend: [Q2]}}",
        0,
    ),
    (
        "{id: first, see: {$append: [Q1]}}",
        "{id: first, see: {$replace: [Q2]}}",
        1,
    ),
];

#[test]
fn overlays_that_disagree_about_order_are_told_with_both_places() {
    let new = "uses: assert, with: {that: true}";
    let base = BASE.replace("id: first\n", "id: first\n    see: [Q0]\n");
    for (one, other, wanted) in OF_ORDER {
        let text = |step: &str| {
            let step = step.replace("NEW", new);
            format!("overlay: 1\npatch: {{steps: [{step}]}}\n")
        };
        let mut sources = Sources::new();
        let (overlays, _) = overlays(&[&text(one), &text(other)], &mut sources);
        let source = sources.add("base.yaml", &*base);
        let (_, mut found) = read_variant(source, &overlays, &mut sources, &catalogue(), &NoFiles);
        found.retain(|one| one.code.name == "overlays-disagree");
        assert_eq!(found.len(), wanted, "{one} {other}");
        assert!(found.iter().all(|one| one.labels.len() == 2));
    }
}

#[test]
fn an_overlay_is_for_the_workflows_it_names() {
    laid(&["overlay: 1\nname: one\napplies_to: [base, other]\n"]);
    let (_, found) = laid(&[
        "overlay: 1\nname: one\napplies_to: [bsae]\n             ^^^^ overlay-for-another\n",
    ]);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `base`?"));
}

#[test]
fn a_file_that_is_no_overlay_is_told() {
    laid(&["overlay: 2\n         ^ overlay-format\npatches: {}\n^^^^^^^ unknown-key\n"]);
    laid(&["overlay: 1\npatch: [a]\n       ^^^ wrong-type\n"]);
}

const CALLS: &str = "\
workflow: 1
name: calls
include: [lib.yaml]
define: {own: {steps: [{id: a, uses: assert, with: {that: true}}]}}
steps: [{id: mine, uses: own}, {id: theirs, uses: lib.all}]
";

/// What is told of an overlay with these patches of steps and definitions over workflows that call.
fn over_calls(patch: &str) -> Vec<String> {
    let lib = "workflow: 1\ndefine: {all: {steps: [{id: a, uses: assert, with: {that: true}}]}}\n";
    let files = super::files(&[("calls.yaml", CALLS), ("lib.yaml", lib)]);
    let mut sources = Sources::new();
    let text = format!("overlay: 1\npatch: {{{patch}}}\n");
    let (laid, mut found) = overlays(&[&text], &mut sources);
    let main = sources.add("calls.yaml", CALLS);
    found.extend(read_variant(main, &laid, &mut sources, &catalogue(), &files).1);
    let said = |one: Diagnostic| format!("{}: {}", one.message, one.help.unwrap_or_default());
    found.into_iter().map(said).collect()
}

#[test]
fn an_overlay_reaches_the_definitions_of_the_workflow_and_no_other_file() {
    let table = [
        ("define: {own: {steps: [{id: a, timeout: 5m}]}}", None),
        (
            "steps: [{id: mine.a, timeout: 5m}]",
            Some(
                "`mine` holds no steps of its own: its steps are those of `own`: patch `define: {own: {steps: ..}}`",
            ),
        ),
        (
            "steps: [{id: theirs.a, timeout: 5m}]",
            Some(
                "`theirs` holds no steps of its own: its steps are those of `lib.all`, which a patch of this workflow does not reach: give it inputs, or put a step of your own in its place by `$replace: true`",
            ),
        ),
    ];
    for (patch, wanted) in table {
        let wanted: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
        assert_eq!(over_calls(patch), wanted, "{patch}");
    }
}

#[test]
fn an_overlay_changes_each_workflow_that_it_names_and_that_takes_part() {
    let main = "workflow: 1\nname: main\nsteps: [{id: one, uses: ./sub.yaml}, {id: two, uses: ./sub.yaml}]\n";
    let sub = "workflow: 1\nname: sub\nsteps: [{id: a, uses: assert, with: {that: true}}]\n";
    let files = super::files(&[("main.yaml", main), ("sub.yaml", sub)]);
    let read = |applies: &str| {
        let text = format!(
            "overlay: 1\n{applies}\npatch: {{steps: [{{id: b, $last: true, $optional: true, uses: assert, with: {{that: true}}}}]}}\n"
        );
        let mut sources = Sources::new();
        let (laid, mut found) = overlays(&[&text], &mut sources);
        let source = sources.add("main.yaml", main);
        let (workflow, wrong) = read_variant(source, &laid, &mut sources, &catalogue(), &files);
        found.extend(wrong);
        assert_eq!(found, [], "{applies}");
        let all = workflow.nodes.iter();
        all.filter(|node| &*node.id == "b").count()
    };
    assert_eq!(read(""), 1, "only the one that is run");
    assert_eq!(read("applies_to: [main]"), 1);
    assert_eq!(read("applies_to: [main, sub]"), 3);
    assert_eq!(read("applies_to: [sub]"), 2, "only the one that is called");
}

const SITE: &str = "\
site: 1
name: small
groups: {hubs: [HQ], all: [HQ, N]}
vars: {drive: A}
hosts:
  HQ: {vars: {drive: B}}
  N: {}
lab: {polling: 1m}
";

const VARS: &str = "\
workflow: 1
name: x
inputs:
  hub: {type: host, vars: {drive: text}, default: \"${{ site.groups.hubs[0] }}\"}
steps: [{id: a, uses: assert, with: {that: true}}]
";

/// The drives of HQ and N under overlays and `--set-var`.
fn drives(texts: &[&str], given: &[(&str, &str)]) -> Result<[String; 2], String> {
    let mut sources = Sources::new();
    let (overlays, mut found) = overlays(texts, &mut sources);
    let source = sources.add("site.yaml", SITE);
    let (site, wrong) = read_site_with(source, &overlays, &sources, &catalogue());
    found.extend(wrong);
    let var = |(owner, text): &(&str, &str)| GivenVar {
        owner: (*owner).into(),
        name: "drive".into(),
        text: (*text).into(),
    };
    let given = Given {
        vars: given.iter().map(var).collect(),
        ..Given::default()
    };
    let (bound, wrong) = bind(&Arc::new(good(VARS)), &site, &given);
    found.extend(wrong);
    let errors = found.into_iter().map(|one| one.message);
    let drive = |bound: &Bound, host: &str| bound.hosts[host].vars["drive"].to_string();
    match bound {
        Some(bound) => Ok([drive(&bound, "HQ"), drive(&bound, "N")]),
        None => Err(errors.collect::<Vec<_>>().join("; ")),
    }
}

/// Overlays, what the command line says, and the drives that follow.
type Row<'t> = (&'t [&'t str], &'t [(&'t str, &'t str)], [&'t str; 2]);

#[test]
fn variables_of_overlays_outrank_the_site_and_the_command_line_outranks_both() {
    let all = "overlay: 1\nvars: {all: {drive: C}}\n";
    let hub = "overlay: 1\nvars: {HQ: {drive: D}, all: {drive: E}}\n";
    let site = "overlay: 1\nsite: {hosts: {N: {vars: {drive: F}}}, lab: {polling: 10m}}\n";
    let table: [Row; 6] = [
        (&[], &[], ["B", "A"]),
        (&[all], &[], ["C", "C"]),
        (&[hub], &[], ["D", "E"]),
        (&[hub, all], &[], ["C", "C"]),
        (&[site], &[], ["B", "F"]),
        (&[hub, site], &[("HQ", "X"), ("all", "Y")], ["X", "Y"]),
    ];
    for (overlays, given, wanted) in table {
        assert_eq!(
            drives(overlays, given).unwrap(),
            wanted,
            "{overlays:?} {given:?}"
        );
    }
    assert_eq!(
        drives(&[], &[("HG", "X")]).unwrap_err(),
        "`--set-var HG.drive=..`: the site has no host or group `HG`"
    );
    assert_eq!(
        drives(&["overlay: 1\nvars: {HG: {drive: X}}\n"], &[("HG", "X")]).unwrap_err(),
        "there is no host or group `HG` in this site; `--set-var HG.drive=..`: the site has no host or group `HG`"
    );
}

#[test]
fn two_overlays_that_disagree_about_a_host_are_told_whatever_they_call_it() {
    let told = |texts: &[&str]| {
        let mut sources = Sources::new();
        let (overlays, _) = overlays(texts, &mut sources);
        let source = sources.add("site.yaml", SITE);
        let (_, found) = read_site_with(source, &overlays, &sources, &catalogue());
        let codes = found.iter().map(|one| (one.code.name, one.labels.len()));
        codes.collect::<Vec<_>>()
    };
    let all = "overlay: 1\nvars: {all: {drive: C}}\n";
    let hub = "overlay: 1\nvars: {HQ: {drive: D}}\n";
    let same = "overlay: 1\nvars: {HQ: {drive: C}}\n";
    let groups = "overlay: 1\nvars: {hubs: {drive: C}, all: {drive: D}}\n";
    assert_eq!(told(&[groups]), [("groups-disagree", 2)]);
    assert_eq!(told(&[all, hub]), [("overlays-disagree", 2)]);
    assert_eq!(told(&[hub, all]), [("overlays-disagree", 2)]);
    assert_eq!(told(&[all, same]), []);
    assert_eq!(told(&[all, all]), []);
}

/// What is told of an overlay over the base, and its text after the change that is offered.
fn remedied(text: &str) -> (Vec<Diagnostic>, Option<String>) {
    let mut sources = Sources::new();
    let (overlays, mut found) = overlays(&[text], &mut sources);
    let base = sources.add("base.yaml", BASE);
    let (_, wrong) = read_variant(base, &overlays, &mut sources, &catalogue(), &NoFiles);
    found.extend(wrong);
    let fix = found.first().and_then(|one| one.fixes.first());
    let mended = fix.map(|fix| fix.apply(&sources, overlays[0].source));
    (found, mended)
}

#[test]
fn what_an_overlay_says_beside_its_patch_is_put_under_it() {
    let steps = "steps:\n  # longer\n  - id: first\n    timeout: 5m\n\nsummary: of all\n";
    let (found, mended) = remedied(&format!("overlay: 1\n{steps}"));
    assert_eq!(found.len(), 1, "{found:#?}");
    let wanted = "overlay: 1\npatch:\n  steps:\n    # longer\n    - id: first\n      timeout: 5m\n\nsummary: of all\n";
    assert_eq!(mended.as_deref(), Some(wanted));
    let (found, _) = remedied(wanted);
    assert_eq!(found, []);
    let (found, mended) = remedied(&format!(
        "overlay: 1\npatch:\n  summary: x\ndefaults: {{timeout: 3m}}\n{steps}"
    ));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].labels.len(), 2);
    assert_eq!(remedied(&mended.expect("a change is offered")).0, []);
}

#[test]
fn keys_of_a_patch_that_stand_apart_are_told_once_and_left_to_a_person() {
    let (found, mended) = remedied(
        "overlay: 1\nsteps: [{id: first, timeout: 5m}]\nname: one\ndefaults: {timeout: 3m}\n",
    );
    assert_eq!((found.len(), mended), (1, None));
    let (found, _) = remedied("overlay: 1\nhosts: {EX1: {vars: {a: 1}}}\n");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].help.as_deref(),
        Some("what it changes stands under `site:`")
    );
}

#[test]
fn a_file_in_the_place_of_a_workflow_leads_to_its_name() {
    let (found, mended) = remedied("overlay: 1\napplies_to: ./bsae.yaml\n");
    assert_eq!(found.len(), 1);
    assert_eq!(mended.as_deref(), Some("overlay: 1\napplies_to: base\n"));
    let (found, mended) = remedied("overlay: 1\napplies_to: [other.yml]\n");
    assert_eq!(mended.as_deref(), Some("overlay: 1\napplies_to: [base]\n"));
    assert!(found[0].fixes[0].is_choice);
}

#[test]
fn variables_below_vars_are_told_and_read_as_they_are_meant() {
    let (_, found) = laid(&["\
overlay: 1
name: over
vars:
  A: {vars: {drive: S}}
      ^^^^ unknown-key
  B:
    vars:
    ^^^^ unknown-key
      drive: S
"]);
    assert_eq!(found[0].fixes[0].edits[0].text, "{drive: S}");
}

#[test]
fn a_step_that_an_overlay_gives_the_name_of_another_leaves_the_base_as_it_is() {
    let overlay = "overlay: 1\nname: over\npatch:\n  steps: [{id: first, $rename: second}]\n";
    let (found, mended) = remedied(overlay);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code.name, "duplicate-id");
    assert_eq!(mended, None);
    let by = found[0].labels[1].span;
    assert_eq!(&overlay[by.range()], "second");
}
