//! What all streams have in common: a place in one, and a wait from there on.

use runsheet_step::fact::Key;
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{Cursor, Facility, Moment, Request, Stop, Value, World};

use crate::reply::broken;

/// Which items of a stream to wait for.
#[derive(Clone, Debug)]
pub struct Awaited {
    /// Which items, in the facility's own terms.
    pub filter: Value,
    /// What ends the wait as a failure if it comes first.
    pub abort: Option<Value>,
    /// From where on.
    pub since: Cursor,
    /// How many.
    pub count: u32,
}

impl Awaited {
    /// The item that ended a wait before all came that was waited for, if one did.
    #[must_use]
    pub fn ended_by<'v>(&self, facility: &dyn Facility, items: &'v [Value]) -> Option<&'v Value> {
        let (abort, last) = (self.abort.as_ref()?, items.last()?);
        let ends = facility.matches(abort, last) && !facility.matches(&self.filter, last);
        ends.then_some(last)
    }

    pub(crate) fn request(&self, key: &Key) -> Request {
        key.request(Verb::Wait(Wait {
            filter: self.filter.clone(),
            since: Some(self.since.clone()),
            count: self.count,
            abort: self.abort.clone(),
        }))
    }
}

/// The place that the n-th mark of a step answered with.
///
/// # Errors
/// The mark failed, or is unknown in a plan.
pub fn marked(world: &World<'_>, n: usize) -> Result<Cursor, Stop> {
    let value = world.armed(n)?;
    Cursor::from_value(value).ok_or_else(|| broken("stream's", "position"))
}

/// When the n-th mark of a step was taken, on the clock of the stream's host; of a mark that only
/// the run takes, [`Moment::LATER`].
///
/// # Errors
/// The mark failed, is unknown in a plan, or does not say when.
pub fn marked_at(world: &World<'_>, n: usize) -> Result<Moment, Stop> {
    if marked(world, n)?.position == Cursor::IN_THE_RUN {
        return Ok(Moment::LATER);
    }
    let time = world.armed(n)?.get("time").as_moment();
    time.ok_or_else(|| broken("stream's", "time"))
}
