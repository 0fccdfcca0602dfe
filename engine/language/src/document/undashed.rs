//! An item of a list that has lost its dash.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;

use super::glued::is_word;
use super::node::Node;
use super::remedies::{indentation, is_yaml, mends};
use super::rules;
use super::syntax::Context;

/// Tells of a line that stands where the dashes of the items above stand, with the rest of its
/// item below as deep as theirs, if the text is YAML with a dash before it.
pub(super) fn item(at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let start = context.text[..at].rfind('\n')? + 1;
    let (above, below) = context.text.split_at(start);
    let column = indentation(below);
    let is_deeper = |line: &&str| indentation(line) > column;
    let is_item = |line: &str| indentation(line) == column && line[column..].starts_with("- ");
    let said = |line: &&str| !line.trim().is_empty();
    let mut lines = below.lines().filter(said);
    let own = lines.next()?;
    let is_whole = own
        .split_once(": ")
        .is_some_and(|(key, value)| is_word(key.trim_start()) && !value.is_empty());
    let rest = lines.next().filter(is_deeper).map(indentation);
    let mut beside = above.lines().rev().filter(said).skip_while(is_deeper);
    if !is_whole || rest != Some(column + 2) || !beside.next().is_some_and(is_item) {
        return None;
    }
    let first = start + column;
    let place = context.span(first..first + own[column..].trim_end().len());
    let (before, after) = context.text.split_at(first);
    is_yaml(&format!("{before}- {after}"), first)
        .then(|| told(place).fix(Fix::replace("put `- ` before it", place.before(), "- ")))
}

fn told(place: Span) -> Diagnostic {
    Diagnostic::error(&rules::SYNTAX, "this item of a list has no `- `").at(place, "begins no item")
}

/// Signs that an item of a list begins with elsewhere.
const LONG: [char; 5] = ['–', '—', '−', '‐', '•'];

/// Tells of items that begin with another sign than `-`, if the text is YAML with that.
pub(super) fn long_dash(at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let begin = context.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let mut start = 0;
    let mut signs = Vec::new();
    for line in context.text.split_inclusive('\n') {
        let own = line.trim_start_matches(' ');
        let first = start + line.len() - own.len();
        let item = own
            .strip_prefix(LONG)
            .and_then(|item| item.strip_prefix(' '));
        let key = item.and_then(|item| item.split_once(':'));
        if key.is_some_and(|(key, _)| is_word(key)) {
            let sign = own.len() - item.unwrap_or_default().len() - 1;
            signs.push((start, first..first + sign));
        }
        start += line.len();
    }
    let near = signs.iter().rfind(|(line, _)| *line <= begin)?;
    let fix = signs.iter().fold(Fix::new("put `-`"), |fix, (_, sign)| {
        fix.edit(context.span(sign.clone()), "-")
    });
    let message = "an item of a list begins with `-`, and this is another sign";
    let told =
        Diagnostic::error(&rules::SYNTAX, message).at(context.span(near.1.clone()), "no `-`");
    mends(&fix, context).then(|| told.fix(fix))
}

/// Tells of an `id` that stands a second time in a step and begins another, as the keys before it
/// and behind it show; `first` is the first key of the step.
pub(super) fn second_step(first: Node<'_>, id: Node<'_>, behind: &[&str]) -> Option<Diagnostic> {
    let (item, own) = (first.line_before(), id.line_before());
    let acts = |key: &str| matches!(key, "uses" | "steps");
    let document = first.document();
    let before = (first.number()..id.number()).map(|number| Node::new(document, number));
    // The map is not read to its end: its keys are those that stand as deep as its first.
    let mut before = before.filter(|node| node.line_before().len() == item.len());
    let is_step = before.any(|node| node.text().is_some_and(acts));
    let is_other = behind.iter().any(|key| acts(key));
    let is_below = own.trim_start_matches(' ').is_empty() && own.len() == item.len();
    if !is_step || !is_other || !is_below || item.trim_start_matches(' ') != "- " {
        return None;
    }
    let place = id.span();
    let start = place.range().start;
    let dash = Fix::replace(
        "put `- ` before it",
        Span::at(place.source, start - 2..start),
        "- ",
    );
    Some(told(place).fix(dash))
}
