//! Documents that are made from a tree, written in every way there is: read, they are the tree again,
//! and so they are after they were formatted.

use std::fmt::Write;

use proptest::prelude::*;
use runsheet_diagnostics::source::SourceId;

use super::soup::is_formatted;
use super::yaml::json;
use crate::document::Document;
use crate::format::rewritten;

/// A value, and how it is written.
#[derive(Clone, Debug)]
enum Tree {
    Scalar(&'static str, Quotes),
    List(Vec<Tree>, Written),
    Map(Vec<Tree>, Written),
}

#[derive(Clone, Copy, Debug)]
enum Quotes {
    Single,
    Double,
    Literal,
    Folded,
}

#[derive(Clone, Copy, Debug)]
struct Written {
    /// Between brackets, in so many lines.
    brackets: bool,
    lines: bool,
    /// How much deeper than what it is in.
    deeper: usize,
    comment: bool,
    blank: bool,
}

/// Texts that mean something to YAML when they are not quoted, and some that do not.
const TEXTS: &[&str] = &[
    "a", "b c", "", " ", "1", "null", "a: b", "# c", "- d", "it's", "\"e\"", "{f}", "[g", "*h",
    "&i", "!j", "\\n", "${{ k }}", "---", "l\tm", "\u{e9}", "a,b",
];

fn tree() -> impl Strategy<Value = Tree> {
    use Quotes::{Double, Folded, Literal, Single};
    let quotes = prop::sample::select(&[Single, Double, Literal, Folded][..]);
    let scalar = (prop::sample::select(TEXTS), quotes);
    let scalar = scalar.prop_map(|(text, quotes)| Tree::Scalar(text, quotes));
    let written = (
        any::<bool>(),
        any::<bool>(),
        1..5usize,
        any::<bool>(),
        any::<bool>(),
    );
    let written = written.prop_map(|(brackets, lines, deeper, comment, blank)| Written {
        brackets,
        lines,
        deeper,
        comment,
        blank,
    });
    scalar.prop_recursive(4, 24, 4, move |inner| {
        let items = prop::collection::vec(inner, 0..4);
        (items, written.clone(), any::<bool>()).prop_map(|(items, written, map)| match map {
            true => Tree::Map(items, written),
            false => Tree::List(items, written),
        })
    })
}

/// The key of an entry.
fn key(number: usize) -> String {
    ["a", "'b b'", "\"c\"", "d-e"][number % 4].to_owned()
}

impl Tree {
    /// As JSON has it, keys in their order.
    fn json(&self) -> String {
        match self {
            Tree::Scalar(text, _) => serde_json::to_string(text).expect("text is JSON"),
            Tree::List(items, _) => {
                let items: Vec<String> = items.iter().map(Tree::json).collect();
                format!("[{}]", items.join(", "))
            }
            Tree::Map(values, _) => {
                let names = ["a", "b b", "c", "d-e"];
                let entries = values.iter().enumerate();
                let entries: Vec<String> = entries
                    .map(|(n, value)| format!("\"{}\": {}", names[n % 4], value.json()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// Writes it behind a dash or a colon that stands at a column.
    fn behind(&self, column: usize, out: &mut String) {
        match self {
            Tree::Scalar(text, Quotes::Literal | Quotes::Folded) if is_line(text) => {
                let head = if matches!(self, Tree::Scalar(_, Quotes::Literal)) {
                    '|'
                } else {
                    '>'
                };
                let _ = writeln!(out, " {head}-\n{}{text}", " ".repeat(column + 1));
            }
            Tree::List(items, written) | Tree::Map(items, written)
                if !written.brackets && !items.is_empty() =>
            {
                out.push_str(if written.comment { "  # g\n" } else { "\n" });
                self.block(column + written.deeper, out);
            }
            _ => {
                out.push(' ');
                self.within(column, out);
                out.push('\n');
            }
        }
    }

    /// Writes it in lines of its own that begin at a column.
    fn block(&self, column: usize, out: &mut String) {
        let pad = " ".repeat(column);
        let (Tree::List(items, written) | Tree::Map(items, written)) = self else {
            return;
        };
        for (number, item) in items.iter().enumerate() {
            if written.comment {
                let _ = writeln!(out, "{pad}# h");
            }
            match self {
                Tree::Map(..) => drop(write!(out, "{pad}{}:", key(number))),
                _ => drop(write!(out, "{pad}-")),
            }
            item.behind(column, out);
            if written.blank {
                out.push('\n');
            }
        }
    }

    /// Writes it in one piece; its further lines stand deeper than a column.
    fn within(&self, column: usize, out: &mut String) {
        let (Tree::List(items, written) | Tree::Map(items, written)) = self else {
            return self.quoted(out);
        };
        let is_map = matches!(self, Tree::Map(..));
        let gap = match written.lines {
            true => format!("\n{}", " ".repeat(column + written.deeper)),
            false => " ".repeat(written.deeper - 1),
        };
        out.push(if is_map { '{' } else { '[' });
        for (number, item) in items.iter().enumerate() {
            out.push_str(&gap);
            if is_map {
                out.push_str(&(key(number) + ": "));
            }
            item.within(column + written.deeper, out);
            out.push(',');
        }
        out.push_str(&gap);
        out.push(if is_map { '}' } else { ']' });
    }

    fn quoted(&self, out: &mut String) {
        match self {
            Tree::Scalar(text, Quotes::Single) => {
                let _ = write!(out, "'{}'", text.replace('\'', "''"));
            }
            Tree::Scalar(text, _) => {
                let _ = write!(
                    out,
                    "{}",
                    serde_json::to_string(text).expect("text is JSON")
                );
            }
            _ => {}
        }
    }
}

/// Whether a text can be the line of a block that tells no depth.
fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.starts_with(' ')
}

fn is_itself(tree: &Tree) -> Result<(), TestCaseError> {
    let mut text = String::new();
    match tree {
        Tree::List(items, written) | Tree::Map(items, written)
            if !written.brackets && !items.is_empty() =>
        {
            tree.block(0, &mut text);
        }
        _ => {
            tree.within(0, &mut text);
            text.push('\n');
        }
    }
    for text in [&text, &rewritten(&text)] {
        let (document, found) = Document::parse(SourceId(0), text.as_str());
        prop_assert!(found.is_empty(), "{text}\n{}", found[0].message);
        let read = document.root().map(json).unwrap_or_default();
        prop_assert_eq!(read, tree.json(), "{}", text);
    }
    is_formatted(&text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_is_itself_however_it_is_written(tree in tree()) {
        is_itself(&tree)?;
    }
}
