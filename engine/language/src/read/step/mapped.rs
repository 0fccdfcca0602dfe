//! Steps that stand in a map, as in other tools, each under its id.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::keys::STEP;
use crate::document::{Entry, Node};
use crate::reader::listed::listed;
use crate::reader::{WRONG_TYPE, bare};

/// Whether it is a map of maps, and not a single step without its dash.
pub(super) fn is_by_id(node: Node<'_>) -> bool {
    let is_step =
        |entry: crate::document::Entry<'_>| entry.value.is_map() && !STEP.knows(entry.name());
    node.is_map() && node.entries().len() > 0 && node.entries().all(is_step)
}

/// An item of a list of steps: it stands a level too deep where it is a list of steps itself, or a
/// map of nothing but one, under its id.
pub(super) fn one<'d>(
    item: Node<'d>,
    steps: &mut Vec<(Node<'d>, Option<Node<'d>>)>,
    found: &mut Vec<Diagnostic>,
) {
    let is_step =
        |node: Node<'_>| node.is_map() && node.entries().any(|one| STEP.knows(one.name()));
    let mut entries = item.entries();
    let only = entries.next().filter(|_| entries.next().is_none());
    let called = only.filter(|only| !STEP.knows(only.name()) && is_step(only.value));
    if item.items().len() > 0 && item.items().all(is_step) {
        found.push(too_deep(item));
        steps.extend(item.items().map(|inner| (inner, None)));
    } else if let Some(called) = called {
        found.push(under_its_id(called));
        let has_id = called.value.get("id").is_some();
        steps.push((called.value, (!has_id).then_some(called.key)));
    } else {
        steps.push((item, None));
    }
}

fn too_deep(list: Node<'_>) -> Diagnostic {
    let told = Diagnostic::error(
        &WRONG_TYPE,
        "expected a step (a map), found a list of steps",
    );
    let told = told.at(list.place(), "stands a level too deep");
    let told = told.help(
        "take one `- ` away: steps that belong together are a group, with an `id:` and `steps:`",
    );
    // What stands below the dash stays where it is.
    let mut items = list.items();
    let is_alone = items.next().is_some() && items.next().is_none();
    let before = list.line_before();
    let is_block = before.trim_start_matches(' ') == "- " && !list.written().starts_with('[');
    match is_alone && is_block {
        true => {
            let dash = list.span().part(0..1);
            told.fix(Fix::replace("take the second `-` away", dash, " "))
        }
        false => told,
    }
}

fn under_its_id(step: Entry<'_>) -> Diagnostic {
    let id = step.name();
    let told = Diagnostic::error(
        &WRONG_TYPE,
        format!("a step says its id itself, as `id: {id}`"),
    );
    let told = told.at(bare(step.key), "should be its id");
    let own = step.value.get("id").is_some();
    let told = told.help(match own {
        true => format!("leave `{id}:` out"),
        false => format!("write `- id: {id}`, and its keys below"),
    });
    let is_block = !step.value.written().starts_with('{');
    let first = step.value.entries().next().map(|first| first.key);
    let deeper = first.map(|first| first.line_before().to_owned());
    let (Some(first), Some(deeper)) = (first, deeper) else {
        return told;
    };
    let column = step.key.line_before().chars().count();
    let is_plain = is_block && deeper.chars().all(|letter| letter == ' ') && deeper.len() > column;
    if own || !is_plain {
        return told;
    }
    // The keys come as far to the left as the id.
    let gone = deeper.len() - column;
    let span = step.value.span();
    let written = step.value.written();
    let head = step.key.span().to(first.span().before());
    let fix = Fix::replace(
        format!("write `id: {id}`"),
        head,
        format!("id: {id}\n{}", " ".repeat(column)),
    );
    let lines = written.match_indices('\n').map(|(feed, _)| feed + 1);
    let lines = lines.filter(|line| written[*line..].starts_with(&*deeper));
    let fix = lines.fold(fix, |fix, line| fix.edit(span.part(line..line + gone), ""));
    told.fix(fix)
}

/// Says that it is a list.
pub(super) fn told(node: Node<'_>) -> Diagnostic {
    let first = node.entries().next();
    let (place, id) = first.map_or((node.place(), ".."), |entry| {
        (bare(entry.key), entry.name())
    });
    let told = Diagnostic::error(&WRONG_TYPE, "expected a list, found a map of steps")
        .at(place, "should be an item")
        .help(format!(
            "steps stand in a list, and each says its id: `- id: {id}`"
        ));
    match listed(node) {
        Some(fix) => told.fix(fix),
        None => told,
    }
}
