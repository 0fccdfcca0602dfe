//! What plugins bring is known where it can be used, and nowhere else.

use std::sync::Arc;

use lsp_types::{HoverContents, HoverParams, Position, Range, TextDocumentContentChangeEvent};
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Catalogue, Facility};

use super::{cursor, labels, open, place, session};
use crate::hover;
use crate::plugins::{Driver, Known};
use crate::session::Session;

static MISSING: Code = Code::new("plugin-missing", "# plugin-missing\n");

struct Bell;

impl Facility for Bell {
    fn name(&self) -> &str {
        "bell"
    }
}

/// A session in which the plugin `shelf` brings the kind `exec`, the facility `bell` and the driver
/// `ringer`. The file `gone` is no plugin. With `is_own` it is of the person's own.
fn with_plugins(is_own: bool, files: &[(&str, &str)]) -> Session {
    let linked = runsheet_site::fill(Catalogue::default()).step(runsheet_assert::Kind);
    let none = Arc::new(linked.clone());
    let shelf = Arc::new(linked.step(runsheet_exec::Kind).facility(Bell));
    let mut session = session(files);
    session.catalogue = Arc::clone(&none);
    session.store.drivers = vec![driver("lab", None), driver("local", Some("process"))];
    session.store.plugins = Some(Arc::new(move |named, sources, found| {
        for gone in named
            .iter()
            .filter(|one| one.path(sources).ends_with("gone"))
        {
            let message = format!("there is no plugin {}", gone.file);
            found.push(Diagnostic::error(&MISSING, message).at(gone.file_span, "this plugin"));
        }
        let is_there = |path: String| path == "/w/p/shelf";
        match is_own || named.iter().any(|one| is_there(one.path(sources))) {
            true => Known {
                kinds: Arc::clone(&shelf),
                drivers: [driver("ringer", Some("bell"))].into(),
            },
            false => Known {
                kinds: Arc::clone(&none),
                drivers: [].into(),
            },
        }
    }));
    session
}

fn driver(name: &str, facility: Option<&str>) -> Driver {
    Driver {
        name: name.to_owned(),
        facility: facility.map(str::to_owned),
        options: Some(match name {
            "ringer" => {
                vec![Field::new("tone", Type::word(&["high", "low"]), "how it sounds").required()]
            }
            _ => Vec::new(),
        }),
    }
}

const WORKFLOW: &str = "workflow: 1\nname: b\n";
const STEP: &str = "steps:\n  - {id: a, uses: exec, host: SALES, with: {argv: [dir]}}\n";
const PLUGINS: &str = "plugins: {shelf: p/shelf}\n";

/// What is told of a file when it is opened.
fn told(session: &mut Session, name: &str, text: &str) -> Vec<String> {
    let told = open(session, name, text).into_iter();
    let own = told.filter(|one| one.uri.as_str().ends_with(name));
    let all = own.flat_map(|one| one.diagnostics);
    all.map(|one| one.message).collect()
}

fn is_unknown(told: &[String]) -> bool {
    told.iter().any(|one| one.contains("no kind `exec`"))
}

#[test]
fn a_kind_of_a_plugin_is_completed_where_the_plugin_is_named() {
    let step = "steps:\n  - {id: a, uses: |}\n";
    let mut session = with_plugins(false, &[]);
    let with = labels(&mut session, &format!("{WORKFLOW}{PLUGINS}{step}"));
    assert!(with.iter().any(|label| label == "exec"), "{with:?}");
    let without = labels(&mut session, &format!("{WORKFLOW}{step}"));
    assert!(!without.iter().any(|label| label == "exec"), "{without:?}");
    assert!(without.iter().any(|label| label == "assert"), "{without:?}");
}

#[test]
fn a_kind_of_a_plugin_is_known_to_the_file_that_names_it_alone() {
    let mut session = with_plugins(false, &[]);
    let named = format!("{WORKFLOW}{PLUGINS}{STEP}");
    let told_of_it = told(&mut session, "a.yaml", &named);
    assert!(!is_unknown(&told_of_it), "{told_of_it:?}");
    let told_of_other = told(&mut session, "b.yaml", &format!("{WORKFLOW}{STEP}"));
    assert!(is_unknown(&told_of_other), "{told_of_other:?}");
}

