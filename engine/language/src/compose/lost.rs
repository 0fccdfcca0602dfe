//! Names that patches took away: of steps and inputs that were taken out, and of steps that have
//! other names since. Whoever still says such a name is told which file took it away, and where.

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;

use crate::document::{Document, Node};
use crate::reader::bare;

/// Whose name it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// A step or group.
    Step,
    /// An input.
    Input,
}

/// The names that were taken away.
#[derive(Clone, Debug, Default)]
pub(crate) struct LostNames {
    names: BTreeMap<(Owner, String), Fate>,
    /// Where it is said that a step stands elsewhere than before, by its id.
    moved: BTreeMap<Span, Span>,
    /// How many of the document are taken up.
    known: usize,
}

/// What became of a name.
#[derive(Clone, Debug)]
struct Fate {
    by: Span,
    /// What the step is called since.
    now: Option<String>,
}

impl LostNames {
    /// Those of some documents.
    pub(crate) fn of<'d>(documents: impl Iterator<Item = &'d Document>) -> Self {
        let mut lost = LostNames::default();
        for document in documents {
            lost.known = 0;
            lost.take_up(document);
            let span = |place| bare(document.at(place));
            let moved = document.moved().iter();
            lost.moved
                .extend(moved.map(|(id, by)| (span(*id), span(*by))));
        }
        lost
    }

    /// Where it is said that a step, whose id stands here, stands elsewhere than before.
    pub(crate) fn moved(&self, id: Span) -> Option<Span> {
        self.moved.get(&id).copied()
    }

    /// Takes up those of a document that came since the last time.
    pub(super) fn take_up(&mut self, document: &Document) {
        for (owner, name, by) in &document.lost()[self.known..] {
            let (name, by) = (document.at(*name), document.at(*by));
            let Some(name) = name.text() else { continue };
            let fate = Fate {
                by: place(by),
                now: by.text().map(str::to_owned),
            };
            self.names.insert((*owner, name.to_owned()), fate);
        }
        self.known = document.lost().len();
    }

    /// Says where a name was taken away, if it was, and gives the name that the step has now, which
    /// `written` turns into the text that belongs at `span`. `remedy` is for what is gone.
    pub(crate) fn told(
        &self,
        (owner, name): (Owner, &str),
        diagnostic: Diagnostic,
        (span, written): (Span, &dyn Fn(&str) -> String),
        remedy: &str,
    ) -> Result<(Diagnostic, Option<&str>), Diagnostic> {
        let Some(first) = self.fate(owner, name) else {
            return Err(diagnostic);
        };
        let mut last = first;
        // Two steps may have taken each other's name.
        for _ in 0..self.names.len() {
            let next = last.now.as_deref().and_then(|now| self.fate(owner, now));
            let Some(next) = next else { break };
            last = next;
        }
        Ok(match &last.now {
            Some(now) => {
                let told = diagnostic.at(first.by, format!("`{name}` has another name since here"));
                (told.did_you_mean(&written(now), span), Some(now))
            }
            None => {
                let told = diagnostic.at(last.by, "taken out here");
                (told.help(format!("keep it there, or {remedy}")), None)
            }
        })
    }

    fn fate(&self, owner: Owner, name: &str) -> Option<&Fate> {
        self.names.get(&(owner, name.to_owned()))
    }
}

/// Where it is said: the new name, or the word that takes something out.
fn place(by: Node<'_>) -> Span {
    by.get("$delete")
        .map_or_else(|| by.place(), |word| bare(word.key))
}
