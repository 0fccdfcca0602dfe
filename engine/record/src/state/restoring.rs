//! What is to be taken back at the end, and in which order.

use runsheet_language::workflow::Undo;
use runsheet_step::fact::{Change, Key};

use super::{Instance, InstanceId, State};

impl State {
    /// The step whose temporary changes are taken back next: of those that are left the one that
    /// wrote last.
    #[must_use]
    pub fn next_to_restore(&self) -> Option<InstanceId> {
        let temporary = self
            .instances()
            .filter(|(_, one)| self.workflow().node(one.node).undo == Undo::AtEnd);
        let left = temporary.filter(|(_, one)| self.changes_left(one).next().is_some());
        left.max_by_key(|(_, one)| one.wrote).map(|(id, _)| id)
    }

    /// The changes of a step that have not been taken back, one a resource and the latest first:
    /// the earliest change of a resource holds the value to go back to.
    #[must_use]
    pub fn to_restore(&self, id: InstanceId) -> Vec<&Change> {
        let mut seen: Vec<&Key> = Vec::new();
        let mut first = Vec::new();
        for change in self.changes_left(self.instance(id)) {
            if !seen.contains(&&change.key) {
                seen.push(&change.key);
                first.push(change);
            }
        }
        first.reverse();
        first
    }

    fn changes_left<'s>(&'s self, one: &'s Instance) -> impl Iterator<Item = &'s Change> {
        let left = |change: &&Change| {
            let which = (one.address.clone(), change.key.clone());
            !self.restored.contains_key(&which)
        };
        one.changes.iter().filter(left)
    }
}
