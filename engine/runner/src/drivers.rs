//! Who serves what at a site: the seam between the engine and everything that acts.

use std::sync::Arc;

use runsheet_step::driver::{Clock, Driver, Pending, ReadRequest};
use runsheet_step::{Answer, Moment, Name, Unknown};

/// The drivers of a site.
pub trait Drivers: Send + Sync {
    /// The driver of a facility at a host.
    fn driver(&self, host: &str, facility: &str) -> Option<Arc<dyn Driver>>;

    /// The clock of the site.
    fn clock(&self) -> Arc<dyn Clock>;
}

/// The half of a site that only looks. It is all a planner is given, so nothing that can have an
/// effect is reachable from one.
pub trait Readers: Send + Sync {
    /// Answers a read; unknown where nothing can look without acting.
    fn read<'a>(&'a self, request: &'a ReadRequest) -> Pending<'a, Answer>;

    /// The time there.
    fn now(&self) -> Moment;
}

/// The readers among drivers.
pub struct OnlyReads(pub Arc<dyn Drivers>);

impl Readers for OnlyReads {
    fn read<'a>(&'a self, request: &'a ReadRequest) -> Pending<'a, Answer> {
        let question = request.request();
        let driver = self.0.driver(&question.host, &question.facility);
        Box::pin(async move {
            match driver.as_deref().and_then(Driver::reader) {
                Some(reader) => reader.read(request).await,
                None => {
                    let (facility, host) = (&question.facility, &question.host);
                    let why = format!("a look at {facility} of {host}, which only a run can take");
                    Answer::Unknown(Unknown::because(why))
                }
            }
        })
    }

    fn now(&self) -> Moment {
        self.0.clock().now()
    }
}

/// The person at the run.
pub trait Operator: Send + Sync {
    /// Asks a yes-or-no question about a step.
    fn confirm<'a>(&'a self, address: &'a str, say: &'a str) -> Pending<'a, Confirmation>;
}

/// What a person said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Yes.
    pub yes: bool,
    /// By whom, or by which option.
    pub by: Name,
}
