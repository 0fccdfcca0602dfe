//! Where parts of a file may not tell what the whole of it would.
//!
//! Each doubt is a function; [`DOUBTS`] lists them. A doubt costs a moment of waiting, a doubt too
//! few tells what is not so: where a rule looks at more than its own step and what that names, it
//! has one here.

use std::collections::BTreeSet;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_language::document::is_of_text;

use super::choice::Now;
use super::moved::spans;
use super::{Live, Reading, words};

/// How many steps are read more since a name is near to theirs, or names them.
const NEAR: usize = 64;

/// From how many mistakes on no more is compared with each other.
const MISTAKES: usize = 24;

/// Up to how many bytes the rest of a text is read after a mistake of YAML.
const READ_ON: usize = 1 << 20;

/// Rules that depend on all steps between two.
const OF_ALL: [&str; 3] = ["cycle", "too-large", "duplicate-id"];

/// A rule that tells of a step what keeps it from being run, which may be another.
const BEHIND: &str = "unreachable-step";

/// Names of steps that are nowhere defined, and a definition that several of them come near to.
const UNKNOWN_STEP: &str = "unknown-step";
const MISSPELT: &str = "misspelt";

/// Rules about names that are nowhere defined, which are told with each other in sight.
const MISSES: [&str; 4] = [UNKNOWN_STEP, "unknown-name", "unknown-word", MISSPELT];

/// Rules about what nothing uses.
const OF_USE: [&str; 2] = ["unused-input", "unused-output"];

/// The rule that tells of two steps in no order.
const OF_TWO: &str = "unordered-writes";

/// What was read, and what it is to be told with.
pub(super) struct Case<'c> {
    pub(super) live: &'c Live,
    pub(super) now: Now<'c>,
    pub(super) reading: &'c Reading,
    /// What was told before of other parts than those that are told of now.
    pub(super) kept: &'c [&'c Diagnostic],
}

/// All doubts.
const DOUBTS: &[fn(&Case<'_>) -> bool] = &[
    is_outside,
    is_too_much,
    is_entangled,
    is_marked,
    is_of_all,
    is_missed_elsewhere,
    is_unused,
    is_new_advice,
    is_order,
    is_of_two,
    is_syntax,
    is_confused,
];

impl Case<'_> {
    /// Whether reading the whole file might tell something else.
    pub(super) fn is_doubtful(&self) -> bool {
        DOUBTS.iter().any(|doubt| doubt(self))
    }

    fn part_of(&self, one: &Diagnostic) -> Option<usize> {
        let span = one.span()?;
        Some(self.live.parts.at(span.start as usize))
    }

    /// Whether nothing is wrong, so that it is told what is hardly meant.
    fn is_well(&self) -> bool {
        self.errors().next().is_none()
    }

    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let kept = self.kept.iter().copied();
        let all = kept.chain(&self.reading.found);
        all.filter(|one| one.is_error())
    }
}

/// The head of the file and what stands behind the list are for all steps.
fn is_outside(case: &Case<'_>) -> bool {
    let ends = [0, case.live.parts.last()];
    ends.iter().any(|part| case.now.touched.contains(part))
}

/// More depends on it than can be read, or than is told of.
fn is_too_much(case: &Case<'_>) -> bool {
    let told = &case.reading.choice.told;
    let strange = |one: &Diagnostic| {
        let part = case.part_of(one);
        one.is_error() && part.is_none_or(|part| !told.contains(&part))
    };
    !case.reading.choice.is_whole
        || case.reading.has_more
        || case.reading.found.iter().any(strange)
        || !case.reading.is_enough
}

/// What was told elsewhere has to do with what was typed over.
fn is_entangled(case: &Case<'_>) -> bool {
    let last = case.live.parts.last();
    let told = &case.reading.choice.told;
    let reaches = |one: &&&Diagnostic| {
        let parts = spans(one).map(|span| case.live.parts.at(span.start as usize));
        let mut inner = parts.filter(|part| *part != 0 && *part != last);
        one.span().is_none() || inner.any(|part| told.contains(&part))
    };
    case.live.has_lost || case.kept.iter().any(|one| reaches(&one))
}

/// A value is marked in one item and repeated in others.
fn is_marked(case: &Case<'_>) -> bool {
    let mut read = case.reading.choice.read.iter();
    let mut touched = case.now.touched.iter();
    read.any(|part| words::has_marks(case.now.part(*part)))
        || touched.any(|part| words::has_marks(case.now.base.part(*part)))
}

/// Rules that count or walk through all steps.
fn is_of_all(case: &Case<'_>) -> bool {
    let counts = |one: &Diagnostic| {
        let behind = one.code.name == BEHIND && one.labels.len() > 1;
        behind || OF_ALL.contains(&one.code.name) || words::has_number(&one.message)
    };
    case.reading.found.iter().any(counts) || case.now.base.checked.found.iter().any(counts)
}

/// Names that are nowhere defined are weighed against each other.
fn is_missed_elsewhere(case: &Case<'_>) -> bool {
    let is_miss = |one: &Diagnostic| MISSES.contains(&one.code.name);
    let own = case.reading.found.iter().filter(|one| is_miss(one));
    let names = own.filter_map(|one| case.now.text.get(one.span()?.range()));
    let mut seen = BTreeSet::new();
    let twice = names.filter(|name| !seen.insert(*name)).count() > 0;
    let named_above = |one: &Diagnostic| {
        let ends = [Some(0), Some(case.live.parts.last())];
        one.code.name == MISSPELT && ends.contains(&case.part_of(one))
    };
    twice
        || case.kept.iter().any(|one| is_miss(one))
        || case.reading.found.iter().any(named_above)
        || case.errors().nth(MISTAKES).is_some()
}

