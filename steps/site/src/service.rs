//! The facility `service`.
//!
#![doc = include_str!("pages/service.md")]

use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::request::{Act, Verb};
use runsheet_step::{
    Access, Answer, Facility, Fault, Form, Known, Moment, Name, Prediction, Repeat, Request, Stop,
    Value, World,
};

use crate::fold::folded;
use crate::reply::{act, broken, found, until};

/// The name of the facility.
pub const NAME: &str = "service";

/// The Windows error of a control that the service does not take.
pub const INVALID_CONTROL: u32 = 1052;
/// The Windows error of starting a service that runs.
pub const ALREADY_RUNNING: u32 = 1056;
/// The Windows error of a service that there is not.
pub const NO_SUCH_SERVICE: u32 = 1060;
/// The Windows error of controlling a service that does not run.
pub const NOT_RUNNING: u32 = 1062;

/// What may be asked of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Start it.
    Start,
    /// Stop it.
    Stop,
    /// Let it hold its work.
    Pause,
    /// Let it go on.
    Continue,
}

impl Control {
    /// The name of the act.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Control::Start => "start",
            Control::Stop => "stop",
            Control::Pause => "pause",
            Control::Continue => "continue",
        }
    }

    /// The control of this name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Control> {
        let all = [
            Control::Start,
            Control::Stop,
            Control::Pause,
            Control::Continue,
        ];
        all.into_iter().find(|control| control.word() == word)
    }

    /// The state in which it ends where the service does as told.
    #[must_use]
    pub fn leads_to(self) -> &'static str {
        match self {
            Control::Start | Control::Continue => "running",
            Control::Stop => "stopped",
            Control::Pause => "paused",
        }
    }

    fn after(self, before: &Fact) -> Value {
        let started = match (self, before) {
            (Control::Start, _) => Moment::LATER.into(),
            (Control::Stop, _) => Value::Null,
            (_, Fact::Known(status)) => status.get("started").clone(),
            (_, Fact::Unknown(why)) => Value::Unknown(why.clone().into()),
            (_, Fact::Absent) => Value::Null,
        };
        status(self.leads_to(), started)
    }

    /// The error with which a service in this state refuses.
    fn refused(self, before: &Fact) -> Option<Fault> {
        let (number, message) = match (self, before) {
            (_, Fact::Absent) => (NO_SUCH_SERVICE, "the service is not installed"),
            (Control::Start, Fact::Known(status)) if !is(status, "stopped") => {
                (ALREADY_RUNNING, "the service is already running")
            }
            (Control::Start, _) | (_, Fact::Unknown(_)) => return None,
            (_, Fact::Known(status)) if is(status, "stopped") => {
                (NOT_RUNNING, "the service has not been started")
            }
            _ => return None,
        };
        Some(Fault::new(Form::Win32(number), message))
    }
}

fn is(status: &Value, state: &str) -> bool {
    status
        .get("state")
        .as_text()
        .is_some_and(|is| **is == *state)
}

/// The value of a service: its state, and when it was started.
pub fn status(state: &str, started: impl Into<Value>) -> Value {
    Value::map([("state", Value::text(state)), ("started", started.into())])
}

/// A service as the engine needs to know it.
pub struct ServiceFacility;

impl Facility for ServiceFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/service.md")
    }

    fn act_access(&self, act: &Act) -> Access {
        match Control::from_word(&act.name) {
            Some(_) => Access::Write,
            None => Access::Opaque,
        }
    }

    fn predict_act(&self, request: &Request, act: &Act, known: Known<'_>) -> Prediction {
        let before = known(&request.key());
        let Some(control) = Control::from_word(&act.name) else {
            return refusal(Fault::new(
                Form::Win32(INVALID_CONTROL),
                format!("services have no control `{}`", act.name),
            ));
        };
        if let Some(fault) = control.refused(&before) {
            return refusal(fault);
        }
        let after = Fact::Known(control.after(&before));
        Prediction {
            reply: Answer::Value(Value::Null),
            changes: vec![Change {
                key: request.key(),
                before,
                after,
            }],
        }
    }

    fn inverse(&self, change: &Change) -> Option<Request> {
        let (before, after) = (change.before.known()?, change.after.known()?);
        let control = match (state_of(before)?, state_of(after)?) {
            ("running", "stopped") => Control::Start,
            ("stopped", "running" | "paused") => Control::Stop,
            ("running", "paused") => Control::Continue,
            ("paused", "running") => Control::Pause,
            _ => return None,
        };
        Some(change.key.request(act(control.word(), Value::Null)))
    }

    fn repeat(&self, request: &Request) -> Repeat {
        match asked(request) {
            // A pause that was taken may leave no trace: that is what T2 is made of (Q146738).
            Some(Control::Pause) => Repeat::AskOperator,
            Some(_) => Repeat::Probe(request.key().request(Verb::Get)),
            None => Repeat::Safely,
        }
    }

    fn probed(&self, request: &Request, probe: &Answer) -> Option<Answer> {
        let reached = is(found(probe).ok()??, asked(request)?.leads_to());
        reached.then_some(Answer::Value(Value::Null))
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        one.get("state") == other.get("state")
    }

    fn show(&self, value: &Value) -> String {
        value.get("state").to_string()
    }

    fn phrase(&self, request: &Request) -> String {
        let name = &request.resource;
        match &request.verb {
            Verb::Act(act) => format!("{} {name}", act.name),
            Verb::Wait(wait) => format!("wait until {name} is {}", wait.filter.get("state")),
            verb => format!("{} {name}", verb.word()),
        }
    }

    fn area(&self, request: &Request) -> Name {
        folded(&request.resource)
    }
}

