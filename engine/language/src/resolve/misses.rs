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
use crate::compose::lost::{LostNames, Owner};
use crate::workflow::{Node, StepId};

/// Something with a name that a workflow defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Definition {
    /// A word of the language, which nobody can mistype by defining it.
    Word(Name),
    /// An input.
    Input(InputOf),
    /// A variable that an input declares for its hosts.
    Var(InputOf, Name),
    /// A step or group.
    Step(StepId),
    /// The item of the `foreach` of a step.
    Item(StepId),
    /// An output of a step, by its name.
    Output(StepId, Name),
}

/// An input by the call that is given it, or the whole run, and by its name.
pub(crate) type InputOf = (StepId, Name);

/// A reference to a name that there is not.
pub(super) struct Miss {
    name: Name,
    span: Span,
    diagnostic: Diagnostic,
    /// What to say where nothing is near.
    help: String,
    /// What it may be a slip for, the likeliest first.
    near: Vec<(Name, Definition)>,
    /// The names that are nearest of these, all equally.
    nearest: Vec<Name>,
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
            nearest: Vec::new(),
        }
    }
}

/// How many names are compared in one file before no more is suggested: a person makes a few
/// slips, and a file with thousands of wrong names has another trouble.
const COMPARISONS: usize = 400_000;

/// All references, found and not found.
#[derive(Default)]
pub(super) struct Misses {
    lost: LostNames,
    compared: usize,
    used: BTreeSet<Definition>,
    misses: Vec<Miss>,
}

impl Misses {
    /// None yet, in files whose patches took these names away.
    pub(super) fn of(lost: &LostNames) -> Self {
        Self {
            lost: lost.clone(),
            ..Self::default()
        }
    }

    /// Where a patch says that the step whose id stands here stands elsewhere.
    pub(super) fn moved(&self, id: Span) -> Option<Span> {
        self.lost.moved(id)
    }

    /// Tells of a name that a patch took away, and gives the one that the step has now; gives back
    /// the diagnostic where none did.
    pub(super) fn lost(
        &self,
        (owners, name): (&[Owner], &str),
        span: Span,
        diagnostic: Diagnostic,
    ) -> Result<(Diagnostic, Option<&str>), Diagnostic> {
        let written = (span, &str::to_owned as &dyn Fn(&str) -> String);
        let remedy = "patch this too";
        self.lost.told((owners, name), diagnostic, written, remedy)
    }

    /// Notes that a definition is used.
    pub(super) fn used(&mut self, definition: Definition) {
        self.used.insert(definition);
    }

