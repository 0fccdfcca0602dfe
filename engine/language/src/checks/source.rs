//! The texts behind a workflow, for rules that judge declarations and offer changes.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;

use crate::document::{Document, Entry, Node};
use crate::read::Shelf;
use crate::reader::bare;

/// All files of a workflow.
pub(super) struct Texts<'t> {
    pub(super) sources: &'t Sources,
    documents: Vec<&'t Document>,
    /// Texts that a document was composed of together with others: what one of them declares,
    /// another may have stopped using.
    composed: BTreeSet<SourceId>,
    declared: OnceCell<HashMap<Span, Declared<'t>>>,
}

/// Where an input or an output is declared.
#[derive(Clone, Copy)]
pub(super) struct Declared<'t> {
    /// The map with `inputs:` or `outputs:` in it, the entry with that key, and the declaration.
    pub(super) owner: Node<'t>,
    pub(super) list: Entry<'t>,
    pub(super) entry: Entry<'t>,
}

/// Whether a text was rendered from several files, as its comments tell: `# from base.yaml:12`.
fn is_rendered(text: &str) -> bool {
    let mut comments = text.match_indices("# from ");
    comments.any(|(at, sign)| {
        let place = text[at + sign.len()..].lines().next().unwrap_or_default();
        place.rsplit_once(':').is_some_and(|(file, line)| {
            let is_file = file.ends_with(".yaml") || file.ends_with(".yml");
            is_file && line.trim_end().parse::<u32>().is_ok()
        })
    })
}

impl<'t> Texts<'t> {
    pub(super) fn of(shelf: &'t Shelf, sources: &'t Sources) -> Self {
        let documents: Vec<&Document> = shelf.documents().collect();
        let several = documents.iter().filter(|one| {
            let text = || &sources.get(one.source()).text;
            one.sources().len() > 1 || is_rendered(text())
        });
        Self {
            sources,
            composed: several.flat_map(|one| one.sources()).collect(),
            documents,
            declared: OnceCell::new(),
        }
    }

    /// The text of the workflow's own file.
    pub(super) fn own(&self) -> Option<SourceId> {
        self.documents.last().map(|document| document.source())
    }

    /// Whether a text is one of several that a document is composed of.
    pub(super) fn is_composed(&self, source: SourceId) -> bool {
        self.composed.contains(&source)
    }

    /// The declaration whose name stands there.
    pub(super) fn declared(&self, name: Span) -> Option<Declared<'t>> {
        let declared = self.declared.get_or_init(|| self.declarations());
        declared.get(&name).copied()
    }

    fn declarations(&self) -> HashMap<Span, Declared<'t>> {
        let roots = self.documents.iter().filter_map(|document| document.root());
        let owners = roots.flat_map(|root| {
            let defines = root.get("define").into_iter();
            let defines = defines.flat_map(|define| define.value.entries());
            defines.map(|define| define.value).chain([root])
        });
        let mut found = HashMap::new();
        for owner in owners {
            let lists = ["inputs", "outputs"].into_iter();
            for list in lists.filter_map(|key| owner.get(key)) {
                let declared = list
                    .value
                    .entries()
                    .map(|entry| Declared { owner, list, entry });
                found.extend(declared.map(|one| (bare(one.entry.key), one)));
            }
        }
        found
    }
}
