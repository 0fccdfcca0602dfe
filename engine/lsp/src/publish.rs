//! Diagnostics as editors show them.

use std::collections::{BTreeMap, BTreeSet};

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    PublishDiagnosticsParams,
};
use runsheet_diagnostics::diagnostic::{Diagnostic as Told, Severity};
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;

use crate::check::Checked;
use crate::position::{Encoding, Text};
use crate::uri;

/// What was found wrong, by the file that was checked and the file where it stands.
#[derive(Debug, Default)]
pub struct Board {
    shown: BTreeMap<String, BTreeMap<String, Vec<Diagnostic>>>,
}

impl Board {
    /// Takes up what a check found; gives the files of which something else is to be shown now.
    pub fn take(
        &mut self,
        root: &str,
        told: BTreeMap<String, Vec<Diagnostic>>,
    ) -> BTreeSet<String> {
        let mut changed: BTreeSet<String> = told.keys().cloned().collect();
        changed.insert(root.to_owned());
        if let Some(before) = self.shown.insert(root.to_owned(), told) {
            changed.extend(before.into_keys());
        }
        changed
    }

    /// Whether that is what is shown of a check already.
    #[must_use]
    pub fn shows(&self, root: &str, told: &BTreeMap<String, Vec<Diagnostic>>) -> bool {
        self.shown.get(root) == Some(told)
    }

    /// Forgets a file that is checked no more.
    pub fn forget(&mut self, root: &str) -> BTreeSet<String> {
        let before = self.shown.remove(root).unwrap_or_default();
        before.into_keys().chain([root.to_owned()]).collect()
    }

    /// What is to be shown of a file, whoever found it.
    #[must_use]
    pub fn of(&self, path: &str, version: Option<i32>) -> Option<PublishDiagnosticsParams> {
        // What the file says by itself comes first; others repeat most of it.
        let own = self.shown.get(path);
        let others = self.shown.iter().filter(|(root, _)| *root != path);
        let roots = own.into_iter().chain(others.map(|(_, told)| told));
        let mut seen = BTreeSet::new();
        let all = roots.filter_map(|told| told.get(path)).flatten();
        let all = all.filter(|one| seen.insert((places(one), code(one))));
        let all = all.cloned().collect();
        Some(PublishDiagnosticsParams::new(uri::of(path)?, all, version))
    }
}

/// Where something stands, to be compared.
fn places(one: &Diagnostic) -> [(u32, u32); 2] {
    [one.range.start, one.range.end].map(|place| (place.line, place.character))
}

fn code(one: &Diagnostic) -> Option<&str> {
    match &one.code {
        Some(NumberOrString::String(code)) => Some(code),
        _ => None,
    }
}

/// What a check found, by the file where it stands.
#[must_use]
pub fn by_file(checked: &Checked, encoding: Encoding) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut places = Places {
        sources: &checked.sources,
        encoding,
        texts: BTreeMap::new(),
    };
    let mut all: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for told in &checked.found {
        let source = told.span().map(|span| span.source).unwrap_or_default();
        let name = checked.sources.get(source).name.to_string();
        all.entry(name)
            .or_default()
            .push(diagnostic(told, &mut places));
    }
    all
}

/// From spans to places, each text taken apart once.
struct Places<'s> {
    sources: &'s Sources,
    encoding: Encoding,
    texts: BTreeMap<u16, Text>,
}

impl Places<'_> {
    fn of(&mut self, span: Span) -> lsp_types::Range {
        let source = self.sources.get(span.source);
        let text = self.texts.entry(span.source.0);
        let text = text.or_insert_with(|| Text::new(source.text.clone()));
        text.places(&span.range(), self.encoding)
    }
}

fn diagnostic(told: &Told, places: &mut Places<'_>) -> Diagnostic {
    let severity = match told.severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Advice => DiagnosticSeverity::INFORMATION,
    };
    let mut message = told.message.clone();
    if let Some(help) = &told.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    let more = told
        .labels
        .iter()
        .skip(1)
        .filter(|label| !label.text.is_empty());
    let more = more.filter_map(|label| {
        let name = &places.sources.get(label.span.source).name;
        Some(DiagnosticRelatedInformation {
            location: Location::new(uri::of(name)?, places.of(label.span)),
            message: label.text.clone(),
        })
    });
    let more: Vec<_> = more.collect();
    Diagnostic {
        range: told.span().map(|span| places.of(span)).unwrap_or_default(),
        severity: Some(severity),
        code: Some(NumberOrString::String(told.code.name.to_owned())),
        source: Some("runsheet".to_owned()),
        message,
        related_information: (!more.is_empty()).then_some(more),
        ..Diagnostic::default()
    }
}
