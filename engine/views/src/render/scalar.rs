//! Scalars on one line.

use std::fmt::Write;

use runsheet_language::document::Style;

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Within {
    /// On a line of its own, behind a key or a dash.
    Block,
    /// Between brackets.
    Flow,
}

/// A scalar as it is written on one line.
pub(crate) fn one_line(text: &str, style: Style, within: Within) -> String {
    let is_plain = style == Style::Plain;
    if is_plain && text.is_empty() {
        return "null".to_owned();
    }
    let takes_part = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}');
    let is_bare = is_plain && !(within == Within::Flow && text.contains(takes_part));
    match style {
        _ if text.chars().any(is_hidden) => double(text),
        _ if is_bare => text.to_owned(),
        Style::Plain | Style::Single => format!("'{}'", text.replace('\'', "''")),
        Style::Double | Style::Literal | Style::Folded => double(text),
    }
}

/// Whether only an escape can show it.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if is_hidden(c) => {
                // Nothing can go wrong when a text grows.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The head and the lines of a text that is written as a block; nothing where a block cannot say
/// it.
pub(crate) fn block(text: &str) -> Option<(&'static str, Vec<&str>)> {
    let hidden = |c: char| is_hidden(c) && c != '\n' && c != '\t';
    if text.starts_with([' ', '\t', '\n']) || text.chars().any(hidden) {
        return None;
    }
    let bare = text.trim_end_matches('\n');
    let head = match text.len() - bare.len() {
        0 => "|-",
        1 => "|",
        _ => return None,
    };
    // Blanks alone on the last line would be lost.
    let lines: Vec<&str> = bare.split('\n').collect();
    let ends_in_blanks = lines.last().is_none_or(|line| line.trim().is_empty());
    (!ends_in_blanks).then_some((head, lines))
}

#[cfg(test)]
mod tests {
    use super::{Style, Within, block, one_line};

    #[test]
    fn a_scalar_is_quoted_where_it_has_to_be() {
        let table = [
            ("a b", Style::Plain, Within::Block, "a b"),
            ("${{ x }}", Style::Plain, Within::Block, "${{ x }}"),
            ("${{ x }}", Style::Plain, Within::Flow, "'${{ x }}'"),
            ("a, b", Style::Plain, Within::Flow, "'a, b'"),
            ("", Style::Plain, Within::Flow, "null"),
            ("it's", Style::Single, Within::Block, "'it''s'"),
            ("a\nb", Style::Single, Within::Block, "\"a\\nb\""),
            (
                "C:\\\"\t",
                Style::Double,
                Within::Block,
                "\"C:\\\\\\\"\\t\"",
            ),
            ("a\n", Style::Literal, Within::Flow, "\"a\\n\""),
            ("\u{7f}", Style::Plain, Within::Block, "\"\\u007f\""),
        ];
        for (text, style, within, wanted) in table {
            assert_eq!(one_line(text, style, within), wanted);
        }
    }

    #[test]
    fn a_block_says_how_it_ends() {
        assert_eq!(block("a\n\n b\n"), Some(("|", vec!["a", "", " b"])));
        assert_eq!(block("a"), Some(("|-", vec!["a"])));
        for odd in [" a", "a\n\n", "", "\n", "a\u{1}", "a\n  "] {
            assert_eq!(block(odd), None, "{odd:?}");
        }
    }
}
