//! All files that a workflow is read from: its own, those it includes, and the workflows that its
//! steps call by their paths.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;

use super::call::is_path;
use super::include::included;
use super::library::LibraryId;
use crate::compose::Loader;
use crate::document::{Document, Node};
use crate::keys::LISTS_OF_STEPS;

/// The files, each after those it names; the last is the workflow's own.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub(crate) files: Vec<File>,
}

/// One file.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) document: Arc<Document>,
    /// The files it names, by the place of the scalar that does.
    pub(crate) names: BTreeMap<Span, LibraryId>,
    /// Whether a step calls it as a whole.
    pub(crate) is_called: bool,
}

impl Shelf {
    /// Finds all files that lead on from a document.
    pub(crate) fn of(document: Arc<Document>, loader: &mut Loader<'_>) -> Shelf {
        let mut shelf = Shelf { files: Vec::new() };
        shelf.add(document, loader);
        shelf
    }

    fn add(&mut self, document: Arc<Document>, loader: &mut Loader<'_>) -> LibraryId {
        let mut names = BTreeMap::new();
        for (node, is_call) in named_by(&document) {
            let found = loader.named(node, |loader, document| {
                let document = &match is_call {
                    true => loader.called(document),
                    false => Arc::clone(document),
                };
                let known = self
                    .files
                    .iter()
                    .position(|file| Arc::ptr_eq(&file.document, document));
                known.unwrap_or_else(|| self.add(Arc::clone(document), loader))
            });
            if let Some(found) = found {
                self.files[found].is_called |= is_call;
                names.insert(node.span(), found);
            }
        }
        self.files.push(File {
            document,
            names,
            is_called: false,
        });
        self.files.len() - 1
    }

    /// The same, for those who ask what the workflow's own file is to its callers.
    pub(crate) fn called_itself(mut self) -> Self {
        if let Some(main) = self.files.last_mut() {
            main.is_called = true;
        }
        self
    }

    /// The number of the workflow's own file.
    pub(crate) fn main(&self) -> LibraryId {
        self.files.len() - 1
    }

    /// The document of a file.
    pub(crate) fn document(&self, file: LibraryId) -> &Document {
        &self.files[file].document
    }

    /// The file that another includes under a name.
    pub(crate) fn space(&self, file: LibraryId, space: &str) -> Option<LibraryId> {
        let file = &self.files[file];
        let mut all = included(file.document.root()?).into_iter();
        let one = all.find(|one| one.space() == space)?;
        file.names.get(&one.file.span()).copied()
    }

    /// The workflow that a step calls by its path, by the name of its file.
    pub(crate) fn whole(&self, name: &str) -> Option<LibraryId> {
        let mut calls = self.files.iter().flat_map(|file| {
            let named = named_by(&file.document).into_iter();
            named.filter_map(|(node, is_call)| {
                let stem = Path::new(node.text()?).file_stem()?;
                let called = file.names.get(&node.span()).filter(|_| is_call)?;
                (stem == name).then_some(*called)
            })
        });
        calls.next()
    }

    /// Where what `uses:` names in a file stands, if it is made of steps: the file and the name of
    /// the definition there; without one the whole file.
    pub(crate) fn called<'u>(
        &self,
        file: LibraryId,
        uses: Node<'u>,
    ) -> Option<(LibraryId, Option<&'u str>)> {
        let name = uses.text()?;
        if is_path(name) {
            let called = self.files[file].names.get(&uses.span())?;
            return Some((*called, None));
        }
        self.defined(file, name)
            .map(|(file, name)| (file, Some(name)))
    }

    /// Where a definition stands, by the name that a file has for it.
    pub(crate) fn defined<'u>(
        &self,
        file: LibraryId,
        name: &'u str,
    ) -> Option<(LibraryId, &'u str)> {
        let has = |file: LibraryId, name: &str| {
            let root = self.files[file].document.root()?;
            root.get("define")?.value.get(name)
        };
        // A rendered file defines names with dots.
        if has(file, name).is_some() {
            return Some((file, name));
        }
        let (space, name) = name.split_once('.')?;
        let file = self.space(file, space)?;
        has(file, name).map(|_| (file, name))
    }

    /// The texts that all documents were made of, those of the workflow's own first.
    pub(crate) fn sources(&self) -> Vec<SourceId> {
        let mut seen = BTreeSet::new();
        let files = self.files.iter().rev();
        let all = files.flat_map(|file| file.document.sources());
        all.filter(|source| seen.insert(*source)).collect()
    }

    /// The documents, each after those it names; the last is the workflow's own.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &Document> {
        self.files.iter().map(|file| &*file.document)
    }

    /// Whether all texts were read to their ends.
    pub(crate) fn is_complete(&self) -> bool {
        self.files.iter().all(|file| file.document.is_complete())
    }
}

/// The scalars of a document that name files, and whether a step calls what they name.
fn named_by(document: &Document) -> Vec<(Node<'_>, bool)> {
    let Some(root) = document.root() else {
        return Vec::new();
    };
    let mut found: Vec<_> = included(root)
        .into_iter()
        .map(|one| (one.file, false))
        .collect();
    let mut lists: Vec<Node<'_>> = Vec::new();
    let defines = root.get("define").into_iter();
    let defines = defines.flat_map(|define| define.value.entries());
    for map in defines.map(|define| define.value).chain([root]) {
        lists.extend(LISTS_OF_STEPS.iter().filter_map(|key| list(map, key)));
    }
    while let Some(list_of_steps) = lists.pop() {
        for step in list_of_steps.items() {
            lists.extend(LISTS_OF_STEPS.iter().filter_map(|key| list(step, key)));
            let uses = step.get("uses").map(|entry| entry.value);
            let path = uses.filter(|uses| uses.text().is_some_and(is_path));
            found.extend(path.map(|path| (path, true)));
        }
    }
    found.sort_by_key(|(node, _)| node.span());
    found
}

fn list<'d>(map: Node<'d>, key: &str) -> Option<Node<'d>> {
    Some(map.get(key)?.value).filter(|value| value.is_list())
}
