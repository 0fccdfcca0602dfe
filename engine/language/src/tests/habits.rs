//! What people are used to from elsewhere: names without the way to them, and words of other tools.

use super::catalogue::read;
use super::remedies::{line, mended, step};
use crate::compose::read_overlay;

const HEAD: &str = "workflow: 1\nname: x\n";

/// The one thing that is told of a text below the head, its help, and whether a change is made
/// unasked.
#[track_caller]
fn only(text: &str) -> (String, String, bool) {
    let (_, found, ..) = read(&format!("{HEAD}{text}\n"));
    let [only] = found.as_slice() else {
        panic!("{text}\n{found:#?}");
    };
    let is_sure = only.fixes.iter().any(|fix| !fix.is_choice);
    let help = only.help.clone().unwrap_or_default();
    (only.message.clone(), help, is_sure)
}

#[test]
fn a_name_without_the_way_to_it_is_that_input_or_step() {
    let workflow = |when: &str| {
        format!(
            "inputs: {{pause: {{type: bool, default: true}}, tries: {{type: int, default: 2}}}}\nsteps:\n  \
             - {{id: a, uses: exec, host: h, with: {{argv: [ls]}}}}\n  \
             - {{id: b, when: {when}, uses: assert, with: {{that: true}}}}"
        )
    };
    let turns = |wrong: &str, right: &str| {
        let (wrong, right) = (workflow(wrong), workflow(right));
        let mended = mended(&format!("{HEAD}{wrong}\n"));
        assert_eq!(mended, format!("{HEAD}{right}\n"));
    };
    turns("pause", "inputs.pause");
    turns("not pause", "not inputs.pause");
    turns("tries > 1", "inputs.tries > 1");
    turns("a.changed", "steps.a.changed");
    turns("a.outputs.exit == 0", "steps.a.outputs.exit == 0");
    let (message, help, is_sure) = only(&workflow("puase"));
    assert_eq!(message, "there is no name `puase`");
    assert_eq!(help, "did you mean `inputs.pause`?");
    assert!(!is_sure);
}

#[test]
fn what_is_nothing_elsewhere_is_null() {
    let inputs = "inputs: {n: {type: int, default: 2}}\nsteps:\n  ";
    let step = |null: &str| {
        format!(
            "{inputs}- {{id: a, uses: assert, with: {{that: \"${{{{ inputs.n != {null} }}}}\"}}}}"
        )
    };
    line(&step("None"), &step("null"));
    line(&step("nil"), &step("null"));
}

#[test]
fn a_variable_of_a_host_without_the_way_to_it_is_that_one() {
    let workflow = |asked: &str| {
        format!(
            "inputs: {{po: {{type: host, default: HQ, vars: {{drive: text}}}}}}\nsteps:\n  \
             - {{id: a, uses: exec, host: \"${{{{ inputs.po }}}}\", with: {{argv: [ls, \"${{{{ {asked} }}}}\"]}}}}"
        )
    };
    line(
        &workflow("inputs.po.drive"),
        &workflow("inputs.po.vars.drive"),
    );
    line(&workflow("host.drive"), &workflow("host.vars.drive"));
}

#[test]
fn a_judgement_of_another_tool_never_becomes_a_condition_of_the_step() {
    let with = |said: &str| {
        format!("steps:\n  - {{id: a, {said}, uses: exec, host: h, with: {{argv: [ls]}}}}")
    };
    let table = [
        ("changed_when: false", "here it is `changed:`"),
        ("failed_when: false", "say the opposite in `expect:`"),
        ("unless: 1 == 2", "say the opposite: `when: not ..`"),
        ("allow_failure: true", "name the failures that are none"),
        ("attempts: 3", "`retry:` says how often"),
        ("timeout-minutes: 5", "here it is `timeout:`"),
    ];
    for (said, meant) in table {
        let (message, help, is_sure) = only(&with(said));
        assert!(message.ends_with("is no key of a step"), "{message}");
        assert!(help.starts_with(meant), "{help}");
        assert!(!is_sure, "{said}");
    }
}

