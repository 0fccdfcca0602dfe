//! The types of expressions, held against what stands to be there.
//!
//! Names are looked up once, and told once; types are inferred from what was found.

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::{Field, Type};

use super::SECRET_NOT_TAKEN;
use super::expressions::Wanted;
use super::forgotten;
use super::meaning::Meaning;
use super::names::{Here, Names};
use crate::expression::infer::families::{Families, SCALAR, TEXT, may_hold_secret};
use crate::expression::infer::{self, Absent, FoundType, TypeKey, TypeScope};
use crate::expression::references::{Part, Reference};
use crate::expression::{Expr, Template};
use crate::reader::WRONG_TYPE;

/// What the references of one expression mean, by their text.
#[derive(Default)]
struct Known(BTreeMap<Vec<String>, Type>);

impl Known {
    fn of(names: &mut Names<'_>, references: &[Reference], here: Here) -> Self {
        let mut known = Known::default();
        for reference in references {
            let kind = names.reference(reference, here).kind();
            known.0.insert(path(reference), kind);
        }
        known
    }
}

fn path(reference: &Reference) -> Vec<String> {
    let root = std::iter::once(reference.root.value.to_string());
    let keys = reference.keys.iter().map(|key| match key {
        Part::Name(name) | Part::Quoted(name) => name.value.to_string(),
        Part::Constant(_) | Part::Computed(_) => "[]".to_owned(),
    });
    root.chain(keys).collect()
}

