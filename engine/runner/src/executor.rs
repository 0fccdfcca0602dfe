//! Performs requests on this machine's runtime. It knows drivers and secrets, and nothing of
//! steps: where a question comes from is a key to it.
//!
//! All calls in flight are polled in one place, so that "nothing but waits is outstanding" is
//! something that can be known, and a lab gives the same run every time.

use std::collections::HashMap;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use runsheet_step::driver::{Call, CallKey, Clock, Pending, Reply, Sink};
use runsheet_step::fact::Fact;
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{Answer, Catalogue, Fault, Form, Request, Value};
use tracing::Instrument;

use crate::drivers::Drivers;
use crate::vault::Vault;

/// How long a wait is held open before it is asked again.
const SLICE: Duration = Duration::from_secs(30);

/// How often a question with a transient fault is asked again, inside one attempt.
const RETRIES: u32 = 3;

/// A performed question.
#[derive(Debug)]
pub(crate) struct Performed {
    /// Which one.
    pub(crate) ticket: u64,
    /// What was said.
    pub(crate) answer: Answer,
}

/// What a call needs, shared by all.
struct Desk {
    catalogue: Arc<Catalogue>,
    drivers: Arc<dyn Drivers>,
    clock: Arc<dyn Clock>,
    vault: Vault,
    sink: Arc<dyn Sink>,
}

/// Calls in flight.
pub(crate) struct Executor {
    desk: Arc<Desk>,
    calls: FuturesUnordered<Pending<'static, Performed>>,
    flying: HashMap<u64, Flying>,
    next: u64,
    /// How many calls other than waits are in flight.
    busy: usize,
}

/// What is remembered of a call in flight.
struct Flying {
    key: CallKey,
    request: Request,
    waits: bool,
    /// Whether nobody wants its answer any more.
    dropped: bool,
}

impl Executor {
    pub(crate) fn new(
        catalogue: Arc<Catalogue>,
        drivers: Arc<dyn Drivers>,
        vault: Vault,
        sink: Arc<dyn Sink>,
    ) -> Executor {
        let clock = drivers.clock();
        Executor {
            desk: Arc::new(Desk {
                catalogue,
                drivers,
                clock,
                vault,
                sink,
            }),
            calls: FuturesUnordered::new(),
            flying: HashMap::new(),
            next: 0,
            busy: 0,
        }
    }

    /// Starts a call. The ticket comes back with its answer.
    pub(crate) fn perform(&mut self, key: CallKey, request: Request, before: Option<Fact>) -> u64 {
        let ticket = self.next;
        self.next += 1;
        let driver = self.desk.drivers.driver(&request.host, &request.facility);
        let waits = matches!(request.verb, Verb::Wait(_))
            && driver.is_none_or(|driver| driver.follows_site_clock());
        self.busy += usize::from(!waits);
        let flying = Flying {
            key: key.clone(),
            request: request.clone(),
            waits,
            dropped: false,
        };
        self.flying.insert(ticket, flying);
        let desk = self.desk.clone();
        let span = tracing::debug_span!(
            "request", step = %key.address, verb = request.verb.word(),
            host = %request.host, facility = %request.facility, resource = %request.resource,
        );
        let call = async move {
            let answer = desk.vault.tidy(desk.answer(&key, request, before).await);
            tracing::debug!(answer = ?answer, "answered");
            Performed { ticket, answer }
        };
        self.calls.push(Box::pin(call.instrument(span)));
        ticket
    }

    /// Ends a call: a wait or read is forgotten; an act is asked to end early, and its answer
    /// still comes. Says whether an answer is still to come.
    pub(crate) fn end(&mut self, ticket: u64, access_is_read: bool) -> bool {
        let Some(flying) = self.flying.get_mut(&ticket) else {
            return false;
        };
        if flying.waits || access_is_read {
            flying.dropped = true;
            return false;
        }
        let (desk, key) = (self.desk.clone(), flying.key.clone());
        let (host, facility) = (flying.request.host.clone(), flying.request.facility.clone());
        let ticket = self.next;
        self.next += 1;
        self.calls.push(Box::pin(async move {
            if let Some(driver) = desk.drivers.driver(&host, &facility) {
                driver.interrupt(&key).await;
            }
            Performed {
                ticket,
                answer: Answer::Absent,
            }
        }));
        true
    }

