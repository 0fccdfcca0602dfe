//! What each step waits for: `needs:` by name, or all that stands above it.

use std::collections::BTreeSet;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;

use super::early::Early;
use super::lists::Lists;
use super::misses::{Definition, Miss, Misses, steps_of};
use super::{CYCLE, UNKNOWN_STEP};
use crate::read::Draft;
use crate::spanned::Spanned;
use crate::workflow::StepId;

/// Binds the order of every list.
pub(super) fn bind(
    drafts: &mut [Draft<'_>],
    lists: &Lists,
    misses: &mut Misses,
    found: &mut Vec<Diagnostic>,
) {
    for group in 0..drafts.len() {
        let children = drafts[group].node.children.clone();
        // Steps that nothing above here waits for yet: whoever waits for these waits for all.
        let mut ends: BTreeSet<StepId> = BTreeSet::new();
        let mut early = Early::default();
        for child in &children {
            let needs = match &drafts[child.index()].needs {
                None => std::mem::take(&mut ends).into_iter().collect(),
                Some(needs) => {
                    let mut list = List {
                        drafts,
                        lists,
                        misses,
                        found,
                        children: &children,
                    };
                    list.needed(*child, &needs.ids, (&ends, &mut early))
                }
            };
            for need in &needs {
                ends.remove(need);
            }
            ends.insert(*child);
            drafts[child.index()].node.needs = needs;
        }
    }
}

/// What is said of a step inside a group.
const WHOLE: &str = "`needs:` names steps of its own list only; a group is waited for as a whole";

struct List<'l, 'd> {
    drafts: &'l [Draft<'d>],
    lists: &'l Lists,
    misses: &'l mut Misses,
    found: &'l mut Vec<Diagnostic>,
    children: &'l [StepId],
}

impl List<'_, '_> {
    /// What a step waits for. Where it is not known for all ids, it is taken to wait for all above
    /// it as well, with these ends: so nothing is told that only follows.
    fn needed(
        &mut self,
        step: StepId,
        ids: &[Spanned<&str>],
        (ends, early): (&BTreeSet<StepId>, &mut Early),
    ) -> Vec<StepId> {
        let needed: Vec<Vec<StepId>> = ids.iter().map(|id| self.need(step, id)).collect();
        let is_lost = needed.iter().any(Vec::is_empty);
        let mut known = needed.concat();
        if is_lost {
            let others = ends.iter().filter(|end| !known.contains(end));
            let others = others.filter(|end| early.is(self.drafts, **end, step));
            let others: Vec<StepId> = others.copied().collect();
            known.extend(others);
        }
        known
    }

    /// The step of an id, or those of several in one text; none where that has been told.
    fn need(&mut self, step: StepId, id: &Spanned<&str>) -> Vec<StepId> {
        let node = &self.drafts[step.index()].node;
        if *id.value == *node.id {
            let mut needed = self.drafts[step.index()]
                .needs
                .iter()
                .flat_map(|needs| &needs.ids);
            // `needs: []` would let it start at once.
            let has_others = needed.any(|other| other.value != id.value);
            let mut told = itself(id.value, id.span);
            told.fixes
                .extend(has_others.then(|| self.without(step, id.value)));
            self.found.push(told);
            return Vec::new();
        }
        if let Some(need) = self.lists.child(node.parent(), id.value) {
            self.misses.used(Definition::Step(need));
            return vec![need];
        }
        match self.in_one_text(step, id) {
            Some((told, steps)) => {
                self.found.push(told);
                steps
            }
            None => self.unknown(step, id).into_iter().collect(),
        }
    }

