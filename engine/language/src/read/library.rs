//! What files offer to others: the kinds they define, and the types and causes they name.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::{Catalogue, Name};

use super::causes::Causes;
use super::shelf::{File, Shelf};
use super::type_name::Types;
use super::workflow::{self, WORKFLOW};
use super::{Defaults, NAME_TAKEN, define, include};
use crate::document::Node;
use crate::plugins;
use crate::reader::{self, Reader};
use crate::workflow::{InputDeclaration, OutputDeclaration};

/// The number of a file among those read.
pub(crate) type LibraryId = usize;

/// All files whose kinds may be called, each after those it names; the last is the workflow's own.
#[derive(Default)]
pub(crate) struct Libraries<'d> {
    pub(crate) files: Vec<Library<'d>>,
}

/// One file.
#[derive(Default)]
pub(crate) struct Library<'d> {
    /// The kinds it defines, by name.
    pub(crate) defines: IndexMap<Name, Define<'d>>,
    /// The types it names, and under their namespaces those of the files it includes.
    pub(crate) types: Types,
    /// What failures mean, by name, and under their namespaces that of the files it includes.
    pub(crate) causes: Causes,
    /// The files it includes, by namespace.
    pub(crate) includes: IndexMap<Name, LibraryId>,
    /// The workflows that its steps name by their paths, by the places that do.
    pub(crate) paths: BTreeMap<Span, LibraryId>,
    /// The file as a workflow that can be called as a whole.
    pub(crate) whole: Option<Define<'d>>,
    /// Whether it only offers something to those that include it.
    is_for_includes: bool,
}

/// Something that a step can call.
pub(crate) struct Define<'d> {
    /// Where its name stands.
    pub(crate) span: Span,
    /// The file whose kinds and types it sees.
    pub(crate) library: LibraryId,
    pub(crate) doc: Name,
    pub(crate) see: Vec<Name>,
    pub(crate) inputs: Vec<(Name, InputDeclaration)>,
    pub(crate) outputs: IndexMap<Name, OutputDeclaration>,
    pub(crate) defaults: Defaults,
    pub(crate) steps: Option<Node<'d>>,
    pub(crate) finally: Option<Node<'d>>,
    /// Whether it is a whole workflow.
    pub(crate) is_whole: bool,
}

impl<'d> Libraries<'d> {
    /// Reads what all files offer, and nothing else of them.
    pub(crate) fn of(shelf: &'d Shelf, catalogue: &Catalogue, found: &mut Vec<Diagnostic>) -> Self {
        let mut libraries = Libraries::default();
        for file in &shelf.files {
            let library = Library::of(file, &libraries, catalogue, found);
            libraries.files.push(library);
        }
        libraries
    }

    /// The kind of this name as a file sees it: its own, or one of a file it includes.
    pub(crate) fn define(&self, library: LibraryId, name: &str) -> Option<&Define<'d>> {
        let own = self.files.get(library)?;
        if let Some(define) = own.defines.get(name) {
            return Some(define);
        }
        let (space, name) = name.split_once('.')?;
        self.files.get(*own.includes.get(space)?)?.defines.get(name)
    }

    /// The workflow whose path stands there.
    pub(crate) fn at_path(&self, library: LibraryId, path: Span) -> Option<&Define<'d>> {
        let file = self.files.get(library)?.paths.get(&path)?;
        self.files.get(*file)?.whole.as_ref()
    }

    /// The file whose path stands there, if it is no workflow but is there to be included.
    pub(super) fn for_includes(&self, library: LibraryId, path: Span) -> Option<&Library<'d>> {
        let file = self.files.get(library)?.paths.get(&path)?;
        self.files.get(*file).filter(|file| file.is_for_includes)
    }

    /// The names of all kinds that a file can call.
    pub(crate) fn names(&self, library: LibraryId) -> Vec<Name> {
        let Some(own) = self.files.get(library) else {
            return Vec::new();
        };
        let mut names: Vec<Name> = own.defines.keys().cloned().collect();
        for (space, file) in &own.includes {
            let defines = self.files.get(*file).map(|file| file.defines.keys());
            let full = |name: &Name| format!("{space}.{name}").into();
            names.extend(defines.into_iter().flatten().map(full));
        }
        names
    }

    /// Every kind that is defined, with the name that tells it from all others.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Name, &Define<'d>)> {
        let main = self.files.len() - 1;
        let files = self.files.iter().enumerate();
        files.flat_map(move |(file, library)| {
            let name = move |name: &Name| match file {
                _ if file == main => name.clone(),
                _ => format!("{name}-{file}").into(),
            };
            let defines = library.defines.iter();
            defines.map(move |(own, define)| (name(own), define))
        })
    }
}

impl<'d> Library<'d> {
    /// Reads a file that another one includes or calls; those it names have been read.
    pub(super) fn of(
        file: &'d File,
        others: &Libraries<'d>,
        catalogue: &Catalogue,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut library = Library::default();
        let root = file.document.root();
        let Some(mut reader) = root.and_then(|root| Reader::new(root, WORKFLOW, found)) else {
            return library;
        };
        workflow::format_version(&mut reader);
        library.head(&mut reader, file, others, catalogue);
        library.is_for_includes = workflow::is_library(&reader);
        if file.is_called && !library.is_for_includes {
            let number = others.files.len();
            library.whole = Some(define::whole(&mut reader, number, &library.types));
        }
        library
    }

    /// Reads `include:`, `plugins:`, `types:`, `causes:` and `define:`.
    pub(super) fn head(
        &mut self,
        reader: &mut Reader<'d, '_>,
        file: &File,
        others: &Libraries<'d>,
        catalogue: &Catalogue,
    ) {
        let library = others.files.len();
        include::include(reader, file, &others.files, self);
        plugins::read(reader);
        self.paths.clone_from(&file.names);
        if let Some(entry) = reader.take("types") {
            self.types.read(entry.value, reader.found());
        }
        if let Some(entry) = reader.take("causes") {
            self.causes(reader.node(), entry, reader.found());
        }
        let Some(entry) = reader.take("define") else {
            return;
        };
        let found = reader.found();
        let entries = reader::entries(entry.value, "`define`", found).map(Iterator::collect);
        let entries: Vec<_> = entries.unwrap_or_default();
        for entry in entries {
            let name = reader::named(entry);
            if catalogue.kind(name.value).is_some() {
                found.push(taken(name.value, name.span));
            }
            define::dotted_name(name.value, name.span, found);
            if let Some(space) = space(name.value).filter(|it| self.includes.contains_key(*it)) {
                found.push(spoken_for(name.value, space, name.span));
            }
            if let Some(define) = define::define(entry, library, &self.types, found) {
                self.defines.insert(name.value.into(), define);
            }
        }
    }
}

/// What stands before the first dot of a name.
pub(super) fn space(name: &str) -> Option<&str> {
    name.split_once('.').map(|(space, _)| space)
}

/// A name of the file's own that looks like one of a file it includes.
pub(super) fn spoken_for(name: &str, space: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` would belong to the included file `{space}`");
    Diagnostic::error(&NAME_TAKEN, message)
        .at(span, "taken")
        .help("give it another name, or the included file: `{file: .., as: NAME}`")
}

fn taken(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(&NAME_TAKEN, format!("there is a kind `{name}` already"))
        .at(span, "taken")
        .help("give it a name of its own: `uses:` would mean either")
}
