//! Texts in, trees and diagnostics out.

use std::fmt::Write;

use runsheet_diagnostics::source::Sources;

use super::{Document, Form, Limits, Node, Style};
use crate::tests::carets::check;

/// The text after the first fix of every diagnostic.
fn fixed(text: &str) -> String {
    let mut sources = Sources::new();
    let id = sources.add("test.yaml", text);
    let (_, found) = Document::parse(id, text);
    let fixes = found
        .iter()
        .filter_map(|diagnostic| diagnostic.fixes.first());
    runsheet_diagnostics::fix::apply(fixes, &sources, id)
}

fn document(text: &str) -> Document {
    let (document, found) = Document::parse(Default::default(), text);
    assert_eq!(found, [], "{text}");
    document
}

/// The tree with the source text of every key and value.
fn tree(text: &str) -> String {
    fn show(node: Node<'_>, depth: usize, out: &mut String) {
        let pad = "  ".repeat(depth);
        match node.form() {
            Form::Scalar(text, _) => {
                let _ = writeln!(out, "{pad}{text:?} from {:?}", node.written());
            }
            Form::Hole => out.push_str("hole\n"),
            Form::List | Form::Map => {
                let _ = writeln!(out, "{pad}{} from {:?}", node.found(), node.written());
            }
        }
        for item in node.items() {
            show(item, depth + 1, out);
        }
        for entry in node.entries() {
            show(entry.key, depth + 1, out);
            show(entry.value, depth + 2, out);
        }
    }
    let document = document(text);
    let mut out = String::new();
    if let Some(root) = document.root() {
        show(root, 0, &mut out);
    }
    out
}

#[test]
fn every_key_and_value_knows_its_bytes() {
    let shown = tree("# c\na: 1 # one\nb:\n  - {x: 'y''z'}   # c\n  -\n# end\n");
    let wanted = r#"a map from "a: 1 # one\nb:\n  - {x: 'y''z'}   # c\n  -"
  "a" from "a"
    "1" from "1"
  "b" from "b"
    a list from "- {x: 'y''z'}   # c\n  -"
      a map from "{x: 'y''z'}"
        "x" from "x"
          "y'z" from "'y''z'"
      "" from ""
"#;
    assert_eq!(shown, wanted);
}

#[test]
fn an_alias_is_what_it_stands_for_and_keeps_its_own_place() {
    let document = document("a: &x [1, 2]\nb: *x\n");
    let b = document
        .root()
        .and_then(|root| root.get("b"))
        .unwrap()
        .value;
    assert_eq!(b.written(), "*x");
    assert_eq!(b.items().count(), 2);
}

#[test]
fn a_text_of_comments_only_has_no_root() {
    assert!(document("# nothing\n").root().is_none());
    assert!(document("").root().is_none());
}

#[test]
fn scalars_keep_their_text_and_style() {
    let document = document("[1.10, \"1\", '2', NO]");
    let root = document.root().unwrap();
    let forms: Vec<_> = root
        .items()
        .map(|item| match item.form() {
            Form::Scalar(text, style) => (text.to_owned(), style),
            form => panic!("{form:?}"),
        })
        .collect();
    let wanted = [
        ("1.10", Style::Plain),
        ("1", Style::Double),
        ("2", Style::Single),
        ("NO", Style::Plain),
    ];
    assert_eq!(forms, wanted.map(|(text, style)| (text.to_owned(), style)));
}

#[test]
fn a_path_leads_to_the_key_and_the_value_or_as_far_as_it_goes() {
    let document = document("a:\n  b: [x, {c: d}]\n");
    let root = document.root().unwrap();
    let (key, value) = root.walk(["a", "b", "1", "c"]);
    assert_eq!((key.unwrap().written(), value.written()), ("c", "d"));
    let (_, value) = root.walk(["a", "b", "7"]);
    assert_eq!(value.written(), "[x, {c: d}]");
}

/// Every word of every scalar is looked up in the source and must stand there.
#[track_caller]
fn words_are_found(text: &str) {
    let document = document(text);
    let root = document.root().unwrap();
    for entry in root.entries() {
        let decoded = entry.value.text().unwrap();
        for word in decoded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
        {
            let at = word.as_ptr() as usize - decoded.as_ptr() as usize;
            let span = entry.value.part(at..at + word.len());
            assert_eq!(&document.text()[span.range()], word, "in {decoded:?}");
        }
    }
}