#[test]
fn a_plugin_of_a_persons_own_is_known_to_every_file() {
    let mut session = with_plugins(true, &[]);
    let told_of_it = told(&mut session, "b.yaml", &format!("{WORKFLOW}{STEP}"));
    assert!(!is_unknown(&told_of_it), "{told_of_it:?}");
    let kinds = format!("{WORKFLOW}steps:\n  - {{id: a, uses: |}}\n");
    assert!(labels(&mut session, &kinds).contains(&"exec".to_owned()));
    let site = "site: 1\nname: s\nhosts: {A: {facilities: {bell: |}}}\n";
    assert!(labels(&mut session, site).contains(&"ringer".to_owned()));
}

#[test]
fn a_workflow_can_use_what_a_site_brings() {
    let site = format!("site: 1\nname: s\n{PLUGINS}hosts: {{SALES: {{}}}}\n");
    let files: &[(&str, &str)] = &[("lab.yaml", &site)];
    let mut session = with_plugins(false, files);
    let of_site = told(&mut session, "b.yaml", &format!("{WORKFLOW}{STEP}"));
    assert!(!is_unknown(&of_site), "{of_site:?}");
}

#[test]
fn a_site_can_bind_what_a_workflow_brings() {
    let workflow = format!("{WORKFLOW}{PLUGINS}{STEP}");
    let site = "site: 1\nname: s\nhosts: {A: {facilities: {bell: |}}}\n";
    let mut with = with_plugins(false, &[("w.yaml", &workflow)]);
    assert!(labels(&mut with, site).contains(&"ringer".to_owned()));
    let mut without = with_plugins(false, &[]);
    assert!(!labels(&mut without, site).contains(&"ringer".to_owned()));
}

#[test]
fn drivers_are_offered_for_the_facility_they_serve() {
    let mut session = with_plugins(false, &[]);
    let mut offered = |facility: &str| {
        let facilities = format!("{{{facility}: {{driver: |}}}}");
        let hosts = format!("hosts: {{A: {{facilities: {facilities}}}}}\n");
        labels(&mut session, &format!("site: 1\nname: s\n{PLUGINS}{hosts}"))
    };
    assert_eq!(offered("bell"), ["lab", "ringer"]);
    assert_eq!(offered("process"), ["lab", "local"]);
}

#[test]
fn what_is_wrong_with_a_plugin_of_a_site_is_told_in_the_site() {
    let site = "site: 1\nname: s\nplugins: {gone: p/gone}\nhosts: {SALES: {}}\n";
    let mut session = with_plugins(false, &[("lab.yaml", site)]);
    let of_workflow = open(&mut session, "b.yaml", &format!("{WORKFLOW}{STEP}"));
    let all: Vec<&str> = of_workflow
        .iter()
        .flat_map(|one| &one.diagnostics)
        .map(|one| &*one.message)
        .collect();
    assert!(
        all.iter().all(|one| !one.contains("no plugin p/gone")),
        "{all:?}"
    );
    let of_site = told(&mut session, "lab.yaml", site);
    assert!(of_site.iter().any(|one| one.contains("no plugin p/gone")));
}

#[test]
fn a_workflow_is_looked_at_again_when_a_site_names_a_plugin() {
    let site = "site: 1\nname: s\nhosts: {SALES: {}}\n";
    let mut session = with_plugins(false, &[("lab.yaml", site)]);
    let before = told(&mut session, "b.yaml", &format!("{WORKFLOW}{STEP}"));
    assert!(is_unknown(&before), "{before:?}");
    open(&mut session, "lab.yaml", site);
    let line = Position::new(2, 0);
    let change = TextDocumentContentChangeEvent {
        range: Some(Range::new(line, line)),
        range_length: None,
        text: PLUGINS.to_owned(),
    };
    let shown = session.change("/w/lab.yaml", &[change], 2);
    let workflow = shown
        .iter()
        .find(|one| one.uri.as_str().ends_with("b.yaml"));
    let workflow = workflow.expect("it is told of again");
    assert!(
        workflow
            .diagnostics
            .iter()
            .all(|one| !one.message.contains("no kind")),
        "{:?}",
        workflow.diagnostics
    );
}

