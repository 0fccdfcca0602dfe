//! Compare, set, read back.

use runsheet_site::settings::{Setting, SettingsFacility, is_one_shot, resource};
use runsheet_step::{Facility, Failure, Input, Outcome, Stop, Value, World};

use crate::input::{SettingInput, check};

pub(crate) fn run(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let with: SettingInput = input.read()?;
    if let Some(fault) = check(&input.with).into_iter().next() {
        return Err(fault.into());
    }
    let setting = Setting::at(world, input.host_name()?, &with.object, &with.attribute);
    let previous = setting.get()?.ok_or_else(|| no_such(&with))?;
    if with.value.is_null() || SettingsFacility.same(previous, &with.value) {
        return Ok(Outcome::same(outputs(&with, previous, previous)));
    }
    if with.verify {
        return Err(differs(&with, previous).into());
    }
    setting.put(with.value.clone())?;
    let unknown = with.value.why_unknown().is_some();
    if unknown || is_one_shot(&with.attribute) {
        return Ok(Outcome::changed(outputs(&with, previous, &with.value)));
    }
    let now = setting.get()?.unwrap_or(&Value::Null);
    if !SettingsFacility.same(now, &with.value) {
        return Err(not_set(&with, now).into());
    }
    Ok(Outcome::changed(outputs(&with, previous, now)))
}

fn outputs(with: &SettingInput, previous: &Value, now: &Value) -> [(&'static str, Value); 3] {
    [
        ("previous", previous.clone()),
        ("value", now.clone()),
        ("one_shot", is_one_shot(&with.attribute).into()),
    ]
}

fn no_such(with: &SettingInput) -> Failure {
    let name = resource(&with.object, &with.attribute);
    Failure::code("no-such-setting", format!("there is no setting `{name}`"))
        .at(&["attribute"])
        .help("check the spelling of both names, and that the object is there")
}

fn differs(with: &SettingInput, now: &Value) -> Failure {
    let name = resource(&with.object, &with.attribute);
    let message = format!("`{name}` is {now}, and is to be {}", with.value);
    Failure::code("differs", message).outputs(Value::map(outputs(with, now, now)))
}

fn not_set(with: &SettingInput, now: &Value) -> Failure {
    let name = resource(&with.object, &with.attribute);
    let message = format!("`{name}` was set to {} and reads {now}", with.value);
    Failure::code("not-set", message).help("another administrator may have set it at the same time")
}
