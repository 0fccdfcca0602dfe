//! A line that YAML takes apart, or takes for a part of the one above, is mended as it was meant.

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::catalogue::read;
use super::remedies::{HEAD, line, mended, step};

#[test]
fn a_key_gets_the_colon_between_it_and_its_value() {
    let steps = "steps: [{id: a, uses: assert, with: {that: true}}]";
    line(
        &format!("summary \"so\"\n{steps}"),
        &format!("summary: \"so\"\n{steps}"),
    );
    let step = |id: &str| format!("steps:\n  - {id} a\n    uses: assert\n    with: {{that: true}}");
    line(&step("id"), &step("id:"));
    let whole = |head: &str| format!("{head} 1\n\n# more\nname: x\n{steps}\n");
    assert_eq!(mended(&whole("workflow")), whole("workflow:"));
    // A text that goes on is not made a key unasked.
    let (_, found, ..) = read(&format!("{HEAD}summary: so\nmuch for that\n{steps}\n"));
    asked(&found);
    for goes_on in ["postoffice server", "host server", "all ${{ site.name }}"] {
        let text = format!("{HEAD}summary: Prepares the\n{goes_on}\n{steps}\n");
        asked(&read(&text).1);
    }
}

/// Holds that the change of a first mistake is offered, and not made unasked.
#[track_caller]
fn asked(found: &[Diagnostic]) {
    let fixes = &found[0].fixes;
    assert!(!fixes.is_empty(), "{found:#?}");
    assert!(fixes.iter().all(|fix| fix.is_choice), "{found:#?}");
}

#[test]
fn quotes_within_an_expression_do_not_end_the_text_around_it() {
    step(
        r#"- {id: a, uses: assert, with: {that: "${{ site.name == "x" }}"}}"#,
        r#"- {id: a, uses: assert, with: {that: '${{ site.name == "x" }}'}}"#,
    );
    step(
        r#"- {id: a, uses: assert, with: {that: "${{ site.name in ["x", "y"] }}"}}"#,
        r#"- {id: a, uses: assert, with: {that: '${{ site.name in ["x", "y"] }}'}}"#,
    );
}

#[test]
fn a_second_id_in_a_step_that_begins_another_is_told_once_and_gets_its_dash() {
    let step = |head: &str, id: &str| {
        format!("  {head}id: {id}\n    uses: assert\n    with: {{that: true}}\n")
    };
    let text = |dash: &str| {
        let asks = "  - {id: c, when: steps.b.changed, uses: assert, with: {that: true}}";
        format!("steps:\n{}{}{asks}", step("- ", "a"), step(dash, "b"))
    };
    line(&text("  "), &text("- "));
    let list = |dash: &str| {
        let step = |head: &str, id: &str| {
            format!(
                "  {head}id: {id}\n    steps:\n    - {{id: of-{id}, uses: assert, with: {{that: true}}}}\n"
            )
        };
        format!("steps:\n{}{}", step("- ", "a"), step(dash, "b"))
    };
    line(list("  ").trim_end(), list("- ").trim_end());
    // A second id alone may as well be one too many, and so may one before all that is done.
    let early = |doc: &str| format!("  - id: a\n    doc: {doc}\n{}", step("  ", "b"));
    for twice in [
        step("- ", "a") + "    id: b\n",
        early("one"),
        early("{\n      uses: of it}"),
        step("- ", "a").replace("uses", "doc") + &step("  ", "b"),
    ] {
        let (_, found, ..) = read(&format!("{HEAD}steps:\n{twice}"));
        let is_told = |one: &&Diagnostic| one.code.name == "duplicate-key";
        assert!(found.iter().any(|one| is_told(&one)), "{twice}{found:#?}");
        let is_torn = |one: &Diagnostic| one.code.name == "syntax";
        assert!(!found.iter().any(is_torn), "{twice}{found:#?}");
    }
}

#[test]
fn braces_around_a_part_of_a_condition_are_put_around_all_of_it() {
    let inputs = "inputs: {n: {type: int, default: 2}}\nsteps:\n";
    line(
        &format!(
            "{inputs}  - {{id: a, when: \"${{{{ inputs.n }}}} > 1\", uses: assert, with: {{that: true}}}}"
        ),
        &format!(
            "{inputs}  - {{id: a, when: \"${{{{ inputs.n > 1 }}}}\", uses: assert, with: {{that: true}}}}"
        ),
    );
}
