//! Pieces onto lines: every piece stays on its line, and the line finds its column.

use super::block::{self, Within};
use super::pieces::{Piece, Sort};
use super::{gaps, scalar};

/// A list or map without brackets that is open: the columns of its dashes or keys.
#[derive(Clone, Copy)]
struct Structure {
    list: bool,
    before: usize,
    after: usize,
}

/// A list or map between brackets that is open.
struct Bracket {
    /// The column of lines within it.
    content: usize,
    /// The column of its end, should that begin a line.
    close: usize,
}

/// A comment on a line of its own, whose column depends on what follows.
struct Waiting<'p, 't> {
    piece: &'p Piece<'t>,
    /// The column it has as part of what stands above.
    above: Option<usize>,
}

struct Layout<'p, 't> {
    out: String,
    /// The column after the last letter written.
    column: usize,
    /// By how much the current line moves to the right.
    shift: isize,
    /// The line up to which the source has been written.
    line: usize,
    structures: Vec<Structure>,
    brackets: Vec<Bracket>,
    waiting: Vec<Waiting<'p, 't>>,
    /// The head of the last block scalar, and where it stands.
    block: (&'t str, Within),
}

/// The text that the pieces make up.
pub(super) fn laid_out(pieces: &[Piece<'_>]) -> String {
    let mut layout = Layout {
        out: String::new(),
        column: 0,
        shift: 0,
        line: 0,
        structures: Vec::new(),
        brackets: Vec::new(),
        waiting: Vec::new(),
        block: ("", None),
    };
    let mut before: Option<&Piece<'_>> = None;
    for (n, piece) in pieces.iter().enumerate() {
        let next = pieces.get(n + 1);
        match before.filter(|before| before.last_line() == piece.line) {
            _ if piece.sort == Sort::Body => layout.body(piece, next),
            Some(before) => layout.behind(before, piece, next),
            None if piece.sort == Sort::Comment => layout.wait(piece),
            None => layout.begin_line(piece, next),
        }
        before = Some(piece).filter(|piece| piece.sort != Sort::Body);
    }
    // What stands at the very left at the end belongs to the whole file.
    layout.tell_waiting(Some((0, 0)));
    if !layout.out.is_empty() && !layout.out.ends_with('\n') {
        layout.out.push('\n');
    }
    layout.out
}

impl<'p, 't> Layout<'p, 't> {
    /// A piece behind another on its line.
    fn behind(&mut self, before: &Piece<'t>, piece: &'p Piece<'t>, next: Option<&Piece<'t>>) {
        let column = match piece.sort {
            Sort::Comment => {
                let column = piece.column.saturating_add_signed(self.shift);
                column.max(self.column + 1)
            }
            _ => self.column + gaps::between(before, piece),
        };
        let is_first = matches!(before.sort, Sort::Dash | Sort::Question | Sort::Colon);
        self.settle(piece, is_first);
        self.put(piece, column, next);
    }

    /// The first piece of a line.
    fn begin_line(&mut self, piece: &'p Piece<'t>, next: Option<&Piece<'t>>) {
        // A comment above belongs to what is open before this piece closes it.
        let column = self.settle(piece, true);
        self.tell_waiting(Some((piece.column, column)));
        self.new_line(piece.line);
        self.shift = signed(column) - signed(piece.column);
        self.put(piece, column, next);
    }

    /// Closes what the piece shows to be over and opens what it begins; the column it has at the
    /// beginning of a line. A colon that is the first of its value has an empty key before it.
    fn settle(&mut self, piece: &Piece<'_>, is_first: bool) -> usize {
        if piece.sort == Sort::Marker {
            self.structures.clear();
            return 0;
        }
        if let Some(bracket) = self.brackets.last() {
            return match piece.sort {
                Sort::Close => bracket.close,
                _ => bracket.content,
            };
        }
        match piece.sort {
            Sort::Dash => self.entry(piece.column, true),
            Sort::Question => self.entry(piece.column, false),
            Sort::Colon if is_first => self.entry(piece.column, false),
            _ if piece.begins_key => self.entry(piece.column, false),
            _ if self.structures.is_empty() && !looks_like_marker(piece.text) => 0,
            _ => self.floor(),
        }
    }

    /// The column of a dash or key that stood at a column.
    fn entry(&mut self, column: usize, list: bool) -> usize {
        let is_over =
            |it: &Structure| it.before > column || (it.before == column && it.list && !list);
        while self.structures.last().is_some_and(is_over) {
            self.structures.pop();
        }
        let same = |it: &&Structure| it.before == column && it.list == list;
        if let Some(same) = self.structures.last().filter(same) {
            return same.after;
        }
        let after = match self.structures.is_empty() {
            true => 0,
            false => self.floor(),
        };
        self.structures.push(Structure {
            list,
            before: column,
            after,
        });
        after
    }

    /// The column of a value within what is open.
    fn floor(&self) -> usize {
        self.structures.last().map_or(2, |it| it.after + 2)
    }

    fn new_line(&mut self, line: usize) {
        if !self.out.is_empty() {
            if !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            if line > self.line + 1 {
                self.out.push('\n');
            }
        }
        self.column = 0;
    }

    fn put(&mut self, piece: &Piece<'t>, column: usize, next: Option<&Piece<'t>>) {
        let blanks = column.saturating_sub(self.column);
        self.out.push_str(&" ".repeat(blanks));
        let shift = signed(column) - signed(piece.column);
        match piece.sort {
            Sort::Scalar | Sort::Double if piece.text.contains('\n') => {
                let text = scalar::moved(piece.text, piece.sort, shift, self.floor());
                self.out.push_str(&text);
                let last = text.rsplit('\n').next().unwrap_or_default();
                self.column = last.chars().count();
                self.shift = shift;
            }
            _ => {
                self.out.push_str(piece.text);
                self.column = column + piece.text.chars().count();
            }
        }
        self.line = piece.last_line();
        match piece.sort {
            Sort::Open => self.open(piece, column, next),
            Sort::Close => drop(self.brackets.pop()),
            Sort::Head => self.block = (piece.text, self.within()),
            _ => {}
        }
    }

    /// Lines between brackets stand under the first piece behind the bracket; where that is on a
    /// line of its own, two columns deeper than what the bracket is a value of.
    fn open(&mut self, piece: &Piece<'_>, column: usize, next: Option<&Piece<'_>>) {
        let hangs = next.is_some_and(|it| it.line == piece.line && it.sort != Sort::Comment);
        let outer = match (self.brackets.last(), self.structures.last()) {
            (Some(bracket), _) => bracket.content,
            (None, Some(map)) if !map.list => map.after,
            (None, None) => 0,
            _ => self.floor(),
        };
        let (content, close) = match hangs {
            true => (column + 1, column),
            false => (outer + 2, outer),
        };
        self.brackets.push(Bracket { content, close });
    }

    fn within(&self) -> Within {
        let innermost = self.structures.last();
        innermost.map(|it| (it.before, it.after))
    }

    fn body(&mut self, piece: &Piece<'t>, next: Option<&Piece<'t>>) {
        let (head, within) = self.block;
        for line in block::moved(head, piece.text, within) {
            self.out.push('\n');
            self.out.push_str(&line);
        }
        self.out.push('\n');
        let written = piece.text.trim_end().lines().count();
        self.line = match next {
            Some(next) if head.contains('+') => next.line,
            _ => (piece.line + written).saturating_sub(1),
        };
    }

    fn wait(&mut self, piece: &'p Piece<'t>) {
        let deepest = |it: &&Structure| it.before <= piece.column;
        let above = match self.brackets.last() {
            Some(bracket) => Some(bracket.content),
            None => self
                .structures
                .iter()
                .rev()
                .find(deepest)
                .map(|it| it.after),
        };
        self.waiting.push(Waiting { piece, above });
    }

    /// Writes the comments that stand above something, given its columns before and after, or at
    /// the end. A comment at the column of what follows belongs to that.
    fn tell_waiting(&mut self, next: Option<(usize, usize)>) {
        for Waiting { piece, above } in std::mem::take(&mut self.waiting) {
            let goes_along = next.filter(|(before, _)| *before == piece.column);
            let column = goes_along.map(|(_, after)| after);
            let column = column.or(above).or(next.map(|(_, after)| after));
            self.new_line(piece.line);
            self.put(piece, column.unwrap_or(0), None);
        }
    }
}

/// Whether a text at the beginning of a line would be something else.
fn looks_like_marker(text: &str) -> bool {
    ["---", "...", "%"]
        .iter()
        .any(|mark| text.starts_with(mark))
}

fn signed(column: usize) -> isize {
    isize::try_from(column).unwrap_or(isize::MAX)
}
