//! Texts against patterns that stand in filters.

use runsheet_step::pattern::Pattern;
use runsheet_step::{Map, Value};

/// Whether the whole text or any one line of it matches a pattern. What is no pattern matches
/// nothing: `check` has told of it before.
pub(crate) fn matches_a_line(pattern: &Value, text: &Value) -> bool {
    let (Some(pattern), Some(text)) = (pattern.as_text(), text.as_text()) else {
        return false;
    };
    Pattern::parse(pattern).is_ok_and(|pattern| captured_by_a_line(&pattern, text).is_some())
}

/// What the whole text, or else the first line that matches, holds for each capture.
#[must_use]
pub fn captured_by_a_line(pattern: &Pattern, text: &str) -> Option<Map> {
    let whole = || pattern.captured(text.trim_end(), false);
    let line = |line: &str| pattern.captured(line.trim_end(), false);
    text.lines().find_map(line).or_else(whole)
}

#[cfg(test)]
mod tests {
    use super::captured_by_a_line;
    use runsheet_step::pattern::Pattern;

    #[test]
    fn a_line_gives_its_numbers() {
        let pattern = Pattern::parse("Number of entries in GAL: {n:int}").expect("a good pattern");
        let log = "Rebuild\r\nNumber of entries in GAL: 12\r\nStatus\r\n";
        let found = captured_by_a_line(&pattern, log).expect("it is there");
        assert_eq!(found["n"].as_int(), Some(12));
        assert!(captured_by_a_line(&pattern, "Rebuild").is_none());
    }
}