#[test]
fn parts_of_scalars_are_found_in_the_source() {
    words_are_found(
        "a: one two three\nb: 'it''s one''s own'\nc: \"tab\\tone \\u2014 two \\x21 three\"\n",
    );
    words_are_found(
        "a: one\n  two\n\n  three\nb: 'one\n  two\n\n\n  three'\nc: \"one \\\n   two\n  three\"\n",
    );
    words_are_found(
        "a: |\n  one\n   two\n\n\n  three\nb: >\n  one\n  two\n\n  three\n    four\n    five\n  six\n",
    );
    words_are_found("a: |2-\n    one\n  two\nb: |\n\n\n  one\n  two\nc: >-\n\n  one\n  two\n");
    words_are_found("a: |\r\n  one\r\n  two\r\nb: \"one\r\n  two\"\r\n");
    words_are_found("a: \"\\ud83d\\ude00one\"\nb: é one\n");
}

#[test]
fn every_mistake_of_syntax_is_told_at_its_byte() {
    check("a: [1, 2\n   ^ syntax\nb: 3\n");
    check("a: {b: 1\n   ^ syntax\n");
    check("a: 'x\n   ^ syntax\n");
    check("a: b: c\n   ^^^^ syntax\n");
    check("a: 1\n b: 2\n  ^ syntax\n");
    check("a: @x\n   ^ syntax\n");
    check("a:\n  b: 1\n c: 2\n ^ syntax\n");
    check("a: 1\n---\n^^^ several-documents\nb: 2\n");
}

#[test]
fn a_tab_is_told_where_it_stands_and_mended() {
    assert_eq!(fixed("a:\n\tb: 1\n"), "a:\n  b: 1\n");
    assert_eq!(fixed("a:\n  b: 1\n\tc: 1\n"), "a:\n  b: 1\n  c: 1\n");
    // No width that a tab is likely to have makes this YAML.
    let unsure = "a:\n  b: 1\n \tc: 1\n";
    assert_eq!(fixed(unsure), unsure);
}

#[test]
fn an_expression_that_yaml_takes_apart_is_quoted() {
    check("a: ${{ x ? y : z }}  # why\n   ^^^^^^^^^^^^^^^^ unquoted-expression\nb: 1\n");
    let mended = [
        (
            "a: ${{ x ? y : z }}  # why\n",
            "a: \"${{ x ? y : z }}\"  # why\n",
        ),
        ("a: {b: ${{ x }}, c: 1}\n", "a: {b: \"${{ x }}\", c: 1}\n"),
        ("a: [${{ x }}, 1]\n", "a: [\"${{ x }}\", 1]\n"),
        ("a: b ? \"c\" : d\n", "a: 'b ? \"c\" : d'\n"),
        ("a: \"x\" in y\n", "a: '\"x\" in y'\n"),
        ("a: 'x' in y\n", "a: \"'x' in y\"\n"),
        ("a: !b && c # d\n", "a: \"!b && c\" # d\n"),
        ("a: !b\n", "a: \"!b\"\n"),
        ("a: {{ x.y }}\n", "a: \"${{ x.y }}\"\n"),
        ("a: {b: {{ x }}, c: 1}\n", "a: {b: \"${{ x }}\", c: 1}\n"),
    ];
    for (wrong, right) in mended {
        assert_eq!(fixed(wrong), right);
        document(right);
    }
}

#[test]
fn every_page_shows_a_mistake_and_its_remedy() {
    for code in super::CODES {
        let examples = code.examples();
        assert!(
            examples.iter().any(|example| example.wrong),
            "{}",
            code.name
        );
        assert!(
            examples.iter().any(|example| !example.wrong),
            "{}",
            code.name
        );
        for example in examples {
            let (_, found) = Document::parse(Default::default(), example.text);
            let names: Vec<_> = found
                .iter()
                .map(|diagnostic| diagnostic.code.name)
                .collect();
            let wanted: &[&str] = if example.wrong { &[code.name] } else { &[] };
            assert_eq!(names, wanted, "{}", example.text);
        }
    }
}

#[test]
fn what_has_been_told_is_a_hole() {
    for text in ["a: !b c\n", "a: {{ x }}\n", "a: *x\n", "a: {<<: 1}\n"] {
        let (document, found) = Document::parse(Default::default(), text);
        assert_eq!(found.len(), 1, "{text}");
        let a = document.root().and_then(|root| root.get("a")).unwrap();
        assert!(a.value.is_hole(), "{text}");
    }
}

#[test]
fn keys_stand_once_and_are_text() {
    check("a: 1\nb: 2\na: 3\n^ duplicate-key\n\"b\": 4\n^^^ duplicate-key\n");
    check("a: {{ x }}\n    ^^^^^ key-not-text\n");
    check("a: &x {b: 1}\nc:\n  <<: *x\n  ^^ merge-key\n  d: 1\n");
    check("? [a]\n  ^^^ key-not-text\n: 1\n");
}

