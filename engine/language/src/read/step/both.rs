//! A group that says what only single steps say: a kind beside `steps:`, or what goes with one.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::keys::NOT_OF_GROUPS;
use super::possible_id;
use crate::document::layout::{Layout, is_commented};
use crate::document::{Entry, Node};
use crate::read::NO_BODY;
use crate::reader::{Reader, bare};

/// Tells of them: with a kind, as one mistake.
pub(super) fn refuse(reader: &mut Reader<'_, '_>) {
    let of_steps: Vec<Entry<'_>> = NOT_OF_GROUPS
        .iter()
        .filter_map(|key| reader.take(key))
        .collect();
    if let Some(uses) = reader.take("uses") {
        let message = "a step is of a kind or holds steps, not both";
        let told = Diagnostic::error(&NO_BODY, message).at(uses.key.span(), "of a kind");
        let told = of_steps
            .iter()
            .fold(told, |told, entry| told.at(bare(entry.key), ""));
        let told = told.help("put it into its `steps:` as a step of its own");
        let fix = inside(reader.node(), uses, &of_steps);
        reader.found().push(match fix {
            Some(fix) => told.fix(fix.by_choice()),
            None => told,
        });
        return;
    }
    for entry in of_steps {
        let message = format!(
            "`{}` is a matter of single steps, and this is a group",
            entry.name()
        );
        let diagnostic = Diagnostic::error(&NO_BODY, message).at(bare(entry.key), "of a group");
        reader
            .found()
            .push(diagnostic.help("move it to the steps inside"));
    }
}

/// Makes a step of it, before the others of the group.
fn inside(step: Node<'_>, uses: Entry<'_>, more: &[Entry<'_>]) -> Option<Fix> {
    // Without its input it would be no step yet.
    step.get("with")?;
    let own = Layout::of(step)?;
    let first = step.get("steps")?.value.items().next()?;
    let is_ours = first.span().source == step.span().source;
    let (head, is_map) = (first.entries().next()?, first.is_map());
    let id = possible_id(uses.value.text()?);
    let is_taken =
        |item: Node<'_>| item.get("id").and_then(|other| other.value.text()) == Some(&id);
    let dash = first.line_before();
    let is_block = !own.is_flow && is_ours && is_map && !is_commented(head);
    if !is_block || dash.trim() != "-" || step.get("steps")?.value.items().any(is_taken) {
        return None;
    }
    let deeper = " ".repeat(dash.chars().count());
    let mut text = format!("id: {id}\n");
    let gone: Vec<Entry<'_>> = [uses].iter().chain(more).copied().collect();
    for entry in &gone {
        text.push_str(&format!("{deeper}{}\n", own.text(*entry, own)?));
    }
    let fix = Fix::new(format!("make it the step `{id}`"));
    let fix = own.without(fix, &gone)?;
    Some(fix.edit(first.span().before(), text + dash))
}
