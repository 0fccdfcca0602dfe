//! Tabs that indent a line, where the parser of YAML minds none.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use serde_yaml::granit_parser::Event;

use super::super::{rules, syntax};
use super::Builder;

impl Builder {
    /// Complains about a tab in the indentation of the line that a key, an item or a value begins.
    /// Between brackets, lines need no indentation.
    pub(super) fn look_for_tab(&mut self, event: &Event<'_>, at: Span) {
        let begins = matches!(
            event,
            Event::Scalar(..)
                | Event::SequenceStart(..)
                | Event::MappingStart(..)
                | Event::Alias(_)
                | Event::UnresolvedAlias(_)
        );
        let start = at.range().start;
        let in_brackets = self.open.last().is_some_and(|open| open.flow);
        if !begins || in_brackets || !is_indented_by_tab(&self.document.text()[..start]) {
            return;
        }
        let text = Arc::clone(self.document.text());
        if let Some(tab) = syntax::tab(start, &self.context(&text)) {
            self.mistake(tab);
        }
    }

    /// Tells a mistake of syntax, but of a line that a tab indents no second one.
    pub(super) fn mistake(&mut self, mistake: Diagnostic) {
        let is_tab = mistake.code.name == rules::TAB.name;
        let tab = mistake.span().filter(|_| is_tab);
        if tab.is_none() || tab != self.tab {
            self.found.push(mistake);
        }
        self.tab = tab.or(self.tab);
    }
}

/// Whether a text ends with a line of nothing but blanks, tabs among them, and of the marks of items,
/// keys and values.
fn is_indented_by_tab(before: &str) -> bool {
    let marks = before.bytes().rev();
    let line = marks.take_while(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'?' | b':'));
    let length = line.count();
    let line = &before[before.len() - length..];
    let begins = before.len() == length || before[..before.len() - length].ends_with(['\n', '\r']);
    let indentation = line.find(['-', '?', ':']).unwrap_or(length);
    begins && line[..indentation].contains('\t')
}
