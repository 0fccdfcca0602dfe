//! What the words of expressions are: the editor colours YAML by itself, and not what stands in
//! `${{ }}`.

use std::ops::Range;

use lsp_types::{
    SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensLegend, SemanticTokensParams,
    SemanticTokensResult,
};
use runsheet_language::expression::{functions, sign};

use crate::pieces::{pieces, plain};
use crate::session::Session;
use crate::tree::Tree;
use crate::uri;

/// The sorts of words, in the order of their numbers.
const SORTS: [SemanticTokenType; 7] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::NUMBER,
    SemanticTokenType::STRING,
    SemanticTokenType::OPERATOR,
];

/// The sorts of words that are told apart.
pub(crate) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: SORTS.to_vec(),
        token_modifiers: Vec::new(),
    }
}

/// The words of all expressions of a file.
pub(crate) fn tokens(
    session: &Session,
    asked: SemanticTokensParams,
) -> Option<SemanticTokensResult> {
    let path = uri::path(&asked.text_document.uri)?;
    let text = session.store.text(&path)?;
    let tree = Tree::parse(text.get().clone());
    let mut found: Vec<(Range<usize>, SemanticTokenType)> = Vec::new();
    session.tables(&path).walk(&tree, &mut |id, wants| {
        for piece in pieces(&tree, id, Some(wants)) {
            let words = words(&plain(&tree, id, &piece));
            found.extend(
                words.into_iter().map(|(range, sort)| {
                    (piece.start + range.start..piece.start + range.end, sort)
                }),
            );
        }
    });
    found.sort_by_key(|(range, _)| range.start);
    let (mut line, mut column) = (0, 0);
    let mut data = Vec::with_capacity(found.len());
    for (range, sort) in found {
        let places = text.places(&range, session.encoding);
        if places.start.line != places.end.line {
            continue;
        }
        let delta_line = places.start.line - line;
        let from = if delta_line == 0 { column } else { 0 };
        let number = SORTS.iter().position(|known| *known == sort);
        data.push(SemanticToken {
            delta_line,
            delta_start: places.start.character - from,
            length: places.end.character - places.start.character,
            token_type: number
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or_default(),
            token_modifiers_bitset: 0,
        });
        (line, column) = (places.start.line, places.start.character);
    }
    Some(SemanticTokensResult::Tokens(SemanticTokens {
        result_id: None,
        data,
    }))
}

/// The words of an expression, whatever state it is in.
fn words(text: &str) -> Vec<(Range<usize>, SemanticTokenType)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match letter {
            '"' | '\'' => quoted(rest, letter),
            _ if letter.is_alphabetic() || letter == '_' => name(rest),
            _ if letter.is_ascii_digit() => {
                let digits = |c: char| !(c.is_ascii_digit() || c == '.');
                rest.find(digits).unwrap_or(rest.len())
            }
            _ => sign(rest).map_or(letter.len_utf8(), str::len),
        };
        if let Some(sort) = sort(&text[..at], &rest[..length], &rest[length..]) {
            found.push((at..at + length, sort));
        }
        at += length;
    }
    found
}

fn name(rest: &str) -> usize {
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'));
    rest.find(ends).unwrap_or(rest.len())
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.trim_end().len()
}

fn sort(before: &str, word: &str, after: &str) -> Option<SemanticTokenType> {
    let first = word.chars().next()?;
    Some(match first {
        '"' | '\'' => SemanticTokenType::STRING,
        _ if first.is_ascii_digit() => SemanticTokenType::NUMBER,
        _ if first.is_alphabetic() || first == '_' => match word {
            _ if before.ends_with('.') => SemanticTokenType::PROPERTY,
            "true" | "false" | "null" | "and" | "or" | "not" | "in" => SemanticTokenType::KEYWORD,
            _ if after.starts_with('(') && functions::find(word).is_some() => {
                SemanticTokenType::FUNCTION
            }
            _ => SemanticTokenType::VARIABLE,
        },
        '=' | '!' | '<' | '>' | '&' | '|' | '+' | '-' | '*' | '/' | '%' | '?' | ':' => {
            SemanticTokenType::OPERATOR
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let text = "len(steps.t1.failed) > 0 && 'a' != inputs.x-y or true";
        let told = words(text).into_iter();
        let told: Vec<String> = told
            .map(|(range, sort)| format!("{}/{}", &text[range], sort.as_str()))
            .collect();
        let wanted = "len/function steps/variable t1/property failed/property >/operator \
                      0/number &&/operator 'a'/string !=/operator \
                      inputs/variable x-y/property or/keyword true/keyword";
        assert_eq!(told.join(" "), wanted);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_a_text() {
        assert_eq!(words("a == 'b c").len(), 3);
    }
}
