//! Steps without an id.

use runsheet_diagnostics::fix::Fix;

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

/// Has the step read such a list as that of a group.
pub(super) fn adopt<'d>(reader: &mut Reader<'d, '_>) {
    if let Some(entry) = parallel(reader.node()) {
        reader.adopt("steps", entry);
    }
}

/// A step that nothing can refer to: it is offered the name of its kind.
pub(super) fn tell(reader: &mut Reader<'_, '_>) {
    if parallel(reader.node()).is_some() {
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
    if let Some(mut said) = reader.found().pop() {
        said.help = None;
        reader.found().push(said.fix(fix));
    }
}
