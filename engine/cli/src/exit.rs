//! How the program ends.

use runsheet_record::Status;

/// What the exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// An error in what was given, or a failed run.
    Failed,
    /// There are changes, and `--exit-code` asked to be told.
    Changes,
    /// In doubt, or waiting for a person.
    InDoubt,
    /// Cancelled.
    Cancelled,
    /// Wrong usage of the command line.
    Usage,
}

impl Exit {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Changes => 2,
            Exit::InDoubt => 3,
            Exit::Cancelled => 4,
            Exit::Usage => 64,
        }
    }

    /// What a run that ended like this comes to; one that has not ended is in doubt.
    pub(crate) fn of_run(status: Option<Status>) -> Exit {
        match status {
            Some(Status::Succeeded | Status::Skipped) => Exit::Done,
            Some(Status::Cancelled) => Exit::Cancelled,
            Some(Status::Failed | Status::Blocked) => Exit::Failed,
            Some(Status::InDoubt | Status::Running | Status::Waiting) | None => Exit::InDoubt,
        }
    }
}
