//! Values and conditions under the keys of a step, by the type that stands there.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Name, Value};

use crate::document::Node;
use crate::expression::template::{condition, fields_of, hole, template};
use crate::expression::{Expr, Template, WRONG_VALUE};
use crate::keys::{Keys, Known};
use crate::reader::{Reader, in_brackets, wrong};
use crate::spanned::Spanned;

/// The value under a key.
pub(super) fn of(reader: &mut Reader<'_, '_>, key: &str, kind: &Type) -> Option<Template> {
    let node = reader.take(key)?.value;
    Some(typed(node, kind, reader.found()))
}

/// A value of a type.
pub(super) fn typed(node: Node<'_>, kind: &Type, found: &mut Vec<Diagnostic>) -> Template {
    template(node, kind, "this", found).unwrap_or_else(|| hole(node))
}

/// A map of these fields, written out: which of them an expression gives could not be said before
/// a run. `keys` are theirs.
pub(super) fn fields(
    node: Node<'_>,
    fields: &[Field],
    keys: Keys<'_>,
    found: &mut Vec<Diagnostic>,
) -> Template {
    if node.is_map() {
        return fields_of(node, fields, keys, found).unwrap_or_else(|| hole(node));
    }
    let before = found.len();
    let is_read = match node.text() {
        Some(text) if text.contains("${{") => false,
        _ => template(node, &Type::Record(fields.to_vec()), keys.what, found).is_some(),
    };
    if !is_read && found.len() == before {
        wrong(node, "a map", found);
    }
    if let Some(told) = found.get_mut(before) {
        under_its_name(node, keys, told);
    }
    hole(node)
}

/// Says of a value that stands alone under which field it belongs: the only one that must be there.
fn under_its_name(node: Node<'_>, keys: Keys<'_>, told: &mut Diagnostic) {
    let Known::Fields(fields) = keys.known else {
        return;
    };
    let mut required = fields.iter().filter(|field| field.required);
    let (Some(field), None) = (required.next(), required.next()) else {
        return;
    };
    let name = &field.name;
    let forms = keys.forms(name);
    let list = in_brackets(node).filter(|_| !forms.scalar);
    told.help = Some(format!("each input has its name: `with: {{{name}: ..}}`"));
    let written = match (forms.fit(node), list) {
        (true, _) => node.written().to_owned(),
        (false, Some(list)) => list,
        (false, None) => return,
    };
    let is_torn = node.text() == Some(&written) && written.contains([',', '{', '}', '[', ']']);
    if !written.contains('\n') && !is_torn {
        let meant = format!("{{{name}: {written}}}");
        let fix = Fix::replace(format!("name it `{name}`"), node.span(), meant);
        told.fixes = vec![fix];
    }
}

/// An empty map.
pub(super) fn nothing(span: Span) -> Template {
    Template::Map(Spanned::new(Vec::new(), span))
}

/// The expression under a key, bare or in one `${{ }}`.
pub(super) fn condition_of(reader: &mut Reader<'_, '_>, key: &str) -> Option<Expr> {
    let node = reader.take(key)?.value;
    condition(node, reader.found())
}

/// A count of one or more; `few` is said of less.
pub(super) fn at_least_one(count: Spanned<i64>, few: &str, found: &mut Vec<Diagnostic>) -> u32 {
    let (message, label) = match u32::try_from(count.value) {
        Ok(number @ 1..) => return number,
        Err(_) if count.value > 0 => (format!("this is at most {}", u32::MAX), "too many"),
        _ => (few.to_owned(), "too few"),
    };
    found.push(Diagnostic::error(&WRONG_VALUE, message).at(count.span, label));
    1
}

/// As much of a value as its text tells; the rest is unknown.
pub(crate) fn known(template: &Template) -> Value {
    match template {
        Template::Literal(value) => value.value.clone(),
        Template::Expr(_) | Template::Text(_) => Value::unknown("the run has begun"),
        Template::List(items) => Value::list(items.iter().map(known)),
        Template::Map(entries) => {
            let entry =
                |(name, value): &(Spanned<Name>, Template)| (name.value.clone(), known(value));
            Value::map(entries.iter().map(entry))
        }
    }
}

/// Whether something in it was wrong and has been said.
pub(crate) fn has_hole(template: &Template) -> bool {
    match template {
        Template::Literal(value) => matches!(value.value, Value::Unknown(_)),
        Template::Expr(_) | Template::Text(_) => false,
        Template::List(items) => items.iter().any(has_hole),
        Template::Map(entries) => entries.iter().any(|(_, value)| has_hole(value)),
    }
}
