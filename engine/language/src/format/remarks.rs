//! The comments of a text, and the lines they stand on.

use super::pieces::{self, Sort};
use super::{BYTE_ORDER_MARK, with_line_feeds};

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its line, counted from 0.
    pub line: usize,
    /// All of it, from its `#` on.
    pub text: String,
    /// Whether nothing else stands on its line.
    pub is_alone: bool,
}

/// The comments of a text that can be read, in order.
#[must_use]
pub fn remarks(text: &str) -> Vec<Remark> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let text = with_line_feeds(text);
    let pieces = pieces::pieces(&text);
    let mut found = Vec::new();
    let mut last = None;
    for piece in &pieces {
        if piece.sort == Sort::Comment {
            found.push(Remark {
                line: piece.line,
                text: piece.text.to_owned(),
                is_alone: last != Some(piece.line),
            });
        } else if piece.sort != Sort::Body {
            last = Some(piece.last_line());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::remarks;

    #[test]
    fn comments_know_whether_they_stand_alone() {
        let text = "# a\nk: v # b\nl: |\n  # text\n\n# c\nm: {x: 1,   # d\n    y: 2}\n";
        let found = remarks(text);
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.line, &*it.text, it.is_alone))
            .collect();
        let wanted = [
            (0, "# a", true),
            (1, "# b", false),
            (5, "# c", true),
            (6, "# d", false),
        ];
        assert_eq!(found, wanted);
    }
}
