//! Steps without an id.

use runsheet_diagnostics::fix::Fix;

use super::keys::STEP;
use super::possible_id;
use crate::document::{Entry, Node};
use crate::reader::Reader;

/// Steps in a list that other tools run at once: `- parallel: [..]`. That there is no such key has
/// been told, and nothing else is a mistake of its own.
fn parallel(step: Node<'_>) -> Option<Entry<'_>> {
    let found = step.get("parallel").filter(|entry| entry.value.is_list())?;
    let has = |key| step.get(key).is_some();
    let is_step = ["id", "uses", "steps"].into_iter().any(has);
    (!is_step).then_some(found)
}

/// Whether it only says a program to be run, as steps of other tools do. That this is the work of a
/// kind has been told, and an id alone would not make a step of it.
fn is_program(step: Node<'_>) -> bool {
    let has = |key: &&str| step.get(key).is_some();
    let is_step = ["uses", "steps"].iter().any(has);
    !is_step && PROGRAMS.iter().any(has)
}

/// What other tools call a program with its arguments.
const PROGRAMS: &[&str] = &["run", "shell", "command", "cmd", "script"];

/// Has the step read such a list as that of a group.
pub(super) fn adopt<'d>(reader: &mut Reader<'d, '_>) {
    if let Some(entry) = parallel(reader.node()) {
        reader.adopt("steps", entry);
    }
}

/// Whether the first key of a step, which is no key of one, may be a mistyped `id`.
fn may_be_its_id(step: Node<'_>) -> bool {
    let first = step.entries().next();
    let is_text = |entry: &Entry<'_>| entry.value.text().is_some() && !entry.value.is_null();
    first.is_some_and(|first| is_text(&first) && !STEP.knows(first.name()))
}

/// A step that nothing can refer to: it is offered the name of its kind.
pub(super) fn tell(reader: &mut Reader<'_, '_>) {
    if parallel(reader.node()).is_some() || is_program(reader.node()) {
        return;
    }
    if reader.has_lost() && may_be_its_id(reader.node()) {
        return;
    }
    reader.require("id");
    let kind = reader.take("uses").and_then(|entry| entry.value.text());
    let id = possible_id(kind.unwrap_or("group"));
    let Some(first) = reader.node().entries().next().map(|entry| entry.key) else {
        return;
    };
    let before = first.line_before();
    let text = match before.contains(['{', '[']) {
        true => format!("id: {id}, "),
        false => format!("id: {id}\n{}", " ".repeat(before.chars().count())),
    };
    let fix = Fix::replace(format!("call it `{id}`"), first.span().before(), text);
    // Without a kind the name is invented, and the line may not be a step at all.
    let fix = if kind.is_some() { fix } else { fix.by_choice() };
    if let Some(mut said) = reader.found().pop() {
        said.help = None;
        reader.found().push(said.fix(fix));
    }
}
