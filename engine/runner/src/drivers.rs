//! Who serves what at a site: the seam between the engine and everything that acts.

use std::sync::Arc;

use runsheet_step::driver::{Clock, Driver, Pending, ReadRequest};
use runsheet_step::{Answer, Fault, Form, Moment, Name, Request, Unknown};

use crate::vault::Vault;

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

    /// Whether anybody serves a facility at a host, be it only in a run.
    fn serves(&self, host: &str, facility: &str) -> bool;

    /// The time there.
    fn now(&self) -> Moment;
}

/// The fault `no-driver`: nobody serves what is asked.
pub(crate) fn no_driver(request: &Request) -> Fault {
    let message = format!(
        "the site does not say which driver serves `{}` at `{}`",
        request.facility, request.host
    );
    Fault::new(Form::code("no-driver"), message)
}

/// The readers among drivers. What they see is tidied of secrets, so that no plan ever holds one.
pub struct OnlyReads {
    drivers: Arc<dyn Drivers>,
    vault: Vault,
}

impl OnlyReads {
    /// The readers among these drivers, and the secrets that must not come back from them.
    #[must_use]
    pub fn new(drivers: Arc<dyn Drivers>, vault: Vault) -> OnlyReads {
        OnlyReads { drivers, vault }
    }

    async fn look(&self, question: &Request) -> Answer {
        let driver = self.drivers.driver(&question.host, &question.facility);
        let opened = match self.vault.open(question) {
            Ok(opened) => opened,
            Err(fault) => return Answer::Fault(fault),
        };
        match (
            driver.as_deref().and_then(Driver::reader),
            ReadRequest::new(opened),
        ) {
            (Some(reader), Some(read)) => {
                let answer = reader.read(&read).await;
                self.vault.tidy(question, None, answer)
            }
            _ => {
                let (facility, host) = (&question.facility, &question.host);
                let why = format!("a look at {facility} of {host}, which only a run can take");
                Answer::Unknown(Unknown::because(why))
            }
        }
    }
}

impl Readers for OnlyReads {
    fn read<'a>(&'a self, request: &'a ReadRequest) -> Pending<'a, Answer> {
        Box::pin(self.look(request.request()))
    }

    fn serves(&self, host: &str, facility: &str) -> bool {
        self.drivers.driver(host, facility).is_some()
    }

    fn now(&self) -> Moment {
        self.drivers.clock().now()
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