#[test]
fn aliases_stand_for_something_outside_themselves() {
    check("a: &one 1\nb: *on\n   ^^^ alias\n");
    assert_eq!(fixed("a: &one 1\nb: *on\n"), "a: &one 1\nb: *one\n");
    check("a: &x\n  - *x\n    ^^ alias\n");
    check("a: *\n   ^ syntax\n");
}

#[test]
fn aliases_cannot_grow_without_end() {
    let mut laughs = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
    for n in 1..10 {
        let row = vec![format!("*a{}", n - 1); 10].join(", ");
        let _ = writeln!(laughs, "a{n}: &a{n} [{row}]");
    }
    let (document, found) = Document::parse(Default::default(), laughs);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code.name, "too-large");
    assert!(!document.is_complete());

    let mut chain = "a0: &a0 [1]\n".to_owned();
    for n in 1..20_000 {
        let _ = writeln!(chain, "a{n}: &a{n} [*a{}]", n - 1);
    }
    let (_, found) = Document::parse(Default::default(), chain);
    assert_eq!(found[0].message, "values are more than 64 levels deep");
}

#[test]
fn depth_and_size_are_bounded() {
    for deep in [
        "[".repeat(10_000),
        "- ".repeat(10_000),
        "{a: ".repeat(10_000),
    ] {
        let (_, found) = Document::parse(Default::default(), deep);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code.name, "too-large");
    }
    let limits = Limits {
        bytes: 8,
        ..Limits::default()
    };
    let (_, found) = Document::parse_within(Default::default(), "a: 123456", limits);
    assert_eq!(found[0].code.name, "too-large");
}

#[test]
fn what_stands_before_a_mistake_can_still_be_read() {
    let (document, found) = Document::parse(Default::default(), "a: 1\nb: {c: 2, d\ne: [\n");
    assert_eq!(found.len(), 1);
    let root = document.root().unwrap();
    assert_eq!(root.get("a").unwrap().value.text(), Some("1"));
    assert_eq!(
        root.get("b").unwrap().value.get("c").unwrap().value.text(),
        Some("2")
    );
}

const SAMPLE: &str = "# é\nworkflow: 1\nname: &n 'it''s'\nsteps:\n  - id: a\n    with: {x: [1, \"\\u00e9\"], y: *n}\n    when: \"${{ a ? b : c }}\"\n    doc: |\n      one\n       two ${{ x }}\n    say: >-\n      three\n\n      four\n";

#[test]
fn a_point_behind_the_last_letter_has_a_place() {
    let document = document("a: 'it''s'\nb: \"\\\n  \"\n");
    let value = |key| document.root().unwrap().get(key).unwrap().value;
    assert_eq!(value("a").part(4..4).range(), 9..9);
    assert_eq!(value("b").part(0..0).range().start, 14);
}

/// Reads a text and asks for everything there is.
fn read_all(text: &str) {
    let (document, found) = Document::parse(Default::default(), text);
    let inside = |span: runsheet_diagnostics::span::Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    };
    for diagnostic in &found {
        diagnostic
            .labels
            .iter()
            .for_each(|label| inside(label.span));
        let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
        edits.for_each(|edit| inside(edit.span));
    }
    assert!(document.is_complete() || !found.is_empty());
    let mut todo: Vec<Node<'_>> = document.root().into_iter().collect();
    while let Some(node) = todo.pop() {
        inside(node.span());
        inside(node.place());
        let (decoded, places) = (node.text().unwrap_or_default(), node.places());
        for (at, letter) in decoded.char_indices() {
            inside(places.at(at..at + letter.len_utf8()));
        }
        todo.extend(node.items());
        todo.extend(node.entries().flat_map(|entry| [entry.key, entry.value]));
    }
}

#[test]
fn no_beginning_of_a_text_makes_the_reader_panic() {
    for (at, _) in SAMPLE.char_indices() {
        read_all(&SAMPLE[..at]);
        read_all(&SAMPLE[at..]);
    }
}

#[test]
fn no_slip_makes_the_reader_panic() {
    for (at, letter) in SAMPLE.char_indices() {
        let (before, after) = (&SAMPLE[..at], &SAMPLE[at + letter.len_utf8()..]);
        read_all(&format!("{before}{after}"));
        for slip in [
            "\t", "\n", ":", ": ", "- ", "{", "}", "[", "]", "'", "\"", "&a ", "*a", "!x ", "|",
            "#", " ", "\r\n", "é", "\u{feff}", "\\", "? ",
        ] {
            read_all(&format!("{before}{slip}{after}"));
            read_all(&format!("{before}{slip}{letter}{after}"));
        }
    }
}
