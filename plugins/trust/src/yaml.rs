//! The files of this crate as text: YAML that a person can read and a tool can compare line by line.

use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;
use runsheet_language::document::{Core, Document, Node};
use serde_json::{Map, Value};

/// The text of a map, its keys in the order given.
pub(crate) fn text(entries: &[(&str, Value)]) -> String {
    let mut text = String::new();
    for (key, value) in entries {
        entry(key, value, 0, &mut text);
    }
    text
}

fn entry(key: &str, value: &Value, depth: usize, text: &mut String) {
    text.push_str(&format!("{}{}:", "  ".repeat(depth), scalar(key)));
    below(value, depth + 1, text);
}

/// What stands behind a key: on its line, or deeper on lines of its own.
fn below(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            text.push('\n');
            map.iter()
                .for_each(|(key, value)| entry(key, value, depth, text));
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            items.iter().for_each(|one| item(one, depth, text));
        }
        Value::Object(_) => text.push_str(" {}\n"),
        Value::Array(_) => text.push_str(" []\n"),
        Value::String(said) => text.push_str(&format!(" {}\n", scalar(said))),
        plain => text.push_str(&format!(" {plain}\n")),
    }
}

/// One item, a map with its first key behind the dash.
fn item(value: &Value, depth: usize, text: &mut String) {
    let mut inner = String::new();
    match value {
        Value::Object(map) if !map.is_empty() => map
            .iter()
            .for_each(|(key, value)| entry(key, value, depth + 1, &mut inner)),
        Value::Array(items) if !items.is_empty() => items
            .iter()
            .for_each(|one| item(one, depth + 1, &mut inner)),
        plain => below(plain, depth, &mut inner),
    }
    text.push_str(&format!(
        "{}- {}",
        "  ".repeat(depth),
        inner.trim_start_matches(' ')
    ));
}

/// A text without quotes where nobody can take it for anything else.
fn scalar(text: &str) -> String {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(letter);
    match is_word && Core::of(text) == Core::Text(text) {
        true => text.to_owned(),
        false => Value::from(text).to_string(),
    }
}

/// What a text says, which has to be one map.
///
/// # Errors
/// The line and what is wrong with it.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    let document = document(text)?;
    match document.root().map(value) {
        Some(Value::Object(map)) => Ok(Value::Object(map)),
        _ if text.trim().is_empty() => Err("it is empty".to_owned()),
        _ => Err("it is no map".to_owned()),
    }
}

/// The document of a text without mistakes.
///
/// # Errors
/// As [`read`].
pub(crate) fn document(text: &str) -> Result<Document, String> {
    let (document, found) = Document::parse(SourceId(0), text);
    match found.iter().find(|one| one.is_error()) {
        None => Ok(document),
        Some(first) => Err(on_line(text, first.span(), &first.message)),
    }
}

/// What is wrong with a text, with the line it is on.
pub(crate) fn on_line(text: &str, place: Option<Span>, why: &str) -> String {
    let at = place.map_or(0, |span| span.start as usize);
    let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    format!("line {line}: {why}")
}

fn value(node: Node<'_>) -> Value {
    if node.is_map() {
        let entries = node.entries();
        let entries = entries.map(|entry| (entry.name().to_owned(), value(entry.value)));
        return Value::Object(entries.collect::<Map<_, _>>());
    }
    if node.is_list() {
        return Value::Array(node.items().map(value).collect());
    }
    match node.core() {
        Some(Core::Bool(truth)) => truth.into(),
        Some(Core::Int(number)) => number.into(),
        Some(Core::Float(number)) => number.into(),
        Some(Core::Text(text)) => text.into(),
        Some(Core::Null) | None => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{read, text};

    #[test]
    fn what_is_written_is_read_again() {
        let said = json!({
            "a": [{"b": [], "c": {"d": "1.10"}}, "yes", [1, [2]], {}],
            "true": "null", "e": [{"f": [{"g": -1, "h": 0.5}]}], "k": null,
            "quo\"ted": "two\nlines: # and \\ \u{7} ä", "e12": "1e5", "empty": "",
        });
        let Value::Object(map) = &said else {
            unreachable!("a map")
        };
        let entries: Vec<_> = map.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
        let written = text(&entries);
        assert_eq!(read(&written), Ok(said), "{written}");
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let told = read("a: 1\nb: [").expect_err("it breaks off");
        assert!(told.starts_with("line 2: "), "{told}");
        assert_eq!(read("- a"), Err("it is no map".to_owned()));
        assert_eq!(read("\n"), Err("it is empty".to_owned()));
    }
}
