//! What kinds take and give that are made of steps, as the language reads their files.

use runsheet_diagnostics::source::Sources;
use runsheet_language::definitions::{Definition, definitions, whole};
use runsheet_step::Catalogue;

use crate::store::Store;
use crate::symbol::Owner;

/// The kind that a file defines, or the file as a kind.
#[must_use]
pub fn called(owner: &Owner, store: &Store, catalogue: &Catalogue) -> Option<Definition> {
    let mut sources = Sources::new();
    let text = store.text(&owner.file)?;
    let source = sources.add(owner.file.as_str(), text.get().clone());
    match &owner.define {
        Some(name) => {
            let all = definitions(source, &mut sources, catalogue, store);
            all.into_iter().find(|one| *one.name == **name)
        }
        None => whole(source, &mut sources, catalogue, store),
    }
}
