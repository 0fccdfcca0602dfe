//! `define:`: a kind made of steps, with inputs and outputs of its own.

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::library::{Define, LibraryId};
use super::prose::prose;
use super::type_name::{Types, type_name};
use super::{inputs, later, names, step, value, workflow};
use crate::document::{Entry, Node};
use crate::expression::WRONG_VALUE;
use crate::expression::template::hole;
use crate::keys::{Key, Keys, Takes};
use crate::reader::{self, Reader};
use crate::workflow::OutputDeclaration;

/// The keys of a definition.
pub(super) static DEFINE: Keys<'static> = Keys::table(
    "a definition",
    &[
        Key::new("doc", Takes::Text, "What it does, in one line."),
        Key::new("see", Takes::Texts, "Where more is to be read."),
        Key::new(
            "inputs",
            inputs::TAKES,
            "What it is given by the `with:` of who calls it.",
        ),
        Key::new(
            "outputs",
            OUTPUTS,
            "What it gives to who calls it, by name: a value, or a `type:`, a `value:` and a \
             `doc:`.",
        ),
        Key::new(
            "defaults",
            Takes::Keys(|| &workflow::DEFAULTS),
            "What holds for each of its steps that says nothing else.",
        ),
        Key::new("steps", step::STEPS, "What it does.").required(),
        Key::new(
            "finally",
            step::STEPS,
            "Steps that run when the call ends, whether it succeeded, failed or was cancelled. \
             What is changed in it for the time being is taken back after them.",
        ),
    ],
)
.called(&[
    ("summary", "doc"),
    ("description", "doc"),
    ("params", "inputs"),
    ("with", "inputs"),
    ("vars", "inputs"),
    ("tasks", "steps"),
]);

/// Values by name, or more about them.
pub(super) const OUTPUTS: Takes = Takes::Map(&Takes::Either(&[
    Takes::Keys(|| &OUTPUT),
    Takes::Value(|| Type::Any),
]));

static OUTPUT: Keys<'static> = Keys::table(
    "an output",
    &[
        Key::new(
            "value",
            Takes::Value(|| Type::Any),
            "What it is, worked out when all steps have ended.",
        )
        .required(),
        Key::new(
            "type",
            Takes::TypeName,
            "Its type, where that is to be checked.",
        ),
        Key::new("doc", Takes::Text, "What it is for."),
    ],
)
.called(&[("description", "doc"), ("default", "value")]);

/// One kind that a file defines.
pub(super) fn define<'d>(
    entry: Entry<'d>,
    library: LibraryId,
    types: &Types,
    found: &mut Vec<Diagnostic>,
) -> Option<Define<'d>> {
    let mut reader = Reader::new(entry.value, DEFINE, found)?;
    reader.require("steps");
    let mut define = called(&mut reader, reader::named(entry).span, library, types);
    define.doc = prose(&mut reader, "doc").map_or("".into(), |doc| doc.value.into());
    Some(define)
}

/// A whole workflow as something that a step calls.
pub(super) fn whole<'d>(
    reader: &mut Reader<'d, '_>,
    library: LibraryId,
    types: &Types,
) -> Define<'d> {
    later::key(reader, "patch");
    reader.require("name");
    reader.require("steps");
    let first = reader.node().entries().next();
    let span = first.map_or(reader.node().span(), |entry| entry.key.span());
    let doc = prose(reader, "summary");
    Define {
        doc: doc.map_or("".into(), |doc| doc.value.into()),
        is_whole: true,
        ..called(reader, span, library, types)
    }
}

/// What a definition and a whole workflow have in common.
fn called<'d>(
    reader: &mut Reader<'d, '_>,
    span: Span,
    library: LibraryId,
    types: &Types,
) -> Define<'d> {
    let declared = reader.take("inputs");
    let declared = declared.map(|entry| inputs::inputs(entry.value, types, reader.found()));
    let declared = declared.into_iter().flatten();
    let defaults = reader.take("defaults");
    let defaults = defaults.map(|entry| workflow::defaults(entry.value, reader.found()));
    Define {
        span,
        library,
        doc: "".into(),
        see: names(reader, "see"),
        inputs: declared
            .map(|(name, input)| (name.value.into(), input))
            .collect(),
        outputs: outputs(reader, types),
        defaults: defaults.unwrap_or_default(),
        steps: reader.take("steps").map(|entry| entry.value),
        finally: reader.take("finally").map(|entry| entry.value),
        is_whole: false,
    }
}

/// What it gives: `name: ${{ .. }}`, or with a type and a line of help.
pub(super) fn outputs(
    reader: &mut Reader<'_, '_>,
    types: &Types,
) -> IndexMap<Name, OutputDeclaration> {
    let Some(entry) = reader.take("outputs") else {
        return IndexMap::new();
    };
    let found = reader.found();
    let entries = reader::entries(entry.value, "`outputs`", found).map(Iterator::collect);
    let entries: Vec<Entry<'_>> = entries.unwrap_or_default();
    let read = |entry: &Entry<'_>| {
        let name = reader::named(*entry);
        plain_name(name.value, name.span, found);
        Some((name.value.into(), output(*entry, types, found)?))
    };
    entries.iter().filter_map(read).collect()
}

fn output(
    entry: Entry<'_>,
    types: &Types,
    found: &mut Vec<Diagnostic>,
) -> Option<OutputDeclaration> {
    let mut output = OutputDeclaration {
        span: reader::named(entry).span,
        kind: Type::Any,
        is_typed: false,
        value: value::nothing(entry.value.span()),
        doc: "".into(),
    };
    if !is_declaration(entry.value) {
        output.value = value::typed(entry.value, &Type::Any, found);
        return Some(output);
    }
    let mut reader = Reader::new(entry.value, OUTPUT, found)?;
    if let Some(node) = reader.take("type") {
        output.kind = type_name(node.value, types, reader.found()).kind;
        output.is_typed = true;
    }
    output.value = match reader.require("value") {
        Some(written) => value::typed(written, &output.kind, reader.found()),
        // Who reads it is not told that it is not there.
        None => hole(entry.value),
    };
    if let Some(doc) = prose(&mut reader, "doc") {
        output.doc = doc.value.into();
    }
    Some(output)
}

/// Whether a map says what an output is, rather than being it.
fn is_declaration(node: Node<'_>) -> bool {
    node.is_map() && ["value", "type"].iter().any(|key| node.get(key).is_some())
}

/// Names that expressions and `uses:` call have no dots, brackets or blanks.
pub(super) fn plain_name(name: &str, span: Span, found: &mut Vec<Diagnostic>) {
    if !is_plain(name) {
        let help = "a name is a letter, then letters, digits, `-` and `_`";
        found.push(no_name(name, span).help(help));
    }
}

/// Names of kinds and types may have dots, as those have that an included file brings: what is
/// rendered into one file keeps its name.
pub(super) fn dotted_name(name: &str, span: Span, found: &mut Vec<Diagnostic>) {
    if !name.split('.').all(is_plain) {
        let help =
            "a name is a letter, then letters, digits, `-` and `_`; dots may part such names";
        found.push(no_name(name, span).help(help));
    }
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    name.chars().all(plain) && name.starts_with(char::is_alphabetic)
}

fn no_name(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` cannot be a name");
    Diagnostic::error(&WRONG_VALUE, message).at(span, "not a name")
}
