//! Texts against patterns, in filters and in the inputs of kinds.

use runsheet_step::pattern::{Capture, Pattern};
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Map, Value};

/// Whether the whole text or any one line of it matches a pattern. What is no pattern matches
/// nothing: `check` has told of it before.
pub(crate) fn matches_a_line(pattern: &Value, text: &Value) -> bool {
    let (Some(pattern), Some(text)) = (pattern.as_text(), text.as_text()) else {
        return false;
    };
    Pattern::parse(pattern).is_ok_and(|pattern| captured_by_a_line(&pattern, text).is_some())
}

/// Whether a text stands somewhere in another, whatever the case.
pub(crate) fn contains(wanted: &Value, text: &Value) -> bool {
    let (Some(wanted), Some(text)) = (wanted.as_text(), text.as_text()) else {
        return false;
    };
    text.to_lowercase().contains(&*wanted.to_lowercase())
}

/// What the first line that matches, or else the whole text, holds for each capture.
#[must_use]
pub fn captured_by_a_line(pattern: &Pattern, text: &str) -> Option<Map> {
    let whole = || pattern.captured(text.trim_end(), false);
    let line = |line: &str| pattern.captured(line.trim_end(), false);
    text.lines().find_map(line).or_else(whole)
}

/// The pattern that an input holds at this path.
///
/// # Errors
/// What is wrong with it, with the path and the part of it that is to blame.
pub fn pattern(text: &str, path: &[&str]) -> Result<Pattern, Failure> {
    Pattern::parse(text).map_err(|bad| {
        let part = text.get(bad.start..bad.end).unwrap_or(text);
        let message = format!("{} (at `{part}` of the pattern `{text}`)", bad.message);
        Failure::code("bad-pattern", message)
            .at(path)
            .help("a pattern is literal text with `{name:int}` to capture and `[..]` for what may be missing")
    })
}

/// What is wrong with the pattern of an input, and with captures that would hide one of the
/// kind's own outputs. An input that is unknown or left out has no fault.
#[must_use]
pub fn faults_of_pattern(given: &Value, path: &[&str], outputs: &[Field]) -> Vec<Failure> {
    let Value::Text(text) = given else {
        return Vec::new();
    };
    let pattern = match pattern(text, path) {
        Ok(pattern) => pattern,
        Err(failure) => return vec![failure],
    };
    let hides = |name: &str| outputs.iter().any(|output| *output.name == *name);
    let hidden = pattern.captures().iter().filter(|(name, _)| hides(name));
    hidden
        .map(|(name, _)| {
            let message = format!("the capture `{name}` would hide the output of that name");
            Failure::code("bad-pattern", message)
                .at(path)
                .help("give the capture another name")
        })
        .collect()
}

/// The outputs that the captures of a pattern bring. Each may be null: what is optional may be
/// missing, and what was cut may be incomplete.
#[must_use]
pub fn outputs_of_pattern(given: &Value) -> Vec<Field> {
    let Some(pattern) = given.as_text().and_then(|text| Pattern::parse(text).ok()) else {
        return Vec::new();
    };
    let field = |(name, capture): &(runsheet_step::Name, Capture)| {
        let kind = match capture {
            Capture::Int => Type::Int,
            Capture::Word | Capture::Text | Capture::Hex => Type::Text,
        };
        let kind = Type::OneOf(vec![kind, Type::Null]);
        Field::new(name.clone(), kind, format!("captured by `{given}`"))
    };
    pattern.captures().iter().map(field).collect()
}

/// The outputs that the captures of several patterns bring, each name once.
#[must_use]
pub fn outputs_of_patterns<'v>(given: impl IntoIterator<Item = &'v Value>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for field in given.into_iter().flat_map(outputs_of_pattern) {
        if fields.iter().all(|known| known.name != field.name) {
            fields.push(field);
        }
    }
    fields
}

/// Null for each capture of a pattern: what it gives where nothing matched.
#[must_use]
pub fn captures_null(given: &Value) -> Map {
    let pattern = given.as_text().and_then(|text| Pattern::parse(text).ok());
    let captures = pattern.iter().flat_map(|pattern| pattern.captures());
    captures
        .map(|(name, _)| (name.clone(), Value::Null))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{captured_by_a_line, faults_of_pattern, outputs_of_pattern};
    use runsheet_step::pattern::Pattern;
    use runsheet_step::shape::Type;
    use runsheet_step::{Field, Value};

    #[test]
    fn a_line_gives_its_numbers() {
        let pattern = Pattern::parse("Number of entries in GAL: {n:int}").expect("a good pattern");
        let log = "Rebuild\r\nNumber of entries in GAL: 12\r\nStatus\r\n";
        let found = captured_by_a_line(&pattern, log).expect("it is there");
        assert_eq!(found["n"].as_int(), Some(12));
        assert!(captured_by_a_line(&pattern, "Rebuild").is_none());
    }

    #[test]
    fn a_bad_pattern_is_told_with_its_part() {
        let outputs = [Field::new("from", Type::Text, "")];
        let faults = |text: &str| {
            let faults = faults_of_pattern(&Value::text(text), &["subject"], &outputs);
            faults
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; ")
        };
        assert_eq!(
            faults("R={r:inn}"),
            "bad-pattern: `inn` is no type of capture: use int, word, text or hex (at `inn` of the pattern `R={r:inn}`)"
        );
        assert_eq!(
            faults("from {from:word}"),
            "bad-pattern: the capture `from` would hide the output of that name"
        );
        assert_eq!(faults("R={r:int}"), "");
        assert_eq!(faults_of_pattern(&Value::unknown("x"), &[], &outputs), []);
    }

    #[test]
    fn captures_are_outputs_that_may_be_null() {
        let outputs = outputs_of_pattern(&Value::text("R={r:int} {who:word}"));
        let told: Vec<_> = outputs
            .iter()
            .map(|f| format!("{}: {}", f.name, f.kind))
            .collect();
        assert_eq!(told, ["r: int or null", "who: text or null"]);
    }
}
