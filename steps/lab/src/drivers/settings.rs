//! The pages of the Exchange Administrator program.

use runsheet_site::settings::{self, SettingsFacility, parts};
use runsheet_step::driver::Call;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Facility, Fault, Request, Value};

use super::{Served, fault, no_such_host, replaced, unknown_verb};
use crate::exchange::Exchange;
use crate::exchange::settings::{Attribute, Missing, Setting};
use crate::lab::{Lab, Role};

pub(super) struct Settings;

impl Served for Settings {
    const NAME: &'static str = settings::NAME;

    fn facility(&self) -> &dyn Facility {
        &SettingsFacility
    }

    fn get(&self, lab: &Lab, request: &Request) -> Answer {
        let Some(server) = lab.exchange(&request.host) else {
            return Answer::Fault(no_such_host(request, "an Exchange server"));
        };
        match find(server, &request.resource) {
            Ok(attribute) => Answer::Value(value(server.settings.get(&attribute))),
            Err(_) => Answer::Absent,
        }
    }

    fn change(&self, lab: &mut Lab, call: &Call<'_>) -> Answer {
        let request = &call.request;
        let Some(Role::Exchange(exchange)) = lab.role(&request.host) else {
            return Answer::Fault(no_such_host(request, "an Exchange server"));
        };
        let Verb::Put(given) = &request.verb else {
            return unknown_verb(request);
        };
        let server = &mut lab.exchanges[exchange];
        let attribute = match find(server, &request.resource) {
            Ok(attribute) => attribute,
            Err(missing) => return Answer::Fault(told(missing, &request.resource)),
        };
        let before = value(server.settings.get(&attribute));
        match put(server, &attribute, given) {
            Ok(()) => replaced(call, &SettingsFacility, Some(before)),
            Err(takes) => {
                let message = format!("{} takes {takes}, not `{given}`", request.resource);
                Answer::Fault(fault("bad-value", message))
            }
        }
    }
}

fn find(server: &Exchange, resource: &str) -> Result<Attribute, Missing> {
    let (object, attribute) = parts(resource).ok_or(Missing::Object)?;
    let attribute = Attribute::find(object.trim(), attribute.trim(), &server.mta.name)?;
    match &attribute {
        Attribute::ExportNext(name) if !server.dx.requestors.contains_key(name) => {
            Err(Missing::Object)
        }
        _ => Ok(attribute),
    }
}

fn put(server: &mut Exchange, attribute: &Attribute, given: &Value) -> Result<(), &'static str> {
    let setting = match given {
        Value::Bool(on) => Setting::Flag(*on),
        Value::Int(number) => Setting::Count(u32::try_from(*number).unwrap_or(0)),
        Value::Text(text) => Setting::Text(text.to_string()),
        _ => return Err("a truth value, a whole number or a text"),
    };
    server.settings.put(attribute, &setting)
}

fn value(setting: Setting) -> Value {
    match setting {
        Setting::Flag(on) => on.into(),
        Setting::Count(number) => number.into(),
        Setting::Text(text) => text.into(),
    }
}

fn told(missing: Missing, resource: &str) -> Fault {
    let (object, attribute) = parts(resource).unwrap_or((resource, ""));
    match missing {
        Missing::Object => fault("no-such-object", format!("there is no object {object}")),
        Missing::Attribute => fault(
            "no-such-attribute",
            format!("{object} has no attribute {attribute}"),
        ),
    }
}
