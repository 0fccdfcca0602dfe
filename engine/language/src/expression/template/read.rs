//! From a part of a document to a template, guided by the type that stands there.

use std::ops::Range;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Name, Value};

use super::{Part, Template, another, literal};
use crate::document::{Entry, Form, Node};
use crate::expression::{Expr, forgotten, parser};
use crate::reader::{self, Keys, Reader};
use crate::spanned::Spanned;

/// Reads a value of a type, with expressions in it. `what` names it in messages: ``the input of
/// `registry` ``. Where something is wrong there is `None`, and it has been said.
///
/// Only what is written out is held against the type here; expressions are when their types are
/// inferred.
pub fn template(
    node: Node<'_>,
    kind: &Type,
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    match node.form() {
        Form::Hole => None,
        Form::Scalar(text, _) if text.contains(OPEN) => {
            text_with_expressions(node, text, is_pattern(kind), found)
        }
        Form::Scalar(..) => {
            let before = found.len();
            let read = shaped(node, kind, what, found);
            forgotten::remind(node, &mut found[before..]);
            read
        }
        _ => shaped(node, kind, what, found),
    }
}

/// Whether a text that stands there can be nothing but a pattern.
fn is_pattern(kind: &Type) -> bool {
    match kind {
        Type::Pattern => true,
        Type::OneOf(types) => {
            let is_list = |kind: &Type| matches!(kind, Type::List(_));
            let fits = |kind| is_pattern(kind) || is_list(kind);
            types.iter().all(fits) && !types.iter().all(is_list)
        }
        _ => false,
    }
}

