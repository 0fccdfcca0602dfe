//! `foreach: {var: list, parallel, key, failures}`.

mod item;
mod matrix;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::suggest;
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::value;
use crate::document::layout::Layout;
use crate::document::{Entry, Node};
use crate::expression::forgotten;
use crate::keys::{Key, Keys, Own, Takes, words};
use crate::reader::{self, MISSING_KEY, Reader, UNKNOWN_KEY, bare};
use crate::spanned::Spanned;
use crate::workflow::{Failures, Foreach};

pub(super) static FOREACH: Keys<'static> = Keys::table(
    "`foreach`",
    &[
        Key::new(
            "parallel",
            Takes::AtLeast(1),
            "How many instances at once; one, if nothing is said.",
        ),
        Key::new(
            "key",
            Takes::Condition,
            "What names an instance, if not the item itself.",
        ),
        Key::new(
            "failures",
            Takes::Word(|| words(FAILURES)),
            "What failures of instances mean: `stop` (start no more and fail; the default), \
             `finish` (run all, then fail) or `warn` (run all, and end well unless all failed).",
        ),
    ],
)
.own(&ITEM);

static ITEM: Own = Own {
    name: "item",
    takes: Takes::Value(|| Type::list(Type::Any)),
    doc: "A name of your own for the item, and the list.",
};

const FAILURES: &[(&str, Failures)] = &[
    ("stop", Failures::Stop),
    ("finish", Failures::Finish),
    ("warn", Failures::Warn),
];

