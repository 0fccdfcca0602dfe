//! The functions that expressions can call. Each stands in one entry with its types, its words
//! for `explain expressions` and its examples, which are run by a test.

mod collections;
mod conversions;
mod texts;

use runsheet_diagnostics::words;
use runsheet_step::shape::Type;
use runsheet_step::{Unknown, Value};

pub(super) use collections::quantified;
pub(crate) use conversions::version_of;
pub(super) use texts::Joined;

use super::evaluate::work::{outside, weight};
use super::infer::families::Families;

/// A function.
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// What it takes, in order.
    pub parameters: &'static [Parameter],
    /// Whether the last parameter may be given any number of times, even none.
    pub repeats: bool,
    /// Whether it looks only at the outside of lists and maps, so that unknown items do not matter.
    pub shallow: bool,
    /// Whether it takes secrets, and gives one then.
    pub secrets: bool,
    /// The type of what it gives.
    pub gives: fn(&[Type]) -> Type,
    /// What it does with known values.
    pub call: fn(&[Value]) -> Result<Value, String>,
    /// One line about it.
    pub doc: &'static str,
    /// Expressions and what they come to.
    pub examples: &'static [(&'static str, &'static str)],
}

/// What a function takes in one place.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in help.
    pub name: &'static str,
    /// The types it may have.
    pub takes: Families,
}

const fn parameter(name: &'static str, takes: Families) -> Parameter {
    Parameter { name, takes }
}

impl Function {
    /// `contains(holder, value)`
    pub fn signature(&self) -> String {
        let names: Vec<_> = self.parameters.iter().map(|p| p.name).collect();
        let more = if self.repeats { ", ..." } else { "" };
        format!("{}({}{more})", self.name, names.join(", "))
    }

    /// Whether so many arguments are right.
    pub fn takes_count(&self, count: usize) -> bool {
        match self.repeats {
            true => count + 1 >= self.parameters.len(),
            false => count == self.parameters.len(),
        }
    }

    /// What is said, and what helps, where it is given another number of values.
    pub(super) fn miscounted(&self, given: usize) -> (String, String) {
        let least = if self.repeats { "at least " } else { "" };
        let wanted = self.parameters.len() - usize::from(self.repeats);
        let wanted = words::count("value", wanted);
        let (name, signature) = (self.name, self.signature());
        let message = format!("`{name}` takes {least}{wanted}, and is given {given}");
        (message, format!("`{signature}`: {}", self.doc))
    }

    /// The parameter that takes the argument of that number.
    pub fn parameter(&self, n: usize) -> Option<&Parameter> {
        let last = self.parameters.last().filter(|_| self.repeats);
        self.parameters.get(n).or(last)
    }

    /// The steps it takes to look at its arguments.
    pub(super) fn cost(&self, arguments: &[Value]) -> u64 {
        let looks = if self.shallow { outside } else { weight };
        let looked = arguments.iter().map(looks).sum();
        match (self.name, arguments) {
            ("matches" | "capture", [text, pattern]) => looked + texts::tries(text, pattern),
            _ => looked,
        }
    }

    /// Why its value is not known, if it is not.
    pub(super) fn unknown(&self, arguments: &[Value]) -> Option<Unknown> {
        let why = |value: &Value| match value {
            Value::Unknown(why) => Some(Unknown::clone(why)),
            Value::List(_) | Value::Map(_) if self.shallow => None,
            value => value.why_unknown(),
        };
        arguments
            .iter()
            .filter_map(why)
            .reduce(|one, other| one.and(&other))
    }
}

/// All functions, in alphabetical order.
pub static ALL: &[&Function] = &[
    &collections::ALL_OF,
    &collections::ANY_OF,
    &texts::CAPTURE,
    &collections::CONTAINS,
    &conversions::DEFAULT,
    &conversions::DURATION_FN,
    &texts::FORMAT,
    &conversions::INT_FN,
    &texts::JOIN,
    &conversions::JSON,
    &collections::KEYS,
    &collections::LEN,
    &texts::LOWER,
    &texts::MATCHES,
    &texts::STARTS_WITH,
    &conversions::TEXT_FN,
    &collections::VALUES,
    &conversions::VERSION_FN,
];

/// The function of that name.
pub fn find(name: &str) -> Option<&'static Function> {
    ALL.iter().copied().find(|function| function.name == name)
}

/// A value of a kind that the parameter does not take.
fn refused(wanted: &str, value: &Value) -> String {
    format!("expected {wanted}, found {}", value.kind())
}

/// The families of a value, to hold against those a parameter takes.
pub(super) fn takes(parameter: &Parameter, value: &Value) -> bool {
    parameter.takes.meets(Families::of_value(value))
}
