//! What an editor is answered, asked as functions: a text with `|` where the cursor stands.

mod answers;
mod calls;
mod fixes;
mod folders;
mod held;
mod keys;
mod large;
mod lists;
mod names;
mod overlays;
mod plugins;
mod prefixes;
mod renames;
mod rescues;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lsp_types::{
    CompletionItem, CompletionParams, CompletionResponse, DocumentChanges, OneOf,
    PublishDiagnosticsParams, RenameParams, TextDocumentIdentifier, TextDocumentPositionParams,
    TextEdit,
};
use runsheet_language::compose::{Files, Unreadable};
use runsheet_step::Catalogue;
use serde_json::json;

use crate::session::Session;
use crate::{completion, naming, uri};

pub(crate) const SITE: &str = "\
site: 1
name: small
groups: {dx: [EXCH1], requestors: [SALES]}
hosts:
  EXCH1: {vars: {exchange: \"4.0\"}}
  SALES: {vars: {drive: M}}
";

fn catalogue() -> Catalogue {
    runsheet_site::fill(Catalogue::default())
        .step(runsheet_assert::Kind)
        .step(runsheet_exec::Kind)
        .step(runsheet_wait_for_event::Kind)
}

/// Files by their whole paths, as a disk lists them.
struct Shelf(BTreeMap<String, Arc<str>>);

impl Files for Shelf {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        self.0.read(path)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = self.0.keys().filter_map(|path| {
            let rest = path.strip_prefix(folder)?.strip_prefix('/')?;
            rest.split('/').next().map(str::to_owned)
        });
        let names: BTreeSet<String> = inside.collect();
        names.into_iter().collect()
    }
}

/// A session in a folder with these files, of which none is open.
pub(crate) fn session(files: &[(&str, &str)]) -> Session {
    let on_disk = files.iter().map(|(name, text)| {
        let path = format!("/w/{name}");
        (path, Arc::from(*text))
    });
    let on_disk: BTreeMap<String, Arc<str>> = on_disk.collect();
    let mut session = Session::new(catalogue(), Arc::new(Shelf(on_disk)));
    session.folders = vec!["/w".to_owned()];
    session
}

/// Opens a text; gives what is to be shown of it.
pub(crate) fn open(session: &mut Session, name: &str, text: &str) -> Vec<PublishDiagnosticsParams> {
    session.open(&format!("/w/{name}"), text.to_owned(), 1)
}

/// Where the `|` stands in a text, and the text without it.
pub(crate) fn cursor(session: &Session, marked: &str) -> (String, lsp_types::Position) {
    let at = marked.find('|').expect("a cursor");
    let text = marked.replacen('|', "", 1);
    let place = crate::position::Text::new(text.as_str()).place(at, session.encoding);
    (text, place)
}

pub(crate) fn place(name: &str, position: lsp_types::Position) -> TextDocumentPositionParams {
    let uri = uri::of(&format!("/w/{name}")).expect("a path has an address");
    TextDocumentPositionParams::new(TextDocumentIdentifier::new(uri), position)
}

pub(crate) fn asked(name: &str, position: lsp_types::Position) -> CompletionParams {
    CompletionParams {
        text_document_position: place(name, position),
        work_done_progress_params: Default::default(),
        partial_result_params: Default::default(),
        context: None,
    }
}

/// What a rename of what stands at the `|` changes in each file, or why it cannot be.
pub(crate) fn renaming(
    session: &mut Session,
    (name, marked): (&str, &str),
    to: &str,
) -> Result<Vec<(String, Vec<TextEdit>)>, String> {
    let (text, position) = cursor(session, marked);
    open(session, name, &text);
    let asked = RenameParams {
        text_document_position: place(name, position),
        new_name: to.to_owned(),
        work_done_progress_params: Default::default(),
    };
    let edit = naming::rename(session, &asked)?;
    let Some(DocumentChanges::Edits(files)) = edit.document_changes else {
        panic!("edits of files");
    };
    let of_file = files.into_iter().map(|file| {
        let edits = file.edits.into_iter().map(|edit| match edit {
            OneOf::Left(edit) => edit,
            OneOf::Right(_) => panic!("a plain edit"),
        });
        let path = uri::path(&file.text_document.uri).expect("an address of a file");
        (path, edits.collect())
    });
    Ok(of_file.collect())
}

/// What can be typed where the `|` stands.
pub(crate) fn offered(session: &mut Session, marked: &str) -> Vec<CompletionItem> {
    let (text, position) = cursor(session, marked);
    open(session, "a.yaml", &text);
    let answer = completion::completion(session, asked("a.yaml", position));
    match answer {
        Some(CompletionResponse::Array(items)) => items,
        other => panic!("{}", json!(other)),
    }
}

pub(crate) fn labels(session: &mut Session, marked: &str) -> Vec<String> {
    let items = offered(session, marked).into_iter();
    items.map(|item| item.label).collect()
}
