//! Look, tell, wait.

use runsheet_site::service::{Control, NO_SUCH_SERVICE, Service, Status, status};
use runsheet_step::{Failure, Form, Input, Moment, Name, Outcome, Stop, Unknown, Value, World};

use crate::input::{ServiceInput, Wish, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: ServiceInput = input.read()?;
    if let Some(fault) = check(&input.with).into_iter().next() {
        return Err(fault.into());
    }
    let service = Service::at(world, input.host_name()?, &with.name);
    let before = service.get()?.ok_or_else(|| not_installed(&with.name))?;
    if let Some(wanted) = with.state.filter(|_| with.verify) {
        return verified(&with.name, wanted.word(), &before);
    }
    let wish = with.control.or(with.state.map(crate::input::State::wish));
    let after = match wish {
        Some(Wish::Start) => run_it(&service, &before)?,
        Some(Wish::Stop) => stop_it(&service, &before)?,
        Some(Wish::Pause) => pause_it(&service, &before)?,
        Some(Wish::Continue) => continue_it(&service, &before)?,
        Some(Wish::Restart) if is_due(input, &with, &before)? => {
            Some(restart_it(&service, &before)?)
        }
        Some(Wish::Restart) | None => None,
    };
    let previous = Value::Text(before.state.clone());
    Ok(match after {
        Some(after) => Outcome::changed(outputs(&after, previous)),
        None => Outcome::same(outputs(&before, previous)),
    })
}

/// A look: it is as it is to be, or that is the failure.
fn verified(name: &str, wanted: &str, now: &Status) -> Result<Outcome, Stop> {
    let outputs = Value::map(outputs(now, Value::Text(now.state.clone())));
    if &*now.state == wanted {
        return Ok(Outcome::same(outputs.as_map().cloned().unwrap_or_default()));
    }
    let message = format!("{name} is {}, and is to be {wanted}", now.state);
    Err(Failure::code("differs", message).outputs(outputs).into())
}

/// How it is after a change; nothing if nothing was to be done.
type Changed = Result<Option<Status>, Stop>;

fn run_it(service: &Service<'_, '_>, before: &Status) -> Changed {
    match &*before.state {
        "running" => return Ok(None),
        "start-pending" | "continue-pending" => {}
        "paused" | "pause-pending" => service.control(Control::Continue)?,
        "stop-pending" => {
            service.wait_until("stopped")?;
            service.control(Control::Start)?;
        }
        _ => service.control(Control::Start)?,
    }
    service.wait_until("running").map(Some)
}

fn stop_it(service: &Service<'_, '_>, before: &Status) -> Changed {
    match &*before.state {
        "stopped" => return Ok(None),
        "stop-pending" => {}
        _ => service.control(Control::Stop)?,
    }
    service.wait_until("stopped").map(Some)
}

/// A pause is told even to a service that will refuse it: the refusal may be what is wanted.
fn pause_it(service: &Service<'_, '_>, before: &Status) -> Changed {
    if &*before.state == "paused" {
        return Ok(None);
    }
    let refused = |stop| match stop {
        Stop::Failed(failure) => {
            let previous = Value::Text(before.state.clone());
            failure
                .outputs(Value::map(outputs(before, previous)))
                .into()
        }
        stop => stop,
    };
    service.control(Control::Pause).map_err(refused)?;
    service.wait_until("paused").map(Some)
}

fn continue_it(service: &Service<'_, '_>, before: &Status) -> Changed {
    match &*before.state {
        "running" => return Ok(None),
        "continue-pending" => {}
        _ => service.control(Control::Continue)?,
    }
    service.wait_until("running").map(Some)
}

fn restart_it(service: &Service<'_, '_>, before: &Status) -> Result<Status, Stop> {
    stop_it(service, before)?;
    service.control(Control::Start)?;
    service.wait_until("running")
}

/// Whether a restart is to be: without a condition always; otherwise only of a service that runs
/// and was started earlier, or nobody knows when.
fn is_due(input: &Input, with: &ServiceInput, before: &Status) -> Result<bool, Stop> {
    let conditional = |map: &runsheet_step::Map| map.contains_key("restart_if_started_before");
    if !input.with.as_map().is_some_and(conditional) {
        return Ok(true);
    }
    let limit = match &with.restart_if_started_before {
        None | Some(Value::Null) => return Ok(false),
        Some(Value::Unknown(why)) => return Err(Stop::Unknown(Unknown::clone(why))),
        Some(limit) => limit.as_moment().ok_or_else(|| no_moment(limit))?,
    };
    if &*before.state != "running" {
        return Ok(false);
    }
    match &before.started {
        Value::Unknown(why) => Err(Stop::Unknown(Unknown::clone(why))),
        Value::Moment(Moment::LATER) if limit == Moment::LATER => Err(Stop::Unknown(
            Unknown::because(format!("the start of `{}`", with.name)),
        )),
        Value::Moment(started) => Ok(*started < limit),
        _ => Ok(true),
    }
}

fn outputs(now: &Status, previous: Value) -> Vec<(Name, Value)> {
    let now = status(&now.state, now.started.clone());
    let fields = now.as_map().into_iter().flatten();
    fields
        .map(|(name, value)| (name.clone(), value.clone()))
        .chain([("previous".into(), previous)])
        .collect()
}

fn not_installed(name: &str) -> Failure {
    let message = format!("there is no service `{name}`");
    Failure::new(Form::Win32(NO_SUCH_SERVICE), message)
        .at(&["name"])
        .help("give the service's own name, such as MSExchangeDX, not its display name")
}

fn no_moment(found: &Value) -> Failure {
    let message = format!("expected a time, found {} `{found}`", found.kind());
    Failure::code("bad-input", message)
        .at(&["restart_if_started_before"])
        .help("give an output that is a time, such as `written` of a `registry` step")
}
