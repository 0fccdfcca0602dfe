//! `foreach: {var: list, parallel, key, failures}`.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::suggest;
use runsheet_step::shape::Type;

use super::value;
use crate::document::{Entry, Node};
use crate::expression::forgotten;
use crate::keys::{Key, Keys, Own, Takes, words};
use crate::reader::{self, MISSING_KEY, Reader};
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

/// The `foreach:` of a step.
pub(super) fn foreach(step: &mut Reader<'_, '_>) -> Option<Foreach> {
    let node = step.take("foreach")?.value;
    let found = step.found();
    if !node.is_map() {
        without_name(node, found);
        return None;
    }
    let var = variable(node);
    let Some(var) = var else {
        found.push(no_variable(node));
        return None;
    };
    let name = reader::named(var);
    let known: Vec<&str> = FOREACH.names().chain([name.value]).collect();
    let mut reader = Reader::new(node, Keys::new(FOREACH.what, &known), found)?;
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
fn without_name(node: Node<'_>, found: &mut Vec<Diagnostic>) {
    reader::wrong(node, "`foreach` (a map)", found);
    let bare = forgotten::of(node).map(|one| one.meant);
    let is_given = node.text().is_some_and(|text| text.contains("${{"));
    let is_list = node.is_list() || is_given || bare.is_some();
    let written = match bare.as_deref().unwrap_or(node.written()) {
        plain if plain.starts_with("${{") => format!("\"{plain}\""),
        written => written.to_owned(),
    };
    let meant = format!("{{item: {written}}}");
    let is_short = !written.contains('\n') && !written.trim_matches('"').contains('"');
    if let Some(said) = found.last_mut() {
        said.help = Some("give the item a name of your own: `foreach: {item: ..}`".to_owned());
        if is_list && is_short {
            said.fixes
                .push(Fix::replace("call it `item`", node.span(), meant));
        }
    }
}

fn no_variable(node: Node<'_>) -> Diagnostic {
    Diagnostic::error(&MISSING_KEY, "`foreach` does not say for which items")
        .at(node.span(), "names no items")
        .help("write `foreach: {item: ${{ .. }}}`, with a name of your own for `item`")
}
