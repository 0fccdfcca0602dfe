//! The way back from a change.

use runsheet_step::fact::{Change, Fact};
use runsheet_step::{Facility, Request};

/// The way back from a change.
pub(crate) enum Back {
    /// This question leads there.
    Way(Request),
    /// It is as it was.
    Same,
    /// There is none.
    Lost,
}

impl Back {
    /// By the word of its facility.
    pub(crate) fn of(facility: &dyn Facility, change: &Change) -> Back {
        match (facility.inverse(change), &change.before, &change.after) {
            (Some(request), _, _) => Back::Way(request),
            (None, Fact::Known(before), Fact::Known(after)) if facility.same(before, after) => {
                Back::Same
            }
            (None, _, _) => Back::Lost,
        }
    }
}
