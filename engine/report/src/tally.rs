//! How many of the steps in a group, or of the items of a `foreach`, stand how.

use std::collections::BTreeMap;

use runsheet_record::state::{Instance, InstanceId};
use runsheet_record::{State, Status};
use runsheet_step::Form;

/// Counts by how things stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<Status, usize>,
    /// How many of those that failed did so because their time was over.
    late: usize,
}

impl Tally {
    /// The items of a `foreach`, or the steps in a group, or one step.
    #[must_use]
    pub fn of(state: &State, id: InstanceId) -> Tally {
        let mut tally = Tally::default();
        let instance = state.instance(id);
        if instance.is_fan {
            let items = instance.children.iter();
            items.for_each(|item| tally.count(state.instance(*item)));
        } else {
            steps(state, id, &mut |step| tally.count(step));
        }
        tally
    }

    fn count(&mut self, instance: &Instance) {
        *self.counts.entry(instance.status).or_default() += 1;
        let failed = instance.failure.as_ref();
        let is_late = failed.is_some_and(|failure| failure.form == Form::code("timeout"));
        self.late += usize::from(is_late && instance.status == Status::Failed);
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// How many stand like this.
    #[must_use]
    pub fn with(&self, status: Status) -> usize {
        self.counts.get(&status).copied().unwrap_or(0)
    }

    /// In words: `48 done, 2 late`.
    #[must_use]
    pub fn words(&self) -> String {
        let failed = self.with(Status::Failed) - self.late;
        let parts = [
            (self.with(Status::Succeeded), "done"),
            (self.with(Status::Running), "running"),
            (self.late, "late"),
            (failed, "failed"),
            (self.with(Status::InDoubt), "in doubt"),
            (self.with(Status::Blocked), "blocked"),
            (self.with(Status::Cancelled), "cancelled"),
            (self.with(Status::Skipped), "skipped"),
            (self.with(Status::Waiting), "to come"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = parts
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        told.join(", ")
    }
}

/// Every step in a group instance, groups left out.
pub(crate) fn steps<'s>(state: &'s State, id: InstanceId, each: &mut impl FnMut(&'s Instance)) {
    let mut todo = vec![id];
    while let Some(id) = todo.pop() {
        let instance = state.instance(id);
        let is_action = state.workflow().node(instance.node).action().is_some();
        if is_action && !instance.is_fan {
            each(instance);
        }
        todo.extend(instance.children.iter().rev());
    }
}
