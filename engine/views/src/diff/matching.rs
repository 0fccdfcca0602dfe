//! Which step before is which after.

use std::collections::BTreeMap;

use super::names::{Names, Scope};
use super::said::{Place, Said, Value};
use super::{Behind, Fate, Step, alike, values};

/// The workflow, a step or a definition.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) id: String,
    /// What it says, but for the steps in it.
    pub(super) values: Vec<(String, Value)>,
    pub(super) lists: Vec<Listing>,
    pub(super) place: Option<Place>,
    /// Where a step was first named, before any patch.
    pub(super) origin: Option<Place>,
    /// How many steps it holds, if it is a group or calls something.
    pub(super) holds: Option<usize>,
}

/// The steps under one key.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    pub(super) key: String,
    pub(super) is_ordered: bool,
    pub(super) blocks: Vec<Block>,
}

/// A block before, after, or both.
pub(super) struct Pair<'b> {
    pub(super) before: Option<&'b Block>,
    pub(super) after: Option<&'b Block>,
    /// The one before it in its list after, if it stands elsewhere than before.
    moved: Option<Behind>,
}

impl Block {
    /// Everything it says, without the names of other steps, in order.
    pub(super) fn all_sayings(&self) -> Vec<String> {
        let mut sayings = Vec::new();
        self.sayings("", &mut sayings);
        sayings.sort_unstable();
        sayings
    }

    fn sayings(&self, path: &str, out: &mut Vec<String>) {
        for (key, value) in &self.values {
            if !["needs", "since"].contains(&key.as_str()) {
                flatten(&format!("{path}{key}"), value, out);
            }
        }
        for list in &self.lists {
            for block in &list.blocks {
                block.sayings(&format!("{path}{}.{}.", list.key, block.id), out);
            }
        }
    }

    /// The addresses of all steps in it.
    pub(super) fn addresses(&self, outer: &str, out: &mut Vec<String>) {
        for list in &self.lists {
            let outer = within(outer, &list.key);
            for block in &list.blocks {
                let address = format!("{outer}{}", block.id);
                out.push(address.clone());
                block.addresses(&format!("{address}."), out);
            }
        }
    }

    fn list(&self, key: &str) -> Option<&Listing> {
        self.lists.iter().find(|list| list.key == key)
    }
}

fn flatten(path: &str, value: &Value, out: &mut Vec<String>) {
    match &value.said {
        Said::Map(entries) => {
            for (key, value) in entries {
                flatten(&format!("{path}.{key}"), value, out);
            }
        }
        _ => out.push(format!("{path}={}", values::masked(&value.written()))),
    }
}

/// What is around two blocks: what their addresses begin with, before and after, their steps as
/// these are called after, and what these can name outside of the blocks.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) outer: [&'a str; 2],
    pub(super) names: &'a Names,
    pub(super) scope: Option<&'a Scope<'a>>,
}

/// Tells of all steps below two blocks that are not the same.
pub(super) fn steps(before: &Block, after: &Block, around: Around<'_>, out: &mut Vec<Step>) {
    for (key, one, other) in lists(before, after) {
        let outer = around.outer.map(|outer| within(outer, key));
        let scope = Scope::of(around.names, key, around.scope);
        for pair in pairs(one, other) {
            let below = pair.before.and_then(|one| around.names.below(key, &one.id));
            out.extend(pair.step(&outer, below, scope.as_ref()));
            if let (Some(one), Some(other), Some(names)) = (pair.before, pair.after, below) {
                let [was, is] = &outer;
                let (was, is) = (format!("{was}{}.", one.id), format!("{is}{}.", other.id));
                let around = Around {
                    outer: [&was, &is],
                    names,
                    scope: scope.as_ref(),
                };
                steps(one, other, around, out);
            }
        }
    }
}

/// What the addresses of the steps of a list begin with.
fn within(outer: &str, key: &str) -> String {
    match key {
        "steps" => outer.to_owned(),
        key => format!("{outer}{key}."),
    }
}

impl Pair<'_> {
    fn step(
        &self,
        outer: &[String; 2],
        names: Option<&Names>,
        scope: Option<&Scope<'_>>,
    ) -> Option<Step> {
        let [before, after] = outer;
        let before = self.before.map(|block| format!("{before}{}", block.id));
        let after = self.after.map(|block| format!("{after}{}", block.id));
        let mut step = Step {
            address: after.or(before.clone())?,
            base: before,
            was: None,
            fate: Fate::Kept,
            moved: self.moved.clone(),
            holds: None,
            values: Vec::new(),
            before_at: self.before.and_then(|block| block.place.clone()),
            after_at: self.after.and_then(|block| block.place.clone()),
        };
        match (self.before, self.after) {
            (Some(before), Some(after)) => {
                step.was = step.base.clone().filter(|_| before.id != after.id);
                step.values = values::of_blocks(before, after, names, scope);
                let is_other = step.was.is_some() || step.moved.is_some();
                return (is_other || !step.values.is_empty()).then_some(step);
            }
            (Some(gone), None) => (step.fate, step.holds) = (Fate::Removed, gone.holds),
            (None, Some(new)) => (step.fate, step.holds) = (Fate::Added, new.holds),
            (None, None) => return None,
        }
        Some(step)
    }
}