impl TypeScope for Known {
    fn path(&self, root: &str, keys: &[TypeKey<'_>]) -> Result<FoundType, Absent> {
        let names = keys.iter().map(|key| match key {
            TypeKey::Name(name) => (*name).to_owned(),
            TypeKey::Of(_) => "[]".to_owned(),
        });
        let path: Vec<String> = std::iter::once(root.to_owned()).chain(names).collect();
        Ok(FoundType {
            kind: self.0.get(&path).cloned().unwrap_or(Type::Any),
            used: keys.len(),
        })
    }
}

/// What a template means: a chain of names what stands at its end, anything else a value of its
/// type.
pub(super) fn meaning(names: &mut Names<'_>, template: &Template, here: Here) -> Meaning {
    if let Template::Expr(expr) = template
        && let [whole] = expr.references().as_slice()
        && whole.span == expr.span
    {
        return names.silently(|names| names.reference(whole, here));
    }
    Meaning::of(&names.silently(|names| kind_of(names, template, here)))
}

/// What a template means that says where to act: a host, though it may call it by its name.
pub(super) fn host(names: &mut Names<'_>, template: &Template, here: Here) -> Meaning {
    match meaning(names, template, here) {
        Meaning::Value(_) => Meaning::Host(None),
        meaning => meaning,
    }
}

/// The type of a value, told by nobody.
pub(super) fn kind_of(names: &mut Names<'_>, template: &Template, here: Here) -> Type {
    let known = Known::of(names, &template.references(), here);
    template.infer(&known, &mut Vec::new())
}

/// Checks a condition.
pub(super) fn condition(names: &mut Names<'_>, expr: &Expr, here: Here) {
    let known = Known::of(names, &expr.references(), here);
    infer::condition(expr, &known, &mut names.found);
}

/// Checks an expression.
pub(super) fn expression(names: &mut Names<'_>, expr: &Expr, wanted: Wanted<'_>, here: Here) {
    let known = Known::of(names, &expr.references(), here);
    let kind = infer::infer(expr, &known, &mut names.found);
    held(names, expr.span, &kind, wanted);
}

/// Checks the input of a kind.
pub(super) fn fields(names: &mut Names<'_>, with: &Template, fields: &[Field], here: Here) {
    let Template::Map(entries) = with else { return };
    for (name, value) in entries.iter() {
        if let Some(field) = fields.iter().find(|field| field.name == name.value) {
            let wanted = Wanted {
                kind: &field.kind,
                secret: field.takes_secret,
            };
            template(names, value, wanted, here);
        }
    }
}

/// Checks a value with expressions in it.
pub(super) fn template(names: &mut Names<'_>, value: &Template, wanted: Wanted<'_>, here: Here) {
    match value {
        Template::Literal(text) if text.as_text().is_some() => {
            forgotten::look(names, text.span, wanted, here);
        }
        Template::Literal(_) => {}
        Template::Expr(expr) => expression(names, expr, wanted, here),
        Template::Text(_) => {
            let known = Known::of(names, &value.references(), here);
            let kind = value.infer(&known, &mut names.found);
            held(names, value.span(), &kind, wanted);
            forgotten::look(names, value.span(), wanted, here);
        }
        Template::List(items) => {
            let inner = within(wanted.kind, Shape::List);
            for item in items.iter() {
                let wanted = Wanted {
                    kind: &inner,
                    ..wanted
                };
                template(names, item, wanted, here);
            }
        }
        Template::Map(entries) => {
            for (name, value) in entries.iter() {
                let inner = within(wanted.kind, Shape::Field(&name.value));
                let takes = takes_secret(wanted.kind, &name.value);
                let wanted = Wanted {
                    kind: &inner,
                    secret: wanted.secret || takes,
                };
                template(names, value, wanted, here);
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Shape<'n> {
    List,
    Field(&'n str),
}

/// The type of a part; anything where that cannot be told.
fn within(kind: &Type, shape: Shape<'_>) -> Type {
    match (kind, shape) {
        (Type::List(of), Shape::List) | (Type::Map(of), Shape::Field(_)) => Type::clone(of),
        (Type::Record(fields), Shape::Field(name)) => {
            field(fields, name).map_or(Type::Any, |field| field.kind.clone())
        }
        (Type::Open(fields, other), Shape::Field(name)) => {
            field(fields, name).map_or_else(|| Type::clone(other), |field| field.kind.clone())
        }
        (Type::OneOf(kinds), shape) => {
            let inner = kinds.iter().map(|kind| within(kind, shape));
            let mut inner: Vec<Type> = inner.filter(|kind| *kind != Type::Any).collect();
            match inner.len() {
                0 => Type::Any,
                1 => inner.remove(0),
                _ => Type::OneOf(inner),
            }
        }
        _ => Type::Any,
    }
}

fn field<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| *field.name == *name)
}

fn takes_secret(kind: &Type, name: &str) -> bool {
    match kind {
        Type::Record(fields) | Type::Open(fields, _) => {
            field(fields, name).is_some_and(|field| field.takes_secret)
        }
        Type::OneOf(kinds) => kinds.iter().any(|kind| takes_secret(kind, name)),
        Type::Any => true,
        _ => false,
    }
}

/// Whether a value of a type can stand there.
pub(super) fn can_stand(kind: &Type, wanted: Wanted<'_>) -> bool {
    let takes = wanted.secret || matches!(wanted.kind, Type::Secret | Type::Any);
    match may_hold_secret(kind) {
        true => takes,
        false => infer::fits(wanted.kind, kind) || is_name(wanted.kind, kind),
    }
}

/// Complains of a type that cannot stand there.
fn held(names: &mut Names<'_>, span: Span, kind: &Type, wanted: Wanted<'_>) {
    let secret = may_hold_secret(kind);
    let takes = wanted.secret || matches!(wanted.kind, Type::Secret | Type::Any);
    if secret && !takes {
        let help = "hand it over where the kind takes secrets, such as an argument of `exec`";
        names.found.push(no_secret(span).help(help));
    } else if *kind != Type::Secret
        && !infer::fits(wanted.kind, kind)
        && !is_name(wanted.kind, kind)
    {
        let message = format!("expected {}, found {kind}", wanted.kind);
        let label = format!("is {kind}");
        let diagnostic = Diagnostic::error(&WRONG_TYPE, message).at(span, label);
        let written = names.written.sources.text(span);
        names
            .found
            .push(converted(diagnostic, span, written, wanted.kind, kind));
    }
}

/// A secret where none may stand.
pub(super) fn no_secret(span: Span) -> Diagnostic {
    let message = "a secret cannot stand here: it would be shown or kept";
    Diagnostic::error(&SECRET_NOT_TAKEN, message).at(span, "holds a secret")
}

/// Offers the conversion that was left out, where there is one.
fn converted(
    told: Diagnostic,
    span: Span,
    written: &str,
    wanted: &Type,
    kind: &Type,
) -> Diagnostic {
    let is_scalar = Families::of(kind).without(SCALAR).is_empty();
    let of_one = |of: &Type| infer::fits(of, kind) && is_scalar;
    match (wanted, kind) {
        (Type::Text | Type::Path, _) if is_scalar => {
            let fix = Fix::replace("make it text", span, format!("text({written})"));
            told.help("make it text with `text(..)`").fix(fix)
        }
        (Type::Text | Type::Path, Type::List(of)) if Families::of(of).meets(TEXT) => {
            told.help("put its items together with `join(.., \", \")`")
        }
        (Type::List(of), _) if of_one(of) => {
            let fix = Fix::replace("make it a list of one", span, format!("[{written}]"));
            told.help("make it a list with `[..]`").fix(fix)
        }
        (_, Type::List(of)) if infer::fits(wanted, of) => {
            told.help("ask for one of its items, such as `[0]`, or let `foreach:` go through it")
        }
        (Type::Int, Type::Text) => told.help("if the text is a number, make it one with `int(..)`"),
        (Type::Duration, Type::Text) => told.help("make it one with `duration(..)`"),
        (Type::Version, Type::Text) => told.help("make it one with `version(..)`"),
        _ => told,
    }
}

/// Whether a host can be named by what is given, or text made of it.
fn is_name(wanted: &Type, kind: &Type) -> bool {
    let text = |kind: &Type| matches!(kind, Type::Text | Type::Path | Type::Known(_));
    (*wanted == Type::Host && text(kind)) || (text(wanted) && *kind == Type::Host)
}
