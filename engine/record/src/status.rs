//! The words for how a step stands.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How an instance of a step or group stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// What it needs has not ended.
    #[default]
    Waiting,
    /// It has started.
    Running,
    /// It ended well.
    Succeeded,
    /// It failed.
    Failed,
    /// It did not run because its `when:` does not hold; counts as ended well.
    Skipped,
    /// It did not run because something it needs did not end well.
    Blocked,
    /// It did not run, or ended early, because the run was cancelled.
    Cancelled,
    /// A write of it has no answer: it may or may not have happened.
    InDoubt,
}

impl Status {
    /// Whether nothing more will happen to it.
    #[must_use]
    pub fn has_ended(self) -> bool {
        !matches!(self, Status::Waiting | Status::Running)
    }

    /// Whether what needs it may start.
    #[must_use]
    pub fn is_well(self) -> bool {
        matches!(self, Status::Succeeded | Status::Skipped)
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Status::Waiting => "waiting",
            Status::Running => "running",
            Status::Succeeded => "succeeded",
            Status::Failed => "failed",
            Status::Skipped => "skipped",
            Status::Blocked => "blocked",
            Status::Cancelled => "cancelled",
            Status::InDoubt => "in-doubt",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use runsheet_language::names::STATUSES;

    use super::Status;

    #[test]
    fn expressions_know_every_word() {
        let all = [
            Status::Waiting,
            Status::Running,
            Status::Succeeded,
            Status::Failed,
            Status::Skipped,
            Status::Blocked,
            Status::Cancelled,
            Status::InDoubt,
        ];
        assert_eq!(all.map(Status::word), STATUSES);
    }
}
