//! A line that YAML takes apart, or takes for a part of the one above, is mended as it was meant.

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
    assert!(found[0].fixes.iter().all(|fix| fix.is_choice), "{found:#?}");
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
    // A second id alone may as well be one too many.
    let twice = format!("{HEAD}steps:\n{}    id: b\n", step("- ", "a"));
    let (_, found, ..) = read(&twice);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code.name, "duplicate-key");
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
