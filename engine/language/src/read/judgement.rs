//! The rules by which the end of a step is judged, and what its failure means.

use super::library::Library;
use super::{causes, failures, value};
use crate::keys::{Takes, words};
use crate::reader::Reader;
use crate::workflow::{InDoubt, Node as Step, Undo};

/// The words of `in_doubt:`.
pub(super) const IN_DOUBT_TAKES: Takes = Takes::Word(|| words(IN_DOUBT));

/// The words of `undo:`.
pub(super) const UNDO_TAKES: Takes = Takes::Word(|| words(UNDO));

const IN_DOUBT: &[(&str, InDoubt)] = &[
    ("ask", InDoubt::Ask),
    ("repeat", InDoubt::Repeat),
    ("skip", InDoubt::Skip),
];

const UNDO: &[(&str, Undo)] = &[
    ("restore", Undo::Restore),
    ("at-end", Undo::AtEnd),
    ("none", Undo::None),
];

/// `accept expect warn changed causes undo`.
pub(super) fn judgement(
    reader: &mut Reader<'_, '_>,
    library: Option<&Library<'_>>,
    step: &mut Step,
) {
    step.accept = failures::failures(reader, "accept");
    step.expect = value::condition_of(reader, "expect");
    step.warn = value::condition_of(reader, "warn");
    step.changed = value::condition_of(reader, "changed");
    if let Some(entry) = reader.take("causes") {
        step.causes = causes::causes(entry.value, library, reader.found());
    }
    step.undo = undo(reader);
}

fn undo(reader: &mut Reader<'_, '_>) -> Undo {
    match reader.take("undo") {
        Some(entry) if entry.value.is_list() => {
            let diagnostic =
                super::later::missing("undo", "`undo:` with steps", entry.value.span());
            reader.found().push(diagnostic);
            Undo::default()
        }
        _ => super::word(reader, "undo", UNDO).unwrap_or_default(),
    }
}

/// `in_doubt: ask | repeat | skip`.
pub(super) fn in_doubt(reader: &mut Reader<'_, '_>) -> InDoubt {
    super::word(reader, "in_doubt", IN_DOUBT).unwrap_or_default()
}
