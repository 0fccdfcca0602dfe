//! Diagnostics as people see them on a terminal, drawn by miette.

use std::fmt;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::diagnostic::{Diagnostic, Label, Severity, sort};
use crate::source::{Source, Sources};
use crate::span::Span;

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// With colours, for a terminal.
    pub colour: bool,
    /// The columns there are.
    pub width: usize,
}

impl Default for Look {
    /// Without colours, 100 columns.
    fn default() -> Self {
        Self {
            colour: false,
            width: 100,
        }
    }
}

/// All diagnostics with the lines they are about, in the order of their places. What one of them
/// keeps confidential the others do not show beside their own lines.
pub fn graphical(diagnostics: &[Diagnostic], sources: &Sources, look: Look) -> String {
    let mut sorted = diagnostics.to_vec();
    sort(&mut sorted);
    let hidden = sorted.iter().filter(|one| one.confidential);
    let hidden = hidden.flat_map(|one| one.labels.iter().map(|label| label.span));
    let hidden: Vec<Span> = hidden.collect();
    let masked = (!hidden.is_empty()).then(|| sources.masked(&hidden));
    let sources = masked.as_ref().unwrap_or(sources);
    let theme = if look.colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_links(false);
    let mut out = String::new();
    for diagnostic in &sorted {
        for chapter in chapters(diagnostic, sources) {
            // Writing to a string fails only where miette cannot read a span of ours.
            if handler.render_report(&mut out, &chapter).is_err() {
                out.push_str(&line(diagnostic, sources));
            }
        }
        out.push('\n');
    }
    out
}

/// One line: `file:line:column: error[code]: message`.
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span().map(|span| sources.place(span));
    let (word, code) = (diagnostic.severity.word(), diagnostic.code.name);
    let message = &diagnostic.message;
    let place = place.map(|place| place + ": ").unwrap_or_default();
    format!("{place}{word}[{code}]: {message}")
}

/// What miette is given: the places of one diagnostic that lie in one text. A diagnostic whose
/// places lie in several texts becomes several of these, the first with its message and the last
/// with its help.
#[derive(Debug)]
struct Chapter<'d> {
    diagnostic: &'d Diagnostic,
    labels: Vec<&'d Label>,
    source: Option<Named<'d>>,
    /// Where it is, if no line is shown that says so.
    places: String,
    first: bool,
    last: bool,
}

fn chapters<'d>(diagnostic: &'d Diagnostic, sources: &'d Sources) -> Vec<Chapter<'d>> {
    let mut chapters: Vec<Chapter<'d>> = Vec::new();
    if !is_shown(diagnostic, sources) {
        let places = diagnostic.labels.iter();
        let places: Vec<String> = places.map(|label| sources.place(label.span)).collect();
        let mut chapter = Chapter::new(diagnostic, Vec::new(), None);
        (chapter.first, chapter.last) = (true, true);
        chapter.places = places.join(" and ");
        return vec![chapter];
    }
    for label in &diagnostic.labels {
        let same = |chapter: &&mut Chapter<'_>| {
            let first = chapter.labels.first();
            first.is_some_and(|other| other.span.source == label.span.source)
        };
        if let Some(chapter) = chapters.iter_mut().find(same) {
            chapter.labels.push(label);
        } else {
            let source = Some(Named(sources.get(label.span.source)));
            chapters.push(Chapter::new(diagnostic, vec![label], source));
        }
    }
    if chapters.is_empty() {
        chapters.push(Chapter::new(diagnostic, Vec::new(), None));
    }
    let last = chapters.len() - 1;
    chapters[0].first = true;
    chapters[last].last = true;
    chapters
}

/// A line that is longer is not shown: a person would not find the place in it.
const LONGEST: usize = 2_000;

/// Whether the lines of a diagnostic are for a person to see.
fn is_shown(diagnostic: &Diagnostic, sources: &Sources) -> bool {
    let is_short = |label: &Label| {
        let source = sources.get(label.span.source);
        let first = source.line_of(label.span.start as usize);
        let around = first.saturating_sub(1)..first + 2;
        let length = |line| source.line_start(line + 1) - source.line_start(line);
        around.map(length).all(|length| length <= LONGEST)
    };
    !diagnostic.confidential && diagnostic.labels.iter().all(is_short)
}

impl<'d> Chapter<'d> {
    fn new(diagnostic: &'d Diagnostic, labels: Vec<&'d Label>, source: Option<Named<'d>>) -> Self {
        Self {
            diagnostic,
            labels,
            source,
            places: String::new(),
            first: false,
            last: false,
        }
    }

    /// A point at the very end of a text has nothing to stand under: the last letter is shown.
    fn visible(&self, span: Span) -> Range<usize> {
        let text = self.source.as_ref().map_or("", |source| &source.0.text);
        let written = text.trim_end();
        if span.is_empty() && span.range().start >= written.len() {
            let last = written.chars().next_back().map_or(0, char::len_utf8);
            return written.len() - last..written.len();
        }
        span.range()
    }

    fn advice(&self) -> Option<&str> {
        let fix = self.diagnostic.fixes.first();
        let help = self.diagnostic.help.as_deref();
        help.or(fix.map(|fix| fix.title.as_str()))
            .filter(|_| self.last)
    }
}

impl fmt::Display for Chapter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(elsewhere) if !self.first => write!(f, "and in {}", elsewhere.0.name),
            _ if self.places.is_empty() => f.write_str(&self.diagnostic.message),
            _ => write!(f, "{}, at {}", self.diagnostic.message, self.places),
        }
    }
}

impl std::error::Error for Chapter<'_> {}

impl miette::Diagnostic for Chapter<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.first.then(|| Box::new(self.diagnostic.code.name) as _)
    }

    fn severity(&self) -> Option<miette::Severity> {
        let shown = if self.first {
            self.diagnostic.severity
        } else {
            Severity::Advice
        };
        Some(match shown {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.advice().map(|advice| Box::new(advice) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.labels.iter().enumerate().map(|(i, label)| {
            let text = Some(label.text.clone()).filter(|text| !text.is_empty());
            let span = self.visible(label.span);
            if self.first && i == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        });
        Some(Box::new(labels))
    }
}

/// A source as miette reads it: by the line, through the table of lines, so that a diagnostic far
/// down a large file costs no more than one at its top.
#[derive(Debug)]
struct Named<'s>(&'s Source);

impl SourceCode for Named<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let source = self.0;
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > source.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let last = source.line_of(end.saturating_sub(usize::from(end > start)));
        let first = source.line_of(start).saturating_sub(before);
        // Asked for no line before, miette wants the place itself: it is what the header names.
        let (from, column) = match before {
            0 => (start, source.place(start).column - 1),
            _ => (source.line_start(first), 0),
        };
        let to = source.line_start(last + after + 1);
        // Miette counts no line for a carriage return that nothing follows.
        let text = source.text[from..to].trim_end_matches(['\r', '\n']);
        let text = &source.text[from..(from + text.len()).max(end)];
        Ok(Box::new(MietteSpanContents::new_named(
            source.name.to_string(),
            text.as_bytes(),
            (from, text.len()).into(),
            first,
            column,
            last + after + 1 - first,
        )))
    }
}

#[cfg(test)]
#[path = "tests/render.rs"]
mod tests;