    /// Whether nothing more is suggested.
    pub(super) fn tired(&self) -> bool {
        self.compared > COMPARISONS
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
    /// as if it had been written; nothing where several names are equally near. The likeliest
    /// candidates come first.
    pub(super) fn miss(
        &mut self,
        mut miss: Miss,
        candidates: impl IntoIterator<Item = (Name, Definition)>,
    ) -> Option<Definition> {
        let mut near: Vec<(Name, Definition)> = Vec::new();
        let mut known = BTreeSet::new();
        for (name, definition) in candidates {
            self.compared += 1;
            if self.tired() {
                break;
            }
            if alike(&miss.name, &name) && known.insert(definition.clone()) {
                near.push((name, definition));
            }
        }
        let mut nearest = suggest::all_nearest(&miss.name, near.iter().map(|(name, _)| &**name));
        if nearest.is_empty() {
            nearest.extend(near.first().map(|(name, _)| &**name));
        }
        miss.nearest = nearest.into_iter().map(Name::from).collect();
        let best = miss.nearest.first();
        if let Some(at) = near.iter().position(|(name, _)| Some(name) == best) {
            near.swap(0, at);
        }
        miss.near = near;
        let meant = miss.meant().cloned();
        self.misses.push(miss);
        meant
    }

    /// Tells all that was missed. `place` gives where a definition stands, and `count` how
    /// familiar the text is with a name. Gives back all that is used.
    pub(super) fn tell(
        self,
        place: &dyn Fn(&Definition) -> Option<Span>,
        count: &dyn Fn(&str) -> Count,
        found: &mut Vec<Diagnostic>,
    ) -> BTreeSet<Definition> {
        let mut blamed: BTreeSet<usize> = BTreeSet::new();
        let mut told: BTreeSet<Definition> = BTreeSet::new();
        for ((definition, name), mut misses) in self.suspects() {
            misses.retain(|miss| !blamed.contains(miss));
            let written = self.written(&misses, &definition);
            let Some((written, span)) = written.zip(place(&definition)) else {
                continue;
            };
            // One reference in another file says nothing against what many may include.
            let first = |miss: &usize| {
                let miss = &self.misses[*miss];
                miss.meant() == Some(&definition) && miss.span.source == span.source
            };
            let outweighed = misses.iter().all(first) && count(&name) > count(written);
            if (misses.len() > 1 || outweighed) && told.insert(definition) {
                let uses = misses.iter().map(|miss| self.misses[*miss].span);
                found.push(misspelt(written, span, &name, uses));
                blamed.extend(misses);
            }
        }
        let all = self.misses.into_iter().enumerate();
        let rest = all.filter(|(at, _)| !blamed.contains(at));
        found.extend(rest.map(|(_, miss)| miss.told()));
        self.used
    }

    /// Definitions that nobody uses, with the names that may have been meant by them and the
    /// references that say those, the most agreed first.
    fn suspects(&self) -> Vec<((Definition, Name), Vec<usize>)> {
        let mut suspects: BTreeMap<(Definition, Name), Vec<usize>> = BTreeMap::new();
        for (at, miss) in self.misses.iter().enumerate() {
            let near = miss.near.iter().map(|(_, definition)| definition);
            // What only lacks the way to it, such as `inputs.`, is called by its right name.
            let lacks = |(name, _): &(Name, Definition)| name.ends_with(&format!(".{}", miss.name));
            let is_unused = |near: &&Definition| !self.used.contains(near);
            if miss.near.iter().any(lacks) || miss.is_unsure(&is_unused) {
                continue;
            }
            for definition in near.filter(is_unused) {
                let suspect = suspects.entry((definition.clone(), miss.name.clone()));
                suspect.or_default().push(at);
            }
        }
        let mut suspects: Vec<_> = suspects.into_iter().collect();
        suspects.sort_by_key(|(_, misses)| std::cmp::Reverse(misses.len()));
        suspects
    }

    /// The name of a definition, as the first of some misses is near to it.
    fn written(&self, misses: &[usize], definition: &Definition) -> Option<&Name> {
        let near = &self.misses[*misses.first()?].near;
        let found = near.iter().find(|(_, other)| other == definition);
        found.map(|(name, _)| name)
    }
}

/// How familiar a text is with a name; the greater counts.
pub(super) type Count = (usize, usize);

/// Whether one may be a slip for the other, in either direction.
fn alike(name: &str, defined: &str) -> bool {
    suggest::nearest(name, [defined]).is_some() || suggest::nearest(defined, [name]).is_some()
}

impl Miss {
    /// What was meant, unless several names are equally near.
    fn meant(&self) -> Option<&Definition> {
        let (_, first) = self.near.first()?;
        (self.nearest.len() == 1).then_some(first)
    }

    /// Whether several of the nearest names are of such definitions, so that none of them is
    /// surely the one that was meant.
    fn is_unsure(&self, is_such: &dyn Fn(&&Definition) -> bool) -> bool {
        let nearest: BTreeSet<&Name> = self.nearest.iter().collect();
        let near = self.near.iter();
        let such = near.filter(|(name, definition)| nearest.contains(name) && is_such(&definition));
        let such: BTreeSet<&Name> = such.map(|(name, _)| name).collect();
        such.len() > 1
    }

    fn told(self) -> Diagnostic {
        let nearest: Vec<&str> = self.nearest.iter().map(|name| &**name).collect();
        match nearest.as_slice() {
            [] => self.diagnostic.help(self.help),
            nearest => self.diagnostic.did_you_mean_one_of(nearest, self.span),
        }
    }
}

/// That all who say a name mean the one that stands there, and that nobody says.
pub(crate) fn misspelt(
    written: &str,
    span: Span,
    name: &str,
    uses: impl ExactSizeIterator<Item = Span>,
) -> Diagnostic {
    let times = words::count("reference", uses.len());
    let say = if uses.len() == 1 { "says" } else { "say" };
    let message = format!("`{written}` is defined and never used; {times} {say} `{name}`");
    let mut diagnostic = Diagnostic::error(&MISSPELT, message).at(span, "defined here");
    for at in uses.take(3) {
        diagnostic = diagnostic.at(at, "used here");
    }
    diagnostic
        .help(format!("did you mean `{name}`?"))
        .fix(Fix::replace(format!("rename it to `{name}`"), span, name))
}

/// The steps of the list that a group holds, as patches know them: by the ids that lead there from
/// the workflow or the call that it stands in.
pub(super) fn steps_of<'n>(group: &'n Node, node: impl Fn(StepId) -> &'n Node) -> Owner {
    let mut ids = Vec::new();
    for step in group.path.iter().rev() {
        let step = node(*step);
        if step.call.is_some() {
            break;
        }
        ids.push(step.id.to_string());
    }
    if ids.len() == group.path.len() {
        // The whole run has no id.
        ids.pop();
    }
    ids.reverse();
    Owner::Step(ids)
}
