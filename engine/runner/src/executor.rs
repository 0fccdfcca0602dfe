//! Performs requests on this machine's runtime. It knows drivers and secrets, and nothing of
//! steps: where a question comes from is a key to it.
//!
//! All calls in flight are polled in one place, so that "nothing but waits is outstanding" is
//! something that can be known, and a lab gives the same run every time.

mod desk;
mod output;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;

use futures_util::future::{AbortHandle, abortable};
use futures_util::stream::{FuturesUnordered, StreamExt};
use runsheet_step::driver::{CallKey, Pending, Sink};
use runsheet_step::fact::Fact;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Catalogue, Moment, Name, Request};
use tracing::Instrument;

use crate::drivers::Drivers;
use crate::vault::Vault;
use desk::{Desk, Errand};

/// A performed question.
#[derive(Debug)]
pub(crate) struct Performed {
    /// Which one.
    pub(crate) ticket: u64,
    /// What was said; nothing: nobody wants to know any more.
    pub(crate) answer: Option<Answer>,
}

/// Calls in flight.
pub(crate) struct Executor {
    desk: Arc<Desk>,
    calls: FuturesUnordered<Pending<'static, Performed>>,
    flying: HashMap<u64, Flying>,
    next: u64,
    /// How many calls other than waits are in flight.
    busy: Arc<AtomicUsize>,
}

/// What is remembered of a call in flight.
struct Flying {
    key: CallKey,
    request: Request,
    drop: AbortHandle,
    /// Whether it is to be over soon and not asked again.
    given_up: Arc<AtomicBool>,
}

impl Executor {
    pub(crate) fn new(
        catalogue: Arc<Catalogue>,
        drivers: Arc<dyn Drivers>,
        vault: Vault,
        sink: Arc<dyn Sink>,
    ) -> Executor {
        Executor {
            desk: Arc::new(Desk::new(catalogue, drivers, vault, sink)),
            calls: FuturesUnordered::new(),
            flying: HashMap::new(),
            next: 0,
            busy: Arc::default(),
        }
    }

    /// Starts a call. The ticket comes back with its answer.
    pub(crate) fn perform(&mut self, key: CallKey, request: Request, before: Option<Fact>) -> u64 {
        let ticket = self.ticket();
        let driver = self.desk.drivers.driver(&request.host, &request.facility);
        let waits = matches!(request.verb, Verb::Wait(_))
            && driver.is_none_or(|driver| driver.follows_site_clock());
        let span = tracing::debug_span!(
            "request", step = %key.address, verb = request.verb.word(),
            host = %request.host, facility = %request.facility, resource = %request.resource,
        );
        let errand = Errand {
            key: key.clone(),
            request: request.clone(),
            before,
            busy: (!waits).then(|| Busy::new(&self.busy)),
            given_up: Arc::default(),
        };
        let given_up = errand.given_up.clone();
        let desk = self.desk.clone();
        let (call, drop) = abortable(async move { desk.carry_out(errand).await });
        let call = async move {
            let answer = call.await.ok();
            tracing::debug!(answer = ?answer, "answered");
            Performed { ticket, answer }
        };
        self.calls.push(Box::pin(call.instrument(span)));
        let flying = Flying {
            key,
            request,
            drop,
            given_up,
        };
        self.flying.insert(ticket, flying);
        ticket
    }

    /// Whether what a request does outlasts this process, for all that is known.
    pub(crate) fn outlasts_process(&self, request: &Request) -> bool {
        let driver = self.desk.drivers.driver(&request.host, &request.facility);
        driver.is_none_or(|driver| driver.outlasts_process())
    }

    fn ticket(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Ends a call: one that only looks or waits is dropped; an act is asked to end early, and its
    /// answer still comes. Says whether an answer is still to come.
    pub(crate) fn end(&mut self, ticket: u64, acts: bool) -> bool {
        let Some(flying) = self.flying.get(&ticket) else {
            return false;
        };
        if !acts {
            flying.drop.abort();
            self.flying.remove(&ticket);
            return false;
        }
        flying.given_up.store(true, Ordering::Relaxed);
        let (desk, key) = (self.desk.clone(), flying.key.clone());
        let (host, facility) = (flying.request.host.clone(), flying.request.facility.clone());
        let ticket = self.ticket();
        self.calls.push(Box::pin(async move {
            if let Some(driver) = desk.drivers.driver(&host, &facility) {
                driver.interrupt(&key).await;
            }
            Performed {
                ticket,
                answer: None,
            }
        }));
        true
    }

    /// Whether anything but waits is in flight.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Relaxed) > 0
    }

    /// When a step last gave a sign of life by its output.
    pub(crate) fn last_sign(&self, address: &Name) -> Option<Moment> {
        self.desk.signs.last(address)
    }

    /// The next answer that is there now, or nothing if all calls are pending.
    pub(crate) async fn ready(&mut self) -> Option<(u64, Answer)> {
        loop {
            let next = std::future::poll_fn(|context| match self.calls.poll_next_unpin(context) {
                Poll::Ready(found) => Poll::Ready(found),
                Poll::Pending => Poll::Ready(None),
            });
            let performed = next.await?;
            if let Some(answer) = self.landed(performed) {
                return Some(answer);
            }
        }
    }

    /// The next answer, whenever it comes; never, if nothing is in flight.
    pub(crate) async fn next(&mut self) -> (u64, Answer) {
        loop {
            match self.calls.next().await {
                Some(performed) => {
                    if let Some(answer) = self.landed(performed) {
                        return answer;
                    }
                }
                None => std::future::pending().await,
            }
        }
    }

    fn landed(&mut self, performed: Performed) -> Option<(u64, Answer)> {
        self.flying.remove(&performed.ticket)?;
        Some((performed.ticket, performed.answer?))
    }
}

/// A call that is more than a wait: while there is one, a clock that turns itself stands still.
struct Busy(Arc<AtomicUsize>);

impl Busy {
    fn new(count: &Arc<AtomicUsize>) -> Busy {
        count.fetch_add(1, Ordering::Relaxed);
        Busy(count.clone())
    }

    /// Something that it waits for by the clock of the site.
    async fn meanwhile<T>(&self, wait: impl Future<Output = T>) -> T {
        self.0.fetch_sub(1, Ordering::Relaxed);
        let _again = Again(&self.0);
        wait.await
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

struct Again<'b>(&'b AtomicUsize);

impl Drop for Again<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}
