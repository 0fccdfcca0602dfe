//! Programs of this machine, started without a shell.
//!
//! A program is started in a process group of its own, so that an interrupt reaches whatever it
//! has started in turn. Its input is closed unless something is given to read. Its output goes to
//! the sink piece by piece as it comes; what an answer carries is bounded, with the middle left
//! out where there is too much ([`runsheet_step::INLINE_LIMIT`]).
//!
//! A handle names the call that started the program, so that asking the same start twice starts
//! once. The driver looks after its programs while it lives, and remembers how the last few
//! hundred ended. A handle of another process of the engine is answered with `no-such-process`:
//! nobody is there any more to read its exit code.

mod captured;
mod group;
mod program;
mod start;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use runsheet_step::driver::{Call, CallKey, Driver, Pending, Reply};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Fault, Form, Name, Request, Value};

use program::Program;

/// How many programs that have ended are remembered, should their end be asked for once more.
const REMEMBERED: usize = 256;

/// The driver of facility `process` for this machine. It needs a tokio runtime to run in.
pub struct LocalPrograms {
    known: Mutex<Known>,
    grace: Duration,
}

#[derive(Default)]
struct Known {
    programs: BTreeMap<Name, Arc<Program>>,
    ended: VecDeque<Name>,
}

impl Known {
    fn ended(&mut self, handle: &Name) {
        if self.ended.contains(handle) {
            return;
        }
        self.ended.push_back(handle.clone());
        if self.ended.len() > REMEMBERED
            && let Some(oldest) = self.ended.pop_front()
        {
            self.programs.remove(&oldest);
        }
    }
}

impl Default for LocalPrograms {
    fn default() -> LocalPrograms {
        LocalPrograms {
            known: Mutex::default(),
            grace: Duration::from_secs(5),
        }
    }
}

impl LocalPrograms {
    /// A driver that gives interrupted programs so much time to end by themselves.
    #[must_use]
    pub fn with_grace(grace: Duration) -> LocalPrograms {
        LocalPrograms {
            grace,
            ..LocalPrograms::default()
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start(&self, call: &Call<'_>, args: &Value) -> Answer {
        let programs = &mut self.known().programs;
        let handle: Name = handle(&call.key).into();
        if !programs.contains_key(&handle) {
            match start::start(args) {
                Ok(child) => programs.insert(
                    handle.clone(),
                    Arc::new(Program::new(child, call.key.clone())),
                ),
                Err(fault) => return Answer::Fault(fault),
            };
        }
        Answer::Value(Value::map([("handle", Value::Text(handle))]))
    }

    fn program(&self, handle: &Name) -> Result<Arc<Program>, Fault> {
        self.known().programs.get(handle).cloned().ok_or_else(|| {
            let message = format!("the program of handle {handle} is not looked after any more");
            Fault::new(Form::code("no-such-process"), message)
        })
    }

    async fn end(&self, call: &Call<'_>) -> Reply {
        let handle = &call.request.resource;
        let reply = match self.program(handle) {
            Ok(program) => program.end(call, handle).await,
            Err(fault) => return Reply::Answer(Answer::Fault(fault)),
        };
        if matches!(reply, Reply::Answer(_)) {
            self.known().ended(handle);
        }
        reply
    }

    async fn performed(&self, call: &Call<'_>) -> Reply {
        match &call.request.verb {
            Verb::Act(act) if &*act.name == "start" => Reply::Answer(self.start(call, &act.args)),
            Verb::Wait(_) => self.end(call).await,
            _ => Reply::Answer(Answer::Fault(not_here(&call.request))),
        }
    }

    async fn interrupted(&self, key: &CallKey) {
        let programs: Vec<_> = self.known().programs.values().cloned().collect();
        for program in programs.iter().filter(|program| program.is_of(key)) {
            program.interrupt(self.grace).await;
        }
    }
}

impl Driver for LocalPrograms {
    fn perform<'a>(&'a self, call: &'a Call<'a>) -> Pending<'a, Reply> {
        Box::pin(self.performed(call))
    }

    /// Ends the programs that the attempt of this call has started.
    fn interrupt<'a>(&'a self, key: &'a CallKey) -> Pending<'a, ()> {
        Box::pin(self.interrupted(key))
    }

    /// A program of this machine takes its time by this machine's clock, also in a lab.
    fn follows_site_clock(&self) -> bool {
        false
    }
}

fn handle(key: &CallKey) -> String {
    let CallKey {
        run,
        address,
        attempt,
        turn,
        index,
    } = key;
    format!("{run}/{address}#{attempt}.{turn}.{index}")
}

fn not_here(request: &Request) -> Fault {
    let message = format!("programs of this machine have no `{}`", request.verb.word());
    Fault::new(Form::code("unsupported"), message)
}

#[cfg(all(test, unix))]
mod tests;
