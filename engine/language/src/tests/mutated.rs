//! Files of the house with slips in them, bytes that are no file at all, and expressions put
//! together from their words: all are answered, and every place that is told lies inside the text.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;
use serde_yaml::granit_parser::Parser;

use super::catalogue::catalogue;
use super::slips::WORKFLOW;
use super::soup::{is_formatted, is_read};
use crate::bound::read_inputs;
use crate::compose::read_overlay;
use crate::document::kept;
use crate::expression::Expr;
use crate::site::read_site;
use crate::{read_variant, read_workflow};

/// What slips are made in: workflows, a site, and variants by patch and by overlay.
const HOUSE: [&str; 6] = [
    WORKFLOW,
    include_str!("../../../../workflows/manual-dirsync-exchange-server.yaml"),
    include_str!("../../../../workflows/fragments/cycle.yaml"),
    include_str!("../../../../workflows/sites/lab.yaml"),
    include_str!("../../../../workflows/variants/slow-wan.yaml"),
    "workflow: 1\nname: v\nextends: base.yaml\npatch:\n  inputs: {a: {$delete: true, $optional: true}}\n  \
     steps:\n    - {id: send, timeout: 10m}\n    - {id: new, $after: send, uses: assert, with: {that: true}}\n    \
     - {id: left, $rename: gone}\n    - {id: a, $replace: true, uses: exec, with: {argv: {$append: [b]}}}\n",
];

/// What a slip may put somewhere.
const BITS: &[&str] = &[
    "\t", "\n", "\r\n", "  ", ": ", ":", "- ", "{", "}", "[", "]", "'", "\"", "&a ", "*a", "!x ",
    "|\n", "#", "\u{e9}", "\u{feff}", "\\", "? ", "${{ ", " }}", "$delete", "$", "0", "null",
    "<<: ", ",", "---\n",
];

/// A slip: where, how much of the text it takes, and what it puts there.
type Slip = (usize, usize, usize);

fn slips() -> impl Strategy<Value = (usize, Vec<Slip>)> {
    let slip = (any::<usize>(), 0..40usize, 0..BITS.len() * 2);
    (0..HOUSE.len(), prop::collection::vec(slip, 1..6))
}

/// A text of the house after its slips. Those past the last bit move a line elsewhere.
fn slipped(number: usize, slips: &[Slip]) -> String {
    let mut text = HOUSE[number].to_owned();
    for (at, length, bit) in slips {
        let start = text.floor_char_boundary(at % (text.len() + 1));
        let end = text.floor_char_boundary(start + length);
        match BITS.get(*bit) {
            Some(bit) => text.replace_range(start..end, bit),
            None => {
                let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
                let from = at % lines.len();
                let line = lines.remove(from);
                lines.insert((from + length) % (lines.len() + 1), line);
                text = lines.concat();
            }
        }
    }
    text
}

fn lies_inside(found: &[Diagnostic], sources: &Sources) -> Result<(), TestCaseError> {
    for one in found {
        let labels = one.labels.iter().map(|label| label.span);
        let edits = one.fixes.iter().flat_map(|fix| &fix.edits);
        for span in labels.chain(edits.map(|edit| edit.span)) {
            let text = &sources.get(span.source).text;
            prop_assert!(text.get(span.range()).is_some(), "{}", one.code.name);
        }
        prop_assert!(!one.labels.is_empty(), "{} has no place", one.code.name);
    }
    let fixes = found.iter().flat_map(|one| &one.fixes).collect();
    for (source, (text, _)) in fix::apply_all(kept(fixes, sources), sources) {
        let is_yaml = |text: &str| Parser::new_from_str(text).all(|event| event.is_ok());
        let was = is_yaml(&sources.get(source).text);
        prop_assert!(!was || is_yaml(&text), "no YAML any more:\n{text}");
    }
    Ok(())
}

/// Reads a text as everything it might be.
fn is_answered(text: &str) -> Result<(), TestCaseError> {
    let mut sources = Sources::new();
    let source = sources.add("a.yaml", text);
    let kinds = catalogue();
    let base: (String, Arc<str>) = ("base.yaml".to_owned(), Arc::from(WORKFLOW));
    let files = BTreeMap::from([base]);
    let (_, found) = read_workflow(source, &mut sources, &kinds, &files);
    lies_inside(&found, &sources)?;
    let (_, found) = read_site(source, &sources, &kinds);
    lies_inside(&found, &sources)?;
    let (_, found) = read_inputs(source, &sources);
    lies_inside(&found, &sources)?;
    let (overlay, found) = read_overlay(source, &sources);
    lies_inside(&found, &sources)?;
    let base = sources.add("base.yaml", WORKFLOW);
    let (_, found) = read_variant(base, &[overlay], &mut sources, &kinds, &files);
    lies_inside(&found, &sources)
}

/// Texts that were once answered wrongly.
const LEARNT: &[&str] = &[];

#[test]
fn what_was_once_answered_wrongly_is_answered() {
    for text in LEARNT.iter().chain(&HOUSE) {
        let right = is_read(text)
            .and_then(|()| is_formatted(text))
            .and_then(|()| is_answered(text));
        assert!(right.is_ok(), "{text:?}: {right:?}");
    }
}

/// Words of expressions, in any order.
const WORDS: &[&str] = &[
    "inputs", "steps", ".a", ".vars", "[0]", "[", "]", "(", ")", ",", "1", "-", "!", "not ",
    "\"b\"", "'", "\"", " == ", " && ", " || ", " in ", " ? ", " : ", "any(", "x => ", "len(",
    "true", "null", "1.5", " + ", " =", "${{", "}}", " ", "\u{e9}", "\n", "`", "default(",
    "matches(", "{", "5m",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        is_read(&text)?;
        is_formatted(&text)?;
        is_answered(&text)?;
    }

    #[test]
    fn files_with_slips_are_answered((number, slips) in slips()) {
        let text = slipped(number, &slips);
        is_read(&text)?;
        is_formatted(&text)?;
        is_answered(&text)?;
    }

    #[test]
    fn any_expression_is_answered(words in prop::collection::vec(prop::sample::select(WORDS), 0..20)) {
        let text = words.concat();
        let place = |range| Span::at(Default::default(), range);
        if let Err(bad) = Expr::parse(&text, &place) {
            let span = bad.span().map(Span::range).unwrap_or_default();
            prop_assert!(text.get(span).is_some(), "{}", bad.message);
        }
        is_answered(&format!("workflow: 1\nname: x\nsteps:\n  - id: a\n    uses: assert\n    when: |\n      {}\n    \
            with: {{that: \"${{{{ {} }}}}\"}}\n", text.replace('\n', " "), text.replace('"', "\\\"")))?;
    }
}
