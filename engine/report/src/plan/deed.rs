//! One thing that a step would do, in words.

use runsheet_record::plan::{Deed, Sign};
use runsheet_step::Catalogue;
use runsheet_step::fact::{Change, Fact, Key};

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
pub(super) fn told(deed: &Deed, catalogue: &Catalogue) -> String {
    match (&deed.change, deed.effects.as_slice()) {
        (Some((before, after)), _) => format!("{}: {before} -> {after}", deed.key.resource),
        (None, []) => deed.phrase.to_string(),
        (None, effects) => {
            let effects: Vec<String> = effects
                .iter()
                .map(|change| effect(change, &deed.key, catalogue))
                .collect();
            format!("{} ({})", deed.phrase, effects.join("; "))
        }
    }
}

/// `running -> stopped`, with its resource where that is another one than the deed's own.
fn effect(change: &Change, own: &Key, catalogue: &Catalogue) -> String {
    let show = |fact: &Fact| match fact {
        Fact::Known(value) => match catalogue.facility_named(&change.key.facility) {
            Some(facility) => facility.show(value),
            None => value.to_string(),
        },
        Fact::Absent => "(absent)".to_owned(),
        Fact::Unknown(_) => "(known in the run)".to_owned(),
    };
    let (before, after) = (show(&change.before), show(&change.after));
    if change.key == *own {
        return format!("{before} -> {after}");
    }
    let Key {
        facility, resource, ..
    } = &change.key;
    format!("{facility} {resource}: {before} -> {after}")
}
