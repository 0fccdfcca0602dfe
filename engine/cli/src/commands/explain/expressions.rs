//! `explain expressions`: values, names, operators and functions, each with examples.

use runsheet_language::expression::functions;
use runsheet_language::expression::manual::{Entry, NAMES, OPERATORS, STANDING, TYPES};
use runsheet_report::look::{Look, Tone};

use super::folding::folded;

const ABOUT: &str = "Expressions stand in `${{ }}`, and bare behind `when:`, `expect:`, `warn:` and \
the like. One that is all of a value keeps its type; inside text it becomes text. Types are never \
mixed, nothing but `true` is true, and nothing undefined is passed over. What only a run can tell is \
unknown to a plan, and so is all that depends on it. There is no clock, nothing outside is touched, \
and the work is bounded.";

/// The whole page.
pub(super) fn page(look: Look) -> String {
    let mut text = folded(ABOUT, look.width);
    text.push_str(&folded(STANDING, look.width));
    for (heading, entries) in [
        ("values", TYPES),
        ("names", NAMES),
        ("operators, those that bind most tightly first", OPERATORS),
    ] {
        text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, heading)));
        let wide = width(entries.iter().map(|entry| entry.written));
        for Entry {
            written,
            doc,
            examples,
        } in entries
        {
            one(written, wide, doc, examples, look, &mut text);
        }
    }
    text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, "functions")));
    let signatures: Vec<String> = functions::ALL.iter().map(|one| one.signature()).collect();
    let wide = width(signatures.iter().map(String::as_str));
    for (function, signature) in functions::ALL.iter().zip(&signatures) {
        one(
            signature,
            wide,
            function.doc,
            function.examples,
            look,
            &mut text,
        );
    }
    text
}

fn width<'t>(all: impl Iterator<Item = &'t str>) -> usize {
    all.map(|written| written.chars().count())
        .max()
        .unwrap_or(0)
}

/// What is written, what it means beside it, and examples below that.
fn one(
    written: &str,
    wide: usize,
    doc: &str,
    examples: &[(&str, &str)],
    look: Look,
    text: &mut String,
) {
    let indent = wide + 4;
    let lines = folded(doc, look.width.saturating_sub(indent).max(20));
    for (number, line) in lines.lines().enumerate() {
        let beside = if number == 0 { written } else { "" };
        text.push_str(&format!("  {beside:<wide$}  {line}\n"));
    }
    for (example, result) in examples {
        let example = format!("{example} -> {result}");
        let example = look.paint(Tone::Faint, &example);
        text.push_str(&format!("{:indent$}{example}\n", ""));
    }
}
