//! Texts that nobody would write: bits of YAML in any order, and trees written as badly as YAML
//! lets one. Reading them never panics and points only into them, and formatting changes nothing
//! but blanks.

use proptest::prelude::*;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;

use crate::document::{Document, Node};
use crate::format::{means_the_same, rewritten};

/// What soup is made of.
const BITS: &[&str] = &[
    "a",
    "b",
    "c: ",
    "d:",
    "- ",
    "-",
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "  ",
    " # e",
    "#",
    "[",
    "]",
    "{",
    "}",
    ", ",
    ",",
    ": ",
    ":",
    "? ",
    "|\n",
    "|2\n",
    "|+\n",
    ">-\n",
    "\"",
    "'",
    "'f'",
    "\"g\"",
    "&h ",
    "*h",
    "!!str ",
    "!i ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\t",
    "\r\n",
    "\r",
    "\u{e9}",
    "\\",
    "\\\n",
    "~",
    "<<: ",
    "${{ j }}",
    "@",
    "`",
    "\u{0}",
    "\u{2028}",
];

fn soup() -> impl Strategy<Value = String> {
    let bits = prop::collection::vec(prop::sample::select(BITS), 0..40);
    bits.prop_map(|bits| bits.concat() + "\n")
}

/// Lines that are mostly YAML, at any depth.
fn lines() -> impl Strategy<Value = String> {
    let line = (
        0..4usize,
        prop::sample::select(
            &[
                "a:",
                "b:   c",
                "- d",
                "-   e: f",
                "-",
                "# g",
                "",
                "h: |",
                "i: >+",
                "j: [k,",
                "l ]",
                "m: {n: o ,p}",
                "\"q\": 'r'  # s",
                "t: u",
                "v w",
                "? x",
                ": y",
                "z: \"a",
                "b\"",
                "-\t- c",
                "d: &e",
                "*e : f",
                "  ",
                "|1",
            ][..],
        ),
        prop::sample::select(&["\n", "\n", "\n", "  \n", "\r\n", "\n\n\n"][..]),
    );
    let line = line.prop_map(|(depth, line, end)| format!("{}{line}{end}", "  ".repeat(depth)));
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
}

/// The letters of a text that are no blanks.
fn ink(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_within(found: &[Diagnostic], text: &str) -> Result<(), TestCaseError> {
    for one in found {
        prop_assert!(!one.labels.is_empty(), "{} has no place", one.code.name);
        let labels = one.labels.iter().map(|label| label.span);
        let edits = one.fixes.iter().flat_map(|fix| &fix.edits);
        for span in labels.chain(edits.map(|edit| edit.span)) {
            prop_assert!(
                text.get(span.range()).is_some(),
                "{} is outside",
                one.code.name
            );
        }
    }
    Ok(())
}

/// That every value, and every letter of it, stands in the text.
fn stands_in(node: Node<'_>, text: &str) -> Result<(), TestCaseError> {
    let whole = node.span().range();
    prop_assert!(text.get(whole.clone()).is_some(), "{whole:?}");
    let letters = node.text().map_or(0, str::len);
    for at in (0..=letters).filter(|at| node.text().is_some_and(|it| it.is_char_boundary(*at))) {
        let place = node.part(at..letters).range();
        prop_assert!(
            text.get(place.clone()).is_some(),
            "{place:?} of {:?}",
            node.text()
        );
    }
    for entry in node.entries() {
        stands_in(entry.key, text)?;
        stands_in(entry.value, text)?;
    }
    node.items().try_for_each(|item| stands_in(item, text))
}

pub(super) fn is_read(text: &str) -> Result<(), TestCaseError> {
    let (document, found) = Document::parse(SourceId(0), text);
    prop_assert!(document.is_complete() || !found.is_empty());
    is_within(&found, text)?;
    document.root().map_or(Ok(()), |root| stands_in(root, text))
}

/// What formatting may do to a text that can be read.
pub(super) fn is_formatted(text: &str) -> Result<(), TestCaseError> {
    let (document, _) = Document::parse(SourceId(0), text);
    if !document.is_complete() {
        return Ok(());
    }
    let formatted = rewritten(text);
    prop_assert!(
        means_the_same(&document, &formatted),
        "it means {formatted:?}"
    );
    prop_assert_eq!(ink(text), ink(&formatted));
    prop_assert_eq!(rewritten(&formatted), formatted);
    Ok(())
}

/// Texts that were once read or formatted wrongly.
const LEARNT: &[&str] = &[
    "\n  ---\n",
    "a: |\n\n\nb: 1\n",
    "    h: |\n\n\n    # g\n",
    "h: |\n  \n",
    "|+\n\n  ",
    "|2\n\n    ",
    ": : a\n",
    "-  # e\n  : \n",
    "{? }\n",
    "[a, ?  , b]\n",
    ": : \n    a\n",
    "- : \n      a\n",
    "|\n\n  \r\n#\n",
    "c: |\n\n\t\n",
    "  - c: |\n     d\n\t\n",
    "# c\n\u{feff}site: 1\nname: x\n",
    "# c\n\u{feff}- a: 1\n  b: 2\n",
    "# c\n\u{feff}---\na: 1\n",
];

#[test]
fn what_was_once_wrong_is_right() {
    for text in LEARNT {
        let right = is_read(text).and_then(|()| is_formatted(text));
        assert!(right.is_ok(), "{text:?}: {right:?}");
    }
}

/// Eight times as many as usual: bits are small, and most soup is no YAML.
fn many() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases * 8,
        failure_persistence: None,
        ..usual
    }
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn any_soup_is_read_and_every_place_lies_inside(text in soup()) {
        is_read(&text)?;
    }

    #[test]
    fn any_lines_are_read_and_every_place_lies_inside(text in lines()) {
        is_read(&text)?;
    }

    #[test]
    fn formatting_soup_changes_blanks_only_and_once(text in soup()) {
        is_formatted(&text)?;
    }

    #[test]
    fn formatting_lines_changes_blanks_only_and_once(text in lines()) {
        is_formatted(&text)?;
    }
}
