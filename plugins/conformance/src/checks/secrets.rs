//! A secret is handed on as one.

use runsheet_step::shape::Type;
use runsheet_step::{Field, Input, Map, Secret, Value};
use serde::Serialize;

use super::Check;
use crate::course::{Course, End};
use crate::findings::Findings;
use crate::sample::SECRET;
use crate::subject::Subject;

pub(super) const CHECK: Check = Check {
    name: "secrets",
    about: "a secret is handed on as a secret, in no text that anybody may read",
    nothing: "no input takes a secret",
    look,
};

/// A text that is found again wherever it goes.
const PLAIN: &str = "conformance-plain-text";

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        let takes = |field: &&Field| field.takes_secret || field.kind == Type::Secret;
        for field in kind.described.shape.inputs.iter().filter(takes) {
            for (scene, course) in subject.courses(kind).enumerate() {
                let Some([plain, secret]) = of(&course.input, field) else {
                    continue;
                };
                let play = |input: &Input| {
                    let world = subject.beginning(kind, scene);
                    subject.player(kind).play(input, world)
                };
                let held = well(&play(&plain), &play(&secret));
                let held = held.map_err(|why| format!("with a secret in `{}`, {why}", field.name));
                findings.hold(&kind.described.kind, held, &secret);
            }
        }
    }
}

/// The input with a marked text in a field, and with a secret there.
fn of(input: &Input, field: &Field) -> Option<[Input; 2]> {
    let secret = Value::Secret(Secret::reference(SECRET).into());
    let map = input.with.as_map()?;
    let given = map.get(&field.name)?;
    let with = |put: &Value| {
        let mut map = map.clone();
        map.insert(field.name.clone(), replaced(given, put)?);
        Some(Input {
            with: Value::Map(map.into()),
            ..input.clone()
        })
    };
    Some([with(&PLAIN.into())?, with(&secret)?])
}

/// The value with its last text replaced; the first may be the name of a program.
fn replaced(value: &Value, put: &Value) -> Option<Value> {
    match value {
        Value::Text(_) | Value::Secret(_) => Some(put.clone()),
        Value::List(items) => {
            let mut items = items.to_vec();
            let (at, new) = (0..items.len())
                .rev()
                .find_map(|at| Some((at, replaced(&items[at], put)?)))?;
            items[at] = new;
            Some(Value::list(items))
        }
        Value::Map(map) => {
            let mut map: Map = (**map).clone();
            let (name, new) = map
                .iter()
                .rev()
                .find_map(|(name, value)| Some((name.clone(), replaced(value, put)?)))?;
            map.insert(name, new);
            Some(Value::Map(map.into()))
        }
        _ => None,
    }
}

fn well(plain: &Course<'_>, secret: &Course<'_>) -> Result<(), String> {
    if plain.end.is_proper().is_err() {
        return Ok(());
    }
    secret.end.is_proper()?;
    let said = |course: &Course<'_>| {
        let requests: Vec<_> = course.requests().collect();
        json(&(requests, course.outcome()))
    };
    let (open, hidden) = (said(plain), said(secret));
    if readable(&hidden) {
        return Err("its reference stands in a text of what it asks or gives".to_owned());
    }
    let handed_on = open.to_string().contains(PLAIN);
    match handed_on && !hidden.to_string().contains(SECRET) {
        true => match &secret.end {
            End::Failed(failure) => Err(format!("it fails: {failure}")),
            _ => Err("it does not hand it on, as it does with a text".to_owned()),
        },
        false => Ok(()),
    }
}

fn json(what: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(what).unwrap_or_default()
}

/// Whether the reference of the secret stands anywhere but in a secret.
fn readable(said: &serde_json::Value) -> bool {
    match said {
        serde_json::Value::String(text) => text.contains(SECRET),
        serde_json::Value::Array(items) => items.iter().any(readable),
        serde_json::Value::Object(map) => {
            map.get("$").is_none_or(|kind| kind != "secret") && map.values().any(readable)
        }
        _ => false,
    }
}
