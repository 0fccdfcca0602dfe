//! The value of an expression.
//!
//! `&&`, `||`, `? :`, `any` and `all` follow Kleene's logic: a part that is not known matters only
//! where the known parts do not decide. Every other operator on something unknown gives something
//! unknown, for the same reasons; lists keep the parts that are known.

mod each;
mod lookup;
pub(super) mod work;

use std::ptr;
use std::sync::Arc;

use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::words;
use runsheet_step::{Name, Unknown, Value};

use super::functions::{self, Function};
use super::references::Link;
use super::scope::{Key, Scope, Trouble};
use super::{Expr, Kind, Operator, functions::takes, operators};
use crate::spanned::Spanned;
use lookup::walk;
use work::{Work, weight};

pub use work::MOST_WORK;

type Evaluated = Result<Value, Trouble>;

/// The value of an expression, which may be unknown.
///
/// # Errors
/// The part that has no value, and why.
pub fn value(expr: &Expr, scope: &dyn Scope) -> Evaluated {
    let mut evaluator = Evaluator::new(scope);
    let value = evaluator.value(expr);
    let value = evaluator.work.within_bounds(value)?;
    not_too_deep(value, expr.span)
}

/// A value, unless it has more levels than values have: what is put into lists again and again, from
/// step to step, would at last be too deep to be written down.
pub(super) fn not_too_deep(value: Value, at: Span) -> Evaluated {
    if value.is_deeper_than(Value::MOST_LEVELS) {
        let most = Value::MOST_LEVELS;
        let message = format!("the value has lists and maps more than {most} levels deep");
        return Err(Trouble::new(at, message));
    }
    Ok(value)
}

/// The value of a condition: a bool, or unknown.
///
/// # Errors
/// As [`value`], and if it is anything else.
pub fn condition(expr: &Expr, scope: &dyn Scope) -> Evaluated {
    let mut evaluator = Evaluator::new(scope);
    let truth = evaluator.truth(expr).map(Truth::into_value);
    evaluator.work.within_bounds(truth)
}

/// True, false, or unknown for a reason.
enum Truth {
    Known(bool),
    Unknown(Unknown),
}

impl Truth {
    fn into_value(self) -> Value {
        match self {
            Truth::Known(truth) => Value::Bool(truth),
            Truth::Unknown(why) => unknown(why),
        }
    }
}

/// What it costs to find out what a misspelt key might have been.
const MISS: u64 = 1000;

fn is_unknown(value: &Value) -> bool {
    matches!(value, Value::Unknown(_))
}

fn unknown(why: Unknown) -> Value {
    Value::Unknown(Arc::new(why))
}

