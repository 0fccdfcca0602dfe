//! The `faults:` of a lab: which, of what, from when until when.

use runsheet_formats::stamp;
use runsheet_step::{Failure, Host, Map, Name, Value, duration};

use super::Reader;
use crate::blueprint::Blueprint;
use crate::faults::{Fault, Given, Kind, Parameter, Stage, Takes, When, kinds};
use crate::lab::Lab;

/// A fault for a lab that is open, given as in a site file; lengths of time count from now.
///
/// # Errors
/// Everything that is wrong with it.
pub fn fault(lab: &Lab, given: &Value) -> Result<Fault, Vec<Failure>> {
    let hosts = hosts(lab);
    let blueprint = Blueprint {
        start: lab.now(),
        ..Blueprint::default()
    };
    let mut reader = Reader {
        hosts: &hosts,
        failures: Vec::new(),
    };
    match reader.fault("fault", given, &blueprint) {
        Some(fault) if reader.failures.is_empty() => Ok(Fault {
            from: match fault.from {
                When::Opening => When::At(lab.now()),
                from => from,
            },
            ..fault
        }),
        _ => Err(reader.failures),
    }
}

/// The machines of a lab, as hosts of a site.
fn hosts(lab: &Lab) -> Vec<Host> {
    let of = |group: &str, host: &str| Host {
        name: host.into(),
        groups: vec![group.into()],
        vars: Map::new(),
    };
    let exchanges = lab.exchanges.iter().map(|it| of("dx", &it.host));
    let postoffices = lab.postoffices.iter();
    let postoffices = postoffices.map(|it| of("requestors", &it.host));
    let workstations = lab.workstations.iter();
    let workstations = workstations.map(|it| of("workstations", &it.host));
    exchanges.chain(postoffices).chain(workstations).collect()
}

/// What every fault takes, beside what its kind says.
const ALL_TAKE: [&str; 3] = ["fault", "from", "until"];

impl Reader<'_> {
    /// Every fault of the list, as far as it can be read.
    pub(super) fn faults(&mut self, options: &Value, blueprint: &mut Blueprint) {
        let listed = options.get("faults");
        if !matches!(listed, Value::Null | Value::List(_)) {
            let help =
                r"write `faults: [{fault: lock, host: SALES, file: GLB\REQCONF.GLB, by: ADMIN}]`";
            self.fail(&["faults"], "this is not a list of faults".to_owned(), help);
        }
        for (index, given) in listed.items().iter().enumerate() {
            let place = format!("faults[{index}]");
            if let Some(fault) = self.fault(&place, given, blueprint) {
                blueprint.faults.push(fault);
            }
        }
    }

    fn fault(&mut self, place: &str, given: &Value, blueprint: &Blueprint) -> Option<Fault> {
        let name = given.get("fault").to_string();
        let Some(kind) = kinds().find(|kind| kind.name == name) else {
            let names: Vec<_> = kinds().map(|it| it.name).collect();
            let help = format!("there are {}", names.join(", "));
            self.fail(
                &[place, "fault"],
                format!("the lab knows no fault `{name}`"),
                help,
            );
            return None;
        };
        self.refuse_strange(place, kind, given);
        let mut taken = Map::new();
        for parameter in kind.takes {
            let value = given.get(parameter.name);
            match self.parameter(parameter, value) {
                _ if value.is_null() && parameter.needed => {
                    let message = format!("`{name}` needs `{}`", parameter.name);
                    self.fail(&[place], message, "");
                }
                _ if value.is_null() => {}
                Ok(value) => drop(taken.insert(parameter.name.into(), value)),
                Err(takes) => {
                    let message = format!("`{value}` is not {takes}");
                    self.fail(&[place, parameter.name], message, "");
                }
            }
        }
        let until = given.get("until");
        Some(Fault {
            kind,
            given: Given::new(taken),
            from: when(given.get("from"), blueprint),
            until: (!until.is_null()).then(|| when(until, blueprint)),
            stage: Stage::Ahead,
        })
    }

    fn refuse_strange(&mut self, place: &str, kind: &Kind, given: &Value) {
        let takes = kind.takes.iter().map(|it| it.name);
        let known: Vec<&str> = ALL_TAKE.into_iter().chain(takes).collect();
        for key in given.as_map().into_iter().flat_map(|it| it.keys()) {
            if !known.contains(&&**key) {
                let message = format!("`{}` takes no `{key}`", kind.name);
                let help = format!("it takes {}", known[1..].join(", "));
                self.fail(&[place, key], message, help);
            }
        }
    }

    fn parameter(&self, parameter: &Parameter, value: &Value) -> Result<Value, &'static str> {
        let host_in = |groups: &[&str]| {
            let name = value.to_string();
            let mut hosts = self.hosts.iter();
            hosts.any(|host| {
                let is_in = host.groups.iter().any(|it| groups.contains(&&**it));
                is_in && host.name.eq_ignore_ascii_case(&name)
            })
        };
        match parameter.takes {
            Takes::Postoffice if !host_in(&["requestors", "server"]) => {
                Err("a host that is a postoffice")
            }
            Takes::Exchange if !host_in(&["dx"]) => Err("a host that is an Exchange server"),
            Takes::Count => match value.as_int() {
                Some(count) if u32::try_from(count).is_ok() => Ok(value.clone()),
                _ => Err("a whole number"),
            },
            Takes::Span => span(value).ok_or(super::SPAN),
            Takes::Postoffice | Takes::Exchange | Takes::File | Takes::Text => {
                Ok(Value::text(value.to_string()))
            }
        }
    }
}

fn span(value: &Value) -> Option<Value> {
    super::span(value).map(Value::Duration)
}

/// A moment, a length of time after the opening, or else a step.
fn when(value: &Value, blueprint: &Blueprint) -> When {
    let text: Name = match value {
        Value::Null => return When::Opening,
        Value::Moment(moment) => return When::At(*moment),
        Value::Duration(span) => return When::At(blueprint.start.after(*span)),
        value => value.to_string().into(),
    };
    if let Some(moment) = stamp::parse(&text) {
        return When::At(moment);
    }
    match duration::parse(&text) {
        Ok(span) => When::At(blueprint.start.after(span)),
        Err(_) => When::Step(text.to_string()),
    }
}