fn refusal(fault: Fault) -> Prediction {
    Prediction {
        reply: Answer::Fault(fault),
        changes: Vec::new(),
    }
}

fn asked(request: &Request) -> Option<Control> {
    match &request.verb {
        Verb::Act(act) => Control::from_word(&act.name),
        _ => None,
    }
}

fn state_of(value: &Value) -> Option<&str> {
    value.get("state").as_text().map(|state| &**state)
}

/// A service as a step sees it.
pub struct Service<'w, 't> {
    world: &'w World<'t>,
    key: Key,
}

/// How a service is.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Its state, such as `running`.
    pub state: Name,
    /// When it was last started: a moment, null, or unknown.
    pub started: Value,
}

impl Status {
    /// Its state as a value reads, or nothing if it says none.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Status> {
        Some(Status {
            state: value.get("state").as_text()?.clone(),
            started: value.get("started").clone(),
        })
    }
}

impl<'w, 't> Service<'w, 't> {
    /// The service of this name at this host.
    pub fn at(world: &'w World<'t>, host: Name, name: &str) -> Service<'w, 't> {
        let key = Key {
            host,
            facility: NAME.into(),
            resource: name.into(),
        };
        Service { world, key }
    }

    /// How it is; nothing where there is no such service.
    ///
    /// # Errors
    /// No answer yet, unknown, or the driver's fault.
    pub fn get(&self) -> Result<Option<Status>, Stop> {
        let answer = self.world.ask(self.key.request(Verb::Get))?;
        let Some(value) = found(answer)? else {
            return Ok(None);
        };
        match (Status::from_value(value), value.get("state")) {
            (Some(status), _) => Ok(Some(status)),
            (None, Value::Unknown(why)) => Err(Stop::Unknown((**why).clone())),
            (None, _) => Err(broken(NAME, "state")),
        }
    }

    /// Tells it to do so.
    ///
    /// # Errors
    /// No answer yet, unknown (of a control that a workflow calls opaque), or the fault with which
    /// it refused.
    pub fn control(&self, control: Control) -> Result<(), Stop> {
        let request = self.key.request(act(control.word(), Value::Null));
        found(self.world.ask(request)?).map(|_| ())
    }

    /// Waits until it is in this state, and says how it then is.
    ///
    /// # Errors
    /// As [`Service::get`]; a service that is gone is a fault.
    pub fn wait_until(&self, state: &str) -> Result<Status, Stop> {
        let wait = self
            .key
            .request(until(Value::map([("state", Value::text(state))])));
        let seen = match self.world.tell(wait)? {
            Some(answer) => found(answer)?.and_then(|items| items.items().first()),
            None => None,
        };
        match seen.and_then(Status::from_value) {
            Some(status) => Ok(status),
            None => self.get()?.ok_or_else(|| gone(&self.key.resource)),
        }
    }
}

fn gone(name: &str) -> Stop {
    let message = format!("the service `{name}` is not installed any more");
    Fault::new(Form::Win32(NO_SUCH_SERVICE), message).into()
}

#[cfg(test)]
mod tests {
    use super::{Control, ServiceFacility, act, status};
    use runsheet_step::fact::{Fact, Key};
    use runsheet_step::request::Verb;
    use runsheet_step::{Answer, Facility, Form, Moment, Repeat, Value};

    fn dx() -> Key {
        Key {
            host: "EXCH1".into(),
            facility: "service".into(),
            resource: "MSExchangeDX".into(),
        }
    }

    fn told(control: Control, before: Fact) -> Result<String, Form> {
        let request = dx().request(act(control.word(), Value::Null));
        let prediction = ServiceFacility.predict(&request, &|_| before.clone());
        match prediction.reply {
            Answer::Fault(fault) => Err(fault.form),
            _ => Ok(match &prediction.changes[0].after {
                Fact::Known(value) => value.to_string(),
                other => format!("{other:?}"),
            }),
        }
    }

    #[test]
    fn a_control_leads_where_it_says() {
        let running = || Fact::Known(status("running", Moment(0)));
        let stopped = || Fact::Known(status("stopped", Value::Null));
        let later = "{state: running, started: (at run time)}";
        assert_eq!(told(Control::Start, stopped()), Ok(later.into()));
        assert_eq!(
            told(Control::Pause, running()),
            Ok("{state: paused, started: 1970-01-01 00:00:00}".into())
        );
        assert_eq!(
            told(Control::Stop, running()),
            Ok("{state: stopped, started: null}".into())
        );
    }

    #[test]
    fn a_control_that_cannot_be_taken_is_refused_with_its_windows_error() {
        let running = || Fact::Known(status("running", Moment(0)));
        let stopped = || Fact::Known(status("stopped", Value::Null));
        assert_eq!(told(Control::Start, running()), Err(Form::Win32(1056)));
        assert_eq!(told(Control::Pause, stopped()), Err(Form::Win32(1062)));
        assert_eq!(told(Control::Stop, Fact::Absent), Err(Form::Win32(1060)));
    }

    #[test]
    fn a_start_in_doubt_is_probed_and_a_pause_is_not() {
        let start = dx().request(act("start", Value::Null));
        let probe = dx().request(Verb::Get);
        assert_eq!(ServiceFacility.repeat(&start), Repeat::Probe(probe));
        let running = Answer::Value(status("running", Moment(0)));
        let stopped = Answer::Value(status("stopped", Value::Null));
        assert!(ServiceFacility.probed(&start, &running).is_some());
        assert!(ServiceFacility.probed(&start, &stopped).is_none());
        let pause = dx().request(act("pause", Value::Null));
        assert_eq!(ServiceFacility.repeat(&pause), Repeat::AskOperator);
    }
}
