//! Literals with placeholders: an instance of one, and whether a text is an instance.

use std::collections::BTreeSet;

use crate::log::squeezed;

/// Placeholders that are words, and what stands for each. A word is one only where no letter or
/// digit is beside it. What counts something differs from row to row, so each has its own number.
const WORDS: &[(&str, &str)] = &[
    ("<tab>", "\t"),
    ("<drive>", "M"),
    ("<driverange>", "MN"),
    ("<password>", "SECRET"),
    ("<file>", "USERS.TXT"),
    ("<filename>", "USERS.TXT"),
    ("<x>", "1"),
    ("<Day>", "Sat"),
    ("<HH>", "13"),
    ("<MM>", "45"),
    ("-ddrive", "-dM"),
    ("-ddriverange", "-dMN"),
    ("xxxxxxxx", "0000C9D1"),
    ("XXXXXXXXXX", "0000000017"),
    ("XXXXXXXX", "0000C9D1"),
    ("XXX", "4395"),
    ("XX", "12"),
    ("YY", "27"),
    ("R=x(was y)....z sent", "R=8(was 5)....3 sent"),
    ("R#", "8"),
    ("S#", "53"),
    ("I#", "2"),
    ("r#", "5"),
    ("s#", "40"),
    ("##", "3"),
    ("DATE", "02/18/94"),
    ("TIME", "13:11"),
    ("-xx", "-RT"),
    ("- xx", "-RT"),
];

/// What stands in angle brackets and is meant so.
const LITERAL: [&str; 3] = ["<null>", "<NULL>", "<00>"];

/// A piece of a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(String),
}

/// A literal, read once to be held against many texts.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The literal without runs of spaces.
    squeezed: String,
    pieces: Vec<Piece>,
}

impl Pattern {
    /// Reads a literal.
    #[must_use]
    pub fn of(literal: &str) -> Self {
        let squeezed = squeezed(literal);
        Self {
            pieces: pieces(&squeezed),
            squeezed,
        }
    }

    /// Whether a text is the literal, or has something for each of its placeholders, but for runs
    /// of spaces.
    #[must_use]
    pub fn is_met_by(&self, text: &str) -> bool {
        let text = squeezed(text);
        text == self.squeezed || follows(&self.pieces, &text)
    }
}

/// An instance of a literal; `None` if it has no placeholder.
#[must_use]
pub fn instance(literal: &str) -> Option<String> {
    let pieces = pieces(literal);
    let any = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Placeholder(_)));
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Placeholder(name) => value(name),
    });
    any.then(|| text.collect())
}

/// Goes from piece to piece with every place of the text that the pieces before can end at, so that
/// many placeholders take no longer than few.
fn follows(pieces: &[Piece], text: &str) -> bool {
    let mut places = BTreeSet::from([0]);
    let mut left = pieces;
    while let [piece, rest @ ..] = left
        && !places.is_empty()
    {
        left = rest;
        places = match (piece, rest) {
            (Piece::Text(literal), _) => after(
                &places,
                |at| text[at..].strip_prefix(literal.as_str()),
                text,
            ),
            (Piece::Placeholder(tab), [Piece::Text(next), rest @ ..]) if tab == "<tab>" => {
                left = rest;
                let next = next.trim_start();
                let tabbed = |at: usize| text[at..].trim_start().strip_prefix(next);
                after(&places, tabbed, text)
            }
            (Piece::Placeholder(_), _) => match places.first() {
                Some(first) => ends(text).filter(|end| end > first).collect(),
                None => places,
            },
        };
    }
    places.contains(&text.len())
}

/// The places after what is read at each of these.
fn after<'t>(
    places: &BTreeSet<usize>,
    read: impl Fn(usize) -> Option<&'t str>,
    text: &'t str,
) -> BTreeSet<usize> {
    let left = places.iter().filter_map(|at| read(*at));
    left.map(|left| text.len() - left.len()).collect()
}

/// Where a character of a text ends.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let ends = text.char_indices().map(|(at, _)| at).skip(1);
    ends.chain([text.len()])
}

