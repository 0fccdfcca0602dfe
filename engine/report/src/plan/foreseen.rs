//! The failures that a plan foresees and a run would not get over.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_language::workflow::{Failures, Node, Workflow};
use runsheet_record::plan::{End, Plan, Row};

use crate::address::{self, Part};

/// The steps that would fail, and the run with them: not those that may not run, nor those in a
/// group that takes the failure for a success, nor those that are rescued, nor some items of a
/// `foreach` that only warns of them; where all of its items fail, so does the `foreach`.
#[must_use]
pub fn foreseen(plan: &Plan) -> Vec<&Row> {
    let fails = |row: &&Row| matches!(row.end, End::Fails(_)) && row.guard.is_none();
    let mut failing: Vec<Placed<'_>> = plan.rows.iter().filter(fails).map(Placed::of).collect();
    if failing.is_empty() {
        return Vec::new();
    }
    let workflow = &plan.bound.workflow;
    let rows: Vec<Placed<'_>> = plan.rows.iter().map(Placed::of).collect();
    let depth = failing.iter().map(|row| row.parts.len()).max();
    // From the innermost outwards: what a group gets over, those around it never see.
    for depth in (1..=depth.unwrap_or(0)).rev() {
        let mut ends = BTreeMap::new();
        for row in failing.iter().filter(|row| row.parts.len() >= depth) {
            let place = row.level(depth);
            ends.entry(place.to_vec())
                .or_insert_with(|| match row.parts[depth - 1] {
                    Part::Step(_) => row.ends_within(depth, workflow),
                    Part::Item(_) => {
                        row.is_warned_of(depth, workflow)
                            && items(&failing, place).len() < items(&rows, place).len()
                    }
                });
        }
        let goes_on = |row: &Placed<'_>| row.parts.len() < depth || !ends[row.level(depth)];
        failing.retain(goes_on);
    }
    failing.into_iter().map(|row| row.row).collect()
}

/// A row with its address taken apart.
struct Placed<'p> {
    row: &'p Row,
    parts: Vec<Part<'p>>,
}

impl<'p> Placed<'p> {
    fn of(row: &'p Row) -> Placed<'p> {
        Placed {
            row,
            parts: address::parts(&row.address),
        }
    }

    /// The step, or the `foreach` of the item, at a depth of the address.
    fn level(&self, depth: usize) -> &[Part<'p>] {
        match self.parts[depth - 1] {
            Part::Step(_) => &self.parts[..depth],
            Part::Item(_) => &self.parts[..depth - 1],
        }
    }

    /// The steps as written that the first parts of the address name, and the one after them.
    fn nodes<'w>(
        &self,
        depth: usize,
        workflow: &'w Workflow,
    ) -> (Option<&'w Node>, Option<&'w Node>) {
        let nodes = address::nodes(&self.row.address, workflow);
        let is_step = |part: &&Part<'_>| matches!(part, Part::Step(_));
        let count = self.parts[..depth].iter().filter(is_step).count();
        let here = count.checked_sub(1).and_then(|at| nodes.get(at).copied());
        (here, nodes.get(count).copied())
    }

    /// Whether the step at a depth takes its failure for a success, or rescues it.
    fn ends_within(&self, depth: usize, workflow: &Workflow) -> bool {
        let (Some(here), inner) = self.nodes(depth, workflow) else {
            return false;
        };
        let inner = inner.and_then(|inner| inner.path.last().copied());
        let is_group = self.parts.len() > depth;
        is_group && !here.accept.is_empty() || here.rescue.is_some() && here.rescue != inner
    }

    /// Whether the `foreach` of which it is an item only warns of it.
    fn is_warned_of(&self, depth: usize, workflow: &Workflow) -> bool {
        let (here, _) = self.nodes(depth, workflow);
        let foreach = here.and_then(|node| node.foreach.as_ref());
        foreach.is_some_and(|foreach| foreach.failures == Failures::Warn)
    }
}

/// The items of a `foreach` that rows stand in.
fn items<'r>(rows: &'r [Placed<'_>], foreach: &[Part<'_>]) -> BTreeSet<&'r str> {
    let rows = rows.iter().filter(|row| row.parts.starts_with(foreach));
    let items = rows.filter_map(|row| match row.parts.get(foreach.len()) {
        Some(Part::Item(name)) => Some(*name),
        _ => None,
    });
    items.collect()
}
