//! What the schedule wants done next.

use runsheet_record::Status;
use runsheet_record::state::InstanceId;
use runsheet_step::{Failure, Name};

/// One thing to be done. Each leads to at least one event.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Read the items of a `foreach`.
    Expand(InstanceId),
    /// Ask a person whether a step may start.
    Confirm(InstanceId),
    /// Take these locks and places, and mark the streams of these waiters: all that could start
    /// now share one mark a stream.
    Arm {
        /// The steps that may then start, each with the locks it takes; nothing: it is passed by.
        starters: Vec<(InstanceId, Option<Vec<Name>>)>,
        /// Whose streams are marked.
        waiters: Vec<InstanceId>,
    },
    /// Start a group, or an attempt of a step with the locks it takes.
    Start(InstanceId, Vec<Name>),
    /// Run a turn of a step.
    Turn(InstanceId),
    /// It does not run because its `when:` does not hold.
    Skip(InstanceId),
    /// It does not run because it was cancelled.
    End(InstanceId, Status),
    /// It does not start because of what failed before it could, as this says.
    Block(InstanceId, Box<Failure>),
    /// It fails before it starts.
    Fail(InstanceId, Box<Failure>),
    /// All that is in a group has ended: say how it ended itself.
    Close(InstanceId),
    /// Take the temporary changes of this step back.
    Restore(InstanceId),
    /// The run has ended.
    Finish(Status),
}
