//! The registry of an Exchange server.

use runsheet_site::registry::{self, RegistryFacility, parts};
use runsheet_step::driver::Call;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Facility, Fault, Request, Value};

use super::{Served, fault, moment, no_such_host, replaced, unknown_verb};
use crate::exchange::registry::{Data, Entry, Key, Refused};
use crate::lab::{Lab, Role};

pub(super) struct Registry;

impl Served for Registry {
    const NAME: &'static str = registry::NAME;

    fn facility(&self) -> &dyn Facility {
        &RegistryFacility
    }

    fn get(&self, lab: &Lab, request: &Request) -> Answer {
        let Some(server) = lab.exchange(&request.host) else {
            return Answer::Fault(no_such_host(request, "an Exchange server"));
        };
        let found = match parts(&request.resource) {
            (key, Some(name)) => server.registry.value(key, name).map(value),
            (key, None) => server.registry.key(key).map(key_value),
        };
        found.map_or(Answer::Absent, Answer::Value)
    }

    fn change(&self, lab: &mut Lab, call: &Call<'_>) -> Answer {
        let (request, now) = (&call.request, lab.now());
        let Some(Role::Exchange(exchange)) = lab.role(&request.host) else {
            return Answer::Fault(no_such_host(request, "an Exchange server"));
        };
        let registry = &mut lab.exchanges[exchange].registry;
        let before = match (&request.verb, parts(&request.resource)) {
            (Verb::Put(given), (key, Some(name))) => match data(given) {
                Ok(data) => registry.set(now, (key, name), data),
                Err(fault) => return Answer::Fault(fault),
            }
            .map(|before| before.as_ref().map(value)),
            (Verb::Delete, (key, Some(name))) => {
                Ok(registry.delete(now, key, name).as_ref().map(value))
            }
            (Verb::Delete, (key, None)) => {
                let before = registry.delete_key(key);
                before.map(|before| before.as_ref().map(key_value))
            }
            (Verb::Act(act), (key, None)) if &*act.name == "create-key" => {
                registry.create_key(Some(now), key);
                return Answer::Value(Value::Null);
            }
            (_, _) => return unknown_verb(request),
        };
        match before {
            Ok(before) => replaced(call, &RegistryFacility, before),
            Err(refused) => Answer::Fault(told(refused, parts(&request.resource).0)),
        }
    }
}

fn value(entry: &Entry) -> Value {
    entry.data.to_value(moment(entry.written))
}

fn key_value(key: &Key) -> Value {
    Value::map([("written", moment(key.written))])
}

fn data(value: &Value) -> Result<Data, Fault> {
    let bad = || fault("bad-value", format!("the registry takes no {value}"));
    Data::of(value).ok_or_else(bad)
}

fn told(refused: Refused, key: &str) -> Fault {
    match refused {
        Refused::NoSuchKey => fault("no-such-key", format!("there is no registry key {key}")),
        Refused::NotEmpty => fault(
            "key-not-empty",
            format!("the registry key {key} holds something"),
        ),
    }
}
