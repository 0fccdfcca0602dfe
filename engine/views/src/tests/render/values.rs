//! Every value comes back from a rendered file as it was, whatever stands in it and however it was
//! written.

use std::fmt::Write as _;

use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::test_runner::Config as ProptestConfig;
use proptest::{collection, proptest};

use super::{sound, texts};

/// What texts are made of.
const PIECES: [&str; 36] = [
    "a",
    "word",
    "no",
    "~",
    "0",
    "1.10",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\n ",
    " \n",
    "\t\n",
    "\n\t",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{a0}",
    "---",
    "...",
    "#",
    " #",
    ": ",
    ":",
    "- ",
    ", ",
    "]",
    "}",
    "\"",
    "'",
    "\\",
    "é",
    "longer-than-any-line-that-a-person-would-write-longer-than-any-line-that-a-person-would-write-longer-than-any-line",
];

fn text() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(&PIECES[..]);
    collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Lines as somebody may write them into a block.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        Just("one"),
        Just("two  "),
        Just("\tthree"),
        Just("four\t"),
        Just("  five"),
        Just("  six "),
        Just(""),
        Just("   "),
        Just(" \t"),
        Just("# seven"),
        Just("--- eight"),
        Just("...")
    ];
    let first = Just("first".to_owned());
    let rest = collection::vec(line.prop_map(str::to_owned), 0..6);
    (first, rest).prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect())
}

/// A text between double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            // Nothing can go wrong when a text grows.
            _ => drop(write!(out, "\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// A block with a head such as `>-`.
fn block(head: &str, lines: &[String], end: &str) -> String {
    let mut out = format!("{head}{end}");
    for line in lines {
        let indent = if line.is_empty() { "" } else { "        " };
        // Nothing can go wrong when a text grows.
        let _ = write!(out, "{indent}{line}{end}");
    }
    out
}

fn holds(values: &[String], end: &str) {
    let mut file = format!("workflow: 1{end}name: w{end}steps:{end}");
    for (n, value) in values.iter().enumerate() {
        // Nothing can go wrong when a text grows.
        let _ = write!(
            file,
            "  - id: s{n}{end}    uses: look{end}    with:{end}      at: {}{end}",
            value.trim_end_matches(end)
        );
    }
    sound("w.yaml", &[], &texts(&[("w.yaml", &file)]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_in_quotes_comes_back(all in collection::vec(text(), 1..4)) {
        let block = all.iter().map(|text| quoted(text));
        let flow = all.iter().map(|text| format!("[{{a: {}}}]", quoted(text)));
        holds(&block.chain(flow).collect::<Vec<_>>(), "\n");
    }

    #[test]
    fn any_block_comes_back(
        lines in lines(),
        head in prop_oneof![
            Just(">"), Just(">-"), Just(">+"), Just("|"), Just("|-"), Just("|+"), Just(">2")
        ],
        end in prop_oneof![Just("\n"), Just("\n"), Just("\r\n")],
    ) {
        holds(&[block(head, &lines, end)], end);
    }
}

#[test]
fn blanks_before_the_end_of_a_folded_line_stay() {
    let file = "workflow: 1\nname: w\n\nsteps:\n  - id: a\n    uses: look\n    with:\n      at: >-\n        one  \n        two\n          three \n        four\n";
    let rendered = sound("w.yaml", &[], &texts(&[("w.yaml", file)]));
    assert_eq!(rendered, file);
}
