//! A quote that is not closed on its line, and takes in what stands below it up to the next one.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::remedies::{above, mends};
use super::rules;
use super::syntax::Context;

/// More lines than these that leave a quote open are of a text that is meant to be long.
const MOST: usize = 8;

/// Tells where the quote began, if the text is YAML with it closed at the end of its line.
pub(super) fn left_open(at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let first = above(context.text, at);
    let before = context.text.get(first..at)?;
    let lines = before.split_inclusive('\n').scan(first, |start, line| {
        let begin = *start;
        *start += line.len();
        Some((begin, line))
    });
    let whole = lines.filter(|(_, line)| line.ends_with('\n'));
    let mut open = whole.filter_map(|(start, line)| Some(start + opens(line)?));
    open.by_ref()
        .take(MOST)
        .find_map(|quote| closed(quote, context))
}

/// Where a line opens a quote for a value that it does not close.
fn opens(line: &str) -> Option<usize> {
    let first = line.find(['"', '\''])?;
    let quote = &line[first..=first];
    let before = line[..first].trim_end();
    let begins = before.ends_with([':', '-', ',', '[', '{']) && !line[first + 1..].contains(quote);
    (begins && !before.trim_start().starts_with('#')).then_some(first)
}

/// Closes a quote behind the expression in it, at the end of its line, or before the brackets that
/// end it, wherever the text is YAML then.
pub(super) fn closing(quote: usize, context: &Context<'_>) -> Option<Fix> {
    let line = context.rest_of_line(quote).trim_end();
    let mark = line.chars().next()?;
    let within = line.trim_end_matches([']', '}', ',']).len();
    let is_next = |end: &usize| line[*end..].starts_with([',', ']', '}']);
    let expression = line.find("}}").map(|end| end + 2).filter(is_next);
    let fix = |length: usize| {
        let end = context.span(quote + length..quote + length);
        let fix = Fix::replace(format!("close it with {mark}"), end, mark);
        // What stands behind a comma may be the next value.
        match line[1..length].contains(", ") {
            true => fix.by_choice(),
            false => fix,
        }
    };
    let ends = expression.into_iter().chain([line.len(), within]);
    ends.map(fix).find(|fix| mends(fix, context))
}

fn closed(quote: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let fix = closing(quote, context)?;
    let told = Diagnostic::error(&rules::SYNTAX, "this quote is never closed");
    let place = context.span(quote..quote + 1);
    Some(told.at(place, "opened here").help("close it").fix(fix))
}