/// What other tools call `foreach:`, which is told here.
pub(super) fn called(step: Node<'_>) -> Option<Entry<'_>> {
    looped(step).or_else(|| matrix::of(step).map(|matrix| matrix.entry))
}

/// What other tools call `foreach:`, where a list stands there alone.
fn looped(step: Node<'_>) -> Option<Entry<'_>> {
    let mut loops = step.entries().filter(|entry| LOOPS.contains(&entry.name()));
    let found = loops.find(|entry| is_items(entry.value))?;
    step.get("foreach").is_none().then_some(found)
}

/// The `foreach:` of a step.
pub(super) fn foreach(
    step: &mut Reader<'_, '_>,
    around: &dyn Fn() -> Vec<Name>,
) -> Option<Foreach> {
    let map = step.node();
    let item = || item::named(map, &around()).unwrap_or_else(|| "item".into());
    if let Some(entry) = looped(map) {
        let item = item();
        step.found().push(called_otherwise(entry, &item));
        return Some(of_items(entry.value, item));
    }
    if let Some(matrix) = matrix::of(map) {
        step.found().push(matrix.told());
        return Some(matrix.read());
    }
    let node = step.take("foreach")?.value;
    let found = step.found();
    if !node.is_map() {
        let item = item();
        without_name(node, &item, found);
        if let Some((name, _)) = spoken(node) {
            return Some(Foreach {
                var: name.into(),
                ..of_items(node, item)
            });
        }
        return is_items(node).then(|| of_items(node, item));
    }
    let apart = named_apart(node);
    let Some(var) = apart.map(|(list, _)| list).or_else(|| variable(node)) else {
        found.push(no_variable(node));
        return None;
    };
    found.extend(apart.map(|(list, said)| item_is_key(node, list, said)));
    let name = match apart {
        Some((_, said)) => Spanned::new(said.value.text()?, bare(said.value)),
        None => reader::named(var),
    };
    let known: Vec<&str> = FOREACH.names().chain([var.name()]).collect();
    let apart = apart.map(|(_, said)| said.name());
    let keys = Keys::new(FOREACH.what, &known);
    let mut reader = Reader::new(node, keys.told(apart.as_slice()), found)?;
    let list = value::typed(var.value, &Type::list(Type::Any), reader.found());
    Some(Foreach {
        var: name.value.into(),
        span: name.span,
        list,
        parallel: parallel(&mut reader),
        key: value::condition_of(&mut reader, "key"),
        failures: super::word(&mut reader, "failures", FAILURES).unwrap_or_default(),
    })
}

/// What other tools call the key itself, its list, and the name of an item.
const LOOPS: &[&str] = &[
    "loop",
    "for_each",
    "for-each",
    "with_items",
    "withItems",
    "withParam",
    "repeat",
];
const LISTS: &[&str] = &["items", "in", "list", "of", "over", "values"];
const NAMES: &[&str] = &["as", "var", "variable", "name", "item", "loop_var"];

/// Where the list and the name of its item stand under keys of their own: `{items: [..], as: n}`.
fn named_apart(node: Node<'_>) -> Option<(Entry<'_>, Entry<'_>)> {
    let one_of = |names: &[&str]| node.entries().find(|entry| names.contains(&entry.name()));
    let (list, name) = (one_of(LISTS)?, one_of(NAMES)?);
    let is_named = name.value.text().is_some_and(is_name);
    is_named.then_some((list, name))
}

/// Whether an item can be called so.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().all(is_letter)
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn item_is_key(map: Node<'_>, list: Entry<'_>, said: Entry<'_>) -> Diagnostic {
    let name = said.value.text().unwrap_or_default();
    let message = format!("`{}` is no key of `foreach`", said.name());
    let told = Diagnostic::error(&UNKNOWN_KEY, message)
        .at(bare(said.key), "unknown key")
        .help(format!(
            "the key of the list is the name of its item: `foreach: {{{name}: ..}}`"
        ));
    let fix = Fix::replace(format!("call it `{name}`"), bare(list.key), name);
    match Layout::of(map).and_then(|own| own.without(fix, &[said])) {
        Some(fix) => told.fix(fix),
        None => told,
    }
}

/// Whether it is a list, or an expression that may give one.
fn is_items(node: Node<'_>) -> bool {
    let is_given = node.text().is_some_and(|text| text.contains("${{"));
    node.is_list() || is_given || forgotten::of(node).is_some()
}

/// What is read where the item is given no name: it is called so.
fn of_items(list: Node<'_>, item: Name) -> Foreach {
    Foreach {
        var: item,
        span: list.span(),
        list: value::typed(list, &Type::list(Type::Any), &mut Vec::new()),
        parallel: 1,
        key: None,
        failures: Failures::default(),
    }
}

fn called_otherwise(entry: Entry<'_>, item: &str) -> Diagnostic {
    let message = format!("`{}` is no key of a step", entry.name());
    let told = Diagnostic::error(&UNKNOWN_KEY, message)
        .at(bare(entry.key), "unknown key")
        .help(format!("did you mean `foreach: {{{item}: ..}}`?"));
    let rename = Fix::replace("change to `foreach`", bare(entry.key), "foreach");
    match in_a_map(entry.value, item) {
        Some(map) => told.fix(rename.edit(entry.value.span(), map)),
        None => told,
    }
}

/// The one key that is the author's own. A second strange key that is nearly one of ours is a
/// mistyped one of ours.
fn variable(node: Node<'_>) -> Option<Entry<'_>> {
    let own = |entry: &Entry<'_>| !FOREACH.knows(entry.name()) && !entry.name().starts_with("x-");
    let strange: Vec<Entry<'_>> = node.entries().filter(own).collect();
    let far = |entry: &&Entry<'_>| suggest::nearest(entry.name(), FOREACH.names()).is_none();
    strange.iter().find(far).or(strange.first()).copied()
}

fn parallel(reader: &mut Reader<'_, '_>) -> u32 {
    let written = reader.int("parallel");
    let of = |written| value::at_least_one(written, "`parallel` is at least 1", reader.found());
    written.map_or(1, of)
}

/// A list, or an expression that gives one, stands there by itself.
fn without_name(node: Node<'_>, item: &str, found: &mut Vec<Diagnostic>) {
    reader::wrong(node, "`foreach` (a map)", found);
    if let Some(said) = found.last_mut() {
        said.help = Some(match item {
            "item" => "give the item a name of your own: `foreach: {item: ..}`".to_owned(),
            item => format!("say that the item is `{item}`: `foreach: {{{item}: ..}}`"),
        });
        if let Some((name, list)) = spoken(node) {
            let meant = format!("{{{name}: \"${{{{ {list} }}}}\"}}");
            let fix = Fix::replace("write it as a map", node.span(), meant);
            said.help = Some(format!(
                "the item is the key of the list: `foreach: {{{name}: ..}}`"
            ));
            said.fixes.push(fix);
            return;
        }
        let meant = in_a_map(node, item);
        let title = format!("call it `{item}`");
        let fix = meant.map(|meant| Fix::replace(title, node.span(), meant));
        said.fixes.extend(fix);
    }
}

/// `po in inputs.offices`: the name of the item and an expression for the list.
fn spoken(node: Node<'_>) -> Option<(&str, &str)> {
    let (name, list) = node.text()?.split_once(" in ")?;
    let is_path = list
        .chars()
        .all(|c| is_letter(c) || matches!(c, '.' | '-' | '[' | ']'));
    (is_name(name) && is_path).then_some((name, list))
}

/// A list under the name of its item.
fn in_a_map(node: Node<'_>, item: &str) -> Option<String> {
    let bare = forgotten::of(node).map(|one| one.meant);
    let written = match bare.as_deref().unwrap_or(node.written()) {
        plain if plain.starts_with("${{") => format!("\"{plain}\""),
        written => written.to_owned(),
    };
    let is_short = !written.contains('\n') && !written.trim_matches('"').contains('"');
    (is_items(node) && is_short).then(|| format!("{{{item}: {written}}}"))
}

fn no_variable(node: Node<'_>) -> Diagnostic {
    Diagnostic::error(&MISSING_KEY, "`foreach` does not say for which items")
        .at(node.span(), "names no items")
        .help("write `foreach: {item: ${{ .. }}}`, with a name of your own for `item`")
}
