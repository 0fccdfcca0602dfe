//! A message in, an answer out: what each method does, in plain Rust.

use std::collections::BTreeMap;

use runsheet_messages::facility::{
    About, AboutRequest, Inverse, Matches, Predict, Repeated, Subject,
};
use runsheet_messages::method::Method;
use runsheet_messages::step::{Checked, OneStep};
use runsheet_step::fact::{Fact, Key};
use runsheet_step::{Facility, Step, Stop, Turn, Unknown};
use serde::{Deserialize, Serialize};

use crate::asked;
use crate::plugin::Plugin;
use crate::recent::read_turn;

/// Why there is no answer.
pub(crate) enum Refusal {
    /// The message made no sense.
    Nonsense(String),
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Refusal {
        Refusal::Nonsense(error.to_string())
    }
}

type Answered = Result<Vec<u8>, Refusal>;

/// Answers one message.
pub(crate) fn answer(plugin: &Plugin, method: Method, message: &[u8]) -> Answered {
    match method {
        Method::Describe => json(&plugin.description()),
        Method::Arm => arm(plugin, read(message)?),
        Method::Turn => turn(plugin, message),
        Method::Check => check(plugin, read(message)?),
        Method::Predict => predict(plugin, read(message)?),
        Method::Inverse => inverse(plugin, read(message)?),
        Method::Repeat => repeat(plugin, read(message)?),
        Method::Matches => matches(plugin, read(message)?),
        Method::About => about(plugin, read(message)?),
    }
}

fn read<'m, M: Deserialize<'m>>(message: &'m [u8]) -> Result<M, Refusal> {
    Ok(serde_json::from_slice(message)?)
}

fn json(answer: &impl Serialize) -> Answered {
    let mut text = Vec::with_capacity(512);
    serde_json::to_writer(&mut text, answer)?;
    Ok(text)
}

fn step<'p>(plugin: &'p Plugin, kind: &str) -> Result<&'p dyn Step, Refusal> {
    let missing = || Refusal::Nonsense(format!("there is no kind `{kind}` here"));
    plugin.step(kind).ok_or_else(missing)
}

fn facility<'p>(plugin: &'p Plugin, name: &str) -> Result<&'p dyn Facility, Refusal> {
    let missing = || Refusal::Nonsense(format!("there is no facility `{name}` here"));
    plugin.facility(name).ok_or_else(missing)
}

fn arm(plugin: &Plugin, message: OneStep<'_>) -> Answered {
    let step = step(plugin, &message.kind)?;
    json(&match step.arm(&message.input) {
        Ok(marks) => Turn::Ask(marks),
        Err(Stop::Unknown(why)) => Turn::Unknown(why),
        Err(Stop::Failed(failure)) => Turn::Failed(failure),
        Err(Stop::Pending) => Turn::Ask(Vec::new()),
    })
}

fn turn(plugin: &Plugin, message: &[u8]) -> Answered {
    read_turn(message, |kind, input, transcript| {
        let step = step(plugin, kind)?;
        Ok(asked::write(step.turn(input, transcript))?)
    })?
}

fn check(plugin: &Plugin, message: OneStep<'_>) -> Answered {
    let step = step(plugin, &message.kind)?;
    json(&Checked {
        failures: step.check(&message.input),
        outputs: step.more_outputs(&message.input),
        acts: step.acts(&message.input),
        waits: step.waits(&message.input),
    })
}

fn predict(plugin: &Plugin, message: Predict<'_>) -> Answered {
    let facility = facility(plugin, &message.facility)?;
    let facts: BTreeMap<Key, Fact> = message.facts.into_iter().collect();
    let known = |key: &Key| {
        let unknown = || Fact::Unknown(Unknown::because(format!("what `{key}` is")));
        facts.get(key).cloned().unwrap_or_else(unknown)
    };
    json(&facility.predict(&message.request, &known))
}

fn inverse(plugin: &Plugin, message: Inverse<'_>) -> Answered {
    let facility = facility(plugin, &message.facility)?;
    json(&facility.inverse(&message.change))
}

fn repeat(plugin: &Plugin, message: Repeated<'_>) -> Answered {
    let facility = facility(plugin, &message.facility)?;
    match &message.probe {
        Some(probe) => json(&facility.probed(&message.request, probe)),
        None => json(&facility.repeat(&message.request)),
    }
}

fn matches(plugin: &Plugin, message: Matches<'_>) -> Answered {
    let facility = facility(plugin, &message.facility)?;
    json(&facility.matches(&message.filter, &message.item))
}

fn about(plugin: &Plugin, message: About<'_>) -> Answered {
    let facility = facility(plugin, &message.facility)?;
    match &message.of {
        Subject::Request(request) => json(&AboutRequest {
            access: facility.access(request),
            phrase: facility.phrase(request).into(),
            area: facility.area(request),
            looks_at: facility.looks_at(request),
        }),
        Subject::Begun(act, reply) => json(&facility.begun(act, reply)),
        Subject::Same(one, other) => json(&facility.same(one, other)),
        Subject::Show(value) => json(&facility.show(value)),
    }
}
