//! Patterns for subjects and texts: `ReqTx R={r:int} (was {was:int})[, S={s:int}]`.
//!
//! Literal text stands for itself; any run of white space equals any other; `{name:int}` captures
//! (`int`, `word`, `text`, `hex`); `[..]` is optional, and a text that ends inside it matches;
//! `{{`, `[[` and their closings stand for one brace or bracket. The whole text must match.
//!
//! Header subjects of Microsoft Mail are cut at 40 characters (Q162841, Q156844). A number that
//! ends exactly where a text was cut may have lost digits: it is absent, never shortened.

use serde::{Deserialize, Serialize};

use crate::value::Map;
use crate::{Name, Value};

mod matcher;
mod parser;

/// What a capture takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capture {
    /// Decimal digits: a whole number.
    Int,
    /// One or more characters other than white space.
    Word,
    /// Any characters, as few as will do.
    Text,
    /// Hexadecimal digits, kept as text.
    Hex,
}

impl Capture {
    fn from_word(word: &str) -> Option<Capture> {
        match word {
            "int" => Some(Capture::Int),
            "word" => Some(Capture::Word),
            "text" => Some(Capture::Text),
            "hex" => Some(Capture::Hex),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(char),
    Space,
    Capture(Name, Capture),
    Optional(Vec<Part>),
}

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
    captures: Vec<(Name, Capture)>,
}

/// What is wrong with a pattern, and at which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPattern {
    /// Where the fault begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub message: String,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A brace or bracket that is not closed, a capture without a name or of no known type, or a
    /// name used twice; with its place.
    pub fn parse(text: &str) -> Result<Pattern, BadPattern> {
        parser::parse(text)
    }

    /// The names it captures with their types, in order.
    pub fn captures(&self) -> &[(Name, Capture)] {
        &self.captures
    }