/// The pieces of a literal.
fn pieces(literal: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < literal.len() {
        let Some(length) = placeholder(literal, at) else {
            at += literal[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if at > start {
            pieces.push(Piece::Text(literal[start..at].to_owned()));
        }
        pieces.push(Piece::Placeholder(literal[at..at + length].to_owned()));
        at += length;
        start = at;
    }
    if start < literal.len() {
        pieces.push(Piece::Text(literal[start..].to_owned()));
    }
    pieces
}

/// How long the placeholder is that begins here.
fn placeholder(literal: &str, at: usize) -> Option<usize> {
    let rest = &literal[at..];
    let before = literal[..at].chars().next_back();
    let apart = |letter: Option<char>| letter.is_none_or(|it| !it.is_alphanumeric());
    let word = WORDS.iter().map(|(word, _)| *word).filter(|word| {
        let (first, last) = (word.chars().next(), word.chars().next_back());
        let begins = rest.starts_with(word);
        let left = apart(first) || apart(before);
        begins && left && (apart(last) || apart(rest[word.len()..].chars().next()))
    });
    if let Some(word) = word.max_by_key(|word| word.len()) {
        return Some(word.len());
    }
    let inside = rest.strip_prefix('<')?;
    let end = inside.find('>')?;
    let named = LITERAL.iter().all(|literal| *literal != &rest[..end + 2])
        && inside[..end].trim() == &inside[..end];
    let letters = |it: char| it.is_alphanumeric() || " ./_-".contains(it);
    (named
        && end > 0
        && inside[..end].chars().all(letters)
        && placeholder(literal, at + 1).is_none())
    .then_some(end + 2)
}

/// What stands for a placeholder: of one that is known, its own; of any other, its letters and
/// digits, which two that differ do not share.
fn value(name: &str) -> String {
    if let Some((_, value)) = WORDS.iter().find(|(word, _)| *word == name) {
        return (*value).to_owned();
    }
    let letters = name.chars().filter(|it| it.is_ascii_alphanumeric());
    let letters: String = letters.collect::<String>().to_ascii_uppercase();
    let sum = name.bytes().fold(7_u32, |sum, it| {
        sum.wrapping_mul(31).wrapping_add(u32::from(it))
    });
    match letters.len() {
        0..=10 => letters,
        _ => format!("{}{:05X}", &letters[..5], sum & 0xF_FFFF),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_the_rest_is_kept() {
        for (literal, filled) in [
            ("external -0 -d<driverange>", "external -0 -dMN"),
            (
                "\\\\servername\\maildata\\P1\\XXXXXXXX.0lk",
                "\\\\servername\\maildata\\P1\\0000C9D1.0lk",
            ),
            (
                "Message ID <xxxxxxxx> processed",
                "Message ID <0000C9D1> processed",
            ),
            ("\"NSDA - xx\" terminated", "\"NSDA -RT\" terminated"),
            ("ReqTx R=R# (was r#)", "ReqTx R=8 (was 5)"),
        ] {
            assert_eq!(instance(literal).as_deref(), Some(filled));
            assert!(Pattern::of(literal).is_met_by(filled), "{literal}");
        }
        for plain in [
            "Process comment: <null>",
            "reqmain -t",
            "MAXX",
            "a < b > c?",
        ] {
            assert_eq!(instance(plain), None, "{plain}");
        }
    }

    #[test]
    fn many_placeholders_take_no_longer_than_few() {
        let literal = "<one> ".repeat(40) + "end";
        assert!(Pattern::of(&literal).is_met_by(&("a b ".repeat(40) + "end")));
        assert!(!Pattern::of(&literal).is_met_by(&"a b ".repeat(200)));
    }

    #[test]
    fn placeholders_that_differ_are_filled_otherwise() {
        let one = instance("<Requestor Server>").unwrap();
        assert_eq!(one.len(), 10);
        assert_ne!(Some(one), instance("<Requestor Servers>"));
    }
}
