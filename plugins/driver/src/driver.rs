//! A program as a [`Driver`] of the engine.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use runsheet_step::driver::{Call, CallKey, Driver, Pending, ReadRequest, Reader, Reply};
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{Answer, Cursor, Fault, Form, Name, Request, Value};
use tokio::sync::mpsc::{Receiver, UnboundedSender, channel, unbounded_channel};
use tokio::sync::oneshot;

use crate::launch::{Launch, Limits};
use crate::message::{Perform, Read, ToDriver, line};
use crate::session::{Heard, Order, Question, Session};

/// How many pieces of output of one call may wait to be taken.
const BACKLOG: usize = 16;

/// One program, shared by all hosts that it serves. It is started when it is first asked, inside
/// a tokio runtime, and again after it has fallen.
pub struct Program {
    launch: Launch,
    limits: Limits,
    next: AtomicU64,
    orders: OnceLock<UnboundedSender<Order>>,
}

impl Program {
    /// A program that is started in this way.
    #[must_use]
    pub fn new(launch: Launch, limits: Limits) -> Arc<Program> {
        Arc::new(Program {
            launch,
            limits,
            next: AtomicU64::new(1),
            orders: OnceLock::new(),
        })
    }

    /// Says goodbye and waits a little for its end. Asked again, it is started again.
    pub async fn close(&self) {
        let Some(orders) = self.orders.get() else {
            return;
        };
        let (done, closed) = oneshot::channel();
        if orders.send(Order::Close(done)).is_ok() {
            closed.await.ok();
        }
    }

    fn orders(&self) -> &UnboundedSender<Order> {
        self.orders.get_or_init(|| {
            let (orders, taken) = unbounded_channel();
            tokio::spawn(Session::new(self.launch.clone(), self.limits).run(taken));
            orders
        })
    }

    fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn ask(&self, mut question: Question, slice: Option<std::time::Duration>) -> Asked {
        question.slice = slice;
        let (id, orders) = (question.id, self.orders().clone());
        orders.send(Order::Ask(question)).ok();
        Asked { id, orders }
    }

    /// What a call that was lost comes to: it may be asked again where that is harmless.
    fn gone(why: Name) -> Fault {
        Fault::new(Form::code("driver-gone"), why)
    }
}

/// A question that was asked; it is forgotten with this.
struct Asked {
    id: u64,
    orders: UnboundedSender<Order>,
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.orders.send(Order::Forget(self.id)).ok();
    }
}

/// A program as it serves one host: with what the site file says of it there.
///
/// On Linux the system ends a driver with the thread that has started it, so that none is left
/// behind by an engine that is killed. That is the thread of the runtime that runs a task when the
/// driver is first asked: it has to last as long as there is something to ask.
pub struct ProgramDriver {
    program: Arc<Program>,
    options: Value,
}

impl ProgramDriver {
    /// This program with these options, a map.
    #[must_use]
    pub fn new(program: Arc<Program>, options: Value) -> ProgramDriver {
        ProgramDriver { program, options }
    }

    async fn performed(&self, call: &Call<'_>) -> Reply {
        let (hears, mut heard) = channel(BACKLOG);
        let id = self.program.number();
        let message = ToDriver::Perform(Perform {
            id,
            key: Cow::Borrowed(&call.key),
            request: Cow::Borrowed(&call.request),
            before: call.before.as_ref().map(Cow::Borrowed),
            slice_ms: u64::try_from(call.slice.as_millis()).unwrap_or(u64::MAX),
            options: Cow::Borrowed(&self.options),
        });
        let question = Question {
            id,
            key: Some(call.key.clone()),
            what: what(&call.request),
            writes: matches!(
                call.request.verb,
                Verb::Put(_) | Verb::Delete | Verb::Act(_)
            ),
            line: line(&message),
            slice: None,
            hears,
        };
        let waits = matches!(call.request.verb, Verb::Wait(_));
        let _asked = self.program.ask(question, waits.then_some(call.slice));
        loop {
            match heard.recv().await {
                Some(Heard::Output(text)) => call.sink.output(&call.key, text.as_bytes()),
                Some(Heard::Answer(answer)) => return Reply::Answer(answer),
                Some(Heard::NotYet(cursor)) => {
                    return Reply::NotYet(cursor.unwrap_or_else(|| since(&call.request)));
                }
                Some(Heard::Lost(why)) => return Reply::Lost(why),
                Some(Heard::Gone(why)) => return Reply::Answer(Answer::Fault(Program::gone(why))),
                None => return Reply::Lost("the driver is not looked after any more".into()),
            }
        }
    }

    async fn looked(&self, request: &Request) -> Answer {
        let (hears, heard) = channel(BACKLOG);
        let id = self.program.number();
        let message = ToDriver::Read(Read {
            id,
            request: Cow::Borrowed(request),
            options: Cow::Borrowed(&self.options),
        });
        let question = Question {
            id,
            key: None,
            what: what(request),
            writes: false,
            line: line(&message),
            slice: None,
            hears,
        };
        let _asked = self.program.ask(question, None);
        let why = answer_to_look(heard).await;
        why.unwrap_or_else(|why| Answer::Fault(Program::gone(why)))
    }
}

async fn answer_to_look(mut heard: Receiver<Heard>) -> Result<Answer, Name> {
    loop {
        match heard.recv().await {
            Some(Heard::Output(_)) => {}
            Some(Heard::Answer(answer)) => return Ok(answer),
            Some(Heard::Lost(why) | Heard::Gone(why)) => return Err(why),
            Some(Heard::NotYet(_)) | None => return Err("the driver gave no answer".into()),
        }
    }
}

/// What it is to do, in words.
fn what(request: &Request) -> Name {
    let Request { host, resource, .. } = request;
    format!("answer `{} {resource}` at {host}", request.verb.word()).into()
}

/// From where a wait was to look.
fn since(request: &Request) -> Cursor {
    let since = match &request.verb {
        Verb::Wait(Wait { since, .. }) => since.clone(),
        _ => None,
    };
    since.unwrap_or_else(|| Cursor {
        stream: request.resource.clone(),
        position: 0,
    })
}

impl Driver for ProgramDriver {
    fn perform<'a>(&'a self, call: &'a Call<'a>) -> Pending<'a, Reply> {
        Box::pin(self.performed(call))
    }

    fn interrupt<'a>(&'a self, key: &'a CallKey) -> Pending<'a, ()> {
        Box::pin(async move {
            let order = Order::Interrupt(key.clone());
            self.program.orders().send(order).ok();
        })
    }

    /// It works in the world, which has the clock of this machine.
    fn follows_site_clock(&self) -> bool {
        false
    }

    /// Whether it can look without acting is said by the program itself, when it is asked.
    fn reader(&self) -> Option<&dyn Reader> {
        Some(self)
    }
}

impl Reader for ProgramDriver {
    fn read<'a>(&'a self, request: &'a ReadRequest) -> Pending<'a, Answer> {
        Box::pin(self.looked(request.request()))
    }
}
