//! What acts change in the words of its facility, written down with the plan: a plugin that brought
//! them may be gone when the plan is looked at again.

use runsheet_record::plan::{Deed, Row, in_plain_words};
use runsheet_step::fact::{Change, Fact};
use runsheet_step::{Catalogue, Name};

/// Writes them down for all deeds of some rows, where they are others than those of plain values.
pub(super) fn write_down(rows: &mut [Row], catalogue: &Catalogue) {
    for deed in rows.iter_mut().flat_map(|row| &mut row.deeds) {
        deed.in_words = in_words(deed, catalogue);
    }
}

fn in_words(deed: &Deed, catalogue: &Catalogue) -> Vec<(Name, Name)> {
    let words: Vec<(Name, Name)> = deed
        .effects
        .iter()
        .map(|change| of_facility(change, catalogue))
        .collect();
    let plain = deed.effects.iter().map(in_plain_words);
    match plain.eq(words.iter().cloned()) {
        true => Vec::new(),
        false => words,
    }
}

fn of_facility(change: &Change, catalogue: &Catalogue) -> (Name, Name) {
    let (before, after) = in_plain_words(change);
    let facility = catalogue.facility_named(&change.key.facility);
    let shown = |fact: &Fact, plain: Name| match (fact, facility) {
        (Fact::Known(value), Some(facility)) => facility.show(value).into(),
        _ => plain,
    };
    (shown(&change.before, before), shown(&change.after, after))
}
