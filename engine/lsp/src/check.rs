//! What is wrong with a file and with those that it is made of.

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
    pub workflow: Option<Workflow>,
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
        Sort::Site => {
            let (_, found) = read_site(source, &checked.sources, catalogue);
            checked.found = found;
        }
        Sort::Workflow => {
            let (workflow, found) =
                runsheet_language::read_workflow(source, &mut checked.sources, catalogue, store);
            checked.found = found;
            checked.workflow = Some(workflow);
        }
    }
    checked
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
