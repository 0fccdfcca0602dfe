//! What has ended whenever something starts.

use super::catalogue::good;
use crate::workflow::order::Order;
use crate::workflow::{StepId, Workflow};

/// A list of steps, each an id with what it needs: `c:a,b`; nothing behind it: all above.
fn list(steps: &str) -> Workflow {
    let step = |step: &str| {
        let (id, needs) = match step.split_once(':') {
            Some((id, needs)) => (id, format!("needs: [{needs}], ")),
            None => (step, String::new()),
        };
        format!("  - {{id: {id}, {needs}uses: assert, with: {{that: true}}}}\n")
    };
    let steps: String = steps.split(' ').map(step).collect();
    good(&format!("workflow: 1\nname: x\nsteps:\n{steps}"))
}

/// All that is before a step, by ids.
fn before(workflow: &Workflow, id: &str) -> String {
    let order = Order::of(workflow);
    let step = workflow.child(StepId::MAIN, id).expect("the id is there");
    let all = workflow.ids().filter(|one| *one != StepId::MAIN);
    let before = all.filter(|one| order.is_before(workflow, *one, step));
    before
        .map(|one| workflow.node(one).id.to_string())
        .collect()
}

#[test]
fn a_step_waits_for_all_above_it_or_for_what_it_names() {
    let workflow = list("a b: c:a d e:b f:c,b g:");
    let table = [
        ("a", ""),
        ("b", ""),
        ("c", "a"),
        ("d", "abc"),
        ("e", "b"),
        ("f", "abc"),
        ("g", ""),
    ];
    for (id, wanted) in table {
        assert_eq!(before(&workflow, id), wanted, "{id}");
    }
}

#[test]
fn needs_may_name_what_stands_below() {
    let workflow = list("a:b b:c c:");
    assert_eq!(before(&workflow, "a"), "bc");
    assert_eq!(before(&workflow, "c"), "");
}

#[test]
fn order_is_the_same_for_long_lists() {
    let long: Vec<String> = (0..200)
        .map(|n| match n {
            0 | 1 => format!("s{n}:"),
            n => format!("s{n}:s{}", n - 2),
        })
        .collect();
    let workflow = list(&long.join(" "));
    let order = Order::of(&workflow);
    let step = |n: u32| StepId(n + 1);
    for (one, other) in [(0, 198), (1, 199), (128, 192)] {
        assert!(order.in_list(step(one), step(other)));
        assert!(!order.in_list(step(other), step(one)));
    }
    assert!(!order.in_list(step(0), step(199)));
    assert!(!order.in_list(step(63), step(64)));
}
