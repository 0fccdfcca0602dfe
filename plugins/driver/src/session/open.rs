//! The questions that a driver has in hand.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::Duration;

use runsheet_step::driver::CallKey;
use runsheet_step::{Name, duration};
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
    /// For so long nobody is told, beyond the slice of a wait.
    pub(super) quiet: Duration,
}

/// A question that the driver has in hand.
pub(super) struct Open {
    key: Option<CallKey>,
    /// In words.
    what: Name,
    writes: bool,
    /// Whether it may be answered with `not_yet`.
    waits: bool,
    hears: Sender<Heard>,
    since: Instant,
    until: Instant,
    /// When it is told that it is waited for, unless it was.
    told_at: Option<Instant>,
    interrupted: bool,
    /// Nobody waits for it any more.
    forgotten: bool,
}

impl Open {
    pub(super) fn asked(question: &Question, patience: Patience) -> Open {
        let slice = question.slice.map(|slice| slice + patience.wait);
        let since = Instant::now();
        Open {
            key: question.key.clone(),
            what: question.what.clone(),
            writes: question.writes,
            waits: question.slice.is_some(),
            hears: question.hears.clone(),
            since,
            until: since + slice.unwrap_or(patience.other),
            told_at: Some(since + question.slice.unwrap_or_default() + patience.quiet),
            interrupted: false,
            forgotten: false,
        }
    }

    /// What a person can do who does not want to wait.
    fn way_out(&self) -> &'static str {
        match (self.interrupted, self.writes) {
            (true, _) => "",
            (false, true) => TWICE,
            (false, false) => ONCE,
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
pub(super) struct OpenCalls {
    open: BTreeMap<u64, Open>,
    /// Those whose answers may still come, though nobody waits for them.
    given_up: BTreeSet<u64>,
    /// All that this process was asked lie between these: ids rise, and none is used again.
    asked: Range<u64>,
}

impl OpenCalls {
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn insert(&mut self, id: u64, open: Open) {
        let first = if self.asked.is_empty() {
            id
        } else {
            self.asked.start
        };
        self.asked = first.min(id)..self.asked.end.max(id + 1);
        self.open.insert(id, open);
    }

    pub(super) fn first_deadline(&self) -> Option<Instant> {
        self.open.values().map(|open| open.until).min()
    }

    /// What a driver that is late has not done.
    pub(super) fn late(&self) -> &'static str {
        let first = self.open.values().min_by_key(|open| open.until);
        match first.is_some_and(|open| open.interrupted) {
            true => "it did not end an act in time when it was asked to",
            false => "it did not answer in time",
        }
    }

    /// Nobody waits for this one any more. The driver has it in hand all the same, but no longer
    /// than until then. Says whether it has.
    pub(super) fn forget(&mut self, id: u64, until: Instant) -> bool {
        let open = self.open.get_mut(&id);
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
        let before = self.open.len();
        let given_up = &mut self.given_up;
        self.open.retain(|id, open| {
            let stays = !open.forgotten || open.until > now;
            if !stays {
                given_up.insert(*id);
            }
            stays
        });
        self.open.len() < before
    }

    /// Gives what is in hand of this attempt until then. Says whether there is anything.
    pub(super) fn interrupt(&mut self, key: &CallKey, until: Instant) -> bool {
        let mut found = false;
        for open in self.open.values_mut().filter(|open| open.is_of(key)) {
            open.until = open.until.min(until);
            open.interrupted = true;
            found = true;
        }
        found
    }

    /// When somebody is to be told that an answer is waited for.
    pub(super) fn first_told(&self) -> Option<Instant> {
        let waited_for = self.open.values().filter(|open| !open.forgotten);
        waited_for.filter_map(|open| open.told_at).min()
    }

    /// What has been waited for so long that somebody is to know it, in words, once.
    pub(super) fn waited_for(&mut self, now: Instant) -> Option<String> {
        let is_due = |open: &&mut Open| {
            !open.forgotten && open.told_at.is_some_and(|told_at| told_at <= now)
        };
        let mut due: Vec<&mut Open> = self.open.values_mut().filter(is_due).collect();
        due.iter_mut().for_each(|open| open.told_at = None);
        let first = due.iter().min_by_key(|open| open.since)?;
        let what = match due.len() {
            1 => first.what.to_string(),
            count => format!("{} and {} more", first.what, count - 1),
        };
        Some(waited(&what, first.since, first.until, first.way_out()))
    }

    /// A call hears something before its answer.
    ///
    /// # Errors
    /// The driver was never asked that.
    pub(super) async fn hear(&self, id: u64, heard: Heard) -> Result<(), String> {
        match self.open.get(&id) {
            Some(open) => {
                open.hears.send(heard).await.ok();
                Ok(())
            }
            None if self.asked.contains(&id) => Ok(()),
            None => Err(self.not_asked("wrote output of", id)),
        }
    }

    /// A call hears the last of it.
    ///
    /// # Errors
    /// The driver was not asked that, has answered it before, or says of what is no wait that it
    /// is not yet.
    pub(super) async fn close(&mut self, id: u64, heard: Heard) -> Result<(), String> {
        if let (Heard::NotYet(_), Some(open)) = (&heard, self.open.get(&id))
            && !open.waits
        {
            return Err(format!(
                "it said `not_yet` to question {id}, which is no wait"
            ));
        }
        match self.open.remove(&id) {
            Some(open) => {
                open.hears.send(heard).await.ok();
                Ok(())
            }
            None if self.given_up.remove(&id) => Ok(()),
            None if self.asked.contains(&id) => {
                let in_hand = self.in_hand();
                Err(format!("it answered question {id} once more; {in_hand}"))
            }
            None => Err(self.not_asked("answered", id)),
        }
    }

    fn not_asked(&self, did: &str, id: u64) -> String {
        let in_hand = self.in_hand();
        format!("it {did} question {id}, which it was not asked; {in_hand}")
    }

    fn in_hand(&self) -> String {
        let mut ids = self.open.keys().map(u64::to_string).collect::<Vec<_>>();
        match (ids.pop(), ids.is_empty()) {
            (None, _) => "it has none in hand".to_owned(),
            (Some(last), true) => format!("it has question {last} in hand"),
            (Some(last), false) => {
                format!("it has the questions {} and {last} in hand", ids.join(", "))
            }
        }
    }

    pub(super) async fn lose_all(&mut self, why: &str) {
        let why: Name = why.into();
        for open in std::mem::take(self).open.into_values() {
            open.hears.send(Heard::Lost(why.clone())).await.ok();
        }
    }
}

/// What ends the waiting.
pub(super) const ONCE: &str = "; Ctrl-C cancels";
const TWICE: &str = "; Ctrl-C twice interrupts it";

/// What is waited for, how long it has been, how long it may be, and the way out.
pub(super) fn waited(what: &str, since: Instant, until: Instant, way_out: &str) -> String {
    let whole = |span: Duration| duration::show(Duration::from_secs(span.as_secs()));
    let (so_far, most) = (whole(since.elapsed()), whole(until - since));
    format!("{what}: {so_far} so far, {most} at most{way_out}")
}
