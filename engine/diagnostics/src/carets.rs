//! Diagnostics written under the lines they are about, for tests that people can read:
//!
//! ```text
//! steps:
//!   - id: a
//!     usse: exec
//!     ^^^^ unknown-key
//! ```

use std::fmt::Write;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources};

/// The text of a source with a line of carets under every culprit in it, in order.
pub fn annotate(diagnostics: &[Diagnostic], sources: &Sources, id: SourceId) -> String {
    let source = sources.get(id);
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.span());
    let mut out = String::new();
    for line in 0..source.lines() {
        let (start, end) = (source.line_start(line), source.line_start(line + 1));
        let text = &source.text[start..end];
        out.push_str(text);
        let mut ended = text.is_empty() || text.ends_with('\n');
        for diagnostic in &sorted {
            let Some(span) = diagnostic.span().filter(|span| span.source == id) else {
                continue;
            };
            if source.line_of(span.start as usize) != line {
                continue;
            }
            if !std::mem::replace(&mut ended, true) {
                out.push('\n');
            }
            let first = span.start as usize;
            let last = (span.end as usize).min(start + text.trim_end().len());
            let before = source.text[start..first].chars().count();
            let under = source.text[first..last.max(first)].chars().count().max(1);
            let name = diagnostic.code.name;
            let _ = writeln!(out, "{:before$}{:^<under$} {name}", "", "");
        }
    }
    out
}

/// The text without its lines of carets.
pub fn strip(annotated: &str) -> String {
    let is_text = |line: &&str| !line.trim_start_matches(' ').starts_with('^');
    annotated.split_inclusive('\n').filter(is_text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;
    use crate::span::Span;

    static CODE: Code = Code::new("unknown-key", "");

    #[test]
    fn carets_stand_under_the_culprit_and_can_be_taken_away() {
        let text = "é: 1\nb: two three\n";
        let mut sources = Sources::new();
        let id = sources.add("a", text);
        let at = |range| Diagnostic::error(&CODE, "no").at(Span::at(id, range), "");
        let shown = annotate(&[at(13..18), at(9..12), at(0..2)], &sources, id);
        let wanted =
            "é: 1\n^ unknown-key\nb: two three\n   ^^^ unknown-key\n       ^^^^^ unknown-key\n";
        assert_eq!(shown, wanted);
        assert_eq!(strip(&shown), text);
    }
}
