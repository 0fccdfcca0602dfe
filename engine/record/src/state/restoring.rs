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

    /// As [`State::next_to_restore`], of the steps whose changes are taken back when this call
    /// ends: it has a list of `finally:`, and no call in it has one around them.
    #[must_use]
    pub fn next_to_restore_in(&self, call: InstanceId) -> Option<InstanceId> {
        self.finally_of(call)?;
        let temporary = self.temporary_in(call).into_iter();
        let left = temporary.filter(|id| self.changes_left(self.instance(*id)).next().is_some());
        left.max_by_key(|id| self.instance(*id).wrote)
    }

    /// Whether something could not be taken back when this call ended.
    #[must_use]
    pub fn is_unrestored(&self, call: InstanceId) -> bool {
        let temporary = self.temporary_in(call);
        let addresses = temporary.iter().map(|id| &self.instance(*id).address);
        let mut changes = addresses.flat_map(|address| {
            let all = self.restored.iter();
            all.filter(move |((of, _), _)| of == address)
        });
        self.finally_of(call).is_some() && changes.any(|(_, well)| !well)
    }

    /// The steps in a call whose changes are taken back when it ends.
    #[must_use]
    pub fn temporary_in(&self, call: InstanceId) -> Vec<InstanceId> {
        let mut found = Vec::new();
        let mut todo = vec![call];
        while let Some(id) = todo.pop() {
            let instance = self.instance(id);
            if id != call && self.finally_of(id).is_some() {
                continue;
            }
            let node = self.workflow().node(instance.node);
            if !instance.is_fan && node.action().is_some() && node.undo == Undo::AtEnd {
                found.push(id);
            }
            // What rescues the call is of its caller.
            let is_its = |child: &&InstanceId| {
                id != call || !self.workflow().is_rescue(self.instance(**child).node)
            };
            todo.extend(instance.children.iter().filter(is_its).rev());
        }
        found
    }

    /// What has been taken back is done with when its step is tried again.
    pub(super) fn forget_restored(&mut self, id: InstanceId) {
        if self.restored.is_empty() || self.instance(id).changes.is_empty() {
            return;
        }
        let address = self.instance(id).address.clone();
        let changes = std::mem::take(&mut self.instance_mut(id).changes);
        let (done, left): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| {
            let which = (address.clone(), change.key.clone());
            self.restored.get(&which) == Some(&true)
        });
        for change in done {
            self.restored.remove(&(address.clone(), change.key));
        }
        self.instance_mut(id).changes = left;
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