/// Something is declared that none of the items uses that were read.
fn is_unused(case: &Case<'_>) -> bool {
    let known = |one: &Diagnostic| {
        let mut before = case.live.found.iter();
        before.any(|old| old.code.name == one.code.name && old.span() == one.span())
    };
    let mut found = case.reading.found.iter();
    found.any(|one| OF_USE.contains(&one.code.name) && !known(one))
}

/// Nothing is wrong any more, and what is hardly meant was not looked for before.
fn is_new_advice(case: &Case<'_>) -> bool {
    let mut before = case.now.base.checked.found.iter();
    before.any(Diagnostic::is_error) && case.is_well()
}

/// Steps are ordered otherwise, or one writes what others write that nothing orders.
fn is_order(case: &Case<'_>) -> bool {
    let (base, touched) = (case.now.base, &case.now.touched);
    let new = |part: &usize| words::needs(case.now.part(*part));
    let other = touched
        .iter()
        .any(|part| words::needs(base.part(*part)) != new(part));
    let is_touched = |span| case.now.is_touched(&base.parts, span);
    let writes = || case.is_well() && base.writes(&is_touched) != case.reading.writes;
    let named = |part: &usize| {
        let ids: BTreeSet<&str> = words::ids(case.now.part(*part)).collect();
        ids == words::ids(base.part(*part)).collect()
    };
    other || base.is_ordered && (writes() || !touched.iter().all(named))
}

/// Of writers in no order each is held against the one before it, wherever that stands.
fn is_of_two(case: &Case<'_>) -> bool {
    let told = &case.reading.choice.told;
    let of_two = |all: &[Diagnostic]| -> BTreeSet<Vec<Span>> {
        let all = all.iter().filter(|one| one.code.name == OF_TWO);
        let own = all.filter(|one| case.part_of(one).is_some_and(|part| told.contains(&part)));
        own.map(|one| one.labels.iter().map(|label| label.span).collect())
            .collect()
    };
    case.is_well() && of_two(&case.live.found) != of_two(&case.reading.found)
}

/// After a mistake of YAML nothing else is told, and a long text is not read on.
fn is_syntax(case: &Case<'_>) -> bool {
    let own = case
        .reading
        .found
        .iter()
        .filter(|one| is_of_text(one))
        .count();
    let kept = case.kept.iter().any(|one| one.is_error());
    own > 0 && kept || own > 1 && case.now.text.len() > READ_ON
}

/// Something is told of no place.
fn is_confused(case: &Case<'_>) -> bool {
    let all = case.reading.found.iter().chain(&case.live.found);
    all.into_iter().any(|one| one.span().is_none())
}

/// The parts that are to be read too: those with names that are near to one that is nowhere
/// defined, and those that tell whether they are used. `None` where these are too many.
pub(super) fn wanted(now: &Now<'_>, reading: &Reading) -> Option<BTreeSet<usize>> {
    let mut wanted = BTreeSet::new();
    for one in &reading.found {
        let name = |label: usize| now.text.get(one.labels.get(label)?.span.range());
        let (defined, missed) = match one.code.name {
            UNKNOWN_STEP => (None, name(0)),
            MISSPELT => (name(0), name(1)),
            _ => continue,
        };
        wanted.extend(defined.into_iter().flat_map(|name| users(now, name)));
        for near in missed.into_iter().flat_map(|name| near(now, name)) {
            wanted.extend(now.base.called(near));
            wanted.extend(users(now, near).take(1));
        }
    }
    (wanted.len() <= NEAR).then_some(wanted)
}

/// The parts in which a step is named that stands in another.
fn users<'n>(now: &Now<'n>, id: &str) -> impl Iterator<Item = usize> {
    let own = now.base.called(id);
    let naming = now.base.naming(id).iter();
    naming.filter(|part| !own.contains(part)).copied()
}

/// The names of steps that are nearest to a name, of all and of those in no group.
fn near<'n>(now: &Now<'n>, name: &str) -> BTreeSet<&'n str> {
    let gone: BTreeSet<&str> = now
        .touched
        .iter()
        .flat_map(|part| now.base.ids_of(*part))
        .collect();
    let all = [false, true].into_iter().flat_map(|outermost| {
        let names = now.base.names(outermost);
        suggest::all_nearest(name, names.filter(|id| !gone.contains(id)))
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::{BEHIND, MISSES, OF_ALL, OF_TWO, OF_USE};

    #[test]
    fn every_rule_that_is_doubted_is_one_that_is_told() {
        let all = runsheet_language::codes();
        let lists = [&OF_ALL[..], &MISSES, &OF_USE, &[BEHIND, OF_TWO]];
        for name in lists.into_iter().flatten() {
            assert!(all.iter().any(|code| code.name == *name), "{name}");
        }
    }

    #[test]
    fn every_rule_about_what_nothing_uses_is_doubted() {
        let advice = runsheet_language::codes_of_advice().iter();
        let about_use = advice.filter(|code| code.name.starts_with("unused-"));
        let names: Vec<&str> = about_use.map(|code| code.name).collect();
        assert_eq!(names, OF_USE);
    }
}
