//! The plugins that the one file names, since other files do.

use std::collections::BTreeMap;

use runsheet_language::document::Node;
use runsheet_language::parts::Parts;

use super::names::{Offer, What};

/// What is to be said of plugins beside what the workflow's own file says: those that only others
/// name, and those that others keep apart more strictly. Files that name one plugin mean one.
pub(super) fn of_others(parts: &Parts) -> Vec<Offer> {
    let main = parts.main();
    let mut kept: BTreeMap<&str, (u8, Offer)> = BTreeMap::new();
    let others = (0..parts.files.len()).filter(|file| *file != main);
    for file in [main].into_iter().chain(others) {
        let root = parts.files[file].document.root();
        let named = root.and_then(|root| root.get("plugins"));
        let named = named.into_iter().flat_map(|named| named.value.entries());
        for (at, entry) in named.enumerate() {
            let what = What::Plugin(at);
            let said = (strictness(entry.value), Offer { file, what });
            let known = kept.entry(entry.name()).or_insert(said);
            if said.0 > known.0 {
                *known = said;
            }
        }
    }
    let kept = kept.into_values().map(|(_, offer)| offer);
    kept.filter(|offer| offer.file != main).collect()
}

/// What keeps a plugin apart outranks what does not, and either outranks that nothing is said.
fn strictness(plugin: Node<'_>) -> u8 {
    let isolation = plugin.get("isolation");
    match isolation.and_then(|entry| entry.value.text()) {
        Some("process") => 2,
        Some(_) => 1,
        None => 0,
    }
}
