//! Names that are nowhere defined, gathered before any is told.
//!
//! When two references agree on a name that is not there, and a name close to it is defined and
//! nobody uses it, then the definition is what was mistyped: it is told once, and mended once.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::Name;

use super::MISSPELT;
use crate::workflow::StepId;

/// Something with a name that a workflow defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Definition {
    /// A word of the language, which nobody can mistype by defining it.
    Word(Name),
    /// An input.
    Input(Name),
    /// A variable that an input declares for its hosts.
    Var(Name, Name),
    /// A step or group.
    Step(StepId),
    /// The item of the `foreach` of a step.
    Item(StepId),
    /// An output of a step, by its name.
    Output(StepId, Name),
}

/// A reference to a name that there is not.
pub(super) struct Miss {
    name: Name,
    span: Span,
    diagnostic: Diagnostic,
    /// What to say where nothing is near.
    help: String,
    near: Vec<(Name, Definition)>,
}

impl Miss {
    pub(super) fn new(
        name: &str,
        span: Span,
        diagnostic: Diagnostic,
        help: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            span,
            diagnostic,
            help: help.into(),
            near: Vec::new(),
        }
    }
}

/// All references, found and not found.
#[derive(Default)]
pub(super) struct Misses {
    used: BTreeSet<Definition>,
    misses: Vec<Miss>,
}

impl Misses {
    /// Notes that a definition is used.
    pub(super) fn used(&mut self, definition: Definition) {
        self.used.insert(definition);
    }

    /// How many names were missed so far.
    pub(super) fn count(&self) -> usize {
        self.misses.len()
    }

    /// Forgets all but the first so many.
    pub(super) fn forget(&mut self, but: usize) {
        self.misses.truncate(but);
    }

    /// Notes a name that there is not, and gives what was probably meant, so that reading goes on
    /// as if it had been written. The likeliest candidates come first.
    pub(super) fn miss(
        &mut self,
        mut miss: Miss,
        candidates: impl IntoIterator<Item = (Name, Definition)>,
    ) -> Option<Definition> {
        let mut near: Vec<(Name, Definition)> = Vec::new();
        for (name, definition) in candidates {
            let known = near.iter().any(|(_, other)| *other == definition);
            if !known && alike(&miss.name, &name) {
                near.push((name, definition));
            }
        }
        let best = suggest::nearest(&miss.name, near.iter().map(|(name, _)| &**name));
        let best = best.map(Name::from);
        let at = near
            .iter()
            .position(|(name, _)| best.as_ref().is_none_or(|best| best == name));
        if let Some(at) = at {
            near.swap(0, at);
        }
        let meant = near.first().map(|(_, definition)| definition.clone());
        miss.near = near;
        self.misses.push(miss);
        meant
    }

    /// Tells all that was missed. `place` gives where a definition stands, and `count` how often
    /// the text has a word.
    pub(super) fn tell(
        self,
        place: &dyn Fn(&Definition) -> Option<Span>,
        count: &dyn Fn(&str) -> usize,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut groups: BTreeMap<(Definition, Name), Vec<usize>> = BTreeMap::new();
        for (at, miss) in self.misses.iter().enumerate() {
            for (_, definition) in &miss.near {
                if !self.used.contains(definition) {
                    let group = groups.entry((definition.clone(), miss.name.clone()));
                    group.or_default().push(at);
                }
            }
        }
        let mut blamed: BTreeSet<usize> = BTreeSet::new();
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, misses)| std::cmp::Reverse(misses.len()));
        let mut told: BTreeSet<Definition> = BTreeSet::new();
        for ((definition, name), misses) in groups {
            let misses: Vec<usize> = misses
                .into_iter()
                .filter(|miss| !blamed.contains(miss))
                .collect();
            let Some(first) = misses.first() else {
                continue;
            };
            let near = self.misses[*first].near.iter();
            let written = near.clone().find(|(_, other)| *other == definition);
            let Some((written, span)) = written.zip(place(&definition)) else {
                continue;
            };
            let agreed = misses.len() > 1 || count(&name) > count(&written.0);
            if agreed && told.insert(definition) {
                let uses = misses.iter().map(|miss| self.misses[*miss].span);
                found.push(misspelt(&written.0, span, &name, uses));
                blamed.extend(misses);
            }
        }
        let rest = self
            .misses
            .into_iter()
            .enumerate()
            .filter(|(at, _)| !blamed.contains(at));
        found.extend(rest.map(|(_, miss)| miss.told()));
    }
}

/// Whether one may be a slip for the other, in either direction.
fn alike(name: &str, defined: &str) -> bool {
    suggest::nearest(name, [defined]).is_some() || suggest::nearest(defined, [name]).is_some()
}

impl Miss {
    fn told(self) -> Diagnostic {
        match self.near.first() {
            Some((near, _)) => self.diagnostic.did_you_mean(near, self.span),
            None => self.diagnostic.help(self.help),
        }
    }
}

fn misspelt(
    written: &str,
    span: Span,
    name: &str,
    uses: impl ExactSizeIterator<Item = Span>,
) -> Diagnostic {
    let times = words::count("reference", uses.len());
    let message = format!("`{written}` is defined and never used; {times} say `{name}`");
    let mut diagnostic = Diagnostic::error(&MISSPELT, message).at(span, "defined here");
    for at in uses.take(3) {
        diagnostic = diagnostic.at(at, "used here");
    }
    diagnostic
        .help(format!("did you mean `{name}`?"))
        .fix(Fix::replace(format!("rename it to `{name}`"), span, name))
}
