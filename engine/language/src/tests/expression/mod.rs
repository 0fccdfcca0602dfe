//! Expressions in, values, types and complaints out.

mod deep;
mod inference;
mod manual;
mod reading;
mod syntax;
mod truth;
mod values;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::carets;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Host, Map, Moment, Secret, Value};

use super::infer::{Absent, FoundType, TypeKey, TypeScope};
use super::scope::{Found, Key, Missing, Scope};
use super::{Expr, evaluate};

/// Names and values that know nothing of keys.
struct Names(BTreeMap<&'static str, Value>);

impl Scope for Names {
    fn path(&self, root: &str, _: &[Key<'_>]) -> Result<Found, Missing> {
        let value = self.0.get(root).cloned().ok_or_else(|| Missing {
            at: 0,
            message: format!("there is no `{root}`"),
            help: None,
        })?;
        Ok(Found { value, used: 0 })
    }
}

fn unknown(why: &str) -> Value {
    Value::unknown(why)
}

fn names() -> Names {
    let secret = Value::Secret(Arc::new(Secret::reference("SALES.pw")));
    let vars: Map = [("address".into(), Value::text("CONTOSO/SALES"))]
        .into_iter()
        .collect();
    let host = Value::Host(Arc::new(Host {
        name: "SALES".into(),
        groups: vec!["requestors".into()],
        vars,
    }));
    Names(BTreeMap::from([
        ("u", unknown("u")),
        ("v", unknown("v")),
        ("n", Value::Int(3)),
        ("s", Value::text("one two")),
        ("l", Value::list([1.into(), 2.into(), 3.into()])),
        ("half", Value::list([1.into(), unknown("u")])),
        ("m", Value::map([("a", 1.into()), ("b", 2.into())])),
        ("unsure", Value::map([("some", unknown("u"))])),
        ("dash-ed", Value::Bool(true)),
        ("host", host),
        ("pw", secret),
        ("run", Value::map([("started", Value::Moment(Moment(0)))])),
        ("t", true.into()),
        ("f", false.into()),
        ("big", Value::list((0..10_000).map(Value::Int))),
    ]))
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span::at(SourceId(0), range)
}

fn parse(text: &str) -> Expr {
    Expr::parse(text, &span).unwrap_or_else(|bad| panic!("{text}: {}", bad.message))
}

/// What an expression comes to, or what is wrong and at which words.
fn result(text: &str) -> String {
    match Expr::parse(text, &span) {
        Err(bad) => format!("{}: {}", words(text, bad.span().unwrap()), bad.message),
        Ok(expr) => match evaluate::value(&expr, &names()) {
            Ok(value) => value.to_string(),
            Err(trouble) => format!("{}: {}", words(text, trouble.span), trouble.message),
        },
    }
}

fn words(text: &str, span: Span) -> String {
    format!("`{}`", &text[span.range()])
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (text, wanted) in rows {
        assert_eq!(result(text), *wanted, "{text}");
    }
}

/// Types of some names.
struct Types;

impl TypeScope for Types {
    fn path(&self, root: &str, keys: &[TypeKey<'_>]) -> Result<FoundType, Absent> {
        let field = |name: &str, kind| Field::new(name, kind, "");
        let kind = match root {
            "n" => Type::Int,
            "s" => Type::Text,
            "l" => Type::list(Type::Int),
            "pw" => Type::Secret,
            "when" => Type::Moment,
            "run" => Type::Record(vec![field("started", Type::Moment)]),
            "kind" => Type::word(&["exchange", "pc"]),
            "maybe" => Type::OneOf(vec![Type::Int, Type::Null]),
            "host" => match keys {
                [TypeKey::Name("vars"), TypeKey::Name("version"), ..] => {
                    return Ok(FoundType {
                        kind: Type::Version,
                        used: 2,
                    });
                }
                _ => Type::Host,
            },
            "inputs" => Type::Record(vec![
                field("timeout", Type::Duration),
                field("requestors", Type::list(Type::Host)),
            ]),
            _ => {
                let known = ["n", "s", "l", "kind", "maybe", "host", "inputs"].map(str::to_owned);
                return Err(Absent::new(0, format!("there is no `{root}`"), known));
            }
        };
        Ok(FoundType { kind, used: 0 })
    }
}

/// Checks what lines of carets under an expression point at.
#[track_caller]
fn check(annotated: &str, read: impl Fn(&str, &mut Vec<Diagnostic>)) -> Vec<Diagnostic> {
    let text = carets::strip(annotated);
    let mut sources = Sources::new();
    let id = sources.add("test", text.as_str());
    let mut found = Vec::new();
    read(&text, &mut found);
    assert_eq!(carets::annotate(&found, &sources, id), annotated);
    found
}
