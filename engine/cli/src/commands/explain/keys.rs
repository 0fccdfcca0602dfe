//! The keys of workflow and site files, from the tables by which they are read.

use runsheet_language::keys::{Key, Keys, OVERLAY, SITE, WORKFLOW, within};
use runsheet_report::look::{Look, Tone};

use super::folding::folded;

/// Every table: those of workflows, of sites and of overlays.
fn tables() -> impl Iterator<Item = &'static Keys<'static>> {
    let roots = [&WORKFLOW, &SITE, &OVERLAY].into_iter();
    roots.flat_map(within)
}

/// The name of every key; one that stands in several maps comes as often.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    tables().flat_map(Keys::names)
}

/// All keys, map by map.
pub(super) fn list(look: Look) -> String {
    let of_map = |keys: &Keys<'_>| {
        let heading = format!("keys of {}", keys.what);
        let mut text = format!("{}\n", look.paint(Tone::Strong, &heading));
        for key in keys.keys() {
            text.push_str(&format!("  {:<18} {}\n", key.name, key.summary()));
        }
        text
    };
    tables().map(of_map).collect::<Vec<_>>().join("\n")
}

/// What a key means, in every map that has one of that name.
pub(super) fn page(name: &str, look: Look) -> Option<String> {
    let mut told = format!("{}\n", look.paint(Tone::Strong, name));
    let mut found = false;
    for keys in tables() {
        for key in keys.keys().iter().filter(|key| key.name == name) {
            told.push('\n');
            told.push_str(&of_one(keys, key, look));
            found = true;
        }
    }
    found.then_some(told)
}

fn of_one(keys: &Keys<'_>, key: &Key, look: Look) -> String {
    let must = if key.required { ", required" } else { "" };
    let mut text = folded(
        &format!("a key of {}{must}: {}", keys.what, key.takes),
        look.width,
    );
    text.push_str(&folded(key.doc, look.width));
    if !key.example.is_empty() {
        text.push('\n');
    }
    for line in key.example.lines() {
        text.push_str(&format!("    {line}\n"));
    }
    text
}
