//! What is wrong with a file and with those that it is made of.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_language::site::read_site;
use runsheet_language::workflow::Workflow;
use runsheet_step::Catalogue;

use crate::store::Store;
use crate::tree::Tree;
use crate::wants::Sort;

/// A file as it was read, and what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The texts that were read; the first is the file itself.
    pub sources: Sources,
    /// What is wrong, wherever it stands.
    pub found: Vec<Diagnostic>,
    /// The workflow, if it is one.
    pub workflow: Option<Arc<Workflow>>,
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
            let (_, found) = read_site(source, &checked.sources, catalogue);
            checked.found = found;
        }
        Sort::Workflow => {
            let (workflow, found) =
                runsheet_language::read_workflow(source, &mut checked.sources, catalogue, store);
            checked.found = found;
            checked.workflow = Some(Arc::new(workflow));
        }
    }
    checked
}

impl Checked {
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
            found: Vec::new(),
            workflow: self.workflow.clone(),
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
