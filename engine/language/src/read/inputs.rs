//! `inputs:`: what a workflow is given, and which variables of its hosts it reads.

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::suggest;
use runsheet_step::shape::Type;
use runsheet_step::{Name, duration};

use super::prose::prose;
use super::type_name::{NO_CHOICES, Types, type_name};
use super::value;
use crate::document::{Core, Entry, Node};
use crate::expression::template::hole;
use crate::expression::{Template, WRONG_VALUE};
use crate::keys::{Key, Keys, Takes};
use crate::reader::{self, MISSING_KEY, Reader, WRONG_TYPE};
use crate::spanned::Spanned;
use crate::workflow::{InputDeclaration, VarDeclaration};

/// The name of a type, or more about it.
pub(super) const TAKES: Takes =
    Takes::Map(&Takes::Either(&[Takes::TypeName, Takes::Keys(|| &INPUT)]));

static INPUT: Keys<'static> = Keys::table(
    "an input",
    &[
        Key::new("type", Takes::TypeName, "Its type.").required(),
        Key::new(
            "vars",
            VARS,
            "The variables that are read of its hosts: for each a type, and perhaps a default.",
        ),
        Key::new(
            "default",
            Takes::Value(|| Type::Any),
            "Its value where none is given. It may look at the site.",
        ),
        Key::new("doc", Takes::Text, "What it is for."),
    ],
)
.called(&[
    ("description", "doc"),
    ("value", "default"),
    ("variables", "vars"),
])
.explained(&[
    (
        "required",
        "leave it out: an input without `default:` has to be given",
    ),
    ("enum", NO_CHOICES),
    ("options", NO_CHOICES),
    ("choices", NO_CHOICES),
    ("values", NO_CHOICES),
]);

/// Variables of hosts: types, or more about them.
pub(super) const VARS: Takes = Takes::Map(&Takes::Either(&[Takes::TypeName, Takes::Keys(|| &VAR)]));

static VAR: Keys<'static> = Keys::table(
    "a variable",
    &[
        Key::new("type", Takes::TypeName, "Its type.").required(),
        Key::new(
            "default",
            Takes::Plain(|| Type::Any),
            "Its value at hosts that have none of their own.",
        ),
        Key::new("doc", Takes::Text, "What it is for."),
    ],
)
.called(&[("description", "doc"), ("value", "default")]);

/// All inputs, in the order written.
pub(super) fn inputs<'d>(
    node: Node<'d>,
    types: &Types,
    found: &mut Vec<Diagnostic>,
) -> Vec<(Spanned<&'d str>, InputDeclaration)> {
    let before = found.len();
    let Some(entries) = reader::entries(node, "`inputs`", found) else {
        if let Some(told) = found.get_mut(before) {
            told.help = Some("each input is a key: `inputs: {NAME: {type: text}}`".to_owned());
        }
        return listed(node);
    };
    let read = |entry: Entry<'d>| {
        let input = match older(node, entry) {
            Some(old) => {
                found.push(no_input(entry, old));
                untyped(entry)
            }
            None => input(entry, types, found),
        };
        (reader::named(entry), input)
    };
    let inputs: Vec<_> = entries.map(read).collect();
    agreed(&inputs, found);
    inputs
}

/// The input of another file that a patch meant, if what it says is no input by itself.
fn older<'d>(node: Node<'d>, entry: Entry<'d>) -> Option<&'d str> {
    let map = entry.value;
    let is_change = map.is_map()
        && map.get("type").is_none()
        && map.entries().all(|entry| INPUT.knows(entry.name()));
    let source = entry.key.span().source;
    let others = node
        .entries()
        .filter(|other| is_change && other.key.span().source != source);
    suggest::nearest(entry.name(), others.map(|other| other.name()))
}

fn no_input(entry: Entry<'_>, old: &str) -> Diagnostic {
    let name = reader::named(entry);
    let message = format!("there is no input `{}` to change", name.value);
    Diagnostic::error(&MISSING_KEY, message)
        .at(name.span, "no input, and has no `type`")
        .did_you_mean(old, name.span)
}

/// Inputs of which only the names are known.
pub(super) fn guessed<'d>(node: Node<'d>) -> Vec<(Spanned<&'d str>, InputDeclaration)> {
    let input = |entry: Entry<'d>| (reader::named(entry), untyped(entry));
    node.entries().map(input).collect()
}

/// The names of inputs in a list, so that nobody misses them: texts, or maps with a `name`.
fn listed<'d>(node: Node<'d>) -> Vec<(Spanned<&'d str>, InputDeclaration)> {
    let name = |item: Node<'d>| item.get("name").map_or(item, |entry| entry.value);
    let named = node.items().map(name).filter(|name| name.text().is_some());
    let input = |name: Node<'d>| {
        let entry = Entry {
            key: name,
            value: name,
        };
        (reader::named(entry), untyped(entry))
    };
    named.map(input).collect()
}