    /// What the whole text holds for each capture, or nothing if it does not match. A capture in
    /// an optional part that is not there is null, and so is a number at the end of a text that
    /// was cut (`cut`).
    #[must_use]
    pub fn captured(&self, text: &str, cut: bool) -> Option<Map> {
        let found = matcher::matched(&self.parts, text, cut)?;
        let of = |name: &Name| {
            found
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, value)| value.clone())
        };
        let value = |(name, _): &(Name, Capture)| (name.clone(), of(name).unwrap_or(Value::Null));
        Some(self.captures.iter().map(value).collect())
    }

    /// Whether the whole text matches.
    #[must_use]
    pub fn matches(&self, text: &str, cut: bool) -> bool {
        matcher::matched(&self.parts, text, cut).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;
    use crate::Value;

    const REQTX: &str =
        "ReqTx R={r:int} (was {was:int})[, S={s:int}[, I={i:int}[, {sent:int} sent]]]";

    fn captured(pattern: &str, text: &str) -> Option<String> {
        let pattern = Pattern::parse(pattern).expect("a good pattern");
        let cut = text.chars().count() == 40;
        let found = pattern.captured(text, cut)?;
        Some(
            found
                .iter()
                .map(|(n, v)| format!("{n}={v}"))
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    #[test]
    fn a_capture_that_is_never_closed_ends_where_another_begins() {
        for text in ["[, S={s:int[, I={i:int}]]", "{a:int {b:int}"] {
            let bad = Pattern::parse(text).expect_err("it is never closed");
            assert_eq!(bad.message, "`{` is never closed with `}`");
            assert_eq!(bad.start, text.find('{').expect("it has one"));
        }
    }

    #[test]
    fn a_subject_gives_its_numbers() {
        let all = captured(REQTX, "ReqTx R=8 (was 5), S=40, I=1, 3 sent");
        assert_eq!(all.as_deref(), Some("r=8 was=5 s=40 i=1 sent=3"));
    }

    #[test]
    fn a_number_that_a_cut_may_have_shortened_is_absent() {
        let cut = captured(REQTX, "ReqTx R=10010 (was 10000), S=12345, I=12");
        assert_eq!(
            cut.as_deref(),
            Some("r=10010 was=10000 s=12345 i=null sent=null")
        );
        let cut = captured(REQTX, "ReqTx R=100101 (was 100000), S=120, I=1,");
        assert_eq!(
            cut.as_deref(),
            Some("r=100101 was=100000 s=120 i=1 sent=null")
        );
        let cut = captured(REQTX, "ReqTx R=1001012345678901 (was 1000000000");
        assert_eq!(
            cut.as_deref(),
            Some("r=1001012345678901 was=null s=null i=null sent=null")
        );
    }

    #[test]
    fn the_real_subject_of_q162841_parses() {
        let pattern = "SrvTx R={r:int} S={s:int} (was {was:int})[, I={i:int}[ {sent:int} sent]]";
        let found = captured(pattern, "SrvTx R=3 S=87298 (was 0), I=2 15603 sen");
        assert_eq!(found.as_deref(), Some("r=3 s=87298 was=0 i=2 sent=15603"));
    }

    #[test]
    fn white_space_is_any_white_space() {
        assert_eq!(captured("a  b", "a \t b").as_deref(), Some(""));
        assert_eq!(captured("a b", "ab"), None);
        assert_eq!(captured("a", "a b"), None);
    }

    #[test]
    fn captures_take_as_little_as_will_do() {
        let found = captured("from {net:word}/{po:text} at {x:hex}", "from A/B C at 0aF");
        assert_eq!(found.as_deref(), Some("net=A po=B C x=0aF"));
        assert_eq!(captured("{{{n:int}}}", "{7}").as_deref(), Some("n=7"));
    }

    #[test]
    fn one_entry_of_a_long_listing_is_found() {
        let entry = |number| format!("name: PO{number:05}\nReqSync = {number}, SrvSync = 7\n\n");
        let listing: String = (0..20_000).map(entry).collect();
        let pattern = "{before:text}name: PO19999 ReqSync = {req:int},{after:text}";
        let pattern = Pattern::parse(pattern).expect("a good pattern");
        let found = pattern.captured(&listing, false).expect("it is there");
        assert_eq!(found.get("req"), Some(&Value::Int(19_999)));
        let missing = Pattern::parse("{before:text}PO20000{after:text}").expect("a good pattern");
        assert!(!missing.matches(&listing, false));
    }

    #[test]
    fn no_pattern_takes_long_to_say_no() {
        let optional = format!("{}!", "[a]".repeat(200));
        let text = "a".repeat(20_000);
        for pattern in [
            "{a:word}{b:word}{c:word}{d:word}{e:word}!",
            "{a:text}a{b:text}a{c:text}a{d:text}a{e:text}!",
            "{a:hex}a{b:text}a{c:word}aa{d:hex}{e:text}!",
            &optional,
        ] {
            let pattern = Pattern::parse(pattern).expect("a good pattern");
            assert!(!pattern.matches(&text, false));
            assert!(pattern.matches(&format!("{}!", &text[..200]), false));
        }
    }

    /// What a pattern of captures and letters matches, by trying everything.
    fn tried(pattern: &[&str], text: &str) -> bool {
        let Some((part, after)) = pattern.split_first() else {
            return text.is_empty();
        };
        let ends = (0..=text.len()).rev();
        let fits = |taken: &str| match *part {
            "{w}" => !taken.is_empty() && !taken.contains(' '),
            "{t}" => true,
            letter => taken == letter,
        };
        let mut taken = ends.filter(|end| fits(&text[..*end]));
        taken.any(|end| tried(after, &text[end..]))
    }

    #[test]
    fn a_way_that_is_not_tried_again_would_have_failed_again() {
        let parts = ["{w}", "{t}", "a", "b"];
        let texts = [
            "", "a", "ab", "aab", "abab", "ba b", "aabba", "b abaab", "aaaaaab",
        ];
        for number in 0..4_usize.pow(5) {
            let chosen: Vec<&str> = (0..5)
                .map(|at| parts[number / 4_usize.pow(at) % 4])
                .collect();
            let named = chosen.iter().zip(["v", "w", "x", "y", "z"]);
            let written: String = named
                .map(|(part, name)| match *part {
                    "{w}" => format!("{{{name}:word}}"),
                    "{t}" => format!("{{{name}:text}}"),
                    letter => letter.to_owned(),
                })
                .collect();
            let pattern = Pattern::parse(&written).expect("a good pattern");
            for text in texts {
                let (found, wanted) = (pattern.matches(text, false), tried(&chosen, text));
                assert_eq!(found, wanted, "{written} against `{text}`");
            }
        }
    }

    #[test]
    fn a_text_before_a_literal_ends_where_that_is_whole_or_the_text_breaks_off() {
        assert_eq!(captured("{a:text}aab", "aaab").as_deref(), Some("a=a"));
        assert_eq!(captured("{a:text}x[, y]", "ax, ").as_deref(), Some("a=a"));
        let cut = "0123456789012345678901234567890123456 se";
        assert_eq!(
            captured("{a:text} sent", cut).as_deref(),
            Some("a=0123456789012345678901234567890123456")
        );
        assert_eq!(
            captured("{a:text}sent", &cut.replace(' ', "-")).as_deref(),
            Some("a=0123456789012345678901234567890123456-")
        );
        assert_eq!(captured("{a:text}sent", "abc se"), None);
    }

    #[test]
    fn a_bad_pattern_says_where() {
        let bad = |text| {
            Pattern::parse(text)
                .map_err(|bad| (bad.start, bad.end))
                .err()
        };
        assert_eq!(bad("a {n:int"), Some((2, 8)));
        assert_eq!(bad("a {n:inn}"), Some((5, 8)));
        assert_eq!(bad("{n:int} {n:int}"), Some((9, 10)));
        assert_eq!(bad("a [b"), Some((2, 4)));
        assert_eq!(bad("a ]"), Some((2, 3)));
    }
}
