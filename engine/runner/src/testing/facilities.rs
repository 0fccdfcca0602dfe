//! The vocabulary of the small site.

use runsheet_step::fact::{Change, Fact};
use runsheet_step::request::{Act, Verb};
use runsheet_step::{Access, Answer, Facility, Known, Name, Prediction, Request, Value};

/// Streams of items.
pub(crate) struct Log;

impl Facility for Log {
    fn name(&self) -> &str {
        "log"
    }
}

/// Values by name.
pub(crate) struct Store;

impl Facility for Store {
    fn name(&self) -> &str {
        "store"
    }
}

/// Programs: nobody knows what they change.
pub(crate) struct Tool;

impl Facility for Tool {
    fn name(&self) -> &str {
        "tool"
    }

    fn begun(&self, act: &Act, reply: &Value) -> Option<Name> {
        let is_start = &*act.name == "start";
        is_start.then(|| reply.get("process").to_string().into())
    }

    fn phrase(&self, request: &Request) -> String {
        format!("{} {}", request.verb.word(), request.resource)
    }
}

/// Lamps: what switching one changes is known.
pub(crate) struct Lamp;

impl Facility for Lamp {
    fn name(&self) -> &str {
        "lamp"
    }

    fn act_access(&self, _: &Act) -> Access {
        Access::Write
    }

    fn predict_act(&self, request: &Request, act: &Act, known: Known<'_>) -> Prediction {
        Prediction {
            reply: Answer::Value(Value::Null),
            changes: vec![Change {
                key: request.key(),
                before: known(&request.key()),
                after: Fact::Known(act.args.clone()),
            }],
        }
    }

    fn inverse(&self, change: &Change) -> Option<Request> {
        let to = change.before.known()?;
        let switch = Act {
            name: "switch".into(),
            args: to.clone(),
            effects: None,
        };
        Some(change.key.request(Verb::Act(switch))).filter(|_| change.after.known().is_some())
    }

    fn matches(&self, filter: &Value, item: &Value) -> bool {
        filter == item
    }

    fn show(&self, value: &Value) -> String {
        format!("turned {value}")
    }

    fn phrase(&self, request: &Request) -> String {
        match &request.verb {
            Verb::Act(act) => {
                format!("switch {} {}", request.resource, act.args)
            }
            verb => format!("{} {}", verb.word(), request.resource),
        }
    }

    fn area(&self, request: &Request) -> Name {
        request.resource.clone()
    }
}
