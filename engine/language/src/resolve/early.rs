//! Which steps of a list have begun, and all they wait for, before a certain one is reached.

use std::collections::BTreeSet;

use crate::read::Draft;
use crate::workflow::StepId;

/// The steps of which that is known. What they wait for is bound, and does not change to other
/// steps than those above, so it stays true.
#[derive(Default)]
pub(super) struct Early {
    known: BTreeSet<StepId>,
}

impl Early {
    /// Whether a step waits for none at or below another, not even by way of others.
    pub(super) fn is(&mut self, drafts: &[Draft<'_>], step: StepId, below: StepId) -> bool {
        let mut seen = BTreeSet::new();
        let mut todo = vec![step];
        while let Some(next) = todo.pop() {
            if next >= below {
                return false;
            }
            if !self.known.contains(&next) && seen.insert(next) {
                todo.extend(&drafts[next.index()].node.needs);
            }
        }
        self.known.extend(seen);
        true
    }
}
