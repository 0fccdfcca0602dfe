//! Documents made of several files: what `extends:`, `patch:` and overlays do, they do to trees of
//! YAML nodes before anything in them is read.
//!
//! Every node keeps its own text and bytes, so whatever is said of a value later points to the
//! file it really came from. Nothing here knows what a step means; templates and workflows used as
//! steps are calls, and no part of this.
//!
//! [`Files`] is how texts come here. `Loader` finds, bounds and remembers them; `extends` makes one
//! document of a file and the one it extends.

mod change;
pub mod directive;
pub(crate) mod disagree;
mod extends;
pub(crate) mod foreign;
mod loader;
pub(crate) mod lost;
mod meant;
mod missed;
mod order;
mod overlay;
mod patch;
pub mod paths;
mod references;
mod rename;
mod slots;
mod steps;
mod twice;

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};

use crate::document::Document;

pub use extends::PATCHED;
pub(crate) use loader::Loader;
pub use overlay::{OVERLAY, Overlay, OwnVars, read_overlay};
pub(crate) use overlay::{Subject, overlaid};

/// A file that is named and cannot be read.
static UNREADABLE_FILE: Code =
    Code::new("unreadable-file", include_str!("pages/unreadable-file.md"));
/// Files that name each other in a circle.
static CYCLIC_INCLUDE: Code = Code::new("cyclic-include", include_str!("pages/cyclic-include.md"));

/// A patch of what is not there.
static PATCH_HITS_NOTHING: Code = Code::new(
    "patch-hits-nothing",
    include_str!("pages/patch-hits-nothing.md"),
);
/// A patch of one form over a value of another.
pub(crate) static PATCH_CLASH: Code =
    Code::new("patch-clash", include_str!("pages/patch-clash.md"));
/// A patch that is not written as patches are.
static PATCH_FORM: Code = Code::new("patch-form", include_str!("pages/patch-form.md"));
/// A file that should be an overlay and does not say so.
static OVERLAY_FORMAT: Code = Code::new("overlay-format", include_str!("pages/overlay-format.md"));
/// An overlay that is not for the workflow it is given with.
static OVERLAY_FOR_ANOTHER: Code = Code::new(
    "overlay-for-another",
    include_str!("pages/overlay-for-another.md"),
);
/// Overlays that set one value to different things.
static OVERLAYS_DISAGREE: Code = Code::new(
    "overlays-disagree",
    include_str!("pages/overlays-disagree.md"),
);

/// All codes of this module.
pub(crate) static CODES: &[&Code] = &[
    &UNREADABLE_FILE,
    &CYCLIC_INCLUDE,
    &PATCH_HITS_NOTHING,
    &PATCH_CLASH,
    &PATCH_FORM,
    &OVERLAY_FORMAT,
    &OVERLAY_FOR_ANOTHER,
    &OVERLAYS_DISAGREE,
];

/// Where texts come from: the disk, the buffers of an editor, or a map in a test.
pub trait Files {
    /// The text of a file. Paths have `/` between folders and no `.` in them; they are relative to
    /// whatever the path of the first file was relative to.
    ///
    /// # Errors
    /// Why there is no such text, as a person is told.
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable>;

    /// The names of the files of a folder, for whoever mistyped one; none where that is not known.
    fn list(&self, folder: &str) -> Vec<String> {
        let _ = folder;
        Vec::new()
    }
}

/// Why a file cannot be read: `there is no such file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The reason, lower case, without a full stop.
    pub reason: String,
}

impl Unreadable {
    /// A reason.
    pub fn new(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { reason }
    }
}

/// No files at all: for a text that names none.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _path: &str) -> Result<Arc<str>, Unreadable> {
        Err(Unreadable::new("there is no such file"))
    }
}

/// Texts by their paths.
impl Files for BTreeMap<String, Arc<str>> {
    fn read(&self, path: &str) -> Result<Arc<str>, Unreadable> {
        let text = self.get(path).cloned();
        text.ok_or_else(|| Unreadable::new("there is no such file"))
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let inside = |path: &String| {
            let (of, name) = paths::split(path);
            (of == folder).then(|| name.to_owned())
        };
        self.keys().filter_map(inside).collect()
    }
}

/// A file with all that it extends, and with overlays laid over it in their order: the document
/// that a workflow is read from, for those who ask where its values came from. Texts that are read
/// by the way are added to the sources.
pub fn compose(
    source: SourceId,
    overlays: &[Overlay],
    sources: &mut Sources,
    files: &dyn Files,
) -> (Arc<Document>, Vec<Diagnostic>) {
    let mut loader = Loader::new(sources, files);
    let document = loader.variant(source, overlays);
    (document, loader.told())
}

#[cfg(test)]
#[path = "tests/compose/mod.rs"]
mod tests;
