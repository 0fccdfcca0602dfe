//! Where a name is defined, where it is used, and giving it another.

mod taken;

use std::collections::BTreeMap;
use std::ops::Range;

use lsp_types::{
    DocumentChanges, GotoDefinitionParams, GotoDefinitionResponse, Location, OneOf,
    OptionalVersionedTextDocumentIdentifier, PrepareRenameResponse, ReferenceParams, RenameParams,
    TextDocumentEdit, TextDocumentPositionParams, TextEdit, WorkspaceEdit,
};

use crate::session::Session;
use crate::steps::Scope;
use crate::symbol::{Gathered, Occurrence, Owner, Symbol, Views};
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
        Symbol::Output(owner, step, name) => {
            let given = output(session, &owner, &step, &name);
            if let Some((path, range)) = given {
                return place(session, &path, &range).map(Into::into);
            }
            // An output of a kind of the program's own is defined with its step.
            Symbol::Step(owner, step)
        }
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
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: text.places(&occurrence.range, session.encoding),
        placeholder: text.get()[occurrence.range].to_owned(),
    })
}

/// Gives what stands at a place another name, wherever it is called as it is here.
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
    let places = called(session, &path, &occurrence).ok_or("a file has gone")?;
    taken::look(session, (&path, &occurrence), &places, name)?;
    let mut files: Vec<TextDocumentEdit> = Vec::new();
    for (path, ranges) in places {
        let text = session.store.text(&path).ok_or("a file has gone")?;
        let edits = ranges.iter().map(|range| {
            let range = text.places(range, session.encoding);
            OneOf::Left(TextEdit::new(range, name.clone()))
        });
        files.push(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: uri::of(&path).ok_or("a file has no address")?,
                version: session.version(&path),
            },
            edits: edits.collect(),
        });
    }
    Ok(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(files)),
        ..WorkspaceEdit::default()
    })
}

/// The bytes of names by their files.
type Places = BTreeMap<String, Vec<Range<usize>>>;

/// Where something is called as it is at a place: a step that a patch renames has two names, and
/// each of them is a name of its own.
fn called(session: &Session, path: &str, occurrence: &Occurrence) -> Option<Places> {
    let text = session.store.text(path)?;
    let written = &text.get()[occurrence.range.clone()];
    let mut places = Places::new();
    for (path, one) in everywhere(session, &occurrence.symbol, path) {
        let text = session.store.text(&path)?;
        if text.get()[one.range.clone()] == *written {
            places.entry(path).or_default().push(one.range);
        }
    }
    Some(places)
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

/// Where what a step calls says what it gives as an output of this name.
fn output(
    session: &Session,
    owner: &Owner,
    step: &str,
    name: &str,
) -> Option<(String, Range<usize>)> {
    let scope = owner.define.clone().map_or(Scope::Main, Scope::Define);
    let mut views = Views::new(&session.store);
    let names = views.behind(&owner.file);
    let called = names.homes.get(&(scope, step.to_owned()))?.call.as_ref()?;
    let below = views.behind(&called.file);
    let mut files = std::iter::once(&called.file).chain(&below.bases);
    files.find_map(|path| {
        let tree = session.store.tree(path)?;
        let holder = match &called.define {
            Some(define) => tree.get(tree.get(Tree::ROOT, "define")?, define)?,
            None => Tree::ROOT,
        };
        let output = tree.get(tree.get(holder, "outputs")?, name)?;
        Some((path.clone(), tree.node(output).key.clone()?))
    })
}

fn location(session: &Session, path: &str, one: &Occurrence) -> Option<Location> {
    place(session, path, &one.range)
}

fn place(session: &Session, path: &str, range: &Range<usize>) -> Option<Location> {
    let text = session.store.text(path)?;
    let range = text.places(range, session.encoding);
    Some(Location::new(uri::of(path)?, range))
}
