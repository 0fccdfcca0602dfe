//! A tree of values in which expressions stand, such as the `with:` of a step.

mod another;
mod literal;
mod read;
mod row;

pub(super) use literal::mistyped_capture;
use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::Type;
use runsheet_step::{Map, Name, Unknown, Value};
use serde::{Deserialize, Serialize};

use super::functions::Joined;
use super::infer::families::{Families, LIST, MAP, NULL, may_hold_secret, type_of};
use super::infer::{TypeScope, infer};
use super::references::Reference;
use super::scope::{Scope, Trouble};
use super::{Expr, evaluate, rules};
use crate::spanned::Spanned;

pub use read::{condition, expression, template};
pub(crate) use read::{embedded, fields_of, hole};

/// A value with expressions in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "row::Row", try_from = "row::Row")]
pub enum Template {
    /// A value that is written out.
    Literal(Spanned<Value>),
    /// One expression; its value keeps its type.
    Expr(Expr),
    /// Text with expressions in it; their values become text.
    Text(Spanned<Vec<Part>>),
    /// A list.
    List(Spanned<Vec<Template>>),
    /// A map, in the order written.
    Map(Spanned<Vec<(Spanned<Name>, Template)>>),
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Text as it stands.
    Text(Name),
    /// The value of an expression, as text.
    Expr(Expr),
}

impl Template {
    /// A value that is written out.
    pub fn literal(value: impl Into<Value>, span: Span) -> Self {
        Template::Literal(Spanned::new(value.into(), span))
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Template::Literal(value) => value.span,
            Template::Expr(expr) => expr.span,
            Template::Text(parts) => parts.span,
            Template::List(items) => items.span,
            Template::Map(entries) => entries.span,
        }
    }

    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Template> {
        let Template::Map(entries) = self else {
            return None;
        };
        let found = entries.value.iter().find(|(name, _)| &*name.value == key);
        found.map(|(_, value)| value)
    }

    /// The value that a path of keys and indexes leads to, or the last one on the way to it.
    pub fn walk<S: AsRef<str>>(&self, path: impl IntoIterator<Item = S>) -> &Template {
        let mut at = self;
        for part in path {
            let part = part.as_ref();
            let next = match at {
                Template::List(items) => part.parse().ok().and_then(|n: usize| items.get(n)),
                _ => at.get(part),
            };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// All expressions in it, in order.
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Template::Literal(_) => Vec::new(),
            Template::Expr(expr) => vec![expr],
            Template::Text(parts) => parts.iter().filter_map(Part::expr).collect(),
            Template::List(items) => items.iter().flat_map(Template::expressions).collect(),
            Template::Map(entries) => {
                let values = entries.iter().map(|(_, value)| value);
                values.flat_map(Template::expressions).collect()
            }
        }
    }

    /// Every name it refers to, in order.
    pub fn references(&self) -> Vec<Reference> {
        let expressions = self.expressions().into_iter();
        expressions.flat_map(Expr::references).collect()
    }

    /// Its value, if no expression stands in it.
    pub fn constant(&self) -> Option<Value> {
        match self {
            Template::Literal(value) => Some(value.value.clone()),
            Template::Expr(_) | Template::Text(_) => None,
            Template::List(items) => {
                let items: Option<Vec<_>> = items.iter().map(Template::constant).collect();
                items.map(Value::list)
            }
            Template::Map(entries) => {
                let entries = entries.iter();
                let constant = |(name, value): &(Spanned<Name>, Template)| {
                    Some((name.value.clone(), value.constant()?))
                };
                let map: Option<Map> = entries.map(constant).collect();
                map.map(|map| Value::Map(Arc::new(map)))
            }
        }
    }

    /// Its value in a scope. Lists and maps keep their known parts; a text with something unknown
    /// in it is unknown as a whole.
    ///
    /// # Errors
    /// The first part that has no value, and a value of too many levels.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, Trouble> {
        evaluate::not_too_deep(self.part(scope)?, self.span())
    }

    fn part(&self, scope: &dyn Scope) -> Result<Value, Trouble> {
        match self {
            Template::Literal(value) => Ok(value.value.clone()),
            Template::Expr(expr) => evaluate::value(expr, scope),
            Template::Text(parts) => text(parts, scope),
            Template::List(items) => {
                let items = items.iter().map(|item| item.part(scope));
                Ok(Value::list(items.collect::<Result<Vec<_>, _>>()?))
            }
            Template::Map(entries) => {
                let mut map = Map::with_capacity(entries.len());
                for (name, value) in entries.iter() {
                    map.insert(name.value.clone(), value.part(scope)?);
                }
                Ok(Value::Map(Arc::new(map)))
            }
        }
    }

    /// Its type before there are values; complains about what is wrong in its expressions.
    pub fn infer(&self, scope: &dyn TypeScope, found: &mut Vec<Diagnostic>) -> Type {
        match self {
            Template::Literal(value) => type_of(&value.value),
            Template::Expr(expr) => infer(expr, scope, found),
            Template::Text(parts) => text_type(parts, scope, found),
            Template::List(items) => {
                let kinds: Vec<Type> = items.iter().map(|item| item.infer(scope, found)).collect();
                let first = kinds.first().cloned().unwrap_or(Type::Any);
                let same = kinds.iter().all(|kind| *kind == first);
                Type::list(if same { first } else { Type::Any })
            }
            Template::Map(entries) => {
                for (_, value) in entries.iter() {
                    value.infer(scope, found);
                }
                Type::map(Type::Any)
            }
        }
    }
}

impl Part {
    fn expr(&self) -> Option<&Expr> {
        match self {
            Part::Text(_) => None,
            Part::Expr(expr) => Some(expr),
        }
    }
}

fn text(parts: &[Part], scope: &dyn Scope) -> Result<Value, Trouble> {
    let mut joined = Joined::default();
    let mut why: Option<Unknown> = None;
    let mut last = Span::default();
    for part in parts {
        let expr = match part {
            Part::Text(text) => {
                joined.text(text);
                continue;
            }
            Part::Expr(expr) => expr,
        };
        last = expr.span;
        let value = evaluate::value(expr, scope)?;
        match (value.why_unknown(), why.take()) {
            (Some(new), Some(old)) => why = Some(old.and(&new)),
            (new, old) => why = new.or(old),
        }
        if why.is_none() {
            let joining = joined.value(&value);
            joining.map_err(|message| Trouble::new(expr.span, message))?;
        }
    }
    match why {
        Some(why) => Ok(Value::Unknown(Arc::new(why))),
        None => joined
            .finish()
            .map_err(|message| Trouble::new(last, message)),
    }
}

fn text_type(parts: &[Part], scope: &dyn TypeScope, found: &mut Vec<Diagnostic>) -> Type {
    let mut secret = false;
    for expr in parts.iter().filter_map(Part::expr) {
        let kind = infer(expr, scope, found);
        secret |= may_hold_secret(&kind);
        if Families::of(&kind)
            .without(LIST.or(MAP).or(NULL))
            .is_empty()
        {
            let message = format!("{kind} cannot be put into text");
            let help = "convert it with `json` or `join`, or give it a `default`";
            let diagnostic = Diagnostic::error(&rules::WRONG_OPERAND, message);
            found.push(diagnostic.at(expr.span, "here").help(help));
        }
    }
    if secret { Type::Secret } else { Type::Text }
}
