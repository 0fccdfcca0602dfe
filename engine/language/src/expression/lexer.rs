//! The words of an expression.

use std::ops::Range;

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Int(i64),
    Float(f64),
    Text(String),
    Name(String),
    Sign(&'static str),
    End,
}

/// A mistake inside a word.
#[derive(Debug)]
pub(super) struct BadWord {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// Signs, longer ones before those they begin with.
const SIGNS: [&str; 27] = [
    "===", "!==", "=>", "==", "!=", "<=", ">=", "&&", "||", "}}", "+", "-", "*", "/", "%", "<",
    ">", "!", "?", ":", ",", ".", "(", ")", "[", "]", "=",
];

fn bad(range: Range<usize>, message: impl Into<String>, help: &'static str) -> BadWord {
    BadWord {
        range,
        message: message.into(),
        help,
    }
}

/// The word that begins at or after `from`, and its bytes.
pub(super) fn next(text: &str, from: usize) -> Result<(Token, Range<usize>), BadWord> {
    let rest = &text[from..];
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = &text[start..];
    let Some(first) = rest.chars().next() else {
        return Ok((Token::End, start..start));
    };
    // Behind a dot there is a name, whatever it begins with: nobody means a number there.
    if first.is_ascii_digit() && text[..start].ends_with('.') {
        let end = start + name_length(rest);
        return Ok((Token::Name(text[start..end].to_owned()), start..end));
    }
    if first.is_ascii_digit() {
        return number(rest, start);
    }
    if is_name_start(first) {
        let end = start + name_length(rest);
        return Ok((Token::Name(text[start..end].to_owned()), start..end));
    }
    if matches!(first, '"' | '\'') {
        return string(rest, start, first);
    }
    if rest.starts_with("??") {
        let message = "`??` means nothing in an expression";
        return Err(bad(start..start + 2, message, "write `default(.., ..)`"));
    }
    if let Some(sign) = sign(rest) {
        return Ok((Token::Sign(sign), start..start + sign.len()));
    }
    let range = start..start + first.len_utf8();
    let message = format!("`{first}` means nothing in an expression");
    let help = match first {
        '`' => "a text stands between `'` or `\"`",
        '“' | '”' | '„' | '‘' | '’' => "write straight quotes, `'` or `\"`",
        _ if rest.starts_with("${{") => "this is in `${{ }}` already: leave it out",
        _ => "",
    };
    Err(bad(range, message, help))
}

/// The sign that a text begins with: `==`.
#[must_use]
pub fn sign(text: &str) -> Option<&'static str> {
    SIGNS.into_iter().find(|sign| text.starts_with(sign))
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// Names hold dashes, as step ids do, but do not end with one.
fn name_length(rest: &str) -> usize {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    rest[..end].trim_end_matches('-').len()
}

fn number(rest: &str, start: usize) -> Result<(Token, Range<usize>), BadWord> {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = digits(rest);
    let fraction = rest[whole..].strip_prefix('.').map_or(0, digits);
    let length = if fraction > 0 {
        whole + 1 + fraction
    } else {
        whole
    };
    let after = name_length(&rest[length..]);
    if after > 0 {
        let range = start..start + length + after;
        let message = format!("`{}` is no number", &rest[..length + after]);
        return Err(bad(
            range,
            message,
            "a duration is written `duration(\"5m\")`, a version `version(\"5.0\")`",
        ));
    }
    let range = start..start + length;
    let text = &rest[..length];
    let token = if fraction > 0 {
        text.parse().ok().map(Token::Float)
    } else {
        text.parse().ok().map(Token::Int)
    };
    token
        .map(|token| (token, range.clone()))
        .ok_or_else(|| bad(range, "the number is too large", ""))
}

fn string(rest: &str, start: usize, quote: char) -> Result<(Token, Range<usize>), BadWord> {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            _ if letter == quote => return Ok((Token::Text(text), start..start + at + 1)),
            '\\' => {
                let escaped = letters.next().map(|(_, letter)| letter);
                text.push(unescaped(escaped).ok_or_else(|| {
                    let range = start + at..start + at + 1 + escaped.map_or(0, char::len_utf8);
                    let help = "the escapes are `\\n`, `\\t`, `\\\\`, `\\\"` and `\\'`";
                    bad(range, "there is no such escape", help)
                })?);
            }
            _ => text.push(letter),
        }
    }
    Err(bad(
        start..start + rest.trim_end().len(),
        "the text is not closed",
        "close the quote",
    ))
}

fn unescaped(escaped: Option<char>) -> Option<char> {
    match escaped? {
        'n' => Some('\n'),
        't' => Some('\t'),
        same @ ('\\' | '"' | '\'') => Some(same),
        _ => None,
    }
}
