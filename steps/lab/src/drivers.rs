//! Drivers: requests of the contract, performed in the lab. One file per facility.
//!
//! A facility tells what it sees (`Served`); what reading, changing and waiting have in common
//! stands here.

mod events;
mod file;
mod mailbox;
mod process;
mod prompt;
mod registry;
mod service;
mod settings;
mod stream;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use runsheet_step::driver::{Call, CallKey, Drain, Driver, Pending, ReadRequest, Reader, Reply};
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{Answer, Cursor, Facility, Fault, Form, Moment, Name, Request, Value};

use crate::bench::Bench;
use crate::disk::Trouble;
use crate::lab::Lab;
use stream::{Search, Stream};

/// The drivers of every facility of a site, by the facility's name.
#[must_use]
pub fn all(bench: &Arc<Bench>) -> Vec<(&'static str, Arc<dyn Driver>)> {
    vec![
        driver(bench, events::Events),
        driver(bench, file::File),
        driver(bench, mailbox::Mailbox),
        driver(bench, process::Process),
        driver(bench, prompt::Prompt),
        driver(bench, registry::Registry),
        driver(bench, service::Service),
        driver(bench, settings::Settings),
    ]
}

/// What the drivers would answer to a request that is neither a wait nor about a stream, at once:
/// for a person who works on the lab outside of any run.
pub fn at_once(lab: &mut Lab, request: Request) -> Answer {
    let call = Call {
        key: CallKey {
            run: "".into(),
            address: "".into(),
            attempt: 0,
            turn: 0,
            index: 0,
        },
        request,
        before: None,
        slice: Duration::ZERO,
        sink: &Drain,
    };
    match &*call.request.facility {
        registry::Registry::NAME => registry::Registry.at_once(lab, &call),
        service::Service::NAME => service::Service.at_once(lab, &call),
        settings::Settings::NAME => settings::Settings.at_once(lab, &call),
        _ => unknown_verb(&call.request),
    }
}

fn driver<S: Served + 'static>(bench: &Arc<Bench>, served: S) -> (&'static str, Arc<dyn Driver>) {
    let driver = LabDriver {
        bench: bench.clone(),
        served,
        open: Mutex::default(),
    };
    (S::NAME, Arc::new(driver))
}

/// What a facility has to say in the lab.
trait Served: Send + Sync {
    /// The facility's name.
    const NAME: &'static str;

    /// The facility, which knows what filters mean.
    fn facility(&self) -> &dyn Facility;

    /// Reads one resource.
    fn get(&self, lab: &Lab, request: &Request) -> Answer;

    /// Whether there is anything to list.
    fn is_there(&self, _lab: &Lab, _request: &Request) -> bool {
        true
    }

    /// A stream as it is now, if that is what the resource is.
    fn stream<'l>(&self, _lab: &'l Lab, _request: &Request) -> Option<Result<Stream<'l>, Fault>> {
        None
    }

    /// Puts, deletes or acts.
    fn change(&self, _lab: &mut Lab, call: &Call<'_>) -> Answer {
        unknown_verb(&call.request)
    }

    /// Reads or changes, whichever is asked.
    fn at_once(&self, lab: &mut Lab, call: &Call<'_>) -> Answer {
        match &call.request.verb {
            Verb::Get => self.get(lab, &call.request),
            Verb::Put(_) | Verb::Delete | Verb::Act(_) => self.change(lab, call),
            Verb::List(_) | Verb::Mark | Verb::Wait(_) => unknown_verb(&call.request),
        }
    }

    /// Ends what a call in flight is waiting for.
    fn interrupt(&self, _lab: &mut Lab, _request: &Request) {}
}

struct LabDriver<S> {
    bench: Arc<Bench>,
    served: S,
    /// The waits that are held open, so that what they wait for can be ended.
    open: Mutex<BTreeMap<CallKey, Request>>,
}

impl<S: Served> Driver for LabDriver<S> {
    fn perform<'a>(&'a self, call: &'a Call<'a>) -> Pending<'a, Reply> {
        Box::pin(async move {
            let request = &call.request;
            // A mark is taken before the step begins.
            let is_awaited = |lab: &Lab| lab.faults.may_follow(&call.key.address);
            if call.key.turn > 0 && self.bench.look(is_awaited) {
                let asks = |lab: &mut Lab| lab.step_asks(&call.key.address);
                if let Err(trouble) = self.bench.try_change(asks) {
                    return Reply::Answer(unusable(&trouble));
                }
            }
            match &request.verb {
                Verb::Wait(wait) => {
                    self.open().insert(call.key.clone(), request.clone());
                    let reply = self.wait(request, wait, call.slice).await;
                    self.open().remove(&call.key);
                    reply
                }
                Verb::Get | Verb::List(_) | Verb::Mark => Reply::Answer(self.looked_at(request)),
                Verb::Put(_) | Verb::Delete | Verb::Act(_) => {
                    let change = |lab: &mut Lab| self.served.change(lab, call);
                    Reply::Answer(answered(self.bench.try_change(change)))
                }
            }
        })
    }

    fn interrupt<'a>(&'a self, key: &'a CallKey) -> Pending<'a, ()> {
        if let Some(request) = self.open().remove(key) {
            let interrupt = |lab: &mut Lab| self.served.interrupt(lab, &request);
            // Who is interrupted asks again, and is told then.
            let _ = self.bench.try_change(interrupt);
        }
        Box::pin(std::future::ready(()))
    }

    /// A lab in memory is gone with its process.
    fn outlasts_process(&self) -> bool {
        self.bench.is_on_disk()
    }

    fn reader(&self) -> Option<&dyn Reader> {
        Some(self)
    }
}

