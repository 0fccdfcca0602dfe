//! The examples of the specification of YAML 1.2.2, by their numbers, and some of our own: what
//! each is read as, or by which code it is refused.
//!
//! A file holds the examples of a chapter. An example begins with `== ` and its number, then come
//! its lines, in which `→` is a tab, `·` a blank, `↓` a line break of its own and `⇔` a byte order
//! mark; `␀` and `␍` are the letters they picture, and `∎` ends a text without a line break. What
//! comes of it follows behind `=> `, as JSON by the core schema, or behind `=! ` as codes. Where
//! that is not what the specification says, `=~ ` gives the reason.

use std::fmt::Write;

use runsheet_diagnostics::source::SourceId;

use super::soup::{is_formatted, is_read};
use crate::document::{Core, Document, Form, Node};

/// The chapters, and how many examples each has in the specification; those of our own are 0.
const CHAPTERS: [(&str, &str, usize); 8] = [
    ("2", include_str!("yaml/chapter-2.txt"), 28),
    ("5", include_str!("yaml/chapter-5.txt"), 14),
    ("6", include_str!("yaml/chapter-6.txt"), 29),
    ("7", include_str!("yaml/chapter-7.txt"), 24),
    ("8", include_str!("yaml/chapter-8.txt"), 22),
    ("9", include_str!("yaml/chapter-9.txt"), 6),
    ("10", include_str!("yaml/chapter-10.txt"), 9),
    ("own", include_str!("yaml/own.txt"), 0),
];

/// One example.
struct Example {
    /// Its number and what it shows.
    title: &'static str,
    text: String,
    /// The last lines: what comes of it.
    result: String,
    deviation: Option<&'static str>,
}

/// A text with the letters that its marks stand for.
fn plain(marked: &str) -> String {
    let marks = [
        ("→", "\t"),
        ("·", " "),
        ("↓", "\n"),
        ("⇔", "\u{feff}"),
        ("␀", "\0"),
        ("␍", "\r"),
        ("∎\n", ""),
    ];
    let marks = marks.iter();
    marks.fold(marked.to_owned(), |text, (mark, letter)| {
        text.replace(mark, letter)
    })
}

fn examples(chapter: &'static str) -> Vec<Example> {
    let mut found = Vec::new();
    for example in chapter.split("== ").skip(1) {
        let (title, rest) = example.split_once('\n').expect("a title is a line");
        let (mut text, mut result, mut deviation) = (String::new(), String::new(), None);
        for line in rest.split_inclusive('\n') {
            match line.get(..3) {
                Some("=> " | "=! ") => result.push_str(line.trim_end()),
                Some("=~ ") => deviation = Some(line[3..].trim_end()),
                _ => text.push_str(line),
            }
        }
        found.push(Example {
            title,
            text: plain(&text),
            result,
            deviation,
        });
    }
    found
}

/// What comes of a text, as the examples say it.
fn read(text: &str) -> String {
    let (document, found) = Document::parse(SourceId(0), text);
    if !found.is_empty() {
        let codes: Vec<&str> = found.iter().map(|one| one.code.name).collect();
        return format!("=! {}", codes.join(", "));
    }
    let read = document.root().map_or("no value".to_owned(), json);
    format!("=> {read}")
}

/// A value as JSON, by the core schema.
pub(super) fn json(node: Node<'_>) -> String {
    let mut json = String::new();
    show(node, &mut json);
    json
}

fn show(node: Node<'_>, json: &mut String) {
    match (node.form(), node.core()) {
        (Form::Scalar(..), Some(Core::Null)) => json.push_str("null"),
        (Form::Scalar(..), Some(Core::Bool(truth))) => json.push_str(&truth.to_string()),
        (Form::Scalar(..), Some(Core::Int(number))) => json.push_str(&number.to_string()),
        (Form::Scalar(..), Some(Core::Float(number))) => drop(write!(json, "{number:?}")),
        (Form::Scalar(text, _), _) => quoted(text, json),
        (Form::Hole, _) => json.push('!'),
        (Form::List, _) => {
            for (n, item) in node.items().enumerate() {
                json.push_str(if n == 0 { "[" } else { ", " });
                show(item, json);
            }
            json.push_str(if node.items().len() == 0 { "[]" } else { "]" });
        }
        (Form::Map, _) => {
            for (n, entry) in node.entries().enumerate() {
                json.push_str(if n == 0 { "{" } else { ", " });
                quoted(entry.name(), json);
                json.push_str(": ");
                show(entry.value, json);
            }
            json.push_str(if node.entries().len() == 0 { "{}" } else { "}" });
        }
    }
}

/// Text as JSON has it, and what cannot be seen by its number.
fn quoted(text: &str, json: &mut String) {
    for letter in serde_json::to_string(text).expect("text is JSON").chars() {
        match letter {
            ' ' => json.push(letter),
            _ if letter.is_whitespace() || letter.is_control() || letter == '\u{feff}' => {
                let _ = write!(json, "\\u{:04x}", u32::from(letter));
            }
            _ => json.push(letter),
        }
    }
}

#[test]
fn the_examples_of_the_specification_are_read_as_the_table_says() {
    let mut wrong = String::new();
    for (_, chapter, _) in CHAPTERS {
        for example in examples(chapter) {
            let result = read(&example.text);
            if result != example.result {
                let _ = writeln!(
                    wrong,
                    "{}\n  is:     {result}\n  wanted: {}",
                    example.title, example.result
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_table_holds_every_example_once_and_in_order() {
    for (name, chapter, count) in CHAPTERS.iter().filter(|(.., count)| *count > 0) {
        let numbers = examples(chapter).into_iter();
        let numbers: Vec<&str> = numbers
            .filter_map(|it| it.title.split(' ').next())
            .collect();
        let all: Vec<String> = (1..=*count).map(|n| format!("{name}.{n}")).collect();
        assert_eq!(numbers, all);
    }
}

#[test]
fn what_is_refused_says_why() {
    for (_, chapter, count) in CHAPTERS {
        for example in examples(chapter).iter().filter(|_| count > 0) {
            let is_refused = example.result.starts_with("=! ");
            assert!(
                !is_refused || example.deviation.is_some(),
                "{}: is it an example of a mistake, or do we deviate?",
                example.title
            );
        }
    }
}

#[test]
fn every_example_points_into_itself_and_is_laid_out_without_harm() {
    for (_, chapter, _) in CHAPTERS {
        for Example { title, text, .. } in examples(chapter) {
            let right = is_read(&text).and_then(|()| is_formatted(&text));
            assert!(right.is_ok(), "{title}: {right:?}");
        }
    }
}
