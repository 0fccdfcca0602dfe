//! The names of types as `inputs:` and `vars:` write them: `host`, `list<host>`, `duration`.

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::{suggest, words as english};
use runsheet_step::shape::Type;

use crate::document::Node;
use crate::keys::words;
use crate::reader;

/// The plain types by name.
const NAMES: &[(&str, Type)] = &[
    ("text", Type::Text),
    ("int", Type::Int),
    ("number", Type::Number),
    ("bool", Type::Bool),
    ("host", Type::Host),
    ("secret", Type::Secret),
    ("duration", Type::Duration),
    ("version", Type::Version),
    ("path", Type::Path),
    ("pattern", Type::Pattern),
    ("time", Type::Moment),
    ("any", Type::Any),
];

/// The names of the plain types; `list<..>` and `map<..>` of them are types too.
#[must_use]
pub fn type_names() -> Vec<&'static str> {
    words(NAMES)
}

/// How many lists and maps within each other a type may be: whoever looks into one goes as deep.
const DEPTH: usize = 16;

/// The type that a scalar names; any type where it names none, which is told.
pub(super) fn type_name(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Type {
    let Some(text) = reader::text(node, found) else {
        return Type::Any;
    };
    if text.value.matches('<').count() > DEPTH {
        let message = format!("a type is at most {DEPTH} lists and maps deep");
        found.push(Diagnostic::error(&reader::WRONG_TYPE, message).at(text.span, "is deeper"));
        return Type::Any;
    }
    within(node, text.value, 0..text.value.len(), found)
}

/// The type named by a part of the text.
fn within(node: Node<'_>, text: &str, range: Range<usize>, found: &mut Vec<Diagnostic>) -> Type {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let range = start..start + part.trim().len();
    let part = part.trim();
    let Some(open) = part.find('<') else {
        return plain(node, part, range, found);
    };
    let outer = start..start + open;
    let inner = outer.end + 1..range.end - usize::from(part.ends_with('>'));
    if !part.ends_with('>') {
        let message = format!("`{part}` has no closing `>`");
        let span = node.part(range.clone());
        found.push(Diagnostic::error(&reader::WRONG_TYPE, message).at(span, "never closed"));
    }
    let names = ["list", "map"];
    let name = part[..open].trim();
    let near = names
        .iter()
        .find(|known| **known == name)
        .copied()
        .or_else(|| {
            let near = suggest::nearest(name, names);
            found.push(unknown(node, name, outer, near, &names));
            near
        });
    let of = within(node, text, inner, found);
    match near {
        Some("list") => Type::list(of),
        Some(_) => Type::map(of),
        None => Type::Any,
    }
}

fn plain(node: Node<'_>, name: &str, range: Range<usize>, found: &mut Vec<Diagnostic>) -> Type {
    let named = |wanted: &str| NAMES.iter().find(|(known, _)| *known == wanted);
    if let Some((_, kind)) = named(name) {
        return kind.clone();
    }
    let names = type_names();
    let near = suggest::nearest(name, names.iter().copied());
    found.push(unknown(node, name, range, near, &names));
    near.and_then(named)
        .map_or(Type::Any, |(_, kind)| kind.clone())
}

fn unknown(
    node: Node<'_>,
    name: &str,
    range: Range<usize>,
    near: Option<&str>,
    possible: &[&str],
) -> Diagnostic {
    let span = node.part(range);
    let message = format!("`{name}` is no type");
    let diagnostic = Diagnostic::error(&super::UNKNOWN_TYPE, message).at(span, "unknown type");
    match near {
        Some(near) => diagnostic.did_you_mean(near, span),
        None => diagnostic.help(format!("a type is {}", english::or_list(possible))),
    }
}