#[test]
fn a_kind_of_a_plugin_is_explained_where_it_is_pointed_at() {
    let mut session = with_plugins(false, &[]);
    let step = STEP.replace("exec", "ex|ec");
    let (text, position) = cursor(&session, &format!("{WORKFLOW}{PLUGINS}{step}"));
    open(&mut session, "a.yaml", &text);
    let asked = HoverParams {
        text_document_position_params: place("a.yaml", position),
        work_done_progress_params: Default::default(),
    };
    let told = hover::hover(&session, asked).map(|hover| hover.contents);
    let Some(HoverContents::Markup(words)) = told else {
        panic!("{told:?}");
    };
    assert!(words.value.contains("exec"), "{}", words.value);
}

#[test]
fn what_a_driver_takes_is_offered_and_told_and_held() {
    let site = |binding: &str| {
        let hosts = format!("hosts: {{A: {{facilities: {{bell: {binding}}}}}}}\n");
        format!("site: 1\nname: s\n{PLUGINS}{hosts}")
    };
    let mut session = with_plugins(false, &[]);
    let keys = labels(&mut session, &site("{driver: ringer, |}"));
    assert_eq!(keys, ["tone"]);
    let words = labels(&mut session, &site("{driver: ringer, tone: |}"));
    assert_eq!(words, ["high", "low"]);
    let wrong = [
        ("{driver: ringer, tnoe: low}", "`tnoe` is no key"),
        ("{driver: ringer, tone: loud}", "`loud`"),
        ("{driver: local, tone: low}", "`tone` is no key"),
        ("ringer", "needs `tone`"),
    ];
    for (binding, wanted) in wrong {
        let told = told(&mut session, "s.yaml", &site(binding));
        assert!(
            told.iter().any(|one| one.contains(wanted)),
            "{binding}: {told:?}"
        );
    }
    let right = told(&mut session, "s.yaml", &site("{driver: ringer, tone: low}"));
    assert!(right.is_empty(), "{right:?}");
}

#[test]
fn what_an_overlay_says_of_a_driver_is_held_against_what_that_takes() {
    let overlay = |binding: &str| {
        let hosts = format!("hosts: {{A: {{facilities: {{bell: {binding}}}}}}}");
        format!("overlay: 1\nname: o\nsite: {{{hosts}}}\n")
    };
    let mut session = with_plugins(false, &[]);
    let table = [
        ("{driver: local, tone: low}", "`tone` is no key"),
        ("{$replace: {driver: local, tone: low}}", "`tone` is no key"),
        ("{driver: local}", ""),
        ("{driver: local, tone: {$delete: true}}", ""),
        ("{driver: nobody, tone: low}", ""),
        ("{tone: low}", ""),
    ];
    for (binding, wanted) in table {
        let told = told(&mut session, "o.yaml", &overlay(binding));
        assert_eq!(
            told.len(),
            usize::from(!wanted.is_empty()),
            "{binding}: {told:?}"
        );
        assert!(told.iter().all(|one| one.contains(wanted)), "{told:?}");
    }
}

#[test]
fn what_an_overlay_leaves_out_of_a_driver_a_site_may_say() {
    let overlay = |binding: &str| {
        let hosts = format!("hosts: {{A: {{facilities: {{bell: {binding}}}}}}}");
        format!("overlay: 1\nname: o\napplies_to: b\nsite: {{{hosts}}}\n")
    };
    let files = [("b.yaml", format!("{WORKFLOW}{PLUGINS}{STEP}"))];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
    let mut session = with_plugins(false, &files);
    for (binding, wanted) in [
        ("ringer", 0),
        ("{driver: ringer}", 0),
        ("{driver: ringer, tone: loud}", 1),
    ] {
        let told = told(&mut session, "o.yaml", &overlay(binding));
        assert_eq!(told.len(), wanted, "{binding}: {told:?}");
    }
}
