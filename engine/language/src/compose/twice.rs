//! One thing of which a patch says two things in two of its items: the earlier would be lost without
//! a word.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;

use super::directive::PLACES;
use super::patch::Patching;
use crate::document::rules::DUPLICATE_KEY;
use crate::document::{Node, Place};
use crate::reader::bare;

impl Patching<'_> {
    /// Tells it where something takes the place of what this patch itself put there or changed, as
    /// it says at `by`. An item that says more of a step again is told once.
    pub(super) fn says_again(&mut self, old: Place, by: Place) {
        let is_own = |place: &Place| self.own.contains(place);
        let changed = || Some(self.document.past(self.at(old))?.by);
        let earlier = Some(old)
            .filter(is_own)
            .or_else(|| changed().filter(is_own));
        if let (Some(earlier), Some(name)) = (earlier, self.path.last().cloned()) {
            self.twice(&name, by, earlier);
        }
    }

    /// Tells it where a step is put somewhere that this patch put elsewhere.
    pub(super) fn put_again(&mut self, id: &str, step: Place, by: Place) {
        if let Some(earlier) = self.put.insert(step, by) {
            self.twice(id, by, earlier);
        }
    }

    fn twice(&mut self, name: &str, by: Place, earlier: Place) {
        if std::mem::replace(&mut self.told_twice, self.item) == self.item && self.item.is_some() {
            return;
        }
        let message = format!("one patch says two things of `{name}`");
        let (by, earlier) = (said(self.at(by)), said(self.at(earlier)));
        let told = Diagnostic::error(&DUPLICATE_KEY, message)
            .at(by, "again")
            .at(earlier, "first")
            .help("keep one of the two");
        self.found.push(told);
    }
}

/// Where it is said: the directive, the id of a step, or the value itself.
fn said(by: Node<'_>) -> Span {
    let is_word = |name: &str| name.starts_with('$') && !PLACES.contains(&name);
    let word = by.entries().find(|entry| is_word(entry.name()));
    let word = word.or_else(|| by.entries().find(|entry| entry.name() == "id"));
    word.map_or_else(|| bare(by), |word| bare(word.key))
}
