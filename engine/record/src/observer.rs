//! Who is told what happens.

use crate::event::Event;
use crate::state::State;

/// Told of each event after it has been applied. It cannot tell a live run from a replayed one.
pub trait Observer {
    /// This happened, and so things stand.
    fn on(&mut self, event: &Event, state: &State);
}
