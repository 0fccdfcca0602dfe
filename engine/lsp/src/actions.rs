//! Quick fixes: what a diagnostic offers, and all of them at once.

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    WorkspaceEdit,
};
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::{Edit, Fix};
use runsheet_diagnostics::source::SourceId;
use runsheet_language::document::kept;

use crate::check::Checked;
use crate::position::Text;
use crate::session::Session;
use crate::uri;

/// The actions that are offered at a place.
pub(crate) fn actions(session: &Session, asked: CodeActionParams) -> Option<CodeActionResponse> {
    let path = uri::path(&asked.text_document.uri)?;
    let (checked, text) = session.fresh(&path)?;
    let (from, to) = (asked.range.start, asked.range.end);
    let bytes = session.byte(&text, from)..session.byte(&text, to);
    let wanted = |kind: &CodeActionKind| {
        let only = asked.context.only.as_ref();
        only.is_none_or(|only| only.iter().any(|only| holds(only, kind)))
    };
    let mut offered = CodeActionResponse::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        for told in &checked.found {
            let touched = told.labels.iter().any(|label| {
                let span = label.span.range();
                label.span.source == SourceId(0)
                    && span.start <= bytes.end
                    && bytes.start <= span.end
            });
            if touched {
                offered.extend(fixes(session, checked, told));
            }
        }
    }
    if wanted(&CodeActionKind::SOURCE_FIX_ALL) {
        offered.extend(all(session, checked));
    }
    Some(offered)
}

/// Whether one kind of action is the other or a part of it.
fn holds(outer: &CodeActionKind, inner: &CodeActionKind) -> bool {
    let (outer, inner) = (outer.as_str(), inner.as_str());
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn fixes<'a>(
    session: &'a Session,
    checked: &'a Checked,
    told: &'a Diagnostic,
) -> impl Iterator<Item = CodeActionOrCommand> + 'a {
    let numbered = told.fixes.iter().enumerate();
    let is_kept = |fix: &Fix| !kept(vec![fix], &checked.sources).is_empty();
    let numbered = numbered.filter(move |(_, fix)| is_kept(fix));
    numbered.map(|(n, fix)| {
        let edits: Vec<&Edit> = fix.edits.iter().collect();
        CodeActionOrCommand::CodeAction(CodeAction {
            title: fix.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            edit: Some(changes(session, checked, &edits)),
            is_preferred: Some(n == 0 && told.fixes.len() == 1 && !fix.is_choice),
            ..CodeAction::default()
        })
    })
}

/// One action for the fix of every diagnostic of the file, but where a person decides on it or chooses
/// among several; of two that touch the same bytes the first is made.
fn all(session: &Session, checked: &Checked) -> Option<CodeActionOrCommand> {
    let mut taken: Vec<&Edit> = Vec::new();
    let own = |edit: &Edit| edit.span.source == SourceId(0);
    let only = checked.found.iter().filter_map(Diagnostic::only_fix);
    let ours = only.filter(|fix| !fix.is_choice && fix.edits.iter().all(own));
    for fix in kept(ours.collect(), &checked.sources) {
        if !clashes(fix, &taken) {
            taken.extend(&fix.edits);
        }
    }
    if taken.is_empty() {
        return None;
    }
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title: "fix all that can be fixed".to_owned(),
        kind: Some(CodeActionKind::SOURCE_FIX_ALL),
        edit: Some(changes(session, checked, &taken)),
        ..CodeAction::default()
    }))
}

fn clashes(fix: &Fix, taken: &[&Edit]) -> bool {
    let overlap = |a: &Edit, b: &Edit| {
        a.span == b.span || (a.span.start < b.span.end && b.span.start < a.span.end)
    };
    let mut own = fix.edits.iter();
    own.any(|edit| taken.iter().any(|other| overlap(edit, other)))
}

/// Edits of several files as an editor makes them.
fn changes(session: &Session, checked: &Checked, edits: &[&Edit]) -> WorkspaceEdit {
    let mut files: Vec<TextDocumentEdit> = Vec::new();
    for (source, read) in checked.sources.iter() {
        let text = Text::new(read.text.clone());
        let own = edits.iter().filter(|edit| edit.span.source == source);
        let own: Vec<OneOf<TextEdit, _>> = own
            .map(|edit| {
                let range = text.places(&edit.span.range(), session.encoding);
                OneOf::Left(TextEdit::new(range, edit.text.clone()))
            })
            .collect();
        if let Some(uri) = uri::of(&read.name).filter(|_| !own.is_empty()) {
            let version = session.version(&read.name);
            files.push(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
                edits: own,
            });
        }
    }
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(files)),
        ..WorkspaceEdit::default()
    }
}
