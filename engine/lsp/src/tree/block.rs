//! What indentation says: lists, maps and scalars that stand on lines of their own.

use std::ops::Range;
use std::sync::Arc;

use super::{Body, Id, Node, Style, Tree, flow};

pub(super) struct Builder {
    pub(super) text: Arc<str>,
    pub(super) nodes: Vec<Node>,
    /// Lists and maps that may go on, with their columns, outermost first.
    open: Vec<(usize, Id)>,
}

pub(super) fn parse(text: Arc<str>) -> Tree {
    let mut builder = Builder {
        text: Arc::clone(&text),
        nodes: vec![Node {
            parent: None,
            key: None,
            colon: false,
            span: 0..0,
            body: Body::Nothing,
        }],
        open: Vec::new(),
    };
    // A byte order mark is no part of the first key.
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    while at < text.len() {
        let (start, column) = builder.indent(at);
        let rest = &text[start..];
        let skipped = rest.starts_with(['#', '\n', '\r', '%']) || rest.is_empty();
        let marker = column == 0 && (rest.starts_with("---") || rest.starts_with("..."));
        let done = match skipped || marker {
            true => start,
            false => builder.line(start, column),
        };
        at = builder.next_line(done);
    }
    builder.spans();
    Tree {
        text,
        nodes: builder.nodes,
    }
}

impl Builder {
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The first letter of a line that is no blank, and its column.
    pub(super) fn indent(&self, at: usize) -> (usize, usize) {
        let blank = self.text[at..]
            .bytes()
            .take_while(|b| matches!(b, b' ' | b'\t'));
        let column = blank.count();
        (at + column, column)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n');
        end.map_or(self.text.len(), |end| at + end)
    }

    fn next_line(&self, at: usize) -> usize {
        (self.line_end(at.min(self.text.len())) + 1).min(self.text.len())
    }

