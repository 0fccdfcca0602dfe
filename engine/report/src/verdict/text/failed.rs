//! What failed: the place, the rule, the causes with their remedies and sources.

use super::{MOST, heading, holds};
use crate::address::without_items;
use crate::causes;
use crate::look::{Look, Tone};
use crate::progress::tone;
use crate::verdict::{Failed, Verdict};

pub(super) fn write(verdict: &Verdict, look: Look, text: &mut String) {
    if verdict.failures.is_empty() {
        return;
    }
    text.push_str(&heading(look, "what failed"));
    let mut before: Option<(&Failed, usize)> = None;
    for failed in &verdict.failures {
        let like = before.filter(|(first, _)| is_like(first, failed));
        let count = like.map_or(1, |(_, count)| count + 1);
        if count == 1 {
            one(failed, look, text);
        } else if count <= MOST || look.all {
            let word = look.paint(tone(failed.status), failed.status.word());
            text.push_str(&format!("  {word}  {}: likewise\n", failed.address));
        } else if count == MOST + 1 {
            text.push_str("  ... and more of the same: --all\n");
        }
        before = Some((like.map_or(failed, |(first, _)| first), count));
    }
}

/// Instances of one step that failed in the same way.
fn is_like(one: &Failed, other: &Failed) -> bool {
    one.message == other.message
        && one.broken.is_none()
        && one.causes == other.causes
        && without_items(&one.address) == without_items(&other.address)
}

fn one(failed: &Failed, look: Look, text: &mut String) {
    let word = look.paint(tone(failed.status), failed.status.word());
    text.push_str(&format!(
        "  {word}  {}: {}\n",
        failed.address, failed.message
    ));
    if let Some((rule, reads)) = &failed.broken {
        text.push_str(&format!("    expected: {rule}\n"));
        text.push_str(&format!("    but read: {}\n", holds::reads(reads)));
    }
    let doc = Some(&failed.doc).filter(|doc| !doc.is_empty());
    if let Some(doc) = doc {
        text.push_str(&look.paint(Tone::Faint, &format!("    step:     {doc}")));
        text.push('\n');
    }
    if let Some(place) = &failed.place {
        text.push_str(&look.paint(Tone::Faint, &format!("    place:    {place}")));
        text.push('\n');
    }
    text.push_str(&causes::told(&failed.causes));
    if let Some(help) = &failed.help {
        text.push_str(&format!("    help:     {help}\n"));
    }
}
