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
