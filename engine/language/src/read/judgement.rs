//! The rules by which the end of a step is judged, and what its failure means.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::shape::Type;

use super::{failures, value};
use crate::document::Node;
use crate::keys::{Key, Keys, Takes, words};
use crate::reader::Reader;
use crate::workflow::{Cause, InDoubt, Node as Step, Undo};

/// Causes in a list.
pub(super) const CAUSES: Takes = Takes::List(&Takes::Keys(|| &CAUSE));

static CAUSE: Keys<'static> = Keys::table(
    "a cause",
    &[
        Key::new(
            "when",
            Takes::Condition,
            "Holds where this is the cause; it may look at `failure` and `outputs`.",
        )
        .required(),
        Key::new("say", TEXT, "What a person is told.").required(),
        Key::new("remedy", TEXT, "What mends it."),
        Key::new("see", Takes::Texts, "Where more is to be read."),
    ],
)
.called(&[
    ("if", "when"),
    ("message", "say"),
    ("help", "remedy"),
    ("fix", "remedy"),
]);

const TEXT: Takes = Takes::Value(|| Type::Text);

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

/// `accept expect warn causes undo`.
pub(super) fn judgement(reader: &mut Reader<'_, '_>, step: &mut Step) {
    step.accept = failures::failures(reader, "accept");
    step.expect = value::condition_of(reader, "expect");
    step.warn = value::condition_of(reader, "warn");
    let causes = reader.items("causes");
    step.causes = causes
        .into_iter()
        .filter_map(|node| cause(node, reader.found()))
        .collect();
    step.undo = undo(reader);
}

fn cause(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Cause> {
    let mut reader = Reader::new(node, CAUSE, found)?;
    reader.require("when");
    reader.require("say");
    let when = value::condition_of(&mut reader, "when");
    let say = value::of(&mut reader, "say", &Type::Text);
    let remedy = value::of(&mut reader, "remedy", &Type::Text);
    let see = super::names(&mut reader, "see");
    Some(Cause {
        span: node.span(),
        when: when?,
        say: say?,
        remedy,
        see,
    })
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
