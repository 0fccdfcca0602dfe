//! The value of an expression.
//!
//! `&&`, `||`, `? :`, `any` and `all` follow Kleene's logic: a part that is not known matters only
//! where the known parts do not decide. Every other operator on something unknown gives something
//! unknown, for the same reasons; lists keep the parts that are known.

use std::sync::Arc;

use runsheet_diagnostics::{suggest, words};
use runsheet_step::{Name, Unknown, Value};

use super::functions::{self, Function};
use super::references::Link;
use super::scope::{Key, Scope, Trouble};
use super::{Each, Expr, Kind, Operator, functions::takes, operators};
use crate::spanned::Spanned;

/// How many parts are evaluated at most, those of `any` and `all` once per item.
const FUEL: u32 = 200_000;

type Evaluated = Result<Value, Trouble>;

/// The value of an expression, which may be unknown.
///
/// # Errors
/// The part that has no value, and why.
pub fn value(expr: &Expr, scope: &dyn Scope) -> Evaluated {
    Evaluator::new(scope).value(expr)
}

/// The value of a condition: a bool, or unknown.
///
/// # Errors
/// As [`value`], and if it is anything else.
pub fn condition(expr: &Expr, scope: &dyn Scope) -> Evaluated {
    let mut evaluator = Evaluator::new(scope);
    evaluator.truth(expr).map(Truth::into_value)
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

fn unknown(why: Unknown) -> Value {
    Value::Unknown(Arc::new(why))
}

struct Evaluator<'s, 'e> {
    scope: &'s dyn Scope,
    fuel: u32,
    /// Names bound by `x => ...`, the innermost last.
    bound: Vec<(&'e str, Value)>,
}

impl<'s, 'e> Evaluator<'s, 'e> {
    fn new(scope: &'s dyn Scope) -> Self {
        Self {
            scope,
            fuel: FUEL,
            bound: Vec::new(),
        }
    }

    fn value(&mut self, expr: &'e Expr) -> Evaluated {
        self.fuel = self.fuel.checked_sub(1).ok_or_else(|| {
            Trouble::new(expr.span, "the expression takes too many steps to work out")
        })?;
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
        let nothing = left.is_null() || right.is_null();
        let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        for (expr, value) in [(a, &left), (b, &right)] {
            if value.holds_secret() && !(nothing && equality) {
                let message = "a secret can be handed on or put into text, not looked into";
                return Err(Trouble::new(expr.span, message));
            }
        }
        if operator == Operator::In && left.why_unknown().is_none() {
            let holds = |item: &Value| operators::equal(item, &left) == Ok(true);
            if right.items().iter().any(holds) {
                return Ok(Value::Bool(true));
            }
        }
        if let Some(why) = join(left.why_unknown(), right.why_unknown()) {
            return Ok(unknown(why));
        }
        operators::apply(operator, &left, &right)
            .map_err(|(message, help)| Trouble::new(whole.span, message).helped(help))
    }

    fn call(&mut self, name: &Spanned<Name>, arguments: &'e [Expr], whole: &Expr) -> Evaluated {
        let Some(function) = functions::find(&name.value) else {
            let message = format!("there is no function `{}`", name.value);
            return Err(Trouble::new(name.span, message));
        };
        if !function.takes_count(arguments.len()) {
            let message = format!("it is called as `{}`", function.signature());
            return Err(Trouble::new(whole.span, message));
        }
        if function.name == "default" {
            return self.default(&arguments[0], &arguments[1]);
        }
        let values: Result<Vec<_>, _> = arguments.iter().map(|item| self.value(item)).collect();
        let values = values?;
        for (n, (value, argument)) in values.iter().zip(arguments).enumerate() {
            check_argument(function, n, value, argument)?;
        }
        if let Some(why) = function.unknown(&values) {
            return Ok(unknown(why));
        }
        (function.call)(&values).map_err(|message| Trouble::new(whole.span, message))
    }

    fn default(&mut self, first: &'e Expr, otherwise: &'e Expr) -> Evaluated {
        match self.value(first) {
            Ok(Value::Null) => self.value(otherwise),
            Err(trouble) if trouble.missing => self.value(otherwise),
            other => other,
        }
    }

    fn each(&mut self, each: &'e Each) -> Evaluated {
        let list = match self.value(&each.list)? {
            Value::List(list) => list,
            Value::Unknown(why) => return Ok(Value::Unknown(why)),
            other => {
                let message = format!("expected a list, found {}", words::a(other.kind()));
                return Err(Trouble::new(each.list.span, message));
            }
        };
        let mut answers = Vec::with_capacity(list.len());
        for item in list.iter() {
            self.bound.push((&each.item.value, item.clone()));
            let answer = self.truth(&each.condition);
            self.bound.pop();
            let answer = answer?.into_value();
            let decided = answer == Value::Bool(!each.all);
            answers.push(answer);
            if decided {
                break;
            }
        }
        functions::quantified(&Value::list(answers), each.all)
            .map_err(|message| Trouble::new(each.condition.span, message))
    }

    /// A name or value with what is asked of it.
    fn chain(&mut self, expr: &'e Expr) -> Evaluated {
        let (base, links) = expr.links();
        let mut indexes = Vec::new();
        for link in &links {
            indexes.push(match link {
                Link::Field(name) => Value::Text(name.value.clone()),
                Link::Index(index) => self.value(index)?,
            });
        }
        let why = indexes.iter().filter_map(Value::why_unknown);
        if let Some(why) = why.reduce(|one, other| one.and(&other)) {
            return Ok(unknown(why));
        }
        let (value, used) = self.base(base, &links, &indexes)?;
        walk(value, &links[used..], &indexes[used..])
    }

    /// The value that a chain begins with, and how many of the keys have led to it.
    fn base(
        &mut self,
        base: &'e Expr,
        links: &[Link<'_>],
        indexes: &[Value],
    ) -> Result<(Value, usize), Trouble> {
        let Kind::Name(name) = &*base.kind else {
            return Ok((self.value(base)?, 0));
        };
        let bound = self.bound.iter().rev().find(|(bound, _)| *bound == &**name);
        if let Some((_, value)) = bound {
            return Ok((value.clone(), 0));
        }
        let keys: Vec<Key<'_>> = links
            .iter()
            .zip(indexes)
            .map(|(link, index)| match link {
                Link::Field(name) => Key::Name(&name.value),
                Link::Index(_) => Key::Value(index),
            })
            .collect();
        let found = self.scope.path(name, &keys).map_err(|missing| {
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
    if value.holds_secret() && !function.secrets {
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

/// Looks up what is asked of a value, key by key.
fn walk(mut value: Value, links: &[Link<'_>], keys: &[Value]) -> Evaluated {
    let mut at = 0;
    while at < links.len() {
        if matches!(value, Value::Unknown(_)) {
            return Ok(value);
        }
        // A host's variables are looked up in place: copying them all would cost more than all else.
        if let (Value::Host(host), Some(key)) = (&value, keys.get(at + 1))
            && keys[at].as_text().is_some_and(|text| &**text == "vars")
        {
            let next = member(&host.vars, key, links[at + 1])?;
            value = next;
            at += 2;
            continue;
        }
        value = inside(&value, &keys[at], links[at])?;
        at += 1;
    }
    Ok(value)
}

fn missing(link: Link<'_>, message: String) -> Trouble {
    Trouble {
        missing: true,
        ..Trouble::new(link.span(), message)
    }
}

fn inside(value: &Value, key: &Value, link: Link<'_>) -> Evaluated {
    match (value, key) {
        (Value::Map(map), key) => member(map, key, link),
        (Value::Host(host), Value::Text(name)) => match &**name {
            "name" => Ok(Value::Text(host.name.clone())),
            "groups" => Ok(Value::list(host.groups.iter().cloned().map(Value::Text))),
            "vars" => Ok(Value::Map(Arc::new(host.vars.clone()))),
            other => {
                let message = format!("a host has no `{other}`");
                let help = "ask for its `name`, `groups` or `vars`";
                Err(missing(link, message).helped(Some(help)))
            }
        },
        (Value::List(items), Value::Int(n)) => {
            let item = usize::try_from(*n).ok().and_then(|n| items.get(n));
            item.cloned().ok_or_else(|| {
                let length = words::count("item", items.len());
                missing(link, format!("there is no item {n} in a list of {length}"))
            })
        }
        (Value::Null, _) => Err(missing(link, "null has no fields".to_owned())),
        (value, key) => {
            let (value, key) = (words::a(value.kind()), words::a(key.kind()));
            let message = match link {
                Link::Field(name) => format!("{value} has no `{}`", name.value),
                Link::Index(_) => format!("{value} is not asked by {key}"),
            };
            Err(Trouble::new(link.span(), message))
        }
    }
}

fn member(map: &runsheet_step::Map, key: &Value, link: Link<'_>) -> Evaluated {
    let name = match key {
        Value::Text(name) => name.clone(),
        Value::Host(host) => host.name.clone(),
        other => other.to_string().into(),
    };
    if let Some(value) = map.get(&name) {
        return Ok(value.clone());
    }
    let near = suggest::nearest(&name, map.keys().map(|key| &**key));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}", words::and_list(map.keys())),
    };
    let help = Some(help).filter(|_| !map.is_empty());
    Err(missing(link, format!("there is no `{name}`")).helped(help))
}
