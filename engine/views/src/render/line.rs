//! Lines that are about to be written.

/// The column of a comment behind a line, if the line is not longer.
const COMMENTS: usize = 48;

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) depth: usize,
    pub(super) text: String,
    pub(super) behind: Option<String>,
    /// Whether it says nothing to a program.
    pub(super) is_note: bool,
}

impl Line {
    pub(super) fn new(depth: usize, text: impl Into<String>) -> Line {
        Line {
            depth,
            text: text.into(),
            behind: None,
            is_note: false,
        }
    }

    /// A comment, or an empty line.
    pub(super) fn note(depth: usize, text: impl Into<String>) -> Line {
        Line {
            is_note: true,
            ..Line::new(depth, text)
        }
    }

    fn write(&self, out: &mut String) {
        if !self.text.is_empty() {
            out.push_str(&" ".repeat(self.depth));
            out.push_str(&self.text);
        }
        if let Some(behind) = &self.behind {
            let column = self.depth + self.text.chars().count();
            let blanks = COMMENTS.saturating_sub(column).max(2);
            out.push_str(&" ".repeat(blanks));
            out.push_str(behind);
        }
        out.push('\n');
    }
}

/// All lines as one text.
pub(super) fn joined(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        line.write(&mut out);
    }
    out
}