/// Reads an expression that stands alone, in one `${{ }}` or bare, as behind `when:`.
pub fn condition(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Expr> {
    if node.is_list() || node.is_map() {
        found.push(several(node));
        return None;
    }
    let text = reader::text(node, found)?.value;
    if text.trim_start().starts_with(OPEN) {
        return expression(node, found);
    }
    let places = node.places();
    let before = found.len();
    let parsed = Expr::parse(text, &|range| places.at(range));
    let parsed = parsed.map_err(|mistake| found.push(*mistake)).ok();
    forgotten::remind(node, &mut found[before..]);
    parsed
}

/// Says how several conditions are one expression.
fn several(node: Node<'_>) -> Diagnostic {
    let message = format!("expected an expression, found {}", node.found());
    let told = Diagnostic::error(&reader::WRONG_TYPE, message).at(node.place(), "should be text");
    if node.is_map() {
        return told.help("write what is to hold, such as `outputs.exit == 0`");
    }
    let told = told.help("join what is to hold: `a && b`, or `a || b` if one is enough");
    let items: Option<Vec<&str>> = node.items().map(|item| item.text()).collect();
    let is_simple = |text: &&str| {
        !text.contains(['"', '\'', '|', '?', '\n', '$', '#']) && !text.contains(" or ")
    };
    match items.filter(|items| !items.is_empty() && items.iter().all(is_simple)) {
        Some(items) => {
            let joined = format!("\"{}\"", items.join(" && "));
            told.fix(Fix::replace("join them with `&&`", node.span(), joined).by_choice())
        }
        None => told,
    }
}

/// Reads one `${{ }}` and nothing else.
pub fn expression(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Expr> {
    let text = reader::text(node, found)?.value;
    let before = found.len();
    match text_with_expressions(node, text.trim_end(), false, found) {
        Some(Template::Expr(expr)) => Some(expr),
        _ => {
            if found.len() == before {
                reader::wrong(node, "one expression in `${{ }}`", found);
                let told = found.get_mut(before);
                told.into_iter()
                    .for_each(|told| without_braces(node, text, told));
            }
            None
        }
    }
}

/// Offers the expression that a text is without the braces around a part of it: `${{ a }} > 1`.
fn without_braces(node: Node<'_>, text: &str, told: &mut Diagnostic) {
    let inner = text.replace(OPEN, "").replace("}}", "");
    let words: Vec<&str> = inner.split_whitespace().collect();
    let meant = words.join(" ");
    let is_simple = !meant.contains(['"', '\'']) && !meant.is_empty();
    if is_simple && Expr::parse(&meant, &|_| node.span()).is_ok() {
        let whole = format!("${{{{ {meant} }}}}");
        told.help = Some(format!("all of it is one expression: `{whole}`"));
        let fix = Fix::replace(
            "put the braces around all of it",
            node.span(),
            format!("\"{whole}\""),
        );
        told.fixes.push(fix.by_choice());
    }
}

/// What a text is made of, in order, each with its bytes.
enum Piece {
    Text(Range<usize>),
    /// An expression, with its `${{ }}`.
    Expr(Range<usize>, Expr),
    Broken(Box<Diagnostic>),
}

/// Takes a text apart. What cannot be read ends with its `}}`, or goes to the end of the text.
fn pieces(text: &str, place: &dyn Fn(Range<usize>) -> Span) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(OPEN).map(|found| at + found) {
        if open > at {
            pieces.push(Piece::Text(at..open));
        }
        at = match parser::parse_embedded(text, open + OPEN.len(), place) {
            Ok((expr, end)) => {
                pieces.push(Piece::Expr(open..end, expr));
                end
            }
            Err(mistake) => {
                pieces.push(Piece::Broken(mistake));
                let close = text[open..].find("}}");
                close.map_or(text.len(), |close| open + close + 2)
            }
        };
    }
    if at < text.len() {
        pieces.push(Piece::Text(at..text.len()));
    }
    pieces
}

/// What begins an expression in a text.
const OPEN: &str = "${{";

/// Reads a text in which expressions stand; of a pattern what is written around them is checked.
fn text_with_expressions(
    node: Node<'_>,
    text: &str,
    is_pattern: bool,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    let places = node.places();
    let before = found.len();
    let (mut parts, mut taken) = (Vec::new(), Vec::new());
    for piece in pieces(text, &|range| places.at(range)) {
        match piece {
            Piece::Text(range) => parts.push(Part::Text(text[range].into())),
            Piece::Broken(mistake) => found.push(*mistake),
            Piece::Expr(range, expr) => {
                taken.push(range);
                parts.push(Part::Expr(expr));
            }
        }
    }
    if found.len() > before {
        return None;
    }
    if is_pattern {
        literal::around_expressions(node, text, &taken, found);
    }
    Some(match parts.pop() {
        Some(Part::Expr(expr)) if parts.is_empty() => Template::Expr(expr),
        last => {
            parts.extend(last);
            Template::Text(Spanned::new(parts, node.span()))
        }
    })
}

/// The expressions in a text, whose places count from its first byte; what cannot be read is left
/// out.
pub(crate) fn embedded(text: &str) -> Vec<Expr> {
    let within = |range| Span::at(SourceId::default(), range);
    let pieces = pieces(text, &within).into_iter();
    let expressions = pieces.filter_map(|piece| match piece {
        Piece::Expr(_, expr) => Some(expr),
        Piece::Text(_) | Piece::Broken(_) => None,
    });
    expressions.collect()
}

/// A value without expressions at its top, by the type's own shape.
fn shaped(
    node: Node<'_>,
    kind: &Type,
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    match (kind, node.form()) {
        (Type::OneOf(types), _) => one_of(node, types, what, found),
        (Type::Any, Form::List) => list(node, &Type::Any, what, found),
        (Type::Any, Form::Map) => map(node, &Type::Any, what, found),
        (Type::List(of), _) => list(node, of, what, found),
        (Type::Map(of), _) => map(node, of, what, found),
        (Type::Record(fields), _) => record(node, fields, what, found),
        (Type::Open(fields, other), _) => open(node, fields, other, what, found),
        _ => literal::literal(node, kind, found),
    }
}

fn list(node: Node<'_>, of: &Type, what: &str, found: &mut Vec<Diagnostic>) -> Option<Template> {
    let items = reader::items(node, found)?;
    let read = items.map(|item| part(item, of, what, found)).collect();
    Some(Template::List(Spanned::new(read, node.span())))
}

fn map(node: Node<'_>, of: &Type, what: &str, found: &mut Vec<Diagnostic>) -> Option<Template> {
    let entries: Vec<_> = reader::entries(node, "this", found)?.collect();
    let typed = entries
        .into_iter()
        .map(|entry| (named(entry), entry.value, of));
    typed_entries(node, typed.collect(), what, found)
}

fn named(entry: Entry<'_>) -> Spanned<Name> {
    reader::named(entry).map(Name::from)
}

type Typed<'d, 't> = (Spanned<Name>, Node<'d>, &'t Type);

fn typed_entries(
    node: Node<'_>,
    entries: Vec<Typed<'_, '_>>,
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    let read = entries.into_iter();
    let read = read.map(|(name, value, kind)| (name, part(value, kind, what, found)));
    Some(Template::Map(Spanned::new(read.collect(), node.span())))
}

/// A part of a list or map; where something is wrong with it, a value that is not known, so that
/// what stands beside it is read all the same.
fn part(node: Node<'_>, kind: &Type, what: &str, found: &mut Vec<Diagnostic>) -> Template {
    template(node, kind, what, found).unwrap_or_else(|| hole(node))
}

/// What stands where something was wrong and has been said: nothing more is said about it.
pub(crate) fn hole(node: Node<'_>) -> Template {
    Template::literal(Value::unknown("the mistake here is mended"), node.span())
}

fn record(
    node: Node<'_>,
    fields: &[Field],
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    fields_of(node, fields, Keys::fields(what, fields), found)
}

/// A map of these fields; `keys` are theirs, and know what else may stand there by mistake.
pub(crate) fn fields_of(
    node: Node<'_>,
    fields: &[Field],
    keys: Keys<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    let what = keys.what;
    let mut reader = Reader::new(node, keys, found)?;
    let mut entries: Vec<Typed<'_, '_>> = Vec::new();
    for field in fields {
        if field.required {
            reader.require(&field.name);
        }
        let Some(entry) = reader.take(&field.name) else {
            continue;
        };
        if let Some(told) = another::told(node, entry, field, fields) {
            reader.found().push(told);
            continue;
        }
        let name = Spanned::new(field.name.clone(), reader::named(entry).span);
        entries.push((name, entry.value, &field.kind));
    }
    entries.sort_by_key(|(name, ..)| name.span);
    typed_entries(node, entries, what, found)
}

fn open(
    node: Node<'_>,
    fields: &[Field],
    other: &Type,
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    let mut entries = Vec::new();
    for entry in reader::entries(node, what, found)? {
        let name = well_known(node, entry, fields, found);
        let field = fields.iter().find(|field| field.name == name.value);
        let kind = field.map_or(other, |field| &field.kind);
        entries.push((name, entry.value, kind));
    }
    for field in fields.iter().filter(|field| field.required) {
        if node.get(&field.name).is_none() {
            reader::missing(node, what, &field.name, found);
            return None;
        }
    }
    typed_entries(node, entries, what, found)
}

/// The name of an entry of an open map. A near miss of a well-known one is taken for it: a name
/// that nobody knows is possible, but a slip is likelier.
fn well_known(
    node: Node<'_>,
    entry: Entry<'_>,
    fields: &[Field],
    found: &mut Vec<Diagnostic>,
) -> Spanned<Name> {
    let name = named(entry);
    let known = || fields.iter().map(|field| &*field.name);
    if known().any(|known| *known == *name.value) {
        return name;
    }
    let free = known().filter(|known| node.get(known).is_none());
    let Some(near) = suggest::nearest(&name.value, free) else {
        return name;
    };
    let message = format!("`{}` is nearly `{near}`, which is well known", name.value);
    let diagnostic = Diagnostic::error(&reader::UNKNOWN_KEY, message).at(name.span, "unknown key");
    found.push(diagnostic.did_you_mean(near, name.span));
    Spanned::new(near.into(), name.span)
}

/// The first type that takes the value as it is written. Where none does: if only one has the
/// form of what is written (a list, a map, a scalar), what that one complains of.
fn one_of(
    node: Node<'_>,
    types: &[Type],
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Template> {
    for kind in types {
        let mut unsaid = Vec::new();
        if let Some(read) = shaped(node, kind, what, &mut unsaid)
            && unsaid.is_empty()
        {
            return Some(read);
        }
    }
    let mut alike = types.iter().filter(|kind| has_form(kind, node));
    if let (Some(only), None) = (alike.next(), alike.next()) {
        return shaped(node, only, what, found);
    }
    let words: Vec<String> = types.iter().map(Type::to_string).collect();
    reader::wrong(node, &words.join(" or "), found);
    None
}

fn has_form(kind: &Type, node: Node<'_>) -> bool {
    match kind {
        Type::List(_) => node.is_list(),
        Type::Map(_) | Type::Record(_) | Type::Open(..) => node.is_map(),
        _ => node.text().is_some(),
    }
}

/// The code of a value that is written out and is not of its type.
pub(super) fn wrong_value() -> &'static Code {
    &crate::expression::rules::WRONG_VALUE
}
