//! Where a name is defined, where it is used, and giving it another.

use lsp_types::{
    DocumentChanges, GotoDefinitionParams, GotoDefinitionResponse, Location, OneOf,
    OptionalVersionedTextDocumentIdentifier, PrepareRenameResponse, ReferenceParams, RenameParams,
    TextDocumentEdit, TextDocumentPositionParams, TextEdit, WorkspaceEdit,
};

use crate::session::Session;
use crate::symbol::{Gathered, Occurrence, Symbol};
use crate::tree::Tree;
use crate::uri;

/// Where what stands at a place is defined.
pub(crate) fn definition(
    session: &Session,
    asked: GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let (_, occurrence) = at(session, &asked.text_document_position_params)?;
    if let Symbol::File(path) = &occurrence.symbol {
        let location = Location::new(uri::of(path)?, lsp_types::Range::default());
        return session.store.text(path).map(|_| location.into());
    }
    let symbol = match occurrence.symbol {
        // An output is defined with its step.
        Symbol::Output(owner, step, _) => Symbol::Step(owner, step),
        symbol => symbol,
    };
    let found = everywhere(
        session,
        &symbol,
        &asked_path(&asked.text_document_position_params)?,
    );
    let defined = found.into_iter().filter(|(_, one)| one.defines);
    let places = defined.filter_map(|(path, one)| location(session, &path, &one));
    Some(GotoDefinitionResponse::Array(places.collect()))
}

/// Every place where what stands at a place is named.
pub(crate) fn references(session: &Session, asked: ReferenceParams) -> Option<Vec<Location>> {
    let (path, occurrence) = at(session, &asked.text_document_position)?;
    let found = everywhere(session, &occurrence.symbol, &path).into_iter();
    let wanted = found.filter(|(_, one)| asked.context.include_declaration || !one.defines);
    let places = wanted.filter_map(|(path, one)| location(session, &path, &one));
    Some(places.collect())
}

/// Whether what stands at a place can be given another name, and its bytes.
pub(crate) fn prepare(
    session: &Session,
    asked: TextDocumentPositionParams,
) -> Option<PrepareRenameResponse> {
    let (path, occurrence) = at(session, &asked)?;
    if !occurrence.symbol.can_be_renamed() {
        return None;
    }
    let text = session.store.text(&path)?;
    let range = text.places(&occurrence.range, session.encoding);
    let placeholder = occurrence.symbol.name().to_owned();
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range,
        placeholder: match occurrence.symbol {
            Symbol::Item(..) => text.get()[occurrence.range].to_owned(),
            _ => placeholder,
        },
    })
}

/// Gives what stands at a place another name, wherever it is named.
///
/// # Errors
/// Why it cannot have that name.
pub(crate) fn rename(session: &Session, asked: &RenameParams) -> Result<WorkspaceEdit, String> {
    let name = &asked.new_name;
    let place = &asked.text_document_position;
    let named = at(session, place).filter(|(_, one)| one.symbol.can_be_renamed());
    let (path, occurrence) = named.ok_or("nothing that has a name of its own stands here")?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if !name.chars().all(plain) || !name.starts_with(char::is_alphabetic) {
        return Err(format!(
            "`{name}` cannot be a name: it is a letter, then letters, digits, `-` and `_`"
        ));
    }
    let found = everywhere(session, &occurrence.symbol, &path);
    let mut files: Vec<TextDocumentEdit> = Vec::new();
    for (path, one) in found {
        let place = location(session, &path, &one).ok_or("a file has gone")?;
        let edit = OneOf::Left(TextEdit::new(place.range, name.clone()));
        match files
            .iter_mut()
            .find(|file| file.text_document.uri == place.uri)
        {
            Some(file) => file.edits.push(edit),
            None => files.push(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    uri: place.uri,
                    version: session.version(&path),
                },
                edits: vec![edit],
            }),
        }
    }
    Ok(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(files)),
        ..WorkspaceEdit::default()
    })
}

fn asked_path(asked: &TextDocumentPositionParams) -> Option<String> {
    uri::path(&asked.text_document.uri)
}

/// What is named at a place.
fn at(session: &Session, asked: &TextDocumentPositionParams) -> Option<(String, Occurrence)> {
    let path = asked_path(asked)?;
    let text = session.store.text(&path)?;
    let tree = Tree::parse(text.get().clone());
    let gathered = Gathered::of(&path, &tree, &session.store, session.tables(&path));
    let byte = session.byte(&text, asked.position);
    let found = gathered.at(byte)?.clone();
    Some((path, found))
}

/// Every place where something is named, in the file that has it and those that depend on it.
fn everywhere(session: &Session, symbol: &Symbol, here: &str) -> Vec<(String, Occurrence)> {
    let mut files = vec![here.to_owned()];
    match symbol.home() {
        Some(home) => {
            files.push(home.to_owned());
            files.extend(session.store.dependents(home));
        }
        None => files.extend(session.store.files().map(str::to_owned)),
    }
    files.sort_unstable();
    files.dedup();
    let mut found = Vec::new();
    for path in files {
        let Some(tree) = session.store.tree(&path) else {
            continue;
        };
        let gathered = Gathered::of(&path, &tree, &session.store, session.tables(&path));
        let same = gathered.all.iter().filter(|one| one.symbol == *symbol);
        found.extend(same.map(|one| (path.clone(), one.clone())));
    }
    found
}

fn location(session: &Session, path: &str, one: &Occurrence) -> Option<Location> {
    let text = session.store.text(path)?;
    let range = text.places(&one.range, session.encoding);
    Some(Location::new(uri::of(path)?, range))
}
