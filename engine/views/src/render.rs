//! A workflow as one file that means the same.
//!
//! What it extends and what is laid over it is worked in. The kinds, types and causes that it
//! uses of other files stand under `define:`, `types:` and `causes:`, by the names they had here:
//! `cycle.t2`. A
//! workflow that a step calls by its path is a kind too, named after its file; its `finally:` is
//! written even where it is empty, since a whole workflow takes back at its own end what was
//! changed for the time being. What other files offer and nobody uses is left out, but for their
//! plugins: which kinds those bring is not known here.
//!
//! The text is canonical: keys in the order of [`runsheet_language::keys`], names of the author's
//! own in the order written, anchors written out, and brackets only where what they hold has room
//! on one line. It is as [`runsheet_language::format`] has it. A comment says from which file a
//! part came, wherever that is another one than that of what is around it.
//!
//! Comments of the sources stay with the key or item that they stand above or behind, each once;
//! those of something that was patched away go with it. So a text that was rendered is left as it
//! is when it is rendered again.
//!
//! [`render`] makes a tree of what is to be written, with `names` and `remarks` to ask; `layout`
//! puts the tree onto lines.

pub(crate) mod build;
pub(crate) mod guide;
mod layout;
mod line;
pub(crate) mod names;
mod plugins;
mod remarks;
mod root;
pub(crate) mod scalar;
mod tree;
mod walk;

use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::paths;
use runsheet_language::parts::Parts;
use runsheet_step::Catalogue;

use build::Build;
use names::Names;

/// The one file. The parts are to be those of a workflow that can be read without a mistake, and
/// the sources those that they were read from; `seen` says how the one file, wherever it is to
/// stand, names the file at a path of theirs ([`beside`]).
#[must_use]
pub fn render(
    parts: &Parts,
    sources: &Sources,
    catalogue: &Catalogue,
    seen: &dyn Fn(&str) -> String,
) -> String {
    let names = Names::of(parts, sources, catalogue);
    let mut build = Build::new(parts, sources, &names, seen);
    let tree = root::root(&mut build);
    let last = build.remarks.at_the_end(build.main_source());
    layout::text(&tree, &last)
}

/// How files are named by one that stands beside the workflow's own.
pub fn beside<'s>(parts: &Parts, sources: &'s Sources) -> impl Fn(&str) -> String + use<'s> {
    let main = parts.files[parts.main()].document.source();
    move |path| paths::seen_from(&sources.get(main).name, path)
}

#[cfg(test)]
#[path = "tests/render/mod.rs"]
mod tests;
