//! What brackets and quotes say. One that is never closed ends where the indentation falls back
//! to that of its key.

use std::ops::Range;

use super::block::Builder;
use super::{Body, DEPTH, Id, Style};

/// A value in brackets, quotes or neither; gives where it stopped.
pub(super) fn value(
    builder: &mut Builder,
    node: Id,
    at: usize,
    column: Option<usize>,
    depth: usize,
) -> usize {
    let end = match builder.byte(at) {
        Some(open @ (b'{' | b'[')) if depth < DEPTH => {
            let map = open == b'{';
            builder.nodes[node].body = match map {
                true => Body::Map(Vec::new()),
                false => Body::List(Vec::new()),
            };
            let inside = Inside { column, depth, map };
            inside.read(builder, node, at + 1)
        }
        Some(b'{' | b'[') => builder.line_end(at),
        Some(quote @ (b'"' | b'\'')) => return quoted(builder, node, at, quote, column),
        _ => {
            let end = plain(builder, at);
            builder.nodes[node].body = Body::Scalar(at..end, Style::Plain);
            end
        }
    };
    builder.nodes[node].span = at..end;
    end
}

struct Inside {
    column: Option<usize>,
    depth: usize,
    map: bool,
}

impl Inside {
    fn read(&self, builder: &mut Builder, node: Id, mut at: usize) -> usize {
        loop {
            let Some(next) = skip(builder, at, self.column) else {
                return at;
            };
            at = next;
            match builder.byte(at) {
                None => return at,
                Some(b'}' | b']') => return at + 1,
                Some(b',') => at += 1,
                Some(_) if self.map => at = self.entry(builder, node, at),
                Some(_) => {
                    let item = builder.add(node, None, at);
                    let end = value(builder, item, at, self.column, self.depth + 1);
                    at = end.max(at + 1).min(builder.text.len());
                }
            }
        }
    }

    fn entry(&self, builder: &mut Builder, map: Id, at: usize) -> usize {
        let (key, end) = match builder.byte(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let close = close(builder, at, quote, self.column);
                (
                    at + 1..close.unwrap_or(builder.line_end(at)).max(at + 1),
                    close.map_or(builder.line_end(at), |close| close + 1),
                )
            }
            Some(b'{' | b'[') => {
                // A list or map for a key: nobody means that; its inside is looked into.
                let node = builder.add(map, Some(at..at), at);
                return value(builder, node, at, self.column, self.depth + 1).max(at + 1);
            }
            _ => {
                let end = plain(builder, at);
                (at..end, end)
            }
        };
        let colon = builder.blanks(end);
        let node = builder.add(map, Some(key), end);
        if builder.byte(colon) != Some(b':') {
            builder.nodes[node].colon = false;
            return end.max(at + 1).min(builder.text.len());
        }
        builder.nodes[node].span = colon + 1..colon + 1;
        let Some(next) = skip(builder, colon + 1, self.column) else {
            return colon + 1;
        };
        match builder.byte(next) {
            None | Some(b',' | b'}' | b']') => next,
            Some(_) => value(builder, node, next, self.column, self.depth + 1),
        }
    }
}

/// The next letter that says something; `None` where the brackets were left open.
fn skip(builder: &Builder, mut at: usize, column: Option<usize>) -> Option<usize> {
    loop {
        at = builder.blanks(at);
        match builder.byte(at) {
            Some(b'#') => at = builder.line_end(at),
            Some(b'\n') => {
                let (start, indent) = builder.indent(at + 1);
                let blank = matches!(builder.byte(start), Some(b'\n' | b'\r' | b'#'));
                let closes = matches!(builder.byte(start), None | Some(b'}' | b']'));
                if !blank && !closes && column.is_some_and(|column| indent <= column) {
                    return None;
                }
                at = start;
            }
            _ => return Some(at),
        }
    }
}

/// Where a word without quotes ends; an expression in it is part of it.
fn plain(builder: &Builder, at: usize) -> usize {
    let line = &builder.text[at..builder.line_end(at)];
    let mut end = line.len();
    let mut from = 0;
    while let Some(found) = line[from..].find([',', ']', '}', '[', '{', ':', '#', '$']) {
        let here = from + found;
        let rest = &line[here..];
        if rest.starts_with("${{") {
            from = here + rest.find("}}").map_or(rest.len(), |close| close + 2);
            continue;
        }
        let behind = rest[1..].chars().next();
        let stops = match rest.as_bytes()[0] {
            b':' => behind.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '}' | ']')),
            b'#' => line[..here].ends_with([' ', '\t']),
            b'$' | b'{' | b'[' => false,
            _ => true,
        };
        if stops {
            end = here;
            break;
        }
        from = here + 1;
    }
    at + line[..end].trim_end().len()
}

/// The closing quote, if there is one before the indentation falls back.
fn close(builder: &Builder, at: usize, quote: u8, column: Option<usize>) -> Option<usize> {
    let mut next = at + 1;
    loop {
        let byte = builder.byte(next)?;
        match byte {
            b'\\' if quote == b'"' => next += 1,
            b'\'' if quote == b'\'' && builder.byte(next + 1) == Some(b'\'') => next += 1,
            _ if byte == quote => return Some(next),
            b'\n' => {
                let (start, indent) = builder.indent(next + 1);
                let blank = matches!(builder.byte(start), Some(b'\n' | b'\r'));
                if !blank && column.is_some_and(|column| indent <= column) {
                    return None;
                }
            }
            _ => {}
        }
        next += 1;
    }
}

/// A scalar in quotes; one that is never closed ends with its line.
pub(super) fn quoted(
    builder: &mut Builder,
    node: Id,
    at: usize,
    quote: u8,
    column: Option<usize>,
) -> usize {
    let (inner, end): (Range<usize>, usize) = match close(builder, at, quote, column) {
        Some(close) => (at + 1..close, close + 1),
        None => {
            let end = at + builder.text[at..builder.line_end(at)].trim_end().len();
            (at + 1..end.max(at + 1), end.max(at + 1))
        }
    };
    let style = match quote {
        b'"' => Style::Double,
        _ => Style::Single,
    };
    builder.nodes[node].body = Body::Scalar(inner, style);
    builder.nodes[node].span = at..end;
    end
}
