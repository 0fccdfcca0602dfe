//! Which parts of a file are read after an edit, and of which it can be told what is wrong.

use std::collections::BTreeSet;

use runsheet_diagnostics::span::Span;

use super::base::Base;
use super::parts::Parts;
use super::words;

/// How many parts are read.
const MOST: usize = 400;

/// Of how many parts it is told.
const TOLD: usize = 100;

/// How many parts behind an edit are told of: a bracket or a quote that is not closed runs on.
const BEHIND: usize = 2;

/// Parts by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// What can be told of: what was typed in, and all that depends on it.
    pub(super) told: BTreeSet<usize>,
    /// What is read: these, and all that they depend on.
    pub(super) read: BTreeSet<usize>,
    /// Whether that is all, and not only as many as can be read at once.
    pub(super) is_whole: bool,
}

/// A file after some edits.
pub(super) struct Now<'n> {
    pub(super) base: &'n Base,
    /// The parts that are not what they were.
    pub(super) touched: BTreeSet<usize>,
    /// Those that were not, and are again.
    pub(super) restored: BTreeSet<usize>,
    /// The text as it is, and its parts.
    pub(super) text: &'n str,
    pub(super) parts: &'n Parts,
}

impl<'n> Now<'n> {
    /// The text of a part as it is.
    pub(super) fn part(&self, part: usize) -> &'n str {
        &self.text[self.parts.range(part)]
    }

    /// Whether a stretch begins in what was typed in, by the parts of its text.
    pub(super) fn is_touched(&self, parts: &Parts, span: Span) -> bool {
        self.touched.contains(&parts.at(span.start as usize))
    }

    /// Chooses; `more` is to be read in any case.
    pub(super) fn choose(&self, more: &BTreeSet<usize>) -> Choice {
        let told = self.told();
        let mut choice = Choice {
            is_whole: told.len() <= TOLD,
            read: self.touched.clone(),
            told: told.into_iter().take(TOLD).collect(),
        };
        choice
            .told
            .extend(self.touched.iter().chain(&self.restored));
        let mut todo: Vec<usize> = choice.told.iter().chain(more).copied().collect();
        todo.extend(&self.base.witnesses);
        choice.read.extend(&todo);
        while let Some(part) = todo.pop() {
            if choice.read.len() > MOST {
                choice.is_whole = false;
                break;
            }
            let before = self.leant_on(part).into_iter();
            todo.extend(before.filter(|before| choice.read.insert(*before)));
        }
        choice
    }

    /// What was typed in, and the parts of which something else may be told since then.
    fn told(&self) -> BTreeSet<usize> {
        let last = self.base.parts.last();
        let mut told = BTreeSet::from([0, last]);
        for part in &self.touched {
            told.extend(*part..=(part + BEHIND).min(last));
            let acting = self.base.acting_before(*part);
            let armed = acting.iter().chain([part]);
            told.extend(armed.flat_map(|part| self.base.armed_at(*part)));
            let ids = self.base.ids_of(*part);
            let ids = ids.chain(words::ids(self.part(*part)));
            told.extend(ids.flat_map(|id| self.base.naming(id)));
        }
        told
    }

    /// The parts that one depends on: those with steps it names, and what acts before it.
    fn leant_on(&self, part: usize) -> BTreeSet<usize> {
        let named = words::words(self.part(part));
        let mut found: BTreeSet<usize> = named
            .flat_map(|word| self.base.called(word))
            .copied()
            .collect();
        if self.touched.contains(&part) || self.base.looks_back(part) {
            found.extend(self.base.acting_before(part));
        }
        found
    }
}
