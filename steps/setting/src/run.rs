//! Compare, set, read back.

use runsheet_site::settings::{Object, Setting, SettingsFacility, is_one_shot, resource};
use runsheet_step::{Facility, Failure, Input, Outcome, Stop, Value, World};

use crate::input::{SettingInput, State, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: SettingInput = input.read()?;
    if let Some(fault) = check(&input.with).into_iter().next() {
        return Err(fault.into());
    }
    let object = Object::at(world, input.host_name()?, &with.object);
    match &with.attribute {
        None => whole(&object, &with),
        Some(name) => {
            let setting = Setting::at(world, input.host_name()?, &with.object, name);
            attribute(&setting, &object, (&with, name))
        }
    }
}

/// An attribute. Where its object is there and it is not, as in a plan in which the object is made
/// before, it is set all the same: who serves it knows.
fn attribute(
    setting: &Setting<'_, '_>,
    object: &Object<'_, '_>,
    (with, name): (&SettingInput, &str),
) -> Result<Outcome, Stop> {
    let outputs = |previous: &Value, now: &Value| outputs(name, previous, now);
    let previous = match setting.get()? {
        Some(previous) => previous,
        None if with.verify || !object.is_there()? => return Err(no_such(with, name).into()),
        None => &Value::Null,
    };
    if with.value.is_null() || SettingsFacility.same(previous, &with.value) {
        return Ok(Outcome::same(outputs(previous, previous)));
    }
    if with.verify {
        return Err(differs(with, name, previous).into());
    }
    setting.put(with.value.clone())?;
    let unknown = with.value.why_unknown().is_some();
    if unknown || is_one_shot(name) {
        return Ok(Outcome::changed(outputs(previous, &with.value)));
    }
    let now = setting.get()?.unwrap_or(&Value::Null);
    if !SettingsFacility.same(now, &with.value) {
        return Err(not_set(with, name, now).into());
    }
    Ok(Outcome::changed(outputs(previous, now)))
}

/// The object itself: there or not.
fn whole(object: &Object<'_, '_>, with: &SettingInput) -> Result<Outcome, Stop> {
    let wanted = with.state == State::Present;
    let outputs = |previous: bool, now: bool| {
        [
            ("previous", previous.into()),
            ("value", now.into()),
            ("one_shot", false.into()),
        ]
    };
    let before = object.is_there()?;
    if before == wanted {
        return Ok(Outcome::same(outputs(before, before)));
    }
    let word = if wanted { "present" } else { "absent" };
    if with.verify {
        let message = format!("`{}` is to be {word}, and is not", with.object);
        let failure = Failure::code("differs", message);
        return Err(failure.outputs(Value::map(outputs(before, before))).into());
    }
    if wanted {
        object.make()?;
    } else {
        object.delete()?;
    }
    if object.is_there()? != wanted {
        let message = format!("`{}` was to be {word}, and is still not", with.object);
        return Err(Failure::code("not-set", message).into());
    }
    Ok(Outcome::changed(outputs(before, wanted)))
}

fn outputs(name: &str, previous: &Value, now: &Value) -> [(&'static str, Value); 3] {
    [
        ("previous", previous.clone()),
        ("value", now.clone()),
        ("one_shot", is_one_shot(name).into()),
    ]
}

fn no_such(with: &SettingInput, name: &str) -> Failure {
    let name = resource(&with.object, name);
    Failure::code("no-such-setting", format!("there is no setting `{name}`"))
        .at(&["attribute"])
        .help("check the spelling of both names, and that the object is there")
}

fn differs(with: &SettingInput, name: &str, now: &Value) -> Failure {
    let setting = resource(&with.object, name);
    let message = format!("`{setting}` is {now}, and is to be {}", with.value);
    Failure::code("differs", message).outputs(Value::map(outputs(name, now, now)))
}

fn not_set(with: &SettingInput, name: &str, now: &Value) -> Failure {
    let name = resource(&with.object, name);
    let message = format!("`{name}` was set to {} and reads {now}", with.value);
    Failure::code("not-set", message).help("another administrator may have set it at the same time")
}
