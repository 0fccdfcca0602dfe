//! What nobody typed: characters that no text has, the marks of a merge, and spaces that are letters
//! to YAML.

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;

use super::glued::is_word;
use super::remedies::parses;
use super::{Document, Kind, Style, rules};

/// What makes it useless to read a text at all.
pub(super) fn unreadable(source: SourceId, text: &str) -> Vec<Diagnostic> {
    let control = control(source, text).into_iter();
    control.chain(merges(source, text)).collect()
}

fn control(source: SourceId, text: &str) -> Option<Diagnostic> {
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    let at = text.bytes().position(is_control)?;
    let byte = text.as_bytes()[at];
    let message = format!("a text file holds no such character: U+{byte:04X}");
    let told = Diagnostic::error(&rules::SYNTAX, message).at(Span::at(source, at..at + 1), "here");
    Some(told.help(match byte {
        0 => {
            "take it out; if one stands beside every letter, save the file as UTF-8, not as UTF-16"
                .to_owned()
        }
        _ => format!("take it out; if it is meant, write `\\x{byte:02x}` between double quotes"),
    }))
}

/// The lines by which a merge of versions parts what it could not bring together.
fn merges(source: SourceId, text: &str) -> Vec<Diagnostic> {
    if !text.contains("<<<<<<<") {
        return Vec::new();
    }
    let mut at = 0;
    let mut marks = Vec::new();
    for line in text.split_inclusive('\n') {
        let own = line.trim_end();
        let is_mark = |mark: &str| {
            let rest = own.strip_prefix(mark);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let mark = ["<<<<<<<", "=======", ">>>>>>>"]
            .into_iter()
            .find(|mark| is_mark(mark));
        marks.extend(mark.map(|mark| (mark, Span::at(source, at..at + own.len()))));
        at += line.len();
    }
    let begins = |(mark, _): &(&str, Span)| *mark == "<<<<<<<";
    let conflicts = marks.chunk_by(|_, next| !begins(next));
    let whole = conflicts.filter(|marks| begins(&marks[0]) && marks.len() > 1);
    whole.map(conflict).collect()
}

fn conflict(marks: &[(&str, Span)]) -> Diagnostic {
    let message = "a merge left two versions here";
    let told = Diagnostic::error(&rules::SYNTAX, message);
    let told = marks.iter().fold(told, |told, (mark, span)| {
        told.at(
            *span,
            match *mark {
                "<<<<<<<" => "one begins",
                "=======" => "the other begins",
                _ => "it ends",
            },
        )
    });
    told.help("keep one of them, or what both should become, and take these lines out")
}

/// Whether a letter looks like a space and is none to YAML.
fn is_odd(letter: char) -> bool {
    let is_line = matches!(letter, '\u{85}' | '\u{2028}' | '\u{2029}');
    let is_seen = letter.is_whitespace() && !is_line || matches!(letter, '\u{200b}' | '\u{feff}');
    is_seen && !letter.is_ascii()
}

/// Tells of spaces that are letters to YAML and part nothing, where they should: in the indentation,
/// behind a colon or a dash.
pub(super) fn odd_spaces(document: &Document) -> Option<Diagnostic> {
    let text = &**document.text();
    if text.is_ascii() || !text.chars().skip(1).any(is_odd) {
        return None;
    }
    let taken = document.nodes.iter().any(|raw| match raw.kind {
        Kind::Plain(Style::Plain, start, end) => {
            let written = &text[start as usize..end as usize];
            let borders = [written.chars().next(), written.chars().next_back()];
            borders.into_iter().flatten().any(is_odd) || is_torn_key(written)
        }
        _ => false,
    });
    let runs = runs(text);
    let first = runs.first().filter(|_| taken || !document.complete)?;
    let source = document.source();
    let fix = runs.iter().fold(Fix::new("put spaces"), |fix, run| {
        let letters = text[run.clone()].chars();
        let wide = letters.filter(|letter| !matches!(letter, '\u{200b}' | '\u{feff}'));
        fix.edit(Span::at(source, run.clone()), " ".repeat(wide.count()))
    });
    if !parses(&fix.apply_to(text)) {
        return None;
    }
    let letter = text[first.clone()].chars().find(|letter| is_odd(*letter))?;
    let what = match letter {
        '\u{a0}' | '\u{202f}' => "a no-break space",
        '\u{200b}' | '\u{feff}' => "a space without width",
        _ => "a space of another kind",
    };
    let message = format!("{what} is a letter to YAML (U+{:04X})", u32::from(letter));
    Some(
        Diagnostic::error(&rules::SYNTAX, message)
            .at(Span::at(source, first.clone()), "parts nothing")
            .help("type plain spaces: such come with text that is copied from elsewhere")
            .fix(fix),
    )
}

/// Whether that is a key with its value: `id:` and such a space.
fn is_torn_key(written: &str) -> bool {
    let parted = written.split_once(':');
    parted.is_some_and(|(key, value)| is_word(key) && value.starts_with(is_odd))
}

/// Such spaces, with others beside them, where they can only be meant to part something.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let own = line.trim_end_matches(['\n', '\r']);
        if !own.is_ascii() {
            let runs = of_line(own).into_iter();
            found.extend(runs.map(|run| at + run.start..at + run.end));
        }
        at += line.len();
    }
    // The mark that a file may begin with.
    found.retain(|run| !(run.start == 0 && text.starts_with('\u{feff}')));
    found
}

fn of_line(line: &str) -> Vec<Range<usize>> {
    let is_blank = |letter: char| letter == ' ' || is_odd(letter);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find(is_blank).map(|start| at + start) {
        let rest = &line[start..];
        let end = start + rest.find(|letter| !is_blank(letter)).unwrap_or(rest.len());
        let parts = parts(&line[..start], &line[end..]);
        if line[start..end].contains(is_odd) && parts {
            found.push(start..end);
        }
        at = end;
    }
    found
}

/// Whether what stands between two parts of a line is to part them.
fn parts(before: &str, after: &str) -> bool {
    let is_outside = |quote: char| before.matches(quote).count().is_multiple_of(2);
    if !is_outside('"') || !is_outside('\'') {
        return false;
    }
    if before.is_empty() {
        let key = after.split(':').next().unwrap_or_default();
        return after.starts_with(['-', '#', '{', '[']) || after != key && is_word(key);
    }
    let last = before.rsplit(|letter| is_odd(letter) || " {[,".contains(letter));
    let last = last.into_iter().next().unwrap_or_default();
    let is_key = last.strip_suffix(':').is_some_and(is_word);
    let is_item = last == "-" || before.ends_with([',', '{', '[']);
    is_key
        || is_item
        || after.trim_start_matches('\t').is_empty()
        || after.starts_with([',', ']', '}'])
}
