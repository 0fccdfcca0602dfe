//! Finds the files that files name, each once, and never without end.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;

use super::overlay::{Overlay, Subject, overlaid};
use super::{CYCLIC_INCLUDE, Files, OVERLAY_FOR_ANOTHER, UNREADABLE_FILE, extends, foreign, paths};
use crate::document::{Document, Limits, Node, TOO_LARGE};
use crate::reader::bare;

/// How many files one workflow may be made of.
const FILES: usize = 64;

/// How many files may name each other in a row.
const DEPTH: usize = 16;

/// Reads files, and makes of each one document with all that it extends.
pub(crate) struct Loader<'l> {
    sources: &'l mut Sources,
    files: &'l dyn Files,
    /// What is wrong so far.
    pub(crate) found: Vec<Diagnostic>,
    /// The composed documents by path; nothing where a file is no document.
    loaded: BTreeMap<String, Arc<Document>>,
    /// The paths that cannot be read, with the reason and a name that is nearly theirs.
    unreadable: BTreeMap<String, (String, Option<String>)>,
    /// Paths by source.
    paths: BTreeMap<SourceId, String>,
    /// The files that are being read: each names the next.
    chain: Vec<Link>,
    bytes: usize,
    /// What is laid over the workflows that are run.
    overlays: Vec<Overlay>,
    /// Overlays that are not for the workflow that is run, which is no fault where they are for one
    /// that it calls.
    unfit: Vec<Diagnostic>,
    /// Called workflows with overlays laid over them, by the paths they are composed from.
    laid: BTreeMap<String, Arc<Document>>,
}

/// A file that is being read, and where it was named.
struct Link {
    source: SourceId,
    named: Option<Span>,
}

impl<'l> Loader<'l> {
    /// Reads nothing yet.
    pub(crate) fn new(sources: &'l mut Sources, files: &'l dyn Files) -> Self {
        Self {
            sources,
            files,
            found: Vec::new(),
            loaded: BTreeMap::new(),
            unreadable: BTreeMap::new(),
            paths: BTreeMap::new(),
            chain: Vec::new(),
            bytes: 0,
            overlays: Vec::new(),
            unfit: Vec::new(),
            laid: BTreeMap::new(),
        }
    }

    /// The file that everything begins with, composed with what it extends. It stays the one that
    /// is being read: whatever names it again from here on makes a circle.
    pub(crate) fn main(&mut self, source: SourceId) -> Arc<Document> {
        let text = self.sources.get(source);
        let path = paths::plain(&text.name);
        self.bytes += text.text.len();
        self.paths.insert(source, path.clone());
        self.chain.push(Link {
            source,
            named: None,
        });
        let document = Arc::new(self.compose(source));
        self.loaded.insert(path, Arc::clone(&document));
        document
    }

    /// As [`Loader::main`], with overlays laid over it.
    pub(crate) fn variant(&mut self, source: SourceId, overlays: &[Overlay]) -> Arc<Document> {
        let document = self.main(source);
        if overlays.is_empty() {
            return document;
        }
        self.overlays = overlays.to_vec();
        let document = Document::clone(&document);
        let mut found = Vec::new();
        let document = overlaid(document, overlays, Subject::Workflow, &mut found);
        let is_unfit = |one: &Diagnostic| one.code.name == OVERLAY_FOR_ANOTHER.name;
        let (unfit, found): (Vec<_>, Vec<_>) = found.into_iter().partition(is_unfit);
        self.unfit = unfit;
        self.found.extend(found);
        Arc::new(document)
    }

    /// All that is wrong with the files, once every one of them is read.
    pub(crate) fn told(&mut self) -> Vec<Diagnostic> {
        self.found.append(&mut self.unfit);
        std::mem::take(&mut self.found)
    }

    /// A workflow that a step calls, with those overlays laid over it that name it.
    pub(crate) fn called(&mut self, document: &Arc<Document>) -> Arc<Document> {
        let fits = |overlay: &&Overlay| overlay.names(document);
        let overlays: Vec<Overlay> = self.overlays.iter().filter(fits).cloned().collect();
        let mut loaded = self.loaded.iter();
        let path = loaded.find(|(_, known)| Arc::ptr_eq(known, document));
        let Some(path) = path.map(|(path, _)| path.clone()) else {
            return Arc::clone(document);
        };
        if overlays.is_empty() {
            return Arc::clone(document);
        }
        let taken_up = |one: &Diagnostic| {
            let mut sources = overlays.iter().map(|overlay| overlay.source);
            sources.any(|source| one.span().is_some_and(|span| span.source == source))
        };
        self.unfit.retain(|one| !taken_up(one));
        let found = &mut self.found;
        let laid = self.laid.entry(path).or_insert_with(|| {
            let document = Document::clone(document);
            Arc::new(overlaid(document, &overlays, Subject::Workflow, found))
        });
        Arc::clone(laid)
    }

