//! One call from question to answer: secrets opened, asked slice by slice, transient faults asked
//! again, the answer matched and tidied.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use runsheet_record::event::NO_ANSWER;
use runsheet_step::driver::{Call, CallKey, Clock, Driver, Reply, Sink};
use runsheet_step::fact::Fact;
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{
    Access, Answer, Catalogue, Facility, Fault, Form, Name, Repeat, Request, Value,
};

use super::Busy;
use super::output::{Signs, Tidied};
use crate::drivers::{Drivers, no_driver};
use crate::vault::Vault;

/// How long a wait is held open before it is asked again.
const SLICE: Duration = Duration::from_secs(30);

/// How often a question with a transient fault is asked again, inside one attempt.
const RETRIES: u32 = 3;

/// What a call needs, shared by all.
pub(super) struct Desk {
    catalogue: Arc<Catalogue>,
    pub(super) drivers: Arc<dyn Drivers>,
    clock: Arc<dyn Clock>,
    vault: Vault,
    sink: Arc<dyn Sink>,
    pub(super) signs: Signs,
}

/// One question to be performed.
pub(super) struct Errand {
    pub(super) key: CallKey,
    pub(super) request: Request,
    pub(super) before: Option<Fact>,
    pub(super) busy: Option<Busy>,
    pub(super) given_up: Arc<AtomicBool>,
}

impl Errand {
    fn is_given_up(&self) -> bool {
        self.given_up.load(Ordering::Relaxed)
    }
}

impl Desk {
    pub(super) fn new(
        catalogue: Arc<Catalogue>,
        drivers: Arc<dyn Drivers>,
        vault: Vault,
        sink: Arc<dyn Sink>,
    ) -> Desk {
        Desk {
            catalogue,
            clock: drivers.clock(),
            drivers,
            vault,
            sink,
            signs: Signs::default(),
        }
    }

    /// The answer, without secrets.
    pub(super) async fn carry_out(&self, errand: Errand) -> Answer {
        let answer = self.answer(&errand).await;
        let asked = &errand.request;
        let facility = self.catalogue.facility_named(&asked.facility);
        self.vault.tidy(asked, facility, answer)
    }

    async fn answer(&self, errand: &Errand) -> Answer {
        let Request { host, facility, .. } = &errand.request;
        let Some(driver) = self.drivers.driver(host, facility) else {
            return Answer::Fault(no_driver(&errand.request));
        };
        let request = match self.vault.open(&errand.request) {
            Ok(request) => request,
            Err(fault) => return Answer::Fault(fault),
        };
        let sink = Tidied::new(&*self.sink, &self.vault, &self.signs, &*self.clock);
        let mut call = Call {
            key: errand.key.clone(),
            request,
            before: errand.before.clone(),
            slice: SLICE,
            sink: &sink,
        };
        let answer = self.asked(&*driver, &mut call, errand).await;
        sink.end(&errand.key);
        self.matched(&call.request, answer)
    }

    /// Asks until there is an answer: waits slice by slice, transient faults a few times.
    async fn asked(&self, driver: &dyn Driver, call: &mut Call<'_>, errand: &Errand) -> Answer {
        let (mut faults, mut lost) = (0, None);
        loop {
            let fault = match driver.perform(call).await {
                Reply::NotYet(cursor) => {
                    if let Verb::Wait(wait) = &mut call.request.verb {
                        wait.since = wait.since.is_some().then_some(cursor);
                    }
                    continue;
                }
                Reply::Answer(Answer::Fault(fault)) if fault.transient && faults < RETRIES => fault,
                Reply::Answer(answer) => return since_lost(lost, answer),
                Reply::Lost(why) if faults < RETRIES && self.is_harmless(&errand.request) => {
                    lost = self.writes(&errand.request).then(|| why.clone());
                    no_answer(why)
                }
                Reply::Lost(why) => return Answer::Fault(no_answer(why)),
            };
            if !errand.is_given_up() {
                self.pause(errand, Duration::from_secs(1 << faults)).await;
                faults += 1;
            }
            if errand.is_given_up() {
                return since_lost(lost, Answer::Fault(fault));
            }
        }
    }

    /// Whether asking twice is the same as asking once.
    fn is_harmless(&self, request: &Request) -> bool {
        let facility = self.catalogue.facility_named(&request.facility);
        facility.is_some_and(|facility| facility.repeat(request) == Repeat::Safely)
    }

    /// Whether it is of weight that a question was heard whose answer is lost.
    fn writes(&self, request: &Request) -> bool {
        let facility = self.catalogue.facility_named(&request.facility);
        facility.is_none_or(|facility| facility.access(request) != Access::Read)
    }

    /// A pause by the clock of the site. Nothing is happening meanwhile, so it is no hindrance to
    /// a clock that turns itself.
    async fn pause(&self, errand: &Errand, span: Duration) {
        let over = self.clock.sleep_until(self.clock.now().after(span));
        match &errand.busy {
            Some(busy) => busy.meanwhile(over).await,
            None => over.await,
        }
    }

    /// The items of a wait, matched once more by the facility, so that the lab, a machine and a
    /// person give the same result. Of match and abort the earlier in the stream wins; an item
    /// that aborts is the last of the answer, for the step to look into.
    fn matched(&self, request: &Request, answer: Answer) -> Answer {
        let (Verb::Wait(wait), Answer::Value(items)) = (&request.verb, &answer) else {
            return answer;
        };
        let Some(facility) = self.catalogue.facility_named(&request.facility) else {
            return answer;
        };
        let wanted = wait.count as usize;
        let mut found = Vec::new();
        for item in items.items() {
            if wanted > 0 && found.len() >= wanted {
                break;
            }
            if facility.matches(&wait.filter, item) {
                found.push(item.clone());
            } else if aborts(facility, wait, item) {
                found.push(item.clone());
                return Answer::Value(Value::list(found));
            }
        }
        if found.len() < wanted {
            return Answer::Fault(too_few(request, found.len(), wanted));
        }
        Answer::Value(Value::list(found))
    }
}

/// The fault of a question whose answer is lost.
fn no_answer(why: Name) -> Fault {
    Fault::new(Form::code(NO_ANSWER), why)
}

/// What an answer means to a write that was asked before, and whose answer then was lost for
/// this reason: a fault says only that it did not happen again.
fn since_lost(lost: Option<Name>, answer: Answer) -> Answer {
    match (lost, answer) {
        (Some(why), Answer::Fault(fault)) if fault.form != Form::code(NO_ANSWER) => {
            let message = format!("{why}; asked again: {}", fault.message);
            Answer::Fault(no_answer(message.into()))
        }
        (_, answer) => answer,
    }
}

fn aborts(facility: &dyn Facility, wait: &Wait, item: &Value) -> bool {
    wait.abort
        .as_ref()
        .is_some_and(|abort| facility.matches(abort, item))
}

/// A driver may send more than is wanted, never less: from where it should look on is its to say.
fn too_few(request: &Request, found: usize, wanted: usize) -> Fault {
    let message = format!(
        "the driver of `{}` at `{}` ended the wait with {found} of {wanted} items",
        request.facility, request.host
    );
    Fault::new(Form::code("bad-driver"), message)
}