#[test]
fn a_key_of_another_tool_is_the_one_that_says_the_same_here() {
    let table = [
        ("dependencies: [a]", "needs: [a]"),
        ("depends: a", "needs: a"),
        ("requires: [a]", "needs: [a]"),
        ("title: Lists", "doc: Lists"),
        ("condition: 1 == 1", "when: 1 == 1"),
        ("mutex: disk", "lock: disk"),
        ("rollback: none", "undo: none"),
    ];
    for (wrong, right) in table {
        let with = |said: &str| {
            format!(
                "- {{id: a, uses: exec, host: h, with: {{argv: [ls]}}}}\n  \
                 - {{id: b, {said}, uses: exec, host: h, with: {{argv: [ls]}}}}"
            )
        };
        step(&with(wrong), &with(right));
    }
    step(
        "- {id: a, uses: exec, target: h, with: {argv: [ls]}}",
        "- {id: a, uses: exec, host: h, with: {argv: [ls]}}",
    );
    step(
        "- {id: a, uses: exec, host: h, params: {argv: [ls]}}",
        "- {id: a, uses: exec, host: h, with: {argv: [ls]}}",
    );
}

#[test]
fn what_a_step_in_a_group_is_waited_for_by_is_the_group() {
    let steps = |needs: &str| {
        format!(
            "- id: a\n    steps:\n      - {{id: b, uses: exec, host: h, with: {{argv: [ls]}}}}\n  \
             - {{id: c, needs: [{needs}], uses: assert, with: {{that: \"${{{{ steps.a.changed }}}}\"}}}}"
        )
    };
    step(&steps("a.b"), &steps("a"));
}

#[test]
fn what_a_circle_cuts_off_is_not_told_as_well() {
    let (message, ..) = only(
        "steps:\n  - {id: a, uses: exec, host: h, with: {argv: [ls]}}\n  \
         - {id: b, needs: [c], uses: assert, with: {that: \"${{ steps.a.changed }}\"}}\n  \
         - {id: c, uses: assert, with: {that: true}}",
    );
    assert!(
        message.starts_with("steps wait for each other"),
        "{message}"
    );
}

#[test]
fn a_space_behind_the_dollar_is_taken_out() {
    let with = |arg: &str| {
        format!(
            "inputs: {{n: {{type: text, default: a}}}}\nsteps:\n  \
             - {{id: a, uses: exec, host: h, with: {{argv: [ls, \"{arg}\"]}}}}"
        )
    };
    line(&with("$ {{ inputs.n }}"), &with("${{ inputs.n }}"));
    // The sign of the money may stand before what was meant as text.
    let head = "workflow: 1\nname: x\n";
    let (_, found, ..) = read(&format!("{head}{}\n", with("costs $ {{ inputs.n }}")));
    let fixes: Vec<_> = found.iter().flat_map(|one| &one.fixes).collect();
    assert!(
        matches!(fixes.as_slice(), [only] if only.is_choice),
        "{found:#?}"
    );
}

#[test]
fn a_quote_in_an_expression_does_not_end_the_text() {
    step(
        "- {id: a, uses: assert, with: {that: \"${{ 'x' == \"x\" }}\"}}",
        "- {id: a, uses: assert, with: {that: '${{ ''x'' == \"x\" }}'}}",
    );
}

#[test]
fn signs_of_other_languages_are_explained() {
    let table = [
        ("1 ?? 2", "write `default(.., ..)`"),
        ("`a`", "a text stands between `'` or `\"`"),
        ("1 == ${{ 2", "this is in `${{ }}` already: leave it out"),
        ("“a”", "write straight quotes, `'` or `\"`"),
        (
            "[1].length == 1",
            "`len(..)` around the list counts its items",
        ),
    ];
    for (said, meant) in table {
        let said = said.replace('\'', "''");
        let text =
            format!("steps:\n  - {{id: a, uses: assert, with: {{that: '${{{{ {said} }}}}'}}}}");
        assert_eq!(only(&text).1, meant, "{said}");
    }
}

#[test]
fn a_site_in_the_place_of_an_overlay_is_told_once() {
    let mut sources = runsheet_diagnostics::source::Sources::new();
    let site = "site: 1\nname: lab\nvars: {drive: M}\nhosts: {HQ: {}}\n";
    let site = sources.add("lab.yaml", site);
    let (_, found) = read_overlay(site, &sources);
    let [only] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(only.message, "this is a site, and an overlay is wanted");
    assert_eq!(only.fixes, []);
}