    pub(super) fn blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t' | b'\r')) {
            at += 1;
        }
        at
    }

    /// Whether a line ends here, or a comment begins.
    fn ends(&self, at: usize) -> bool {
        matches!(self.byte(at), None | Some(b'\n' | b'#'))
    }

    pub(super) fn add(&mut self, parent: Id, key: Option<Range<usize>>, at: usize) -> Id {
        let id = self.nodes.len();
        self.nodes.push(Node {
            parent: Some(parent),
            colon: key.is_some(),
            key,
            span: at..at,
            body: Body::Nothing,
        });
        if let Body::List(all) | Body::Map(all) = &mut self.nodes[parent].body {
            all.push(id);
        }
        id
    }

    /// Reads one line from its first letter; gives where it stopped.
    fn line(&mut self, start: usize, column: usize) -> usize {
        let (mut at, mut column) = (start, column);
        loop {
            let dash = self.byte(at) == Some(b'-')
                && matches!(self.byte(at + 1), None | Some(b' ' | b'\n' | b'\r' | b'\t'));
            if !dash {
                break;
            }
            let list = self.list(column);
            let next = self.blanks(at + 1);
            self.add(list, None, next.min(at + 2).min(self.text.len()));
            column += next - at;
            at = next;
            if self.ends(at) {
                return at;
            }
        }
        if let Some((key, after)) = self.key(at) {
            let map = self.map(column);
            let node = self.add(map, Some(key), after);
            return self.value(node, after, column);
        }
        self.scalar(at, column)
    }

    /// The value behind a colon.
    fn value(&mut self, node: Id, after: usize, column: usize) -> usize {
        let at = self.decorations(self.blanks(after));
        if self.ends(at) {
            return at;
        }
        self.begin(node, at, Some(column))
    }

    /// Anchors and tags before a value.
    fn decorations(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b'&' | b'!')) {
            let word = self.text[at..]
                .bytes()
                .take_while(|b| !b.is_ascii_whitespace());
            at = self.blanks(at + word.count());
        }
        at
    }

    /// A value that begins here in a map or list of this column.
    fn begin(&mut self, node: Id, at: usize, column: Option<usize>) -> usize {
        match self.byte(at) {
            Some(b'{' | b'[') => flow::value(self, node, at, column, 0),
            Some(quote @ (b'"' | b'\'')) => flow::quoted(self, node, at, quote, column),
            Some(b'|' | b'>') => self.block(node, at, column),
            _ => {
                let end = self.plain_end(at);
                self.nodes[node].body = Body::Scalar(at..end, Style::Plain);
                self.nodes[node].span = at..end;
                self.line_end(at)
            }
        }
    }

    /// Where a plain scalar ends on its line.
    fn plain_end(&self, at: usize) -> usize {
        let line = &self.text[at..self.line_end(at)];
        let comment = [" #", "\t#"]
            .iter()
            .filter_map(|sign| line.find(sign))
            .min();
        at + line[..comment.unwrap_or(line.len())].trim_end().len()
    }

    fn block(&mut self, node: Id, at: usize, column: Option<usize>) -> usize {
        let first = self.next_line(at);
        let (mut next, mut end) = (first, self.line_end(at).min(self.text.len()));
        while next < self.text.len() {
            let (start, indent) = self.indent(next);
            let blank = matches!(self.byte(start), None | Some(b'\n' | b'\r'));
            if !blank && column.is_some_and(|column| indent <= column) {
                break;
            }
            end = self.line_end(next);
            next = self.next_line(next);
        }
        let inner = first.min(end)..end;
        self.nodes[node].body = Body::Scalar(inner, Style::Block);
        self.nodes[node].span = at..end;
        end
    }

    /// A key that begins here, and the byte behind its colon.
    fn key(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let line = &self.text[at..self.line_end(at)];
        if let Some(quote) = line.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let close = 1 + line[1..].find(quote)?;
            let colon = self.blanks(at + close + 1);
            return (self.byte(colon) == Some(b':')).then_some((at + 1..at + close, colon + 1));
        }
        let is_value = line.starts_with(['{', '[', '#', '|', '>', '*', '&', '!']);
        if is_value || line.starts_with("${") {
            return None;
        }
        let line = &line[..line.find(" #").unwrap_or(line.len())];
        let mut colons = line.match_indices(':');
        let colon = colons.find(|(at, _)| {
            let behind = line[at + 1..].chars().next();
            behind.is_none_or(char::is_whitespace)
        });
        let (colon, _) = colon?;
        let end = at + line[..colon].trim_end().len();
        Some((at..end, at + colon + 1))
    }

    /// A scalar on a line of its own: a value, a part of one, or a key that is being typed.
    fn scalar(&mut self, at: usize, column: usize) -> usize {
        let last = |builder: &Builder| builder.open.last().copied();
        while last(self).is_some_and(|(own, id)| {
            own > column || (own == column && matches!(self.nodes[id].body, Body::List(_)))
        }) {
            self.open.pop();
        }
        let Some((own, holder)) = last(self) else {
            return match self.nodes[Tree::ROOT].body {
                Body::Nothing if !self.is_word(at) => self.begin(Tree::ROOT, at, None),
                _ => self.half_key(at, column),
            };
        };
        if own == column {
            return self.half_key(at, column);
        }
        let spot = self.last_child(holder);
        match spot.map(|spot| (spot, self.nodes[spot].body.clone())) {
            Some((spot, Body::Nothing)) => self.begin(spot, at, Some(own)),
            Some((spot, Body::Scalar(inner, Style::Plain))) => {
                let end = self.plain_end(at);
                self.nodes[spot].body = Body::Scalar(inner.start..end, Style::Plain);
                self.nodes[spot].span.end = end;
                self.line_end(at)
            }
            _ => self.line_end(at),
        }
    }

    /// Whether the rest of the line may become a key.
    fn is_word(&self, at: usize) -> bool {
        !self.text[at..].starts_with(['{', '[', '"', '\'', '|', '>'])
    }

    fn half_key(&mut self, at: usize, column: usize) -> usize {
        if !self.is_word(at) {
            return self.line_end(at);
        }
        let map = self.map(column);
        let end = self.plain_end(at);
        let node = self.add(map, Some(at..end), end);
        self.nodes[node].colon = false;
        self.line_end(at)
    }

    fn last_child(&self, id: Id) -> Option<Id> {
        match &self.nodes[id].body {
            Body::List(all) | Body::Map(all) => all.last().copied(),
            _ => None,
        }
    }

    /// The list that a dash at this column belongs to.
    fn list(&mut self, column: usize) -> Id {
        while self.open.last().is_some_and(|(own, _)| *own > column) {
            self.open.pop();
        }
        if let Some((own, id)) = self.open.last().copied()
            && own == column
            && matches!(self.nodes[id].body, Body::List(_))
        {
            return id;
        }
        let spot = self.spot();
        if !matches!(self.nodes[spot].body, Body::List(_)) {
            self.nodes[spot].body = Body::List(Vec::new());
        }
        self.open.push((column, spot));
        spot
    }

    /// The map that a key at this column belongs to.
    fn map(&mut self, column: usize) -> Id {
        while self.open.last().is_some_and(|(own, id)| {
            *own > column || (*own == column && matches!(self.nodes[*id].body, Body::List(_)))
        }) {
            self.open.pop();
        }
        if let Some((own, id)) = self.open.last().copied()
            && own == column
        {
            return id;
        }
        let spot = self.spot();
        let before = match &self.nodes[spot].body {
            Body::Map(_) => None,
            Body::Scalar(word, Style::Plain) => Some(word.clone()),
            _ => Some(0..0),
        };
        if let Some(word) = before {
            self.nodes[spot].body = Body::Map(Vec::new());
            // A word above the first key, as far in, was going to be a key.
            if !word.is_empty() && self.column(word.start) == Some(column) {
                let node = self.add(spot, Some(word.clone()), word.end);
                self.nodes[node].colon = false;
            }
        }
        self.open.push((column, spot));
        spot
    }

    /// The column of a byte that nothing stands before in its line.
    fn column(&self, at: usize) -> Option<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let blank = self.text[start..at]
            .bytes()
            .all(|byte| matches!(byte, b' ' | b'\t'));
        blank.then_some(at - start)
    }

    /// Where the next list or map stands: in what came last, or as the outermost value.
    fn spot(&self) -> Id {
        let open = self.open.last().map(|(_, id)| *id);
        open.and_then(|id| self.last_child(id))
            .unwrap_or(Tree::ROOT)
    }

    /// Widens lists and maps to what is in them.
    fn spans(&mut self) {
        for id in (1..self.nodes.len()).rev() {
            let node = &self.nodes[id];
            let start = node.key.as_ref().map_or(node.span.start, |key| key.start);
            let end = node.span.end.max(start);
            let Some(parent) = node.parent else { continue };
            let parent = &mut self.nodes[parent];
            let fresh = parent.span.start > start || parent.span.is_empty();
            parent.span = match fresh {
                true => start..parent.span.end.max(end),
                false => parent.span.start..parent.span.end.max(end),
            };
        }
    }
}