fn untyped(entry: Entry<'_>) -> InputDeclaration {
    InputDeclaration {
        span: reader::named(entry).span,
        kind: Type::Any,
        vars: IndexMap::new(),
        default: None,
        doc: "".into(),
    }
}

fn input(entry: Entry<'_>, types: &Types, found: &mut Vec<Diagnostic>) -> InputDeclaration {
    let mut input = untyped(entry);
    if entry.value.text().is_some() {
        let before = found.len();
        let typed = type_name(entry.value, types, found);
        offer_default(entry.value, &mut found[before..]);
        (input.kind, input.vars) = (typed.kind, typed.vars);
        return input;
    }
    let Some(mut reader) = Reader::new(entry.value, INPUT, found) else {
        return input;
    };
    if let Some(node) = reader.require("type") {
        let typed = type_name(node, types, reader.found());
        (input.kind, input.vars) = (typed.kind, typed.vars);
    }
    if let Some(entry) = reader.take("vars") {
        input.vars.extend(vars(entry.value, types, reader.found()));
    }
    input.default = value::of(&mut reader, "default", &input.kind);
    if let Some(doc) = prose(&mut reader, "doc") {
        input.doc = doc.value.into();
    }
    input
}

/// Says of a value where the type of an input belongs how it is said.
fn offer_default(node: Node<'_>, told: &mut [Diagnostic]) {
    let Some(told) = told.first_mut().filter(|told| told.fixes.is_empty()) else {
        return;
    };
    if node.is_null() && node.older().is_some() {
        let help = "a patch takes an input out with `{$delete: true}`, or gives it a `default:`";
        told.help = Some(help.to_owned());
        return;
    }
    let written = node.written();
    let kind = match node.core() {
        Some(Core::Int(_)) => "int",
        Some(Core::Float(_)) => "number",
        Some(Core::Bool(_)) => "bool",
        _ if duration::parse(written).is_ok() => "duration",
        _ => return,
    };
    let meant = match node.older().is_some_and(Node::is_map) {
        true => format!("{{default: {written}}}"),
        false => format!("{{type: {kind}, default: {written}}}"),
    };
    told.help = Some(format!("a value stands under `default:`: `{meant}`"));
    let title = "make it the default";
    told.fixes.push(Fix::replace(title, node.span(), meant));
}

/// The variables that hosts are read for.
pub(super) fn vars(
    node: Node<'_>,
    types: &Types,
    found: &mut Vec<Diagnostic>,
) -> IndexMap<Name, VarDeclaration> {
    let Some(entries) = reader::entries(node, "`vars`", found) else {
        return IndexMap::new();
    };
    let read = |entry: Entry<'_>| (Name::from(entry.name()), var(entry, types, found));
    entries.map(read).collect()
}

fn var(entry: Entry<'_>, types: &Types, found: &mut Vec<Diagnostic>) -> VarDeclaration {
    let mut var = VarDeclaration {
        span: reader::named(entry).span,
        kind: Type::Any,
        default: None,
    };
    if entry.value.text().is_some() {
        var.kind = type_name(entry.value, types, found).kind;
    } else if let Some(mut reader) = Reader::new(entry.value, VAR, found) {
        if let Some(node) = reader.require("type") {
            var.kind = type_name(node, types, reader.found()).kind;
        }
        var.default = var_default(&mut reader, &var.kind);
    }
    var
}

/// The default of a variable is written out: it is the same for every host of every site.
fn var_default(reader: &mut Reader<'_, '_>, kind: &Type) -> Option<Template> {
    let node = reader.take("default")?.value;
    let default = value::typed(node, kind, reader.found());
    if default.constant().is_some() {
        return Some(default);
    }
    let message = "the default of a variable is written out";
    let diagnostic = Diagnostic::error(&WRONG_VALUE, message).at(node.span(), "is worked out");
    let help = "write a value, or let the site say it: `vars:` there are for every host";
    reader.found().push(diagnostic.help(help));
    Some(hole(node))
}

/// Inputs that read the same variable of their hosts take it for the same type: a host may be of
/// both.
fn agreed(inputs: &[(Spanned<&str>, InputDeclaration)], found: &mut Vec<Diagnostic>) {
    let mut seen: IndexMap<&Name, &VarDeclaration> = IndexMap::new();
    for (name, var) in inputs.iter().flat_map(|(_, input)| &input.vars) {
        let first = *seen.entry(name).or_insert(var);
        if first.kind == var.kind {
            continue;
        }
        let message = format!("`{name}` is {} here and {} above", var.kind, first.kind);
        let diagnostic = Diagnostic::error(&WRONG_TYPE, message)
            .at(var.span, var.kind.to_string())
            .at(first.span, first.kind.to_string());
        found.push(diagnostic.help("a variable of one name has one type"));
    }
}
