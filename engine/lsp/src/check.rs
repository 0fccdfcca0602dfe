//! What is wrong with a file and with those that it is made of.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::{self, Diagnostic};
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_language::compose::{Files, Overlay, read_overlay};
use runsheet_language::plugins::plugins_of_site;
use runsheet_language::provenance::Origins;
use runsheet_language::read_with_plugins;
use runsheet_language::site::{check_options, check_options_alone, read_site};
use runsheet_language::workflow::Workflow;
use runsheet_step::Catalogue;

use crate::plugins::{Driver, Known, known, options};
use crate::store::Store;
use crate::tree::Tree;
use crate::wants::Sort;

/// On how many of the workflows that an overlay is for it is tried.
const TRIED: usize = 4;

/// A file as it was read, and what is wrong.
#[derive(Clone, Default)]
pub struct Checked {
    /// The texts that were read; the first is the file itself.
    pub sources: Sources,
    /// What is wrong, wherever it stands.
    pub found: Vec<Diagnostic>,
    /// The workflow, if it is one, or is laid over one.
    pub workflow: Option<Arc<Workflow>>,
    /// The kinds and facilities there are with the plugins that can be used here.
    pub kinds: Option<Arc<Catalogue>>,
    /// The drivers that these bring.
    pub drivers: Arc<[Driver]>,
    /// Where the values of that workflow come from.
    pub origins: Option<Arc<Origins>>,
    /// The file itself, if it is an overlay.
    pub overlay: Option<Arc<Overlay>>,
    /// The path of the workflow, which is another than that of the file if it is an overlay.
    pub of: String,
}

/// Reads a file.
#[must_use]
pub fn check(path: &str, store: &Store, catalogue: &Catalogue) -> Checked {
    let mut checked = Checked::default();
    let Some(text) = store.text(path) else {
        return checked;
    };
    let source = checked.sources.add(path, text.get().clone());
    match sort(text.get()) {
        Sort::Other => {}
        Sort::Site => {
            let found = checked.site(source, path, store, catalogue);
            checked.found = found;
        }
        Sort::Workflow => {
            let found = checked.workflow(source, path, store, catalogue);
            checked.found = found;
        }
        Sort::Overlay => {
            let (overlay, found) = read_overlay(source, &checked.sources);
            checked.found = found;
            checked.overlay = Some(Arc::new(overlay));
            checked.laid(source, &store.under(path), store, catalogue);
            checked.options_of_overlay(store);
        }
    }
    checked
}

/// The kinds that are linked, or all there are with plugins.
struct Kinds<'c> {
    linked: &'c Catalogue,
    more: Option<Known>,
}

impl AsRef<Catalogue> for Kinds<'_> {
    fn as_ref(&self) -> &Catalogue {
        let more = self.more.as_ref();
        more.map_or(self.linked, |more| &more.kinds)
    }
}

impl Checked {
    /// Reads a site; gives what is wrong with it.
    fn site(
        &mut self,
        source: SourceId,
        path: &str,
        store: &Store,
        catalogue: &Catalogue,
    ) -> Vec<Diagnostic> {
        let named = plugins_of_site(source, &[], &self.sources);
        let mut found = Vec::new();
        let file = (path, Sort::Site);
        self.bring(known(file, &named, &self.sources, store, &mut found));
        let kinds = self.kinds.as_deref().unwrap_or(catalogue);
        let (_, of_site) = read_site(source, &self.sources, kinds);
        found.extend(of_site);
        let takes = |name: &str| options(name, [&store.drivers, &self.drivers]);
        found.extend(check_options(source, &[], &self.sources, &takes));
        found
    }

    /// Reads a workflow, under the overlay if there is one; gives what is wrong with it.
    fn workflow(
        &mut self,
        source: SourceId,
        path: &str,
        store: &Store,
        catalogue: &Catalogue,
    ) -> Vec<Diagnostic> {
        let overlays: Vec<Overlay> = self.overlay.iter().map(|one| Overlay::clone(one)).collect();
        let sources = &mut self.sources;
        let file = (path, Sort::Workflow);
        let read = read_with_plugins(
            source,
            &overlays,
            sources,
            store,
            |named, sources, found| Kinds {
                linked: catalogue,
                more: known(file, named, sources, store, found),
            },
        );
        let (workflow, origins, found, kinds) = read;
        if self.workflow.is_none() {
            self.bring(kinds.more);
            self.workflow = Some(Arc::new(workflow));
            self.origins = Some(Arc::new(origins));
            path.clone_into(&mut self.of);
        }
        found
    }

    fn bring(&mut self, known: Option<Known>) {
        if let Some(known) = known {
            self.kinds = Some(known.kinds);
            self.drivers = known.drivers;
        }
    }

    /// Lays an overlay over the workflows it is for; of what is wrong then, it is told what stands
    /// in the overlay.
    fn laid(&mut self, overlay: SourceId, under: &[String], store: &Store, catalogue: &Catalogue) {
        for path in under.iter().take(TRIED) {
            let Ok(text) = store.read(path) else { continue };
            let source = self.sources.add(path.as_str(), text);
            let found = self.workflow(source, path, store, catalogue).into_iter();
            let own = |one: &Diagnostic| one.span().is_some_and(|span| span.source == overlay);
            let new: Vec<Diagnostic> = found.filter(|one| own(one)).collect();
            let known = |one: &Diagnostic| {
                let mut all = self.found.iter();
                all.any(|old| (old.code.name, old.span()) == (one.code.name, one.span()))
            };
            let new = new.into_iter().filter(|one| !known(one));
            let name = self.name_of(source);
            let new: Vec<Diagnostic> = new.map(|one| one.at(name, "over this workflow")).collect();
            self.found.extend(new);
        }
    }

    /// Tells what is wrong with the options of drivers that an overlay names.
    fn options_of_overlay(&mut self, store: &Store) {
        let takes = |name: &str| options(name, [&store.drivers, &self.drivers]);
        let overlay = self.overlay.iter();
        let found = overlay.flat_map(|overlay| check_options_alone(overlay, &takes));
        let found: Vec<Diagnostic> = found.collect();
        self.found.extend(found);
        diagnostic::sort(&mut self.found);
    }

    /// Where a workflow says its name.
    fn name_of(&self, workflow: SourceId) -> Span {
        let tree = Tree::parse(Arc::clone(&self.sources.get(workflow).text));
        let name = tree.get(Tree::ROOT, "name").map(|id| tree.extent(id));
        Span::at(workflow, name.unwrap_or_default())
    }

    /// The same of another text of the file, without what is wrong in it.
    #[must_use]
    pub fn of_text(&self, text: &Arc<str>) -> Checked {
        let mut sources = Sources::new();
        for (n, (_, source)) in self.sources.iter().enumerate() {
            let text = if n == 0 { text } else { &source.text };
            sources.add(source.name.clone(), Arc::clone(text));
        }
        Checked {
            sources,
            workflow: self.workflow.clone(),
            kinds: self.kinds.clone(),
            drivers: Arc::clone(&self.drivers),
            ..Checked::default()
        }
    }
}

/// What a text is, by its first keys; the rest of a large one is not looked at.
#[must_use]
pub fn sort(text: &str) -> Sort {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with([' ', '-', '#']));
    let head: Vec<&str> = lines.take(20).collect();
    Sort::of(&Tree::parse(head.join("\n")))
}