    /// Whether anything but waits is in flight.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy > 0
    }

    /// The next answer that is there now, or nothing if all calls are pending.
    pub(crate) async fn ready(&mut self) -> Option<Performed> {
        loop {
            let next = std::future::poll_fn(|context| match self.calls.poll_next_unpin(context) {
                Poll::Ready(found) => Poll::Ready(found),
                Poll::Pending => Poll::Ready(None),
            });
            let performed = next.await?;
            if let Some(performed) = self.landed(performed) {
                return Some(performed);
            }
        }
    }

    /// The next answer, whenever it comes; never, if nothing is in flight.
    pub(crate) async fn next(&mut self) -> Performed {
        loop {
            match self.calls.next().await {
                Some(performed) => {
                    if let Some(performed) = self.landed(performed) {
                        return performed;
                    }
                }
                None => std::future::pending().await,
            }
        }
    }

    fn landed(&mut self, performed: Performed) -> Option<Performed> {
        let flying = self.flying.remove(&performed.ticket)?;
        self.busy -= usize::from(!flying.waits);
        (!flying.dropped).then_some(performed)
    }
}

impl Desk {
    /// Asks until there is an answer: waits slice by slice, transient faults a few times.
    async fn answer(&self, key: &CallKey, request: Request, before: Option<Fact>) -> Answer {
        let Some(driver) = self.drivers.driver(&request.host, &request.facility) else {
            return Answer::Fault(no_driver(&request));
        };
        let request = match self.vault.open(&request) {
            Ok(request) => request,
            Err(fault) => return Answer::Fault(fault),
        };
        let sink = &*self.sink;
        let mut call = Call {
            key: key.clone(),
            request,
            before,
            slice: SLICE,
            sink,
        };
        let mut faults = 0;
        loop {
            match driver.perform(&call).await {
                Reply::NotYet(cursor) => {
                    if let Verb::Wait(wait) = &mut call.request.verb {
                        wait.since = wait.since.is_some().then_some(cursor);
                    }
                }
                Reply::Answer(Answer::Fault(fault)) if fault.transient && faults < RETRIES => {
                    let pause = Duration::from_secs(1 << faults);
                    faults += 1;
                    self.clock.sleep_until(self.clock.now().after(pause)).await;
                }
                Reply::Answer(answer) => return self.matched(&call.request, answer),
            }
        }
    }

    /// The items of a wait, matched once more by the facility, so that the lab, a machine and a
    /// person give the same result. Of match and abort the earlier in the stream wins.
    fn matched(&self, request: &Request, answer: Answer) -> Answer {
        let (Verb::Wait(wait), Answer::Value(items)) = (&request.verb, &answer) else {
            return answer;
        };
        let Some(facility) = self.catalogue.facility_named(&request.facility) else {
            return answer;
        };
        let mut found = Vec::new();
        for item in items.items() {
            if found.len() >= wait.count as usize {
                break;
            }
            if facility.matches(&wait.filter, item) {
                found.push(item.clone());
            } else if aborts(facility, wait, item) {
                let message = format!("seen before it: {}", facility.show(item));
                return Answer::Fault(Fault::new(Form::code("aborted"), message));
            }
        }
        Answer::Value(Value::list(found))
    }
}

fn aborts(facility: &dyn runsheet_step::Facility, wait: &Wait, item: &Value) -> bool {
    wait.abort
        .as_ref()
        .is_some_and(|abort| facility.matches(abort, item))
}

fn no_driver(request: &Request) -> Fault {
    let message = format!(
        "the site does not say which driver serves `{}` at `{}`",
        request.facility, request.host
    );
    Fault::new(Form::code("no-driver"), message)
}
