//! What a file is, by the keys that it has.

use runsheet_language::keys::{self, Keys};

use crate::tree::Tree;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A workflow, or a library of kinds and types.
    Workflow,
    /// A site.
    Site,
    /// An overlay.
    Overlay,
    /// None of ours: an editor shows us every YAML file there is.
    Other,
}

impl Sort {
    /// What a file says of itself.
    #[must_use]
    pub fn of(tree: &Tree) -> Sort {
        let has = |key: &&str| tree.get(Tree::ROOT, key).is_some();
        let of_workflow = ["workflow", "extends", "define", "patch"];
        match has(&"site") {
            _ if has(&"overlay") => Sort::Overlay,
            true if !has(&"workflow") => Sort::Site,
            _ if of_workflow.iter().any(has) => Sort::Workflow,
            _ => Sort::Other,
        }
    }

    /// The table of its keys.
    pub(super) fn keys(self) -> &'static Keys<'static> {
        match self {
            Sort::Workflow | Sort::Other => &keys::WORKFLOW,
            Sort::Site => &keys::SITE,
            Sort::Overlay => &keys::OVERLAY,
        }
    }
}
