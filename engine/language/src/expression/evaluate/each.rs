//! `any` and `all`: a condition asked of every item of a list.
//!
//! What a comparison compares every item with is worked out once, so that a list is gone through in a
//! time that grows with its length. Where that is not known, no item decides, and a few tell why.

use runsheet_diagnostics::words;
use runsheet_step::Value;

use super::super::{Each, Expr, Kind, Operator};
use super::{Evaluated, Evaluator, Trouble, functions, is_unknown};

/// How many items are asked only to tell why the answer is not known; nobody reads more.
const TOLD: usize = 16;

impl<'e> Evaluator<'_, 'e> {
    pub(super) fn each(&mut self, each: &'e Each) -> Evaluated {
        let list = match self.value(&each.list)? {
            Value::List(list) => list,
            Value::Unknown(why) => return Ok(Value::Unknown(why)),
            other => {
                let message = format!("expected a list, found {}", words::a(other.kind()));
                return Err(Trouble::new(each.list.span, message));
            }
        };
        if list.len() < 2 {
            return self.asked(each, &list);
        }
        let before = self.same.len();
        let same = compared_with(each).and_then(|part| Some((part, self.value(part).ok()?)));
        let undecided = same.as_ref().is_some_and(|(_, value)| is_unknown(value));
        self.same.extend(same);
        let asked = if undecided {
            list.len().min(TOLD)
        } else {
            list.len()
        };
        let answer = self.asked(each, &list[..asked]);
        self.same.truncate(before);
        answer
    }

    fn asked(&mut self, each: &'e Each, items: &[Value]) -> Evaluated {
        let mut answers = Vec::with_capacity(items.len());
        let mut unsure = false;
        for item in items {
            self.bound.push((&each.item.value, item.clone()));
            let answer = self.truth(&each.condition);
            self.bound.pop();
            let answer = match answer {
                Ok(answer) => answer.into_value(),
                // What is not known may decide, and then this item is never asked.
                Err(_) if unsure => continue,
                Err(trouble) => return Err(trouble),
            };
            unsure |= is_unknown(&answer);
            let decided = answer == Value::Bool(!each.all);
            answers.push(answer);
            if decided {
                break;
            }
        }
        functions::quantified(&Value::list(answers), each.all)
            .map_err(|message| Trouble::new(each.condition.span, message))
    }
}

/// What a condition compares every item with, if it does.
fn compared_with(each: &Each) -> Option<&Expr> {
    let Kind::Binary(operator, a, b) = &*each.condition.kind else {
        return None;
    };
    let compares = !matches!(operator, Operator::And | Operator::Or | Operator::In);
    let is_same = |part: &&Expr| {
        let names = part.references();
        names.iter().all(|it| *it.root.value != *each.item.value)
    };
    [b, a].into_iter().find(|part| compares && is_same(part))
}
