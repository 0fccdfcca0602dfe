//! One instance of a step or group: of a step in a `foreach` there is one for each item.

use runsheet_language::workflow::StepId;
use runsheet_step::fact::Change;
use runsheet_step::{Entry, Failure, Moment, Name, Request, Value};

use crate::event::{Check, Ended, Told};
use crate::status::Status;

/// The number of an instance in its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstanceId(pub(crate) u32);

impl InstanceId {
    pub(super) fn at(index: usize) -> InstanceId {
        InstanceId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// How far an instance has come on its way to running.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// What it needs has not ended.
    #[default]
    Waiting,
    /// It may start as soon as the schedule lets it, but not before this moment.
    Ready(Option<Moment>),
    /// It holds its locks; what is armed before it is being marked.
    Reserved,
    /// It runs.
    Running,
    /// All that is in it has ended; the schedule must say how it ended itself.
    Closing,
    /// It has ended.
    Ended,
}

/// One instance.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The step or group.
    pub node: StepId,
    /// The group instance it stands in, or for an item's instance the `foreach`.
    pub parent: Option<InstanceId>,
    /// Its name: `t1["NORTH/SALES"].send`.
    pub address: Name,
    /// The item, if this is the instance of one.
    pub item: Option<Value>,
    /// Whether this stands for all items together.
    pub is_fan: bool,
    /// Whether the items of a fan have been read.
    pub expanded: bool,
    /// What is in it: one for each child of a group in the order written, or one for each item.
    pub children: Vec<InstanceId>,
    /// How far it has come.
    pub phase: Phase,
    /// How it stands.
    pub status: Status,
    /// Which attempt this is, from 1. It counts on when a group around it is tried again.
    pub attempt: u32,
    /// How many attempts there were before the group around it was tried again.
    pub attempts_before: u32,
    /// The marks taken for it, by their number; nothing: they have not been asked for.
    pub marks: Option<Vec<Option<Entry>>>,
    /// What it asked and heard in this attempt, marks aside.
    pub transcript: Vec<Entry>,
    /// How many turns of this attempt have asked.
    pub turns: u32,
    /// What it gives, once it has ended.
    pub outputs: Value,
    /// Whether it changed anything.
    pub changed: bool,
    /// Whether a plan does not know if it changes anything.
    pub may_change: bool,
    /// The writes of all its attempts, in order.
    pub changes: Vec<Change>,
    /// Of a step that is taken back at the end: the acts of all its attempts that were answered
    /// with a value, in order.
    pub acts: Vec<Request>,
    /// How it failed for good, if it is being rescued or was.
    pub rescuing: Option<Box<Ended>>,
    /// Whether it failed and its `rescue:` ended well.
    pub rescued: bool,
    /// Why it failed.
    pub failure: Option<Box<Failure>>,
    /// The rules it was held against.
    pub checks: Vec<Check>,
    /// What is not as it should be.
    pub warnings: Vec<Name>,
    /// What its failure means.
    pub causes: Vec<Told>,
    /// When its first attempt started.
    pub started: Option<Moment>,
    /// When this attempt started.
    pub attempt_started: Option<Moment>,
    /// What a person said to its `confirm:`.
    pub confirmed: Option<bool>,
    /// When it ended.
    pub ended: Option<Moment>,
    /// When this attempt is out of time, by its own limits and those of the groups around it.
    pub deadline: Option<Moment>,
    /// Whether a plan does not know if it runs.
    pub maybe: bool,
    /// How many of what it needs have not ended well yet.
    pub(super) missing: u32,
    /// How many of its children have not ended.
    pub(super) open: u32,
    /// The place of its first write among the first writes of all; nothing: it wrote nothing.
    pub(super) wrote: Option<u32>,
    /// How many of its changes were asked for before the last turn.
    pub(super) changes_before: usize,
    /// Of a fan: the next item that may start.
    pub(super) next: u32,
    /// Of a fan: how many of its items have their turn.
    pub(super) released: u32,
    /// Of a fan: whether no more items start.
    pub(super) stopped: bool,
    /// Of an item: whether it has its turn.
    pub(super) has_turn: bool,
    /// The locks it holds.
    pub(super) locks: Vec<Name>,
    /// Whether it holds a place in the limit.
    pub(super) has_place: bool,
}

impl Instance {
    pub(super) fn new(node: StepId, parent: Option<InstanceId>, address: Name) -> Instance {
        Instance {
            node,
            parent,
            address,
            item: None,
            is_fan: false,
            expanded: false,
            children: Vec::new(),
            phase: Phase::default(),
            status: Status::default(),
            attempt: 1,
            attempts_before: 0,
            marks: None,
            transcript: Vec::new(),
            acts: Vec::new(),
            turns: 0,
            outputs: Value::Null,
            changed: false,
            may_change: false,
            changes: Vec::new(),
            rescuing: None,
            rescued: false,
            failure: None,
            checks: Vec::new(),
            warnings: Vec::new(),
            causes: Vec::new(),
            started: None,
            attempt_started: None,
            confirmed: None,
            ended: None,
            deadline: None,
            maybe: false,
            missing: 0,
            open: 0,
            wrote: None,
            changes_before: 0,
            next: 0,
            released: 0,
            stopped: false,
            has_turn: false,
            locks: Vec::new(),
            has_place: false,
        }
    }

    /// Takes the place of the instance of an earlier attempt of the group around it: its marks
    /// stay, its changes are still to be taken back, and no attempt has the number of another.
    pub(super) fn succeed(&mut self, old: &mut Instance) {
        if old.is_armed() {
            self.marks = old.marks.take();
        }
        self.changes = std::mem::take(&mut old.changes);
        self.changes_before = self.changes.len();
        self.wrote = old.wrote;
        self.attempts_before = old.attempt - u32::from(old.started.is_none());
        self.attempt = self.attempts_before + 1;
    }

    /// Whether its marks have been asked for.
    #[must_use]
    pub fn is_promised(&self) -> bool {
        self.marks.is_some()
    }

    /// Whether all its marks are there.
    #[must_use]
    pub fn is_armed(&self) -> bool {
        self.marks
            .as_ref()
            .is_some_and(|marks| marks.iter().all(Option::is_some))
    }

    /// Its marks, then all that it asked and heard in this attempt.
    #[must_use]
    pub fn whole_transcript(&self) -> Vec<Entry> {
        let marks = self.marks.iter().flatten().flatten();
        marks.chain(&self.transcript).cloned().collect()
    }
}