    /// The file that a scalar names, composed with what it extends, and what `then` makes of it.
    /// While `then` is at work the file counts as being read, so that files which name each other
    /// in a circle are told and not followed. A file is read once; `then` is asked each time.
    ///
    /// Nothing where the file cannot be had, which is told.
    pub(crate) fn named<T>(
        &mut self,
        naming: Node<'_>,
        then: impl FnOnce(&mut Self, &Arc<Document>) -> T,
    ) -> Option<T> {
        let span = bare(naming);
        let path = naming.text().filter(|path| !path.is_empty())?;
        let path = paths::beside(&self.sources.get(span.source).name, path);
        let source = self.source(&path, span)?;
        if self.is_cyclic(source, span) || self.is_too_deep(span) {
            return None;
        }
        self.chain.push(Link {
            source,
            named: Some(span),
        });
        let document = match self.loaded.get(&path) {
            Some(document) => Arc::clone(document),
            None => {
                let document = Arc::new(self.compose(source));
                self.loaded.insert(path, Arc::clone(&document));
                document
            }
        };
        let made = then(self, &document);
        self.chain.pop();
        Some(made)
    }

    /// The text of a path: one that is known, or one more.
    fn source(&mut self, path: &str, named: Span) -> Option<SourceId> {
        let known = self.paths.iter().find(|(_, known)| *known == path);
        if let Some((source, _)) = known {
            return Some(*source);
        }
        if self.paths.len() >= FILES {
            self.too_large(format!("there are more than {FILES} files"), named);
            return None;
        }
        let text = match self.unreadable.contains_key(path) {
            true => None,
            false => self.read(path),
        };
        let Some(text) = text else {
            let diagnostic = self.told_unreadable(path, named);
            self.found.push(diagnostic);
            return None;
        };
        self.bytes += text.len();
        let most = Limits::default().bytes;
        if self.bytes > most {
            let message = format!("the files are larger than {} MiB together", most >> 20);
            self.too_large(message, named);
            return None;
        }
        let source = self.sources.add(path, text);
        self.paths.insert(source, path.to_owned());
        Some(source)
    }

    fn compose(&mut self, source: SourceId) -> Document {
        let text = Arc::clone(&self.sources.get(source).text);
        let (document, found) = Document::parse(source, text);
        self.found.extend(found);
        extends::extended(document, self)
    }

    /// Tells where it was named that the file that is being read is no workflow.
    pub(super) fn tell_foreign(&mut self, root: Node<'_>) {
        let named = self.chain.last().and_then(|link| link.named);
        self.found.push(foreign::told(root, named, self.sources));
    }

    fn is_cyclic(&mut self, source: SourceId, named: Span) -> bool {
        let Some(first) = self.chain.iter().position(|link| link.source == source) else {
            return false;
        };
        let name = Arc::clone(&self.sources.get(source).name);
        let message = match first + 1 == self.chain.len() {
            true => format!("`{name}` names itself"),
            false => format!("`{name}` is named by what it names"),
        };
        let mut diagnostic = Diagnostic::error(&CYCLIC_INCLUDE, message).at(named, "named here");
        for link in self.chain[first + 1..].iter().rev() {
            if let Some(span) = link.named {
                diagnostic = diagnostic.at(span, "in a file that is named here");
            }
        }
        let help = "leave one of them out, or move what both need into a file of its own";
        self.found.push(diagnostic.help(help));
        true
    }

    fn is_too_deep(&mut self, named: Span) -> bool {
        let deep = self.chain.len() > DEPTH;
        if deep {
            self.too_large(
                format!("more than {DEPTH} files name each other in a row"),
                named,
            );
        }
        deep
    }

    fn too_large(&mut self, message: String, named: Span) {
        let diagnostic = Diagnostic::error(&TOO_LARGE, message).at(named, "named here");
        self.found
            .push(diagnostic.help("bring some of the files together"));
    }

    /// The text of a path. Why there is none is remembered, for each place that names it.
    fn read(&mut self, path: &str) -> Option<Arc<str>> {
        let why = match self.files.read(path) {
            Ok(text) => return Some(text),
            Err(why) => why,
        };
        let (folder, name) = paths::split(path);
        let there = self.files.list(folder);
        let near = suggest::nearest(name, there.iter().map(String::as_str)).map(str::to_owned);
        self.unreadable.insert(path.to_owned(), (why.reason, near));
        None
    }

    fn told_unreadable(&self, path: &str, named: Span) -> Diagnostic {
        let (reason, near) = self.unreadable.get(path).cloned().unwrap_or_default();
        let message = format!("{path}: {reason}");
        let diagnostic = Diagnostic::error(&UNREADABLE_FILE, message).at(named, "cannot be read");
        let Some(near) = near else {
            return diagnostic.help("a path is relative to the file that it stands in");
        };
        let written = self.sources.text(named);
        let (_, last) = paths::split(written);
        let kept = &written[..written.len() - last.len()];
        // Another file that is there may be one for something else.
        let meant = format!("{kept}{near}");
        let fix = Fix::replace(format!("change to `{meant}`"), named, meant.as_str());
        diagnostic
            .help(format!("did you mean `{meant}`?"))
            .fix(fix.by_choice())
    }
}
