//! What composing put into the place of something else: the past of a document's nodes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::graft::Place;
use super::{Document, Node};
use crate::compose::lost::Owner;

/// What a node took the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// What was there before.
    pub older: Place,
    /// Where it is said: the node itself, or the patch that was merged into the older one.
    pub by: Place,
}

/// A scalar that has its place from another, and a text of its own.
#[derive(Clone, Debug)]
pub(super) struct Rewritten {
    pub(super) of: Place,
    pub(super) cuts: Vec<Cut>,
}

/// A part of a new text, and the part of the old one that it took the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) new: Range<usize>,
    pub(crate) old: Range<usize>,
}

/// A name that was taken away: whose, the scalar that said it, and where that is said.
type Lost = (Owner, Place, Place);

/// All of it, by the new node. Empty in a document that was read from one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    pasts: BTreeMap<Place, Past>,
    gone: Vec<Past>,
    /// What was taken out, by the keys and ids that led to it, and where that is said.
    taken: BTreeMap<Vec<String>, Place>,
    /// Keys under which something stands again that was taken out, and where that was said.
    again: Vec<(Place, Place)>,
    lost: Vec<Lost>,
    /// The scalars that say the ids of steps that were moved, and where that is said.
    moved: Vec<(Place, Place)>,
    pub(super) rewritten: BTreeMap<Place, Rewritten>,
}

impl Changes {
    /// Takes up those of another document whose nodes now have numbers higher by `by`.
    pub(super) fn graft(&mut self, other: &Changes, by: u32) {
        let moved = |past: &Past| Past {
            older: past.older + by,
            by: past.by + by,
        };
        let pasts = other
            .pasts
            .iter()
            .map(|(node, past)| (node + by, moved(past)));
        self.pasts.extend(pasts);
        self.gone.extend(other.gone.iter().map(moved));
        let taken = other.taken.iter();
        self.taken
            .extend(taken.map(|(path, at)| (path.clone(), at + by)));
        let again = other.again.iter();
        self.again
            .extend(again.map(|(key, at)| (key + by, at + by)));
        let lost = other.lost.iter();
        self.lost
            .extend(lost.map(|(owner, name, at)| (owner.clone(), name + by, at + by)));
        let put = other.moved.iter();
        self.moved
            .extend(put.map(|(step, at)| (step + by, at + by)));
        let rewritten = other.rewritten.iter().map(|(node, rewritten)| {
            let of = rewritten.of + by;
            let cuts = rewritten.cuts.clone();
            (node + by, Rewritten { of, cuts })
        });
        self.rewritten.extend(rewritten);
    }
}

impl Document {
    /// Notes that a node took the place of an older one, as is said at `by`.
    pub(crate) fn takes_place(&mut self, node: Place, older: Place, by: Place) {
        self.changes.pasts.insert(node, Past { older, by });
    }

    /// Notes that a node is gone, as is said at `by`.
    pub(crate) fn went(&mut self, older: Place, by: Place) {
        self.changes.gone.push(Past { older, by });
    }

    /// Notes that what these keys and ids lead to was taken out, as is said at `by`.
    pub(crate) fn takes_out(&mut self, path: &[String], by: Place) {
        self.changes.taken.insert(path.to_vec(), by);
    }

    /// Where it is said that what these keys and ids led to was taken out.
    pub(crate) fn taken_out(&self, path: &[String]) -> Option<Place> {
        self.changes.taken.get(path).copied()
    }

    /// Notes that what was taken out is there again, under this key.
    pub(crate) fn is_again(&mut self, path: &[String], key: Place) {
        if let Some(by) = self.changes.taken.remove(path) {
            self.changes.again.push((key, by));
        }
    }

    /// Every key under which something is there again, and where it was taken out.
    pub(crate) fn again(&self) -> &[(Place, Place)] {
        &self.changes.again
    }

    /// Notes that nothing is called by a name any more, as is said at `by`: a map with `$delete`, or
    /// the new name.
    pub(crate) fn lose(&mut self, owner: Owner, name: Place, by: Place) {
        self.changes.lost.push((owner, name, by));
    }

    /// Every name that was taken away, in the order in which that was done.
    pub(crate) fn lost(&self) -> &[(Owner, Place, Place)] {
        &self.changes.lost
    }

    /// Notes that the step with this id stands elsewhere than before, as is said at `by`.
    pub(crate) fn moves(&mut self, id: Place, by: Place) {
        self.changes.moved.push((id, by));
    }

    /// Every step that was moved, by the scalar that says its id, in the order in which that was
    /// done.
    pub(crate) fn moved(&self) -> &[(Place, Place)] {
        &self.changes.moved
    }

    /// What a node took the place of.
    pub fn past(&self, node: Node<'_>) -> Option<Past> {
        self.changes.pasts.get(&node.number()).copied()
    }

    /// Everything that took the place of something else, in the order of the new nodes.
    pub(crate) fn pasts(&self) -> impl Iterator<Item = (Place, Past)> {
        self.changes.pasts.iter().map(|(node, past)| (*node, *past))
    }

    /// Everything that was taken out.
    pub(crate) fn gone(&self) -> &[Past] {
        &self.changes.gone
    }
}

/// The part of the old text that a part of a new one came from, with all of what it touches.
pub(super) fn before(cuts: &[Cut], range: &Range<usize>) -> Range<usize> {
    let start = old(cuts, range.start).start;
    start..old(cuts, range.end).end.max(start)
}

/// The place in the old text of a place in the new one; inside of a cut, all that was there.
fn old(cuts: &[Cut], at: usize) -> Range<usize> {
    let mut passed = (0, 0);
    for cut in cuts.iter().take_while(|cut| cut.new.start < at) {
        if at < cut.new.end {
            return cut.old.clone();
        }
        passed = (cut.new.end, cut.old.end);
    }
    let at = at - passed.0 + passed.1;
    at..at
}

#[cfg(test)]
mod tests {
    use super::{Cut, before};

    #[test]
    fn parts_of_a_new_text_are_found_in_the_old_one() {
        // `steps.t2.x` became `steps.kick.x`.
        let cuts = [Cut {
            new: 6..10,
            old: 6..8,
        }];
        let table = [
            (0..5, 0..5),
            (6..10, 6..8),
            (7..9, 6..8),
            (11..12, 9..10),
            (0..12, 0..10),
        ];
        for (new, wanted) in table {
            assert_eq!(before(&cuts, &new), wanted, "{new:?}");
        }
    }
}
