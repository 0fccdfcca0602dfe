//! A name of causes that an included file does not have, said in several places: one mistake, since
//! most likely it is that file that was misread.

use runsheet_diagnostics::diagnostic::Diagnostic;

/// How many of the places are shown.
const SHOWN: usize = 4;

/// Adds what is told of a name to what is told of it already.
pub(super) fn tell(one: Diagnostic, found: &mut Vec<Diagnostic>) {
    let is_same =
        |other: &&mut Diagnostic| other.code.name == one.code.name && other.message == one.message;
    let known = found.iter_mut().find(is_same);
    let (Some(known), Some(place)) = (known, one.span()) else {
        found.push(one);
        return;
    };
    // What a definition holds is read for each call of it.
    let is_told = known.labels.iter().any(|label| label.span == place);
    if known.labels.len() < SHOWN && !is_told {
        known.labels.extend(one.labels.into_iter().map(|mut label| {
            label.text = "and here".to_owned();
            label
        }));
    }
    for (known, other) in known.fixes.iter_mut().zip(one.fixes) {
        let new = other.edits.into_iter();
        let new: Vec<_> = new.filter(|edit| !known.edits.contains(edit)).collect();
        known.edits.extend(new);
    }
}
