//! The pages of the Exchange Administrator program.

use runsheet_site::settings::{self, SettingsFacility, parts};
use runsheet_step::driver::Call;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Facility, Fault, Request, Value};

use super::{Served, fault, no_such_host, replaced, unknown_verb};
use crate::exchange::settings::{Attribute, Missing, Setting, objects};
use crate::exchange::{Exchange, ExchangeId};
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
        if parts(&request.resource).is_none() {
            return object(server, &request.resource).map_or(Answer::Absent, Answer::Value);
        }
        match find(server, &request.resource) {
            Ok(attribute) => attribute
                .get(server)
                .map_or(Answer::Absent, |it| Answer::Value(value(it))),
            Err(_) => Answer::Absent,
        }
    }

    fn change(&self, lab: &mut Lab, call: &Call<'_>) -> Answer {
        let request = &call.request;
        let Some(Role::Exchange(exchange)) = lab.role(&request.host) else {
            return Answer::Fault(no_such_host(request, "an Exchange server"));
        };
        if parts(&request.resource).is_none() {
            return change_object(lab, exchange, call);
        }
        let Verb::Put(given) = &request.verb else {
            return unknown_verb(request);
        };
        let now = lab.now();
        let server = &mut lab.exchanges[exchange];
        let attribute = match find(server, &request.resource) {
            Ok(attribute) => attribute,
            Err(missing) => return Answer::Fault(told(missing, &request.resource)),
        };
        let before = attribute.get(server).map(value);
        let put = setting(given).and_then(|it| attribute.put(server, now, &it));
        lab.look_at_hours(exchange);
        match put {
            Ok(()) => replaced(call, &SettingsFacility, before),
            Err(takes) => {
                let message = format!("{} takes {takes}, not `{given}`", request.resource);
                Answer::Fault(fault("bad-value", message))
            }
        }
    }
}

/// True where there is such an object.
fn object(server: &Exchange, name: &str) -> Option<Value> {
    objects::is_there(server, name)?.then(|| true.into())
}

/// Makes or deletes an object.
fn change_object(lab: &mut Lab, exchange: ExchangeId, call: &Call<'_>) -> Answer {
    let request = &call.request;
    let name = &*request.resource;
    let before = object(&lab.exchanges[exchange], name);
    let done = match &request.verb {
        Verb::Put(_) => lab.make_object(exchange, name),
        Verb::Delete => lab.delete_object(exchange, name),
        _ => return unknown_verb(request),
    };
    match done {
        Ok(()) => replaced(call, &SettingsFacility, before),
        Err(refusal) => Answer::Fault(fault(refusal.code, refusal.message)),
    }
}

fn find(server: &Exchange, resource: &str) -> Result<Attribute, Missing> {
    let (object, attribute) = parts(resource).ok_or(Missing::Object)?;
    Attribute::find(server, object.trim(), attribute.trim())
}

fn setting(given: &Value) -> Result<Setting, &'static str> {
    match given {
        Value::Bool(on) => Ok(Setting::Flag(*on)),
        Value::Int(number) => Ok(Setting::Count(u32::try_from(*number).unwrap_or(0))),
        Value::Text(text) => Ok(Setting::Text(text.to_string())),
        _ => Err("a truth value, a whole number or a text"),
    }
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
