//! How much may be done in working out one expression, and how much was done.

use runsheet_diagnostics::span::Span;
use runsheet_step::Value;

use super::Evaluated;
use crate::expression::scope::Trouble;

/// The most steps that one expression takes: a part of it, an item of a list that is looked at,
/// or some letters of a text are one each. That is a fraction of a second.
pub const MOST_WORK: u64 = 2_000_000;

/// How many letters of a text are looked at in one step.
const LETTERS: u64 = 64;

/// What is left of it.
pub(super) struct Work {
    left: u64,
    /// Where it ran out.
    spent: Option<Span>,
}

impl Default for Work {
    fn default() -> Work {
        Work {
            left: MOST_WORK,
            spent: None,
        }
    }
}

impl Work {
    /// Takes so many steps at a part.
    ///
    /// # Errors
    /// If there are not so many left.
    pub(super) fn spend(&mut self, steps: u64, at: Span) -> Result<(), Trouble> {
        match self.left.checked_sub(steps) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(too_much(*self.spent.get_or_insert(at)))
            }
        }
    }

    /// A value, unless the work ran out somewhere on the way to it, where only what is not known
    /// stood in its place.
    pub(super) fn within_bounds(&self, value: Evaluated) -> Evaluated {
        match self.spent {
            Some(at) => Err(too_much(at)),
            None => value,
        }
    }
}

fn too_much(at: Span) -> Trouble {
    let message = format!("the expression takes more than {MOST_WORK} steps to work out");
    let help = "look into shorter lists and texts, or let a `foreach` go over the items";
    Trouble::new(at, message).helped(Some(help))
}

/// The steps it takes to look at all of a value.
pub(in crate::expression) fn weight(value: &Value) -> u64 {
    match value {
        Value::Text(text) => 1 + text.len() as u64 / LETTERS,
        Value::List(items) => 1 + items.iter().map(weight).sum::<u64>(),
        Value::Map(map) => 1 + map.values().map(weight).sum::<u64>(),
        _ => 1,
    }
}

/// The steps it takes to look at the outside of a value.
pub(in crate::expression) fn outside(value: &Value) -> u64 {
    match value {
        Value::List(items) => 1 + items.len() as u64,
        Value::Map(map) => 1 + map.len() as u64,
        other => weight(other),
    }
}