struct Evaluator<'s, 'e> {
    scope: &'s dyn Scope,
    work: Work,
    /// Names bound by `x => ...`, the innermost last.
    bound: Vec<(&'e str, Value)>,
    /// Parts of conditions that are the same for every item, with their values.
    same: Vec<(&'e Expr, Value)>,
}

impl<'s, 'e> Evaluator<'s, 'e> {
    fn new(scope: &'s dyn Scope) -> Self {
        Self {
            scope,
            work: Work::default(),
            bound: Vec::new(),
            same: Vec::new(),
        }
    }

    fn value(&mut self, expr: &'e Expr) -> Evaluated {
        self.work.spend(1, expr.span)?;
        if let Some((_, value)) = self.same.iter().find(|(same, _)| ptr::eq(*same, expr)) {
            return Ok(value.clone());
        }
        match &*expr.kind {
            Kind::Literal(value) => Ok(value.clone()),
            Kind::Name(_) | Kind::Field(..) | Kind::Index(..) => self.chain(expr),
            Kind::Not(inner) => Ok(match self.truth(inner)? {
                Truth::Known(truth) => Value::Bool(!truth),
                Truth::Unknown(why) => unknown(why),
            }),
            Kind::Negative(inner) => self.negative(inner),
            Kind::Binary(Operator::And, a, b) => self.junction(a, b, false),
            Kind::Binary(Operator::Or, a, b) => self.junction(a, b, true),
            Kind::Binary(operator, a, b) => self.binary(*operator, expr, a, b),
            Kind::Choice(condition, yes, no) => self.choice(condition, yes, no),
            Kind::List(items) => {
                let items: Result<Vec<_>, _> = items.iter().map(|item| self.value(item)).collect();
                Ok(Value::list(items?))
            }
            Kind::Call(name, arguments) => self.call(name, arguments, expr),
            Kind::Each(each) => self.each(each),
        }
    }

    fn truth(&mut self, expr: &'e Expr) -> Result<Truth, Trouble> {
        match self.value(expr)? {
            Value::Bool(truth) => Ok(Truth::Known(truth)),
            Value::Unknown(why) => Ok(Truth::Unknown(Unknown::clone(&why))),
            other => {
                let message = format!("expected a bool, found {}", words::a(other.kind()));
                let help = "compare it with something, such as `!= null` or `> 0`";
                Err(Trouble::new(expr.span, message).helped(Some(help)))
            }
        }
    }

    /// `&&`, which `false` decides, or `||`, which `true` decides. What is on the right of
    /// something unknown may never be asked for, so that its troubles are not troubles yet.
    fn junction(&mut self, a: &'e Expr, b: &'e Expr, decides: bool) -> Evaluated {
        match self.truth(a)? {
            Truth::Known(truth) if truth == decides => Ok(Value::Bool(decides)),
            Truth::Known(_) => self.truth(b).map(Truth::into_value),
            Truth::Unknown(why) => Ok(match self.truth(b) {
                Ok(Truth::Known(truth)) if truth == decides => Value::Bool(decides),
                Ok(Truth::Unknown(other)) => unknown(why.and(&other)),
                Ok(Truth::Known(_)) | Err(_) => unknown(why),
            }),
        }
    }

    fn choice(&mut self, condition: &'e Expr, yes: &'e Expr, no: &'e Expr) -> Evaluated {
        let why = match self.truth(condition)? {
            Truth::Known(true) => return self.value(yes),
            Truth::Known(false) => return self.value(no),
            Truth::Unknown(why) => why,
        };
        let (Ok(yes), Ok(no)) = (self.value(yes), self.value(no)) else {
            return Ok(unknown(why));
        };
        if yes == no {
            return Ok(yes);
        }
        let others = [yes, no]
            .into_iter()
            .filter_map(|value| value.why_unknown());
        Ok(unknown(others.fold(why, |why, other| why.and(&other))))
    }

    fn negative(&mut self, inner: &'e Expr) -> Evaluated {
        match self.value(inner)? {
            Value::Int(number) if number != i64::MIN => Ok(Value::Int(-number)),
            Value::Float(number) => Ok(Value::Float(-number)),
            Value::Unknown(why) => Ok(Value::Unknown(why)),
            other => {
                let message = format!("`-` is not for {}", words::a(other.kind()));
                Err(Trouble::new(inner.span, message))
            }
        }
    }

    fn binary(&mut self, operator: Operator, whole: &Expr, a: &'e Expr, b: &'e Expr) -> Evaluated {
        let (left, right) = (self.value(a)?, self.value(b)?);
        self.work
            .spend(weight(&left) + weight(&right), whole.span)?;
        let nothing = left.is_null() || right.is_null();
        let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        for (expr, value) in [(a, &left), (b, &right)] {
            if value.holds_secret() && !(nothing && equality) {
                let message = "a secret can be handed on or put into text, not looked into";
                return Err(Trouble::new(expr.span, message));
            }
        }
        if operator == Operator::In {
            return self.held(&left, &right, whole);
        }
        if let Some(why) = join(left.why_unknown(), right.why_unknown()) {
            return Ok(unknown(why));
        }
        operators::apply(operator, &left, &right)
            .map_err(|(message, help)| Trouble::new(whole.span, message).helped(help))
    }

    /// `in`, and `contains`: an item that is known to be there outweighs those not known.
    fn held(&self, value: &Value, holder: &Value, whole: &Expr) -> Evaluated {
        let why = value.why_unknown();
        let is_it = |item: &Value| operators::equal(item, value) == Ok(true);
        if why.is_none() && holder.items().iter().any(is_it) {
            return Ok(Value::Bool(true));
        }
        // Of a map only the keys are asked.
        let unsure = match holder {
            Value::Map(_) => None,
            holder => holder.why_unknown(),
        };
        if let Some(why) = join(why, unsure) {
            return Ok(unknown(why));
        }
        let held = operators::apply(Operator::In, value, holder);
        held.map_err(|(message, help)| Trouble::new(whole.span, message).helped(help))
    }

    fn call(&mut self, name: &Spanned<Name>, arguments: &'e [Expr], whole: &Expr) -> Evaluated {
        let Some(function) = functions::find(&name.value) else {
            let message = format!("there is no function `{}`", name.value);
            return Err(Trouble::new(name.span, message));
        };
        if !function.takes_count(arguments.len()) {
            let (message, help) = function.miscounted(arguments.len());
            return Err(Trouble::new(whole.span, message).helped(Some(help)));
        }
        if function.name == "default" {
            return self.default(&arguments[0], &arguments[1]);
        }
        let values: Result<Vec<_>, _> = arguments.iter().map(|item| self.value(item)).collect();
        let values = values?;
        self.work.spend(function.cost(&values), whole.span)?;
        for (n, (value, argument)) in values.iter().zip(arguments).enumerate() {
            check_argument(function, n, value, argument)?;
        }
        if function.name == "contains" {
            return self.held(&values[1], &values[0], whole);
        }
        if let Some(why) = function.unknown(&values) {
            return Ok(unknown(why));
        }
        (function.call)(&values).map_err(|message| Trouble::new(whole.span, message))
    }

    fn default(&mut self, first: &'e Expr, otherwise: &'e Expr) -> Evaluated {
        match self.value(first) {
            Ok(Value::Null) => self.value(otherwise),
            Err(trouble) if trouble.missing => {
                self.work.spend(MISS, first.span)?;
                self.value(otherwise)
            }
            other => other,
        }
    }

    /// A name or value with what is asked of it.
    fn chain(&mut self, expr: &'e Expr) -> Evaluated {
        let (base, links) = expr.links();
        let mut indexes = Vec::new();
        for link in &links {
            if let Link::Index(index) = link {
                indexes.push(self.value(index)?);
            }
        }
        let why = indexes.iter().filter_map(Value::why_unknown);
        if let Some(why) = why.reduce(|one, other| one.and(&other)) {
            return Ok(unknown(why));
        }
        let mut indexes = indexes.iter();
        let key = |link: &Link<'e>| match link {
            Link::Field(name) => Some(Key::Name(&name.value)),
            Link::Index(_) => indexes.next().map(Key::Value),
        };
        let keys: Vec<Key<'_>> = links.iter().filter_map(key).collect();
        let (value, used) = self.base(base, &links, &keys)?;
        walk(value, &links[used..], &keys[used..])
    }

    /// The value that a chain begins with, and how many of the keys have led to it.
    fn base(
        &mut self,
        base: &'e Expr,
        links: &[Link<'_>],
        keys: &[Key<'_>],
    ) -> Result<(Value, usize), Trouble> {
        let Kind::Name(name) = &*base.kind else {
            return Ok((self.value(base)?, 0));
        };
        let bound = self.bound.iter().rev().find(|(bound, _)| *bound == &**name);
        if let Some((_, value)) = bound {
            return Ok((value.clone(), 0));
        }
        let found = self.scope.path(name, keys).map_err(|missing| {
            let link = missing.at.checked_sub(1).and_then(|n| links.get(n));
            let mut trouble =
                Trouble::new(link.map_or(base.span, |link| link.span()), missing.message);
            trouble.missing = true;
            trouble.helped(missing.help)
        })?;
        Ok((found.value, found.used.min(links.len())))
    }
}

fn join(one: Option<Unknown>, other: Option<Unknown>) -> Option<Unknown> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.and(&other)),
        (one, other) => one.or(other),
    }
}

fn check_argument(
    function: &Function,
    n: usize,
    value: &Value,
    argument: &Expr,
) -> Result<(), Trouble> {
    let secret = match function.shallow {
        true => matches!(value, Value::Secret(_)),
        false => value.holds_secret(),
    };
    if secret && !function.secrets {
        let message = format!("`{}` takes no secret", function.name);
        return Err(Trouble::new(argument.span, message));
    }
    match function.parameter(n) {
        Some(parameter) if !takes(parameter, value) => {
            let (wanted, kind) = (parameter.takes.words(), words::a(value.kind()));
            let message = format!("`{}` expects {wanted}, found {kind}", function.name);
            Err(Trouble::new(argument.span, message))
        }
        _ => Ok(()),
    }
}
