//! Compare, write, read back.

use runsheet_site::registry::{Registry, RegistryFacility, resource};
use runsheet_step::{Facility, Failure, Form, Input, Name, Outcome, Stop, Value, World};

use crate::input::{RegistryInput, State, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: RegistryInput = input.read()?;
    if let Some(fault) = check(&input.with).into_iter().next() {
        return Err(fault.into());
    }
    let registry = Registry::at(world, input.host_name()?);
    let name = resource(&with.key, Some(&with.value));
    let previous = registry.get(&name)?;
    if with.reads_only() {
        let data = previous.map_or(&Value::Null, |there| there.get("data"));
        return Ok(Outcome::same(outputs(data, previous)));
    }
    match with.state {
        State::Present => present(&registry, &with, &name, previous),
        State::Absent => absent(&registry, &with, &name, previous),
    }
}

fn present(
    registry: &Registry<'_, '_>,
    with: &RegistryInput,
    name: &Name,
    previous: Option<&Value>,
) -> Result<Outcome, Stop> {
    let wanted = Value::map([
        ("type", Value::text(&*with.r#type)),
        ("data", with.wanted()),
    ]);
    if let Some(there) = previous.filter(|there| RegistryFacility.same(there, &wanted)) {
        return Ok(Outcome::same(outputs(there.get("data"), Some(there))));
    }
    if with.verify {
        return Err(differs(name, &RegistryFacility.show(&wanted), previous).into());
    }
    if with.create_key && previous.is_none() {
        create_key(registry, &with.key)?;
    }
    registry
        .put(name, &with.r#type, with.wanted())
        .map_err(|stop| advised(stop, &with.key))?;
    let now = registry.get(name)?;
    let is_written = |now: &&Value| {
        RegistryFacility.same(now, &wanted) || now.why_unknown().is_some() || hides(now, &wanted)
    };
    let Some(now) = now.filter(is_written) else {
        return Err(not_written(name, &wanted, now).into());
    };
    let before = previous.map_or(&Value::Null, |before| before.get("data"));
    Ok(Outcome::changed(outputs(before, Some(now))))
}

/// Whether a value reads as one whose secrets were set: no answer tells a secret, so that what is
/// set and what is read differ, and look alike.
fn hides(now: &Value, wanted: &Value) -> bool {
    wanted.holds_secret() && RegistryFacility.show(now) == RegistryFacility.show(wanted)
}

fn absent(
    registry: &Registry<'_, '_>,
    with: &RegistryInput,
    name: &Name,
    previous: Option<&Value>,
) -> Result<Outcome, Stop> {
    let Some(before) = previous else {
        return Ok(Outcome::same(outputs(&Value::Null, None)));
    };
    if with.verify {
        return Err(differs(name, "absent", previous).into());
    }
    registry.delete(name)?;
    if let Some(still) = registry.get(name)? {
        let message = format!(
            "{name} was deleted and still reads {}",
            RegistryFacility.show(still)
        );
        return Err(Failure::code("not-deleted", message).into());
    }
    Ok(Outcome::changed(outputs(before.get("data"), None)))
}

fn create_key(registry: &Registry<'_, '_>, key: &str) -> Result<(), Stop> {
    let key = resource(key, None);
    match registry.get(&key)? {
        Some(_) => Ok(()),
        None => registry.create_key(&key),
    }
}

fn outputs(previous: &Value, now: Option<&Value>) -> [(&'static str, Value); 3] {
    let of = |field| now.map_or(Value::Null, |now| now.get(field).clone());
    [
        ("written", of("written")),
        ("previous", previous.clone()),
        ("data", of("data")),
    ]
}

/// What is found where a step only looks.
fn differs(name: &Name, wanted: &str, now: Option<&Value>) -> Failure {
    let data = now.map_or(&Value::Null, |now| now.get("data"));
    let now_shown = now.map_or("absent".to_owned(), |now| RegistryFacility.show(now));
    let message = format!("{name} is {now_shown}, and is to be {wanted}");
    Failure::code("differs", message).outputs(Value::map(outputs(data, now)))
}

fn advised(stop: Stop, key: &str) -> Stop {
    match stop {
        Stop::Failed(failure) if failure.form == Form::code("no-such-key") => failure
            .at(&["key"])
            .help(format!(
                "check the spelling of `{key}`, or let it be made with `create_key: true`"
            ))
            .into(),
        stop => stop,
    }
}

fn not_written(name: &Name, wanted: &Value, now: Option<&Value>) -> Failure {
    let wanted = RegistryFacility.show(wanted);
    let now = now.map_or("nothing".to_owned(), |now| RegistryFacility.show(now));
    let message = format!("{name} was set to {wanted} and reads {now}");
    Failure::code("not-written", message)
        .help("another program may have set it at the same time; look who writes this value")
}
