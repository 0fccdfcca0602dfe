//! The questions that a driver has in hand.

use std::collections::BTreeMap;
use std::time::Duration;

use runsheet_step::Name;
use runsheet_step::driver::CallKey;
use tokio::sync::mpsc::Sender;
use tokio::time::Instant;

use super::{Heard, Question};

/// How long answers may take.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// To a wait, beyond its slice.
    pub(super) wait: Duration,
    /// To anything else.
    pub(super) other: Duration,
}

/// A question that the driver has in hand.
pub(super) struct Open {
    key: Option<CallKey>,
    hears: Sender<Heard>,
    until: Instant,
    interrupted: bool,
    /// Nobody waits for it any more.
    forgotten: bool,
}

impl Open {
    pub(super) fn asked(question: &Question, patience: Patience) -> Open {
        let slice = question.slice.map(|slice| slice + patience.wait);
        Open {
            key: question.key.clone(),
            hears: question.hears.clone(),
            until: Instant::now() + slice.unwrap_or(patience.other),
            interrupted: false,
            forgotten: false,
        }
    }

    fn is_of(&self, key: &CallKey) -> bool {
        self.key
            .as_ref()
            .is_some_and(|own| is_same_attempt(own, key))
    }
}

/// Whether both are of one attempt of a step: an interrupt may name an act, or what it began.
pub(super) fn is_same_attempt(one: &CallKey, other: &CallKey) -> bool {
    let attempt = |key: &CallKey| (key.run.clone(), key.address.clone(), key.attempt);
    attempt(one) == attempt(other)
}

#[derive(Default)]
pub(super) struct OpenCalls(BTreeMap<u64, Open>);

impl OpenCalls {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn insert(&mut self, id: u64, open: Open) {
        self.0.insert(id, open);
    }

    pub(super) fn first_deadline(&self) -> Option<Instant> {
        self.0.values().map(|open| open.until).min()
    }

    /// What a driver that is late has not done.
    pub(super) fn late(&self) -> &'static str {
        let first = self.0.values().min_by_key(|open| open.until);
        match first.is_some_and(|open| open.interrupted) {
            true => "it did not end an act in time when it was asked to",
            false => "it did not answer in time",
        }
    }

    /// Nobody waits for this one any more. The driver has it in hand all the same, but no longer
    /// than until then. Says whether it has.
    pub(super) fn forget(&mut self, id: u64, until: Instant) -> bool {
        let open = self.0.get_mut(&id);
        let is_open = open.is_some();
        if let Some(open) = open {
            open.until = open.until.min(until);
            open.forgotten = true;
        }
        is_open
    }

    /// Gives up what nobody waits for and the driver is late with: its place is free. Says whether
    /// there was any.
    pub(super) fn give_up(&mut self, now: Instant) -> bool {
        let before = self.0.len();
        self.0.retain(|_, open| !open.forgotten || open.until > now);
        self.0.len() < before
    }

    /// Gives what is in hand of this attempt until then. Says whether there is anything.
    pub(super) fn interrupt(&mut self, key: &CallKey, until: Instant) -> bool {
        let mut found = false;
        for open in self.0.values_mut().filter(|open| open.is_of(key)) {
            open.until = open.until.min(until);
            open.interrupted = true;
            found = true;
        }
        found
    }

    /// A call hears something. One that there is not any more hears nothing.
    pub(super) async fn hear(&self, id: u64, heard: Heard) {
        if let Some(open) = self.0.get(&id) {
            open.hears.send(heard).await.ok();
        }
    }

    /// A call hears the last of it.
    pub(super) async fn close(&mut self, id: u64, heard: Heard) {
        if let Some(open) = self.0.remove(&id) {
            open.hears.send(heard).await.ok();
        }
    }

    pub(super) async fn lose_all(&mut self, why: &str) {
        let why: Name = why.into();
        for open in std::mem::take(&mut self.0).into_values() {
            open.hears.send(Heard::Lost(why.clone())).await.ok();
        }
    }
}
