//! The lines of a record before its description.

use std::fmt;

use crate::form::Form;
use crate::sentence::Sentence;

/// What such a line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// The number.
    Id,
    /// Who wrote it.
    Source,
    /// Information, warning or error.
    Type,
    /// The category.
    Category,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "number",
            Self::Source => "source",
            Self::Type => "type",
            Self::Category => "category",
        })
    }
}

/// The printings of such lines, and what stands in their places.
const HEADS: &[(Form, &[Key])] = &[
    (Form("Event ID: {number}"), &[Key::Id]),
    (Form("Event ID:{number}"), &[Key::Id]),
    (Form("Event Id: {number}"), &[Key::Id]),
    (Form("EventID: {number}"), &[Key::Id]),
    (Form("Event: {number}"), &[Key::Id]),
    (Form("Event ID {number}"), &[Key::Id]),
    (
        Form("Event {number} Source {word}"),
        &[Key::Id, Key::Source],
    ),
    (Form("Event ID {ids} {word}"), &[Key::Id, Key::Source]),
    (
        Form("Event {number} {word} {kind}"),
        &[Key::Id, Key::Source, Key::Type],
    ),
    (
        Form("Event {number} {word} {text}"),
        &[Key::Id, Key::Source, Key::Category],
    ),
    (Form("Event {number}"), &[Key::Id]),
    (Form("{number}"), &[Key::Id]),
    (
        Form("Type {kind} Category {text}"),
        &[Key::Type, Key::Category],
    ),
    (Form("Type: {kind}"), &[Key::Type]),
    (Form("Type : {kind}"), &[Key::Type]),
    (Form("Type:{kind}"), &[Key::Type]),
    (Form("Type {kind}"), &[Key::Type]),
    (Form("Source: {text}"), &[Key::Source]),
    (Form("Source : {text}"), &[Key::Source]),
    (Form("Source:{text}"), &[Key::Source]),
    (Form("Source {word}"), &[Key::Source]),
    (Form("Category: {text}"), &[Key::Category]),
    (Form("Category : {text}"), &[Key::Category]),
    (Form("Category:{text}"), &[Key::Category]),
    (Form("Category {text}"), &[Key::Category]),
];

/// A number that the description follows on the same line (Q266442).
const RUN_ON: Form = Form("Error {number}-");

/// The same without a hyphen (Q169117).
const RUN_IN: Form = Form("Event ID {number}");

/// The lines at the beginning of a text, and what comes after them.
pub(super) fn read(text: &str) -> (Vec<Sentence>, &str) {
    if let Some((number, rest)) = text.split_once('-')
        && let Some(arguments) = RUN_ON.read(&format!("{number}-"))
    {
        return (vec![Sentence::new(RUN_ON, &arguments)], rest);
    }
    let mut head = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let found = HEADS
            .iter()
            .find_map(|(form, _)| Some((*form, form.read(line)?)));
        let Some((form, arguments)) = found.filter(|_| !line.is_empty()) else {
            let run_in = head.is_empty().then(|| run_in(rest)).flatten();
            return run_in.unwrap_or((head, rest));
        };
        head.push(Sentence::new(form, &arguments));
        rest = after;
    }
}

/// A number and the description after it on one line.
fn run_in(text: &str) -> Option<(Vec<Sentence>, &str)> {
    let (end, _) = text.match_indices(' ').nth(2)?;
    let arguments = RUN_IN.read(&text[..end])?;
    Some((vec![Sentence::new(RUN_IN, &arguments)], &text[end..]))
}

/// What a line tells, with its value.
pub(super) fn values(line: &Sentence) -> impl Iterator<Item = (Key, &str)> {
    let keys = HEADS.iter().find(|(form, _)| *form == line.form);
    let keys = keys.map_or(&[Key::Id][..], |(_, keys)| keys);
    let values = line.arguments.iter().map(String::as_str);
    keys.iter().copied().zip(values)
}
