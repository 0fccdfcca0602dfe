//! The services of an Exchange server.

use runsheet_site::service::{self, ServiceFacility};
use runsheet_step::driver::Call;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Facility, Fault, Form, Request, Value};

use super::{Served, moment, no_such_host, unknown_verb};
use crate::exchange::services::{Control, State, Win32};
use crate::lab::{Lab, Role};

pub(super) struct Service;

impl Served for Service {
    const NAME: &'static str = service::NAME;

    fn facility(&self) -> &dyn Facility {
        &ServiceFacility
    }

    fn get(&self, lab: &Lab, request: &Request) -> Answer {
        let Some(server) = lab.exchange(&request.host) else {
            return Answer::Fault(no_such_host(request, "an Exchange server"));
        };
        let Some(service) = server.services.get(&request.resource) else {
            return Answer::Absent;
        };
        let started = service.started.filter(|_| service.state != State::Stopped);
        Answer::Value(service::status(word(service.state), moment(started)))
    }

    fn change(&self, lab: &mut Lab, call: &Call<'_>) -> Answer {
        let request = &call.request;
        let Some(Role::Exchange(exchange)) = lab.role(&request.host) else {
            return Answer::Fault(no_such_host(request, "an Exchange server"));
        };
        let control = match &request.verb {
            Verb::Act(act) => control(&act.name),
            _ => None,
        };
        let Some(control) = control else {
            return unknown_verb(request);
        };
        match lab.control(exchange, &request.resource, control) {
            Ok(()) => Answer::Value(Value::Null),
            Err(error) => {
                let specific = lab.exchanges[exchange].specific_error(&request.resource);
                Answer::Fault(told(error, control, specific, request))
            }
        }
    }
}

fn control(act: &str) -> Option<Control> {
    Some(match service::Control::from_word(act)? {
        service::Control::Start => Control::Start,
        service::Control::Stop => Control::Stop,
        service::Control::Pause => Control::Pause,
        service::Control::Continue => Control::Continue,
    })
}

fn word_of(control: Control) -> &'static str {
    match control {
        Control::Start => "start",
        Control::Stop => "stop",
        Control::Pause => "pause",
        Control::Continue => "continue",
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Stopped => "stopped",
        State::StartPending => "start-pending",
        State::StopPending => "stop-pending",
        State::Running => "running",
        State::PausePending => "pause-pending",
        State::Paused => "paused",
        State::ContinuePending => "continue-pending",
    }
}

/// The refusal, in the words of Windows NT; a pause that starts a cycle as the Control Panel says
/// it (Q146738).
fn told(error: Win32, control: Control, specific: Option<u32>, request: &Request) -> Fault {
    let (name, host) = (&request.resource, &request.host);
    let message = match error {
        Win32::INTERNAL => {
            let control = word_of(control);
            format!(
                "could not {control} {name} on {host}: error 2140, an internal Windows NT error occurred"
            )
        }
        Win32::DEPENDENTS_RUN => format!("running services depend on {name}"),
        Win32::INVALID_CONTROL => format!("{name} does not take this control"),
        Win32::ALREADY_RUNNING => format!("{name} is already running"),
        Win32::DISABLED => format!("{name} is disabled on {host}"),
        Win32::TERMINATED => format!("{name} terminated unexpectedly"),
        Win32::NOT_RESPONDING => format!("{name} is not responding"),
        Win32::NO_SUCH_SERVICE => format!("{name} is not installed on {host}"),
        Win32::CANNOT_ACCEPT => format!("{name} takes no control at this moment"),
        Win32::NOT_ACTIVE => format!("{name} has not been started"),
        Win32::SPECIFIC => {
            let specific = specific.unwrap_or_default();
            format!("{name} could not be started: service-specific error {specific}")
        }
        Win32(number) => format!("{name} answered with error {number}"),
    };
    Fault::new(Form::Win32(error.0), message)
}
