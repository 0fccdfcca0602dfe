//! The facility `prompt`.
//!
#![doc = include_str!("pages/prompt.md")]

use runsheet_step::fact::Key;
use runsheet_step::request::Verb;
use runsheet_step::{Facility, Name, Request, Stop, Value, World};

use crate::process::command_line;
use crate::reply::{act, broken, until, value};

/// The name of the facility.
pub const NAME: &str = "prompt";

/// A person as the engine needs to know one.
pub struct PromptFacility;

impl Facility for PromptFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/prompt.md")
    }

    fn matches(&self, _: &Value, item: &Value) -> bool {
        !item.get("answer").is_null()
    }

    fn phrase(&self, request: &Request) -> String {
        let say = &request.resource;
        match &request.verb {
            Verb::Act(act) if !act.args.get("argv").is_null() => {
                format!("{say} ({})", command_line(&act.args))
            }
            Verb::Act(_) => say.to_string(),
            _ => format!("ask: {say}"),
        }
    }
}

/// What a person, or a driver in their place, said.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Whether it was yes.
    pub yes: bool,
    /// Who answered.
    pub by: Name,
    /// Their remark, or null.
    pub said: Value,
    /// The values of the form, or null.
    pub form: Value,
}

/// The value of a reply.
pub fn reply(yes: bool, by: &str, said: Option<&str>, form: Value) -> Value {
    Value::map([
        ("answer", Value::text(if yes { "yes" } else { "no" })),
        ("by", by.into()),
        ("said", said.into()),
        ("form", form),
    ])
}

impl Reply {
    fn from_value(value: &Value) -> Result<Reply, Stop> {
        let text = |name| value.get(name).as_text();
        Ok(Reply {
            yes: &**text("answer").ok_or_else(|| broken(NAME, "answer"))? == "yes",
            by: text("by").ok_or_else(|| broken(NAME, "by"))?.clone(),
            said: value.get("said").clone(),
            form: value.get("form").clone(),
        })
    }
}

/// A person at a host as a step sees one.
pub struct Prompt<'w, 't> {
    world: &'w World<'t>,
    key: Key,
}

impl<'w, 't> Prompt<'w, 't> {
    /// The person at this host, told or asked this.
    pub fn at(world: &'w World<'t>, host: Name, say: &str) -> Prompt<'w, 't> {
        let key = Key {
            host,
            facility: NAME.into(),
            resource: say.into(),
        };
        Prompt { world, key }
    }

    /// Asks, with a form to fill in or null.
    ///
    /// # Errors
    /// No answer yet, unknown (always, to a plan), or the fault `no-terminal`.
    pub fn ask(&self, form: Value) -> Result<Reply, Stop> {
        let wait = self.key.request(until(Value::map([("form", form)])));
        let items = value(self.world.ask(wait)?)?;
        let first = items.items().first();
        Reply::from_value(first.ok_or_else(|| broken(NAME, "answer"))?)
    }

    /// Lets a driver that can do it do so; where it cannot, nothing.
    ///
    /// # Errors
    /// No answer yet, unknown (always, to a plan), or the driver's fault.
    pub fn act(&self, name: &str, args: Value) -> Result<Option<Reply>, Stop> {
        let reply = value(self.world.ask(self.key.request(act(name, args)))?)?;
        match reply {
            Value::Null => Ok(None),
            reply => Reply::from_value(reply).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PromptFacility, reply};
    use runsheet_step::{Facility, Value};

    #[test]
    fn only_an_answer_ends_a_question() {
        let matched = |item| PromptFacility.matches(&Value::Null, &item);
        assert!(matched(reply(false, "anna", None, Value::Null)));
        assert!(!matched(Value::Null));
    }
}
