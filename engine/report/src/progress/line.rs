//! The line an event is worth, one small function an event; most are worth none.

use runsheet_diagnostics::words;
use runsheet_record::event::{Asked, Confirmed, Ended, Expanded, Restored, Retried, RunStarted};
use runsheet_record::scope::Names;
use runsheet_record::state::Instance;
use runsheet_record::{Event, State, Status, What};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Moment, Value};

use crate::look::{Look, Tone, drawn, one_line};
use crate::time;

/// The line of an event, with its time on the clock of the site.
pub(super) fn of(event: &Event, state: &State, look: Look) -> Option<String> {
    let clock = look.paint(Tone::Faint, &time::clock(event.at));
    let line = told(event, state, look)?;
    Some(drawn(&format!("{clock}  {line}\n")))
}

fn told(event: &Event, state: &State, look: Look) -> Option<String> {
    match &event.what {
        What::RunStarted(started) => Some(run_started(started, event.at, look)),
        What::Expanded(expanded) => expanded_line(expanded, look),
        What::Asked(asked) => asked_line(asked, state, look),
        What::Confirmed(confirmed) => Some(confirmed_line(confirmed, look)),
        What::Retried(retried) => Some(retried_line(retried, event.at, look)),
        What::Rescuing(failed) => Some(rescuing_line(failed, look)),
        What::Ended(ended) => ended_line(ended, state, look),
        What::Restored(restored) => Some(restored_line(restored, look)),
        What::CancelRequested => Some(cancel_line(state, look)),
        _ => None,
    }
}

/// A word in its column, and what it is about.
fn line(look: Look, tone: Tone, word: &str, about: &str) -> String {
    let word = look.paint(tone, &format!("{word:<9}"));
    format!("{word}  {}", one_line(about))
}

fn run_started(started: &RunStarted, at: Moment, look: Look) -> String {
    let [year, month, day, ..] = at.civil();
    let (workflow, site) = (&started.workflow, &started.site);
    let about = format!(
        "{workflow} at {site}, {year:04}-{month:02}-{day:02} there; run {}",
        started.run
    );
    line(look, Tone::Strong, "run", &about)
}

fn expanded_line(expanded: &Expanded, look: Look) -> Option<String> {
    if expanded.items.is_empty() {
        return None;
    }
    let count = words::count("item", expanded.items.len());
    Some(line(
        look,
        Tone::Faint,
        "for each",
        &format!("{}: {count}", expanded.address),
    ))
}

/// Whether a turn acts or waits: the beginning of a step that a reader cares for.
pub(super) fn begins(asked: &Asked) -> bool {
    let takes_time = |verb: &Verb| matches!(verb, Verb::Act(_) | Verb::Wait(_));
    asked
        .questions
        .iter()
        .any(|question| takes_time(&question.request.verb))
}

fn asked_line(asked: &Asked, state: &State, look: Look) -> Option<String> {
    if !begins(asked) {
        return None;
    }
    let instance = state.instance(state.find(&asked.address)?);
    let mut about = asked.address.to_string();
    if let Some(host) = host(state, instance) {
        about.push_str(&format!(" at {host}"));
    }
    if asked.attempt > 1 {
        about.push_str(&format!(", attempt {}", asked.attempt));
    }
    Some(line(look, Tone::Busy, "started", &about))
}

fn host(state: &State, instance: &Instance) -> Option<String> {
    let id = state.find(&instance.address)?;
    match Names::of(state, id).host() {
        Ok(Value::Host(host)) => Some(host.name.to_string()),
        _ => None,
    }
}

fn confirmed_line(confirmed: &Confirmed, look: Look) -> String {
    let word = if confirmed.yes {
        "confirmed"
    } else {
        "declined"
    };
    let about = format!("{} by {}", confirmed.address, confirmed.by);
    line(look, Tone::Warm, word, &about)
}

fn retried_line(retried: &Retried, at: Moment, look: Look) -> String {
    let pause = retried.not_before.since(at);
    let when = if pause.is_zero() {
        "now".to_owned()
    } else {
        format!("in {}", time::span(pause))
    };
    let (address, attempt, why) = (&retried.address, retried.attempt, &retried.failure.message);
    line(
        look,
        Tone::Warm,
        "again",
        &format!("{address}: attempt {attempt} {when}: {why}"),
    )
}

fn rescuing_line(failed: &Ended, look: Look) -> String {
    let why = failed.failure.as_ref();
    let why = why.map_or("it failed", |failure| &*failure.message);
    let about = format!("{}: {why}", failed.address);
    line(look, Tone::Warm, "rescue", &about)
}

/// The word for how something ended.
pub(crate) fn word(status: Status, rescued: bool) -> &'static str {
    match rescued {
        true => "rescued",
        false => status.word(),
    }
}

/// Steps and `foreach`es are told, groups only for their warnings and when they were rescued.
fn ended_line(ended: &Ended, state: &State, look: Look) -> Option<String> {
    let instance = state.instance(state.find(&ended.address)?);
    instance.parent?;
    let is_action = state.workflow().node(instance.node).action().is_some();
    let is_plain = ended.warnings.is_empty() && !ended.rescued;
    if !is_action && !instance.is_fan && is_plain {
        return None;
    }
    let mut about = ended.address.to_string();
    let span = instance
        .started
        .zip(instance.ended)
        .map(|(from, to)| to.since(from));
    if let Some(span) = span.filter(|span| !span.is_zero()) {
        about.push_str(&format!(" ({})", time::span(span)));
    }
    if let Some(failure) = ended
        .failure
        .as_ref()
        .filter(|_| is_action && !instance.is_fan && !ended.rescued)
    {
        let accepted = if ended.status == Status::Succeeded {
            ", as accepted"
        } else {
            ""
        };
        about.push_str(&format!(": {}{accepted}", failure.message));
    }
    for warning in &ended.warnings {
        about.push_str(&format!("; warning: {warning}"));
    }
    let word = word(ended.status, ended.rescued);
    Some(line(look, tone(ended.status), word, &about))
}

fn restored_line(restored: &Restored, look: Look) -> String {
    let (address, resource) = (&restored.address, &restored.request.resource);
    match &restored.answer {
        Answer::Fault(fault) => {
            let about = format!(
                "{address}: {resource} was not taken back: {}",
                fault.message
            );
            line(look, Tone::Bad, "failed", &about)
        }
        _ => line(
            look,
            Tone::Good,
            "restored",
            &format!("{address}: {resource}"),
        ),
    }
}

fn cancel_line(state: &State, look: Look) -> String {
    let about = match state.cancels {
        0 | 1 => "nothing more starts, and what acts comes to its end; once more interrupts it",
        _ => "what acts is interrupted, and is then in doubt; once more leaves at once",
    };
    line(look, Tone::Warm, "cancel", about)
}

/// The tone of how something stands.
pub(crate) fn tone(status: Status) -> Tone {
    match status {
        Status::Succeeded => Tone::Good,
        Status::Failed | Status::InDoubt => Tone::Bad,
        Status::Running => Tone::Busy,
        Status::Blocked | Status::Cancelled => Tone::Warm,
        Status::Skipped | Status::Waiting => Tone::Faint,
    }
}
