//! The socket: what a kind is, and how one turn of a step may end.

use serde::{Deserialize, Serialize};

use crate::shape::{Field, Shape};
use crate::world::World;
use crate::{Entry, Failure, Input, Name, Request, Stop, Unknown, Value};

/// A kind of step: a pure function from input and transcript to the next thing. No I/O, no clock,
/// no randomness; whatever it wants to know or do it asks of the [`World`].
pub trait Step: Send + Sync {
    /// The name that `uses:` says.
    fn kind(&self) -> &str;

    /// What it takes and gives.
    fn shape(&self) -> &Shape;

    /// Outputs beyond the shape's that this input brings, such as the captures of a pattern.
    /// Parts of the input may be unknown.
    fn more_outputs(&self, _input: &Input) -> Vec<Field> {
        Vec::new()
    }

    /// What is wrong with an input beyond what the shape says. Parts of it may be unknown; what
    /// is unknown is not wrong.
    fn check(&self, _input: &Input) -> Vec<Failure> {
        Vec::new()
    }

    /// Whether a step with this input can write, so that waits after it arm before it. A matter
    /// of the text, never of what a plan found out; parts of the input may be unknown.
    fn acts(&self, _input: &Input) -> bool {
        true
    }

    /// Whether a step with this input may wait for what perhaps never comes, so that somebody has
    /// to say for how long. A matter of the text, as [`Step::acts`] is.
    fn waits(&self, _input: &Input) -> bool {
        false
    }

    /// Marks to be answered before the nearest step above acts; they become the first entries of
    /// the transcript. Reads only what the shape calls its place.
    ///
    /// # Errors
    /// A failure of the arm is a failure of the step.
    fn arm(&self, _input: &Input) -> Result<Vec<Request>, Stop> {
        Ok(Vec::new())
    }

    /// The step itself, in straight lines; called again from the top after every answer.
    ///
    /// # Errors
    /// Whatever the world stops it with, or a failure of its own.
    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop>;

    /// What the engine calls. Only a loaded kind has another one.
    fn turn(&self, input: &Input, transcript: &[Entry]) -> Turn {
        crate::world::turn(self, input, transcript)
    }
}

/// How a step ended well.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its outputs, a map.
    pub outputs: Value,
    /// Whether it changed anything.
    pub changed: bool,
}

impl Outcome {
    /// It changed something and gives these outputs.
    pub fn changed<N: Into<Name>>(outputs: impl IntoIterator<Item = (N, Value)>) -> Outcome {
        Outcome {
            outputs: Value::map(outputs),
            changed: true,
        }
    }

    /// It changed nothing and gives these outputs.
    pub fn same<N: Into<Name>>(outputs: impl IntoIterator<Item = (N, Value)>) -> Outcome {
        Outcome {
            outputs: Value::map(outputs),
            changed: false,
        }
    }
}

/// How one turn of a step ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It asks these, at once.
    Ask(Vec<Request>),
    /// It has ended well.
    Done(Outcome),
    /// A plan cannot follow it further.
    Unknown(Unknown),
    /// It has failed.
    Failed(Box<Failure>),
}
