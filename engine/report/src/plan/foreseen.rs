//! The failures that a plan foresees and a run would not get over.

use runsheet_language::workflow::{Failures, Node, Workflow};
use runsheet_record::plan::{End, Plan, Row};

use crate::address;

/// The steps that would fail, and the run with them: not those that may not run, nor those in a
/// group that takes the failure for a success, or in a `foreach` that only warns of it, nor those
/// that are rescued.
#[must_use]
pub fn foreseen(plan: &Plan) -> Vec<&Row> {
    let workflow = &plan.bound.workflow;
    let fails = |row: &&Row| matches!(row.end, End::Fails(_)) && row.guard.is_none();
    let rows = plan.rows.iter().filter(fails);
    rows.filter(|row| !is_got_over(row, workflow)).collect()
}

fn is_got_over(row: &Row, workflow: &Workflow) -> bool {
    let warns = |node: &Node| {
        let failures = node.foreach.as_ref().map(|foreach| foreach.failures);
        failures == Some(Failures::Warn)
    };
    let around = address::nodes(&row.address, workflow);
    let inner = around.iter().skip(1).map(Some).chain([None]);
    let mut rescued = around.iter().zip(inner).filter(|(node, inner)| {
        let own = inner.and_then(|inner| inner.path.last().copied());
        node.rescue.is_some() && node.rescue != own
    });
    let mut groups = around.iter().rev().skip(1);
    around.last().is_some_and(|own| warns(own))
        || groups.any(|group| warns(group) || !group.accept.is_empty())
        || rescued.next().is_some()
}
