//! Which of the steps that came is one of those that went, by what they say.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

use super::matching::Block;

/// How much in a hundred of what two steps say must be the same for them to be one step.
const ALIKE: usize = 60;

/// With how many steps that went one that came is compared: those that share its rarest words.
const MOST: usize = 64;

/// Everything a step says, in order.
type Sayings = Vec<String>;

/// For each of the new ones, which of the old ones it is: those that say the same first, then
/// those that are most alike. The numbers are those of the two slices.
pub(super) fn matched(old: &[&Block], new: &[&Block]) -> Vec<Option<usize>> {
    if old.is_empty() || new.is_empty() {
        return vec![None; new.len()];
    }
    let sayings = |blocks: &[&Block]| -> Vec<Sayings> {
        blocks.iter().map(|block| block.all_sayings()).collect()
    };
    let (old, new) = (sayings(old), sayings(new));
    let mut was = the_same(&old, &new);
    let mut pairs = near(&old, &new, &was);
    // Of several that are alike, the first.
    pairs.sort_by_key(|(like, at, old)| (Reverse(*like), *at, *old));
    let mut is_taken = vec![false; old.len()];
    was.iter().flatten().for_each(|old| is_taken[*old] = true);
    for (_, at, old) in pairs {
        if was[at].is_none() && !is_taken[old] {
            is_taken[old] = true;
            was[at] = Some(old);
        }
    }
    was
}

/// Those that say exactly the same, in their order.
fn the_same(old: &[Sayings], new: &[Sayings]) -> Vec<Option<usize>> {
    let mut by_sayings: BTreeMap<&Sayings, VecDeque<usize>> = BTreeMap::new();
    for (at, sayings) in old.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
        by_sayings.entry(sayings).or_default().push_back(at);
    }
    let mut take = |sayings| by_sayings.get_mut(sayings)?.pop_front();
    new.iter().map(&mut take).collect()
}

/// Pairs of the others that are alike enough, with how alike they are in a hundred.
fn near(old: &[Sayings], new: &[Sayings], was: &[Option<usize>]) -> Vec<(usize, usize, usize)> {
    let mut is_free = vec![true; old.len()];
    was.iter().flatten().for_each(|old| is_free[*old] = false);
    let mut saying: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, sayings) in old.iter().enumerate().filter(|(at, _)| is_free[*at]) {
        for one in sayings {
            saying.entry(one).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for (at, says) in new.iter().enumerate().filter(|(at, _)| was[*at].is_none()) {
        for old_at in sharing(says, &saying) {
            let other = &old[old_at];
            let like = shared(says, other) * 100 / says.len().max(other.len()).max(1);
            if like >= ALIKE {
                pairs.push((like, at, old_at));
            }
        }
    }
    pairs
}

/// The first of those that say something of what one says, rare words first.
fn sharing(says: &[String], saying: &BTreeMap<&str, Vec<usize>>) -> Vec<usize> {
    let mut who: Vec<&Vec<usize>> = says
        .iter()
        .filter_map(|one| saying.get(one.as_str()))
        .collect();
    who.sort_by_key(|who| who.len());
    let mut found: Vec<usize> = who.into_iter().flatten().copied().take(MOST).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// How many of some texts are among others; both are sorted.
fn shared(one: &[String], other: &[String]) -> usize {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, shared) = (a + 1, b + 1, shared + 1),
        }
    }
    shared
}