#[test]
fn a_name_where_true_or_false_belongs_is_no_slip_for_one() {
    let workflow = |that: &str| {
        format!(
            "inputs: {{fast: {{type: bool, default: true}}}}\nsteps:\n  \
             - {{id: a, when: inputs.fast, uses: assert, with: {{that: {that}}}}}"
        )
    };
    line(&workflow("fast"), &workflow("\"${{ inputs.fast }}\""));
    line(&workflow("\"true\""), &workflow("true"));
    let step = "steps:\n  - {id: fales, uses: assert, with: {that: true}}\n  \
                - {id: b, when: fales, uses: assert, with: {that: true}}";
    let (_, help, is_sure) = only(step);
    assert!(help.starts_with("ask something of the step"), "{help}");
    assert!(!is_sure);
}

#[test]
fn a_group_in_brackets_without_quotes_is_that_group() {
    let workflow = |asked: &str| {
        format!(
            "inputs: {{dx: {{type: host, default: \"${{{{ {asked}[0] }}}}\"}}}}\nsteps:\n  \
             - {{id: a, uses: exec, host: \"${{{{ inputs.dx }}}}\", with: {{argv: [ls]}}}}"
        )
    };
    line(&workflow("site.groups[dx]"), &workflow("site.groups.dx"));
}

#[test]
fn causes_that_nobody_names_are_told_by_their_name() {
    for causes in ["why.nothing", "[why.nothing]"] {
        let (message, _, is_sure) = only(&format!(
            "steps:\n  - {{id: a, uses: exec, host: h, causes: {causes}, with: {{argv: [ls]}}}}"
        ));
        assert_eq!(message, "there are no causes `why.nothing`");
        assert!(!is_sure);
    }
}

#[test]
fn a_list_of_something_is_called_as_it_is_here() {
    let input = |kind: &str| {
        format!(
            "inputs: {{all: {{type: {kind}, default: [HQ]}}}}\nsteps:\n  \
             - {{id: a, foreach: {{one: \"${{{{ inputs.all }}}}\"}}, uses: exec, host: \"${{{{ one }}}}\", with: {{argv: [ls]}}}}"
        )
    };
    let table = [
        ("hosts", "list<host>"),
        ("list(host)", "list<host>"),
        ("[host]", "list<host>"),
        ("{list: host}", "list<host>"),
    ];
    for (wrong, right) in table {
        line(&input(wrong), &input(right));
    }
    for kind in ["array", "list"] {
        let (_, help, is_sure) = only(&input(kind));
        assert_eq!(help, "did you mean `list<text>` or `list<host>`?");
        assert!(!is_sure);
    }
}

#[test]
fn steps_a_level_too_deep_are_told_where_they_stand() {
    let step =
        |begin: &str, column: &str| format!("{begin}uses: assert\n{column}with: {{that: true}}");
    let right = format!("steps:\n  - {}", step("id: a\n    ", "    "));
    line(
        &format!("steps:\n  - a:\n      {}", step("", "      ")),
        &right,
    );
    let (_, found, ..) = read(&format!(
        "{HEAD}steps:\n  - - {}\n",
        step("id: a\n      ", "      ")
    ));
    let told: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["expected a step (a map), found a list of steps"]);
    let deep = format!("steps:\n  - - {}", step("id: a\n      ", "      "));
    line(&deep, &deep.replace("- - id", "-   id"));
}

#[test]
fn a_mistyped_id_is_not_missed_as_well() {
    step(
        "- {ide: a, uses: assert, with: {that: true}}",
        "- {id: a, uses: assert, with: {that: true}}",
    );
    let (message, ..) = only("steps:\n  - {nonsense: a, uses: assert, with: {that: true}}");
    assert_eq!(message, "`nonsense` is no key of a step");
}

#[test]
fn a_length_of_time_is_told_as_it_is_written_here() {
    let with = |time: &str| {
        format!("- {{id: a, timeout: {time}, uses: exec, host: h, with: {{argv: [ls]}}}}")
    };
    for (wrong, right) in [
        ("1.5h", "1h30m"),
        ("0.25m", "15s"),
        ("90S", "90s"),
        ("5M", "5m"),
    ] {
        step(&with(wrong), &with(right));
    }
    let (_, _, is_sure) = only(&format!("steps:\n  {}", with("5M")));
    assert!(!is_sure);
}

#[test]
fn no_change_is_offered_by_which_a_key_would_be_thrown_away() {
    let (_, found, ..) = read(&format!(
        "{HEAD}steps:\n  - id: a\n    uses: assert\n    with: {{that: true}}\n  b:\n    uses: assert\n    with: {{that: true}}\n"
    ));
    let offered = found.iter().flat_map(|one| &one.fixes);
    assert_eq!(offered.count(), 0, "{found:#?}");
}
