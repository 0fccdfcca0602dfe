//! A text as a row of pieces: what stands between blanks and line breaks.
//!
//! The scanner of the YAML parser tells values, brackets and comments with their bytes. What lies
//! between those is punctuation, and is found by looking.

use std::ops::Range;

use serde_yaml::granit_parser::{ScalarStyle, Scanner, StrInput, TokenType};

use super::BYTE_ORDER_MARK;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A plain or quoted scalar, perhaps of several lines.
    Scalar,
    /// Between double quotes, where a backslash may stand at the end of a line.
    Double,
    /// The head of a block scalar: `|`, `>-`.
    Head,
    /// The lines of a block scalar, up to the next piece.
    Body,
    /// `-`
    Dash,
    /// `:`
    Colon,
    /// `?`
    Question,
    /// `[` or `{`
    Open,
    /// `]` or `}`
    Close,
    /// `,`
    Comma,
    /// An anchor or a tag.
    Property,
    /// `*name`
    Alias,
    /// `# text`
    Comment,
    /// `---`, `...`, a directive, or a byte order mark below the first comments.
    Marker,
}

/// A piece and where it stood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    pub(super) sort: Sort,
    pub(super) text: &'t str,
    /// The line and column of its first letter, counted from 0.
    pub(super) line: usize,
    pub(super) column: usize,
    /// Whether a key without `?` begins with it.
    pub(super) begins_key: bool,
}

impl Piece<'_> {
    /// The line of its last letter.
    pub(super) fn last_line(&self) -> usize {
        self.line + self.text.matches('\n').count()
    }
}

/// The pieces of a text that can be read, in order.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut cutter = Cutter {
        text,
        at: 0,
        line: 0,
        column: 0,
        key: false,
        found: Vec::with_capacity(text.len() / 8),
    };
    for token in Scanner::new(StrInput::new(text)) {
        let Ok(token) = token else { break };
        let (span, kind) = token.into_parts();
        cutter.token(span.byte_range().unwrap_or_default(), &kind);
    }
    cutter.punctuation(text.len());
    cutter.end_body(text.len());
    cutter.found
}

struct Cutter<'t> {
    text: &'t str,
    /// The byte up to which everything is in pieces, and its line and column.
    at: usize,
    line: usize,
    column: usize,
    /// Whether the next piece begins a key.
    key: bool,
    found: Vec<Piece<'t>>,
}

impl<'t> Cutter<'t> {
    fn token(&mut self, range: Range<usize>, kind: &TokenType<'_>) {
        if let TokenType::Scalar(ScalarStyle::Literal | ScalarStyle::Folded, _) = kind {
            return self.block(range.end);
        }
        // The comment behind the head of a block has been taken with it.
        if range.start < self.at {
            return;
        }
        self.punctuation(range.start);
        let sort = match kind {
            TokenType::Scalar(ScalarStyle::DoubleQuoted, _) => Sort::Double,
            TokenType::Scalar(..) => Sort::Scalar,
            TokenType::FlowSequenceStart | TokenType::FlowMappingStart => Sort::Open,
            TokenType::FlowSequenceEnd | TokenType::FlowMappingEnd => Sort::Close,
            TokenType::FlowEntry => Sort::Comma,
            TokenType::Anchor(_) | TokenType::Tag(..) => Sort::Property,
            TokenType::Alias(_) => Sort::Alias,
            TokenType::Comment(_) => Sort::Comment,
            TokenType::Key => Sort::Question,
            TokenType::DocumentStart
            | TokenType::DocumentEnd
            | TokenType::VersionDirective(..)
            | TokenType::TagDirective(..)
            | TokenType::ReservedDirective(..) => Sort::Marker,
            _ => return,
        };
        if !range.is_empty() {
            self.push(sort, range);
        } else if sort == Sort::Question {
            self.key = true;
        }
    }

    /// Everything up to a byte that no token tells of.
    fn punctuation(&mut self, until: usize) {
        while let Some(range) = self.word(until) {
            let sort = match &self.text[range.clone()] {
                "-" => Sort::Dash,
                ":" => Sort::Colon,
                "?" => Sort::Question,
                // A token may stand behind a comment that is told after it.
                word if word.starts_with('#') => {
                    self.push(Sort::Comment, range.start..self.end_of_line(range.start));
                    continue;
                }
                _ => Sort::Marker,
            };
            self.push(sort, range);
        }
    }

    fn end_of_line(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        from + rest.find('\n').unwrap_or(rest.len())
    }

    /// The next run of letters before a byte.
    fn word(&self, until: usize) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..until)?;
        let start = self.at + rest.find(|c: char| !c.is_whitespace())?;
        let rest = &self.text[start..until];
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        Some(start..start + length)
    }

    /// The head of a block scalar, the comment behind it, and its lines, which the next piece ends.
    fn block(&mut self, end: usize) {
        while let Some(range) = self.word(self.text.len()) {
            let word = &self.text[range.clone()];
            match word.as_bytes().first() {
                Some(b'|' | b'>') => {
                    self.push(Sort::Head, range);
                    break;
                }
                _ => self.punctuation(range.end),
            }
        }
        let line = self.at..self.end_of_line(self.at);
        let comment = self.text[line.clone()].trim_start();
        if !comment.is_empty() {
            self.push(Sort::Comment, line.end - comment.len()..line.end);
        }
        let body = (line.end + 1).min(self.text.len());
        self.push(Sort::Body, body..body);
        self.advance(end.max(body));
    }

    fn push(&mut self, sort: Sort, range: Range<usize>) {
        self.advance(range.start);
        self.end_body(range.start);
        self.found.push(Piece {
            sort,
            text: self.text[range.clone()].trim_end_matches([' ', '\t', '\n']),
            line: self.line,
            column: self.column,
            begins_key: std::mem::take(&mut self.key),
        });
        self.advance(range.end);
    }

    /// Lets the lines of a block scalar, if one is open, end before the line of a byte.
    fn end_body(&mut self, byte: usize) {
        let Some(body) = self.found.last_mut().filter(|it| it.sort == Sort::Body) else {
            return;
        };
        let end = match byte == self.text.len() {
            true => byte,
            false => self.text[..byte].rfind('\n').map_or(0, |feed| feed + 1),
        };
        let start = body.text.as_ptr() as usize - self.text.as_ptr() as usize;
        body.text = self.text.get(start..end).unwrap_or_default();
    }

    fn advance(&mut self, to: usize) {
        for letter in self.text.get(self.at..to).unwrap_or_default().chars() {
            (self.line, self.column) = match letter {
                '\n' => (self.line + 1, 0),
                BYTE_ORDER_MARK if self.column == 0 => (self.line, 0),
                _ => (self.line, self.column + 1),
            };
        }
        self.at = self.at.max(to);
    }
}
