//! One thing that a step would do, in words.

use runsheet_record::plan::{Deed, Sign, in_plain_words};
use runsheet_step::Name;
use runsheet_step::fact::Key;

use crate::look::Tone;

/// The tone of a sign.
pub(super) fn tone(sign: Sign) -> Tone {
    match sign {
        Sign::Create => Tone::Good,
        Sign::Change | Sign::Wait => Tone::Warm,
        Sign::Delete => Tone::Bad,
        Sign::Act => Tone::Busy,
        Sign::Same => Tone::Faint,
    }
}

/// The flags of one deed.
pub(super) fn flags(deed: &Deed) -> String {
    let mut flags = String::new();
    if deed.irreversible {
        flags.push('!');
    }
    if deed.secret {
        flags.push('$');
    }
    flags
}

/// A change with its values before and after, an act with what it brings about, or a wait.
pub(super) fn told(deed: &Deed) -> String {
    match (&deed.change, deed.effects.as_slice()) {
        (Some((before, after)), _) => format!("{}: {before} -> {after}", deed.key.resource),
        (None, []) => deed.phrase.to_string(),
        (None, effects) => {
            let effects: Vec<String> = effects
                .iter()
                .enumerate()
                .map(|(n, change)| {
                    let words = deed.in_words.get(n).cloned();
                    let words = words.unwrap_or_else(|| in_plain_words(change));
                    effect(&change.key, &words, &deed.key)
                })
                .collect();
            format!("{} ({})", deed.phrase, effects.join("; "))
        }
    }
}

/// `running -> stopped`, with its resource where that is another one than the deed's own.
fn effect(key: &Key, (before, after): &(Name, Name), own: &Key) -> String {
    if key == own {
        return format!("{before} -> {after}");
    }
    let Key {
        facility, resource, ..
    } = key;
    format!("{facility} {resource}: {before} -> {after}")
}
