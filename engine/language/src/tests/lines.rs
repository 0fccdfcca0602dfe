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
