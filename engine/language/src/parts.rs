//! The files that a workflow is read from, each with what it extends: for those who show a
//! workflow otherwise and have to know which file a name leads to.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use crate::compose::{Files, Loader, Overlay};
use crate::document::{Document, Node};
use crate::read::Shelf;
use crate::read::include::included;
use crate::read::shelf::File;

/// All of them, each after those it names; the last is the workflow's own. Never empty.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The files.
    pub files: Vec<Part>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it says, composed with what it extends and with the overlays laid over it.
    pub document: Arc<Document>,
    /// The files it includes: the name that their kinds and types have here before a dot, and
    /// their numbers.
    pub includes: Vec<(Name, usize)>,
    calls: BTreeMap<Span, usize>,
}

impl Parts {
    /// Reads the files. Those that cannot be read are missing, which is no matter of this:
    /// [`crate::read_variant`] tells it.
    pub fn of(
        source: SourceId,
        overlays: &[Overlay],
        sources: &mut Sources,
        files: &dyn Files,
    ) -> Parts {
        let mut loader = Loader::new(sources, files);
        let document = loader.variant(source, overlays);
        let shelf = Shelf::of(document, &mut loader);
        Parts {
            files: shelf.files.iter().map(part).collect(),
        }
    }

    /// The number of the workflow's own file.
    #[must_use]
    pub fn main(&self) -> usize {
        self.files.len() - 1
    }
}

impl Part {
    /// The number of the file whose path a `uses:` of this one is.
    #[must_use]
    pub fn called(&self, uses: Node<'_>) -> Option<usize> {
        self.calls.get(&uses.span()).copied()
    }

    /// The numbers of all files whose paths its steps name, in the order of these.
    pub fn calls(&self) -> impl Iterator<Item = usize> {
        self.calls.values().copied()
    }
}

fn part(file: &File) -> Part {
    let root = file.document.root();
    let named = root.map(included).unwrap_or_default();
    let includes = named.iter().filter_map(|one| {
        let number = file.names.get(&one.file.span())?;
        Some((Name::from(one.space()), *number))
    });
    let includes: Vec<_> = includes.collect();
    let mut calls = file.names.clone();
    for one in &named {
        calls.remove(&one.file.span());
    }
    Part {
        document: Arc::clone(&file.document),
        includes,
        calls,
    }
}