    /// Several ids that stand in one text: `needs: a, b`.
    fn in_one_text(
        &mut self,
        step: StepId,
        id: &Spanned<&str>,
    ) -> Option<(Diagnostic, Vec<StepId>)> {
        let words = id.value.split([',', ' ']).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let node = &self.drafts[step.index()].node;
        let steps = words
            .iter()
            .map(|word| self.lists.child(node.parent(), word));
        let steps: Vec<StepId> = steps.collect::<Option<_>>()?;
        if steps.len() < 2 {
            return None;
        }
        for step in &steps {
            self.misses.used(Definition::Step(*step));
        }
        let list = format!("[{}]", words.join(", "));
        let message = format!("there is no step `{}` in this list", id.value);
        let told = Diagnostic::error(&UNKNOWN_STEP, message)
            .at(id.span, "one text")
            .help(format!("several are a list: `{list}`"));
        let needs = self.drafts[step.index()].needs.as_ref()?;
        let told = match needs.ids.as_slice() {
            [_] => told.fix(Fix::replace("make it a list", needs.span, list)),
            _ => told,
        };
        Some((told, steps))
    }

    fn unknown(&mut self, step: StepId, id: &Spanned<&str>) -> Option<StepId> {
        let node = &self.drafts[step.index()].node;
        let message = format!("there is no step `{}` in this list", id.value);
        let diagnostic = Diagnostic::error(&UNKNOWN_STEP, message).at(id.span, "unknown step");
        let group = &self.drafts[node.parent().index()].node;
        let owners = [steps_of(group, |step| &self.drafts[step.index()].node)];
        let owner = (owners.as_slice(), id.value);
        let diagnostic = match self.misses.lost(owner, id.span, diagnostic) {
            Ok((told, now)) => {
                self.found.push(told);
                return now.and_then(|now| self.lists.child(node.parent(), now));
            }
            Err(diagnostic) => diagnostic,
        };
        if let Some(group) = self.group_of(step, id.value) {
            self.is_within(step, id, group, diagnostic);
            return Some(group);
        }
        // Those above are likelier to be meant than those below.
        let (above, below): (Vec<StepId>, Vec<StepId>) =
            self.children.iter().partition(|other| **other < step);
        let others = above
            .into_iter()
            .rev()
            .chain(below)
            .filter(|other| *other != step);
        let candidates = others.map(|other| {
            (
                self.drafts[other.index()].node.id.clone(),
                Definition::Step(other),
            )
        });
        let elsewhere = self.lists.named(step, &node.path, id.value);
        let help = match elsewhere {
            Some(_) => WHOLE,
            None => "`needs:` names steps of its own list",
        };
        let miss = Miss::new(id.value, id.span, diagnostic, help);
        match self.misses.miss(miss, candidates) {
            Some(Definition::Step(meant)) => Some(meant),
            _ => None,
        }
    }

    /// The group in this list that a step called by the way to it, `group.step`, stands in.
    fn group_of(&self, step: StepId, id: &str) -> Option<StepId> {
        let parent = self.drafts[step.index()].node.parent();
        let (group, inner) = id.split_once('.')?;
        let group = self
            .lists
            .child(parent, group)
            .filter(|group| *group != step)?;
        self.lists.child(group, inner.split('.').next()?)?;
        Some(group)
    }

    /// Tells a step inside a group to be waited for as the group, unless that is waited for anyway.
    fn is_within(&mut self, step: StepId, id: &Spanned<&str>, group: StepId, told: Diagnostic) {
        let name = self.drafts[group.index()].node.id.clone();
        let told = told.help(WHOLE);
        let needs = self.drafts[step.index()].needs.iter();
        let mut ids = needs.flat_map(|needs| &needs.ids);
        self.found
            .push(match ids.any(|other| *other.value == *name) {
                true => told,
                false => told.fix(Fix::replace(format!("change to `{name}`"), id.span, &*name)),
            });
        self.misses.used(Definition::Step(group));
    }

    /// The `needs:` of a step without one of the ids.
    fn without(&self, step: StepId, id: &str) -> Fix {
        let needs = self.drafts[step.index()].needs.iter();
        let mut fix = Fix::new("leave it out").by_choice();
        for needs in needs {
            let others = needs.ids.iter().map(|id| id.value);
            let others: Vec<&str> = others.filter(|other| *other != id).collect();
            fix = fix.edit(needs.span, format!("[{}]", others.join(", ")));
        }
        fix
    }
}

fn itself(id: &str, span: Span) -> Diagnostic {
    Diagnostic::error(&CYCLE, format!("`{id}` needs itself"))
        .at(span, "its own id")
        .help("leave it out: without `needs:` a step waits for all above it")
}
