//! A quote that is not closed on its line, and takes in what stands below it up to the next one.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::remedies::{TRIED, mends};
use super::rules;
use super::syntax::Context;

/// More lines than these that leave a quote open are of a text that is meant to be long.
const MOST: usize = 8;

/// Tells where the quote began, if the text is YAML with it closed at the end of its line.
pub(super) fn left_open(at: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let before = context.text.get(..at).filter(|text| text.len() <= TRIED)?;
    let lines = before.split_inclusive('\n').scan(0, |start, line| {
        let begin = *start;
        *start += line.len();
        Some((begin, line))
    });
    let above = lines.filter(|(_, line)| line.ends_with('\n'));
    let mut open = above.filter_map(|(start, line)| Some(start + opens(line)?));
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

/// Closes a quote at the end of its line, or before the brackets that end it.
fn closed(quote: usize, context: &Context<'_>) -> Option<Diagnostic> {
    let line = context.rest_of_line(quote).trim_end();
    let mark = line.chars().next()?;
    let within = line.trim_end_matches([']', '}', ',']).len();
    let fix = |length: usize| {
        let end = context.span(quote + length..quote + length);
        Fix::replace(format!("close it with {mark}"), end, mark)
    };
    let mut fixes = [line.len(), within].into_iter().map(fix);
    let fix = fixes.find(|fix| mends(fix, context))?;
    let told = Diagnostic::error(&rules::SYNTAX, "this quote is never closed");
    let place = context.span(quote..quote + 1);
    Some(told.at(place, "opened here").help("close it").fix(fix))
}
