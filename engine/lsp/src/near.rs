//! What is wrong with a large file, told at every key without reading all of it.
//!
//! The file was read as a whole once, the [`Base`]. Of it are read again: the items of the list of
//! steps that were typed in since then, those that depend on them, and all that these depend on
//! themselves, with the head of the file and with what stands behind the list. What that tells of
//! the first two is so of the whole file too; what was told elsewhere stays, moved to where its
//! bytes are now. Where an edit may change more than that, which `doubt` knows, what is told is not
//! the whole answer and says so. When nothing is typed for a while, the file is read as a whole.

mod base;
mod choice;
mod doubt;
mod moved;
mod parts;
mod words;
mod writes;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use runsheet_diagnostics::diagnostic::{self, Diagnostic};
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;
use runsheet_step::Catalogue;

use crate::store::Store;
pub use base::Base;
use choice::{Choice, Now};
use moved::Moved;
pub use moved::shift;
use parts::Parts;
use writes::writes;

/// From how many bytes on a file is large.
pub const LARGE: usize = 96 * 1024;

/// After how many items that were typed in it is better to begin anew.
const WORN: usize = 32;

/// After how many nothing is read before somebody pauses.
const MOST: usize = 64;

/// How often more is read, since what was read names more.
const ROUNDS: usize = 3;

/// A large file in which somebody types.
#[derive(Clone)]
pub struct Live {
    base: Arc<Base>,
    parts: Parts,
    /// The parts that were typed in.
    touched: BTreeSet<usize>,
    /// What was wrong before, where it stands now; nothing of what was typed over.
    found: Vec<Diagnostic>,
    /// Whether something is not there any more that was told of other parts too.
    has_lost: bool,
}

/// What is wrong with a file.
#[derive(Clone, Debug)]
pub struct Told {
    /// In the order of the text.
    pub found: Vec<Diagnostic>,
    /// Whether that is for certain what reading the whole file would tell.
    pub is_whole: bool,
}

/// What was found in some parts.
struct Reading {
    choice: Choice,
    found: Vec<Diagnostic>,
    /// What the steps write that were typed in.
    writes: Vec<String>,
    /// Whether other files were read.
    has_more: bool,
    /// Whether all was read that is near to what was missed.
    is_enough: bool,
}

impl Live {
    /// Nothing is typed yet.
    #[must_use]
    pub fn new(base: Base) -> Live {
        Live {
            parts: base.parts.clone(),
            touched: BTreeSet::new(),
            found: base.checked.found.clone(),
            has_lost: false,
            base: Arc::new(base),
        }
    }

    /// Whether so much was typed that another base is better, or nothing was known of this one
    /// but its mistakes.
    #[must_use]
    pub fn is_worn(&self) -> bool {
        let has_errors = self.base.checked.found.iter().any(Diagnostic::is_error);
        has_errors || self.touched.len() > WORN
    }

    /// Takes up an edit of the text as it is after all edits before.
    pub fn edit(&mut self, edit: &Range<usize>, came: usize) {
        self.touched.extend(self.parts.touched(edit));
        let outside = |found: &[Diagnostic], live: &Live| {
            let starts = found.iter().filter_map(Diagnostic::span);
            let parts = starts.map(|span| live.parts.at(span.start as usize));
            parts.filter(|part| !live.touched.contains(part)).count()
        };
        let before = outside(&self.found, self);
        shift(&mut self.found, edit, came);
        self.parts.shift(edit, came);
        self.has_lost |= outside(&self.found, self) < before;
    }

    /// Tells what is wrong now.
    #[must_use]
    pub fn tell(&self, path: &str, text: &str, store: &Store, catalogue: &Catalogue) -> Told {
        if self.touched.len() > MOST {
            let found = self.found.clone();
            let is_whole = false;
            return Told { found, is_whole };
        }
        let is_other = |part: &&usize| text[self.parts.range(**part)] != *self.base.part(**part);
        let (touched, restored) = self.touched.iter().partition(is_other);
        let now = Now {
            base: &self.base,
            touched,
            restored,
            text,
            parts: &self.parts,
        };
        let mut more = BTreeSet::new();
        let mut reading = self.read(&now, &more, path, store, catalogue);
        for _ in 0..ROUNDS {
            let Some(wanted) = doubt::wanted(&now, &reading) else {
                break;
            };
            reading.is_enough = wanted.is_subset(&reading.choice.read);
            if reading.is_enough {
                break;
            }
            more.extend(wanted);
            reading = self.read(&now, &more, path, store, catalogue);
        }
        self.told(now, &reading)
    }

    fn read(
        &self,
        now: &Now<'_>,
        more: &BTreeSet<usize>,
        path: &str,
        store: &Store,
        catalogue: &Catalogue,
    ) -> Reading {
        let choice = now.choose(more);
        let mut moved = Moved::default();
        for part in &choice.read {
            moved.add(now.text, self.parts.range(*part));
        }
        let mut sources = Sources::new();
        let source = sources.add(path, moved.text.as_str());
        let (workflow, found) =
            runsheet_language::read_part(source, now.text, &mut sources, catalogue, store);
        let is_touched = |span| {
            let there: Option<Span> = moved.place(span);
            there.is_some_and(|there| now.is_touched(&self.parts, there))
        };
        Reading {
            writes: writes(&workflow, &is_touched, &|span| sources.text(span)),
            has_more: sources.iter().count() > 1,
            is_enough: false,
            found: found
                .into_iter()
                .filter_map(|one| moved.back(one))
                .collect(),
            choice,
        }
    }

    /// Brings together what was told before and what was read now.
    fn told(&self, now: Now<'_>, reading: &Reading) -> Told {
        let is_read = |one: &&Diagnostic| {
            let part = one.span().map(|span| self.parts.at(span.start as usize));
            part.is_some_and(|part| reading.choice.told.contains(&part))
        };
        let kept: Vec<&Diagnostic> = self.found.iter().filter(|one| !is_read(one)).collect();
        let case = doubt::Case {
            live: self,
            now,
            reading,
            kept: &kept,
        };
        let is_whole = !case.is_doubtful();
        let new = reading.found.iter().filter(is_read);
        let mut found: Vec<Diagnostic> = kept.iter().copied().chain(new).cloned().collect();
        forget_advice(&mut found);
        diagnostic::sort(&mut found);
        Told { found, is_whole }
    }
}

/// Forgets what is told only where nothing is wrong, if something is.
pub fn forget_advice(found: &mut Vec<Diagnostic>) {
    if found.iter().any(Diagnostic::is_error) {
        let advice = runsheet_language::codes_of_advice();
        found.retain(|one| !advice.iter().any(|code| code.name == one.code.name));
    }
}
