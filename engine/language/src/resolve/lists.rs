//! The ids of each list: who is called what, as seen from where.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use super::DUPLICATE_ID;
use super::blame::Words;
use crate::read::Draft;
use crate::workflow::{StepId, tree};

/// The ids of all lists.
pub(super) struct Lists {
    /// By the number of the group.
    lists: Vec<HashMap<Name, StepId>>,
    /// Which of them are calls, whose steps are their own.
    calls: Vec<bool>,
    /// Which of them are lists of `rescue:`.
    rescues: Vec<bool>,
    finally: Option<StepId>,
}

impl Lists {
    /// Takes up all ids, and complains about those that a list of these texts has twice.
    pub(super) fn of(
        drafts: &[Draft<'_>],
        finally: Option<StepId>,
        texts: &[&str],
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let words = Words::of(texts);
        let lists = drafts
            .iter()
            .map(|draft| list(drafts, &draft.node.children, &words, found));
        let lists: Vec<HashMap<Name, StepId>> = lists.collect();
        for (draft, list) in drafts.iter().zip(&lists) {
            found.extend(called_rescue(drafts, draft, list));
        }
        Self {
            lists,
            calls: drafts
                .iter()
                .map(|draft| draft.node.call.is_some())
                .collect(),
            rescues: (0..)
                .map(StepId)
                .zip(drafts)
                .map(|(id, draft)| drafts[draft.node.parent().index()].node.rescue == Some(id))
                .collect(),
            finally,
        }
    }

    /// The child of a group by its id.
    pub(super) fn child(&self, group: StepId, id: &str) -> Option<StepId> {
        self.lists[group.index()].get(id).copied()
    }

    /// A step by its id as seen from another: what is in it first, then siblings, then outward.
    pub(super) fn named(&self, from: StepId, path: &[StepId], id: &str) -> Option<StepId> {
        let is_call = |group: StepId| self.calls[group.index()];
        let is_rescue = |list: StepId| self.rescues[list.index()];
        let groups = tree::outward(path, self.finally, &is_call, &is_rescue).into_iter();
        let mut found = groups.filter_map(|group| self.child(group, id));
        found.find(|step| *step != from)
    }
}

fn list(
    drafts: &[Draft<'_>],
    children: &[StepId],
    words: &Words<'_>,
    found: &mut Vec<Diagnostic>,
) -> HashMap<Name, StepId> {
    let mut list: HashMap<Name, StepId> = HashMap::with_capacity(children.len());
    let mut again: Vec<(StepId, StepId)> = Vec::new();
    for child in children {
        match list.entry(drafts[child.index()].node.id.clone()) {
            Entry::Occupied(first) => again.push((*first.get(), *child)),
            Entry::Vacant(free) => {
                free.insert(*child);
            }
        }
    }
    let mut called: HashMap<StepId, usize> = HashMap::new();
    for (first, _) in &again {
        *called.entry(*first).or_insert(1) += 1;
    }
    let mut known: HashMap<StepId, (String, bool)> = HashMap::new();
    for (first, child) in &again {
        let place = |step: &StepId| drafts[step.index()].node.span;
        let id = &drafts[first.index()].node.id;
        // Which of them others name cannot be known.
        let is_named = || words.times(id) > called[first];
        let (free, is_named) = known
            .entry(*first)
            .or_insert_with(|| (free_id(&list, id), is_named()));
        let mut told = twice(id, place(first), place(child), free);
        told.fixes
            .iter_mut()
            .for_each(|fix| fix.is_choice = *is_named);
        found.push(told);
    }
    list
}

/// A step with the name by which the list that rescues its group is called in addresses.
fn called_rescue(
    drafts: &[Draft<'_>],
    group: &Draft<'_>,
    list: &HashMap<Name, StepId>,
) -> Option<Diagnostic> {
    let rescue = &drafts[group.node.rescue?.index()].node;
    let child = list.get(&rescue.id)?;
    let place = drafts[child.index()].node.span;
    Some(twice(
        &rescue.id,
        rescue.span,
        place,
        &free_id(list, &rescue.id),
    ))
}

/// An id like this one that no step of the list has.
fn free_id(list: &HashMap<Name, StepId>, id: &str) -> String {
    let mut possible = (2..=list.len() + 2).map(|n| format!("{id}-{n}"));
    let free = possible.find(|wanted| !list.contains_key(wanted.as_str()));
    free.unwrap_or_default()
}

/// A patch that brings the name again would have its base renamed: no change is offered there.
fn twice(id: &str, first: Span, again: Span, free: &str) -> Diagnostic {
    let told = Diagnostic::error(
        &DUPLICATE_ID,
        format!("two steps of this list are called `{id}`"),
    )
    .at(again, "again")
    .at(first, "first")
    .help("give one of them another id");
    match first.source == again.source {
        true => told.fix(Fix::replace(format!("call it `{free}`"), again, free)),
        false => told,
    }
}
