//! Quick fixes: none is offered that would leave no YAML, and none of several is made unasked.

use std::sync::Arc;

use lsp_types::{
    CodeActionContext, CodeActionOrCommand, CodeActionParams, DocumentChanges, OneOf, Position,
    Range, TextDocumentIdentifier,
};
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;
use runsheet_step::Catalogue;

use super::{open, session};
use crate::plugins::Known;
use crate::{actions, uri};

static TOLD: Code = Code::new("plugin-missing", "# plugin-missing\n");

const TEXT: &str = "site: 1\nname: s\nplugins: {shelf: p}\nhosts: {A: {}, B: {}}\n";

/// The titles of what is offered anywhere in a site of which plugins tell things with such changes,
/// and the new words of each.
fn offered(changes: &'static [&'static [(&'static str, &'static str)]]) -> Vec<String> {
    let mut session = session(&[]);
    let kinds = Arc::new(Catalogue::default());
    session.store.plugins = Some(Arc::new(move |_, _, found| {
        for fixes in changes {
            let told = Diagnostic::error(&TOLD, "wrong").at(Span::at(SourceId(0), 0..4), "here");
            let fixes = fixes.iter().map(|(old, new)| {
                let at = TEXT.find(old).expect("a part of the text");
                let span = Span::at(SourceId(0), at..at + old.len());
                Fix::replace(format!("write {new}"), span, *new)
            });
            found.push(fixes.fold(told, Diagnostic::fix));
        }
        Known {
            kinds: Arc::clone(&kinds),
            drivers: [].into(),
        }
    }));
    open(&mut session, "s.yaml", TEXT);
    let asked = CodeActionParams {
        text_document: TextDocumentIdentifier::new(uri::of("/w/s.yaml").expect("an address")),
        range: Range::new(Position::new(0, 0), Position::new(9, 0)),
        context: CodeActionContext::default(),
        work_done_progress_params: Default::default(),
        partial_result_params: Default::default(),
    };
    let offered = actions::actions(&session, asked).expect("the file is open");
    offered.into_iter().map(drawn).collect()
}

fn drawn(action: CodeActionOrCommand) -> String {
    let CodeActionOrCommand::CodeAction(action) = action else {
        panic!("a command");
    };
    let Some(DocumentChanges::Edits(files)) = action.edit.and_then(|edit| edit.document_changes)
    else {
        panic!("edits of files");
    };
    let edits = files.into_iter().flat_map(|file| file.edits);
    let words = edits.map(|edit| match edit {
        OneOf::Left(edit) => edit.new_text,
        OneOf::Right(edit) => edit.text_edit.new_text,
    });
    let words: Vec<String> = words.collect();
    format!("{}: {}", action.title, words.join(" "))
}

#[test]
fn a_change_that_leaves_no_yaml_is_offered_nowhere() {
    assert_eq!(
        offered(&[&[("hosts", "{")], &[("name", "title")]]),
        ["write title: title", "fix all that can be fixed: title"]
    );
}

#[test]
fn of_several_changes_a_person_chooses() {
    assert_eq!(
        offered(&[&[("name", "title"), ("name", "called")]]),
        ["write title: title", "write called: called"]
    );
}
