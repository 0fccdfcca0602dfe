//! The example of a kind can be copied.

use std::borrow::Cow;

use runsheet_host::line::ask;
use runsheet_messages::method::Method;
use runsheet_messages::step::{Checked, OneStep};
use runsheet_step::{Value, bounds};

use super::Check;
use crate::example;
use crate::findings::Findings;
use crate::random::Random;
use crate::sample;
use crate::subject::{Kind, Subject};

pub(super) const CHECK: Check = Check {
    name: "example",
    about: "each kind has an example that its own shape and its own `check` take",
    nothing: "it has no kinds",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        let held = well(subject, kind);
        findings.hold(&kind.described.kind, held, &kind.described.shape.example);
    }
}

fn well(subject: &Subject, kind: &Kind) -> Result<(), String> {
    let (name, shape) = (&kind.described.kind, &kind.described.shape);
    if shape.example.is_empty() {
        return Err("it has no example".to_owned());
    }
    let step = example::step(shape)?;
    if step.get("uses") != &Value::Text(name.clone()) {
        return Err(format!("its example is not one of `uses: {name}`"));
    }
    let mut random = Random::new(subject.seed, name);
    let input = example::input(shape, &mut random)?;
    let with = input.with.as_map().ok_or("its `with:` is no map")?;
    sample::fields_fit(with, &shape.inputs, None).map_err(|why| format!("its `with:` {why}"))?;
    if let Some(failure) = bounds::beyond(&shape.inputs, &input.with).first() {
        return Err(format!("its `with:` {failure}"));
    }
    if !kind.described.checks || !subject.line.answers(Method::Check) {
        return Ok(());
    }
    let message = OneStep {
        kind: Cow::Borrowed(name),
        input: Cow::Borrowed(&input),
    };
    let checked: Checked = ask(&*subject.line, Method::Check, &message)
        .map_err(|trouble| format!("`check`: {trouble}"))?;
    match checked.failures.first() {
        Some(failure) => Err(format!("`check` finds fault with its example: {failure}")),
        None => Ok(()),
    }
}
