//! Files that are to be checked since another one says something else.

use std::collections::BTreeSet;

use runsheet_language::compose::Files;

use super::Session;
use crate::near::LARGE;

impl Session {
    /// Checks all files that are open but one, and those that depend on them; large ones later.
    pub(super) fn check_open(&mut self, but: &str) -> BTreeSet<String> {
        let open = self.store.open.keys().filter(|path| *path != but);
        let mut changed = BTreeSet::new();
        for path in open.cloned().collect::<Vec<String>>() {
            match self.is_large(&path) {
                true => self.wait_for(&path),
                false => changed.extend(self.check_one(&path)),
            }
            changed.extend(self.check_dependents(&path));
        }
        changed
    }

    /// Checks what depends on a file: that may be any other, where it says something else of
    /// plugins than before.
    pub(super) fn check_those_with(&mut self, path: &str, others: bool) -> BTreeSet<String> {
        match others {
            true => self.check_open(path),
            false => self.check_dependents(path),
        }
    }

    /// Checks what depends on a file, large ones later: nobody waits for them at every key.
    pub(super) fn check_dependents(&mut self, path: &str) -> BTreeSet<String> {
        let dependents = self.store.dependents(path);
        let (large, small): (Vec<_>, Vec<_>) =
            dependents.into_iter().partition(|path| self.is_large(path));
        for path in large {
            self.wait_for(&path);
        }
        let small = small.into_iter();
        small.flat_map(|path| self.check_one(&path)).collect()
    }

    /// Whether a file is large, or directly made of one that is.
    fn is_large(&self, path: &str) -> bool {
        let under = self.store.under(path);
        let all = self.store.named_by(path).iter().chain(&under);
        let mut all = all.map(String::as_str).chain([path]);
        all.any(|path| {
            let text = self.store.read(path);
            text.is_ok_and(|text| text.len() >= LARGE)
        })
    }

    /// Reads a file as a whole when nothing is typed.
    fn wait_for(&mut self, path: &str) {
        self.waiting.entry(path.to_owned()).or_insert(false);
    }
}