impl<S: Served> Reader for LabDriver<S> {
    fn read<'a>(&'a self, request: &'a ReadRequest) -> Pending<'a, Answer> {
        Box::pin(std::future::ready(self.looked_at(request.request())))
    }
}

impl<S: Served> LabDriver<S> {
    fn open(&self) -> MutexGuard<'_, BTreeMap<CallKey, Request>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn looked_at(&self, request: &Request) -> Answer {
        answered(self.bench.try_look(|lab| match &request.verb {
            Verb::Get => self.served.get(lab, request),
            verb => match (self.served.stream(lab, request), verb) {
                (Some(Err(fault)), _) => Answer::Fault(fault),
                (Some(Ok(stream)), Verb::Mark) => Answer::Value(marked(&stream, lab.now())),
                (_, Verb::List(_)) if !self.served.is_there(lab, request) => Answer::Absent,
                (Some(Ok(stream)), Verb::List(filter)) => self.listed(&stream, filter),
                (_, _) => unknown_verb(request),
            },
        }))
    }

    fn listed(&self, stream: &Stream<'_>, filter: &Value) -> Answer {
        let items = (stream.items)(0, &[filter]);
        let matching = items.filter(|it| self.served.facility().matches(filter, &it.value));
        Answer::Value(Value::list(matching.map(|it| it.value)))
    }

    async fn wait(&self, request: &Request, wait: &Wait, slice: Duration) -> Reply {
        let start = self.bench.look(Lab::now);
        let mut search = Search::new(wait);
        // A wait that ends at a moment is woken then.
        let by = wait.filter.get("by").as_moment();
        let _sleeper = by.map(|by| self.bench.sleeper(by));
        let look = |lab: &Lab| {
            let over = lab.now().since(start) >= slice;
            match self.served.stream(lab, request) {
                None => self.wait_for_state(lab, request, wait, over),
                Some(Err(fault)) => Some(Reply::Answer(Answer::Fault(fault))),
                Some(Ok(stream)) => {
                    search.go_on(&stream, self.served.facility());
                    let cursor = || Reply::NotYet(stream.cursor(search.resume_at()));
                    let ends = by.is_some_and(|by| lab.now() >= by);
                    let ended = || ends.then(|| search.all());
                    search.answer().or_else(ended).or_else(|| over.then(cursor))
                }
            }
        };
        let seen = self.bench.until(look).await;
        seen.unwrap_or_else(|trouble| Reply::Answer(unusable(&trouble)))
    }

    fn wait_for_state(
        &self,
        lab: &Lab,
        request: &Request,
        wait: &Wait,
        over: bool,
    ) -> Option<Reply> {
        let value = match self.served.get(lab, request) {
            Answer::Value(value) => value,
            other => return Some(Reply::Answer(other)),
        };
        if self.served.facility().matches(&wait.filter, &value) {
            return Some(Reply::Answer(Answer::Value(Value::list([value]))));
        }
        let cursor = Cursor {
            stream: request.resource.clone(),
            position: 0,
        };
        over.then_some(Reply::NotYet(cursor))
    }
}

fn fault(code: &str, message: impl Into<Name>) -> Fault {
    Fault::new(Form::code(code), message)
}

/// What a driver says of a lab on disk that cannot be used.
fn unusable(trouble: &Trouble) -> Answer {
    Answer::Fault(fault("lab-unusable", trouble.to_string()))
}

fn answered(done: Result<Answer, Trouble>) -> Answer {
    done.unwrap_or_else(|trouble| unusable(&trouble))
}

fn unknown_verb(request: &Request) -> Answer {
    let (verb, facility) = (request.verb.word(), &request.facility);
    let message = format!(
        "the lab's {facility} has no `{verb}` of {}",
        request.resource
    );
    Answer::Fault(fault("not-supported", message))
}

fn no_such_host(request: &Request, what: &str) -> Fault {
    fault(
        "no-such-host",
        format!("{} is not {what} of the lab", request.host),
    )
}

/// What a write of `before` answers: that it replaced another value than the engine had read.
fn replaced(call: &Call<'_>, facility: &dyn Facility, before: Option<Value>) -> Answer {
    use runsheet_step::fact::Fact;
    let expected = match (&call.before, &before) {
        (Some(Fact::Known(read)), Some(before)) => facility.same(read, before),
        (Some(Fact::Absent), before) => before.is_none(),
        (Some(Fact::Known(_)), None) => false,
        (_, _) => true,
    };
    match before {
        Some(before) if expected => Answer::Value(before),
        None if expected => Answer::Absent,
        before => Answer::Raced(before.unwrap_or_default()),
    }
}

/// Where a stream is, and when that was looked at.
fn marked(stream: &Stream<'_>, now: Moment) -> Value {
    let place = stream.cursor(stream.end).to_value();
    let mut place = place.as_map().cloned().unwrap_or_default();
    place.insert("time".into(), now.into());
    Value::Map(place.into())
}

fn moment(at: Option<Moment>) -> Value {
    at.into()
}
