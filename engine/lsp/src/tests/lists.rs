//! Lists are offered where a `foreach:` goes over one.

use super::{SITE, labels, session};

const BASE: &str = "\
workflow: 1
name: base
inputs: {pos: {type: list<host>}, dx: host}
";

#[test]
fn lists_of_inputs_and_groups_are_offered_to_a_foreach() {
    let mut session = session(&[("base.yaml", BASE), ("sites/lab.yaml", SITE)]);
    let head = "workflow: 1\nname: a\nextends: base.yaml\ninputs: {own: list<text>, one: text}\n";
    for step in [
        "- {id: x, foreach: {po: |}}",
        "- id: x\n  foreach: {po: |",
        "- id: x\n  foreach:\n    po: |\n",
    ] {
        let wanted = [
            "${{ inputs.own }}",
            "${{ inputs.pos }}",
            "${{ site.groups.dx }}",
            "${{ site.groups.requestors }}",
        ];
        let marked = format!("{head}steps:\n{step}\n");
        assert_eq!(labels(&mut session, &marked), wanted, "{step}");
    }
}
