//! Drivers perform requests. They are the only code that does I/O, and they know neither steps
//! nor workflows. Nothing here names a runtime: a driver gives a future, whoever runs it.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::request::{Cursor, Request, Verb};
use crate::{Answer, Moment, Name};

/// A future without a runtime.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Which performance of which question this is: the idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallKey {
    /// The run.
    pub run: Name,
    /// The step, by its address.
    pub address: Name,
    /// Which attempt of it, from 1; 0: a temporary change is taken back.
    pub attempt: u32,
    /// Which turn of the attempt, from 1; 0: a mark that is taken before it.
    pub turn: u32,
    /// Which question of the turn, from 0; looks before its writes count on.
    pub index: u32,
}

/// A question to be performed, with its secrets opened.
pub struct Call<'c> {
    /// Which one.
    pub key: CallKey,
    /// What is asked.
    pub request: Request,
    /// The value before a write, as the engine read it just before.
    pub before: Option<Fact>,
    /// How long a wait may be held open, at most 30 s; then the driver says [`Reply::NotYet`].
    pub slice: Duration,
    /// Where progress and output go beside the answer.
    pub sink: &'c dyn Sink,
}

/// What a driver says.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The answer. To a wait on a stream: the items that match its filter or its abort, in the
    /// order of the stream, up to the last that is wanted or the first abort. The engine matches
    /// them once more, so a driver may send more. To a wait on a resource: its value, in a list.
    Answer(Answer),
    /// Nothing matched so far; ask on from here. Steps never see this.
    NotYet(Cursor),
    /// There will be no answer, for this reason, and whether it happened is not known: what served
    /// it is gone. It is asked again if that is harmless; otherwise the step is in doubt.
    Lost(Name),
}

/// What a driver tells beside the answer. Reporters and blobs take it; steps never see it.
pub trait Sink: Send + Sync {
    /// A piece of output, as it comes.
    fn output(&self, key: &CallKey, chunk: &[u8]);
}

/// A sink that keeps nothing.
pub struct Drain;

impl Sink for Drain {
    fn output(&self, _: &CallKey, _: &[u8]) {}
}

/// Performs the requests of one facility at one kind of site.
pub trait Driver: Send + Sync {
    /// Performs one question. The future may be dropped only while it waits or reads.
    fn perform<'a>(&'a self, call: &'a Call<'a>) -> Pending<'a, Reply>;

    /// Asks an act in flight to end early; its `perform` then answers, most likely with a fault.
    /// Where the call is a wait for the end of what an act has begun ([`crate::Facility::begun`]),
    /// that is ended.
    fn interrupt<'a>(&'a self, _key: &'a CallKey) -> Pending<'a, ()> {
        Box::pin(std::future::ready(()))
    }

    /// Whether its waits go by the clock of the site. A person's answers do not: while one is
    /// awaited, a clock that turns by itself stands still.
    fn follows_site_clock(&self) -> bool {
        true
    }

    /// Whether what it does outlasts this process. A site that is only in memory is gone with the
    /// run that worked on it, and leaves nothing a journal would have to be safe for.
    fn outlasts_process(&self) -> bool {
        true
    }

    /// The half of it that only looks, for planners. A driver that cannot look without acting has
    /// none, and what it serves is unknown to a plan.
    fn reader(&self) -> Option<&dyn Reader> {
        None
    }
}

/// The half of a driver that only looks.
pub trait Reader: Send + Sync {
    /// Answers a read.
    fn read<'a>(&'a self, request: &'a ReadRequest) -> Pending<'a, Answer>;
}

/// A question that cannot change anything: `get` or `list`.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadRequest(Request);

impl ReadRequest {
    /// The question, if it is one that only looks.
    #[must_use]
    pub fn new(request: Request) -> Option<ReadRequest> {
        matches!(request.verb, Verb::Get | Verb::List(_) | Verb::Mark)
            .then_some(ReadRequest(request))
    }

    /// The question.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.0
    }
}

/// The clock of a site.
pub trait Clock: Send + Sync {
    /// The time there.
    fn now(&self) -> Moment;

    /// Done when the clock shows this moment or later.
    fn sleep_until(&self, moment: Moment) -> Pending<'_, ()>;

    /// Told by the engine when nothing but waits is outstanding: a clock of its own turns to the
    /// next moment at which anything happens, but not past the given one, and says that it did.
    /// A clock that goes by itself says no.
    fn idle(&self, _until: Option<Moment>) -> bool {
        false
    }
}