/// The lists of two blocks, side by side.
pub(super) fn lists<'b>(
    before: &'b Block,
    after: &'b Block,
) -> Vec<(&'b str, Option<&'b Listing>, Option<&'b Listing>)> {
    let gone = before.lists.iter();
    let gone = gone.filter(|list| after.list(&list.key).is_none());
    let all = after.lists.iter().chain(gone);
    all.map(|list| {
        let key = list.key.as_str();
        (key, before.list(key), after.list(key))
    })
    .collect()
}

/// The blocks of two lists, side by side: in the order of the second, and each that is gone behind
/// the one that it stood behind.
pub(super) fn pairs<'b>(before: Option<&'b Listing>, after: Option<&'b Listing>) -> Vec<Pair<'b>> {
    let blocks = |list: Option<&'b Listing>| list.map_or(&[][..], |list| &list.blocks);
    let (old, new) = (blocks(before), blocks(after));
    let was = matched(old, new);
    let is_ordered = after.is_some_and(|list| list.is_ordered);
    let stays = match is_ordered {
        true => in_line(&was),
        false => vec![true; new.len()],
    };
    let mut is_gone = vec![true; old.len()];
    for at in was.iter().flatten() {
        is_gone[*at] = false;
    }
    let mut pairs = Vec::with_capacity(new.len());
    let mut gone_from = |from: usize, pairs: &mut Vec<Pair<'b>>| {
        for at in from..old.len() {
            if !std::mem::take(&mut is_gone[at]) {
                break;
            }
            pairs.push(Pair {
                before: Some(&old[at]),
                after: None,
                moved: None,
            });
        }
    };
    gone_from(0, &mut pairs);
    for (at, block) in new.iter().enumerate() {
        let behind = at.checked_sub(1).map(|at| new[at].id.clone());
        pairs.push(Pair {
            before: was[at].map(|at| &old[at]),
            after: Some(block),
            moved: (!stays[at]).then_some(Behind { behind }),
        });
        if let Some(old_at) = was[at] {
            gone_from(old_at + 1, &mut pairs);
        }
    }
    pairs
}

/// Where each of the new ones was: by where both come from, or else by its id, or by what it says.
fn matched(old: &[Block], new: &[Block]) -> Vec<Option<usize>> {
    let origins = old.iter().zip(0..);
    let origins: BTreeMap<&Place, usize> = origins
        .filter_map(|(it, at)| Some((it.origin.as_ref()?, at)))
        .collect();
    let from = |it: &Block| origins.get(it.origin.as_ref()?).copied();
    let mut was: Vec<Option<usize>> = new.iter().map(from).collect();
    let mut is_free = vec![true; old.len()];
    for at in was.iter().flatten() {
        is_free[*at] = false;
    }
    let ids: BTreeMap<&str, usize> = old.iter().zip(0..).map(|(it, at)| (&*it.id, at)).collect();
    for (was, it) in was.iter_mut().zip(new).filter(|(was, _)| was.is_none()) {
        let free = ids.get(&*it.id).filter(|at| is_free[**at]);
        *was = free.copied();
        if let Some(at) = *was {
            is_free[at] = false;
        }
    }
    let free: Vec<usize> = (0..old.len()).filter(|at| is_free[*at]).collect();
    let came: Vec<usize> = (0..new.len()).filter(|at| was[*at].is_none()).collect();
    let gone: Vec<&Block> = free.iter().map(|at| &old[*at]).collect();
    let others: Vec<&Block> = came.iter().map(|at| &new[*at]).collect();
    for (at, like) in came.iter().zip(alike::matched(&gone, &others)) {
        was[*at] = like.map(|like| free[like]);
    }
    was
}

/// Which of the new ones stand in the order of before, as many as possible; the others moved.
fn in_line(was: &[Option<usize>]) -> Vec<bool> {
    // The last of the best rows of each length, and the one before each of them.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; was.len()];
    for (at, place) in was.iter().enumerate() {
        let Some(place) = place else { continue };
        let length = ends.partition_point(|end| was[*end] < Some(*place));
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays: Vec<bool> = was.iter().map(Option::is_none).collect();
    let mut at = ends.last().copied();
    while let Some(one) = at {
        stays[one] = true;
        at = before[one];
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::in_line;

    #[test]
    fn as_few_as_possible_have_moved() {
        let moved = |was: &[usize]| -> Vec<usize> {
            let was: Vec<Option<usize>> = was.iter().copied().map(Some).collect();
            let stays = in_line(&was);
            (0..was.len()).filter(|at| !stays[*at]).collect()
        };
        assert_eq!(moved(&[0, 1, 2]).len(), 0);
        assert_eq!(moved(&[2, 0, 1]), [0]);
        assert_eq!(moved(&[0, 3, 1, 2]), [1]);
        assert_eq!(moved(&[1, 2, 3, 0]), [3]);
        assert_eq!(moved(&[4, 0, 1, 5, 2, 3]).len(), 2);
    }
}
