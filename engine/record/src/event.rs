//! What happened in a run, one thing a line. Live screens, journals and replays are all made of
//! these and cannot tell each other apart.

use runsheet_step::fact::Fact;
use runsheet_step::{Answer, Failure, Form, Moment, Name, Request, Value};
use serde::{Deserialize, Serialize};

use crate::run_id::RunId;
use crate::status::Status;

/// One thing that happened, and when on the clock of the site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What happened. Steps are named by address: `t1["NORTH/SALES"].send`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A run began.
    RunStarted(RunStarted),
    /// The items of a `foreach` were read.
    Expanded(Expanded),
    /// Steps took their locks and places; what is armed before them is being marked.
    Reserved(Reserved),
    /// Marks are being taken for a step that waits.
    Promised(Promised),
    /// A stream was marked.
    Armed(Armed),
    /// An attempt of a step, or a group, started.
    Started(Started),
    /// A turn of a step asked its questions.
    Asked(Asked),
    /// The questions of a turn were answered.
    Answered(Answered),
    /// A person said yes or no to a `confirm:`.
    Confirmed(Confirmed),
    /// A step is tried again.
    Retried(Retried),
    /// A step or group failed for good, as this says, and is being rescued.
    Rescuing(Ended),
    /// A step, an instance or a group ended.
    Ended(Ended),
    /// A temporary change was taken back.
    Restored(Restored),
    /// Somebody wants the run to stop.
    CancelRequested,
    /// A run ended.
    RunEnded(RunEnded),
}

/// A run began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunStarted {
    /// Its name.
    pub run: RunId,
    /// The workflow.
    pub workflow: Name,
    /// The site.
    pub site: Name,
    /// SHA-256 of the workflow's text, in hex.
    pub source_hash: Name,
    /// The version of Runsheet that runs it.
    pub version: Name,
    /// When it began by the clock of the machine that runs it.
    pub wall: Moment,
}

/// The items of a `foreach` were read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expanded {
    /// The `foreach`.
    pub address: Name,
    /// Its items, each with the name of its instance.
    pub items: Vec<(Name, Value)>,
}

/// Steps took their locks and places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reserved {
    /// The step.
    pub address: Name,
    /// The locks it holds until it ends.
    pub locks: Vec<Name>,
    /// Whether it will be passed by, and so takes no place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub passes: bool,
}

/// Marks are being taken for a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promised {
    /// The step.
    pub address: Name,
    /// How many marks it takes.
    pub marks: u32,
}

/// A stream was marked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Armed {
    /// The mark.
    pub request: Request,
    /// Where the stream was.
    pub answer: Answer,
    /// Whom it serves: steps, and which of their marks it is.
    pub serves: Vec<(Name, u32)>,
}

/// An attempt of a step, or a group, started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// The step.
    pub address: Name,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// The locks it holds until it ends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locks: Vec<Name>,
    /// When this attempt is out of time: restarting the program does not prolong it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Moment>,
}

/// A turn of a step asked its questions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The step.
    pub address: Name,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// Which turn, from 0.
    pub turn: u32,
    /// The questions, secrets closed.
    pub questions: Vec<Question>,
}

/// A question and, for a write, what was there before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// What is asked.
    pub request: Request,
    /// What a write replaces, as read just before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Fact>,
}

/// The questions of a turn were answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The step.
    pub address: Name,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// Which turn, from 0.
    pub turn: u32,
    /// One answer for each question.
    pub answers: Vec<Answer>,
}

/// A person said yes or no to a `confirm:`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    /// The step.
    pub address: Name,
    /// What was said.
    pub yes: bool,
    /// By whom, or by which option.
    pub by: Name,
}

/// A step is tried again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Retried {
    /// The step or group.
    pub address: Name,
    /// The attempt to come.
    pub attempt: u32,
    /// Not before this moment.
    pub not_before: Moment,
    /// Why the last one was not enough.
    pub failure: Failure,
}

/// A step, an instance or a group ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// Which.
    pub address: Name,
    /// How.
    pub status: Status,
    /// What it gives.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub outputs: Value,
    /// Whether it changed anything.
    #[serde(default)]
    pub changed: bool,
    /// Whether a plan does not know if it changes anything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_change: bool,
    /// Whether it failed and its `rescue:` ended well; the failure is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rescued: bool,
    /// Why it failed, or what `accept:` or `rescue:` made a success of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// The rules it was held against.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// What is not as it should be, though it ended well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Name>,
    /// What the failure means.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Told>,
}

/// A rule and what it was held against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The rule as written: `outputs.r == outputs.was + outputs.sent`.
    pub rule: Name,
    /// What it read, by name.
    pub reads: Vec<(Name, Value)>,
    /// Whether it holds.
    pub holds: bool,
}

/// What a failure means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The cause.
    pub cause: Name,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Name>,
    /// Its sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<Name>,
}

/// A temporary change was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Restored {
    /// The step that made it.
    pub address: Name,
    /// The question that takes it back.
    pub request: Request,
    /// What was said to it.
    pub answer: Answer,
}

/// A run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunEnded {
    /// How.
    pub status: Status,
}

/// The name of what a lost answer is as a fault.
pub const NO_ANSWER: &str = "no-answer";

/// Whether a question has no answer, so that it may have happened or not.
#[must_use]
pub fn is_lost(answer: &Answer) -> bool {
    matches!(answer, Answer::Fault(fault) if fault.form == Form::code(NO_ANSWER))
}
