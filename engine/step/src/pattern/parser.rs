//! Text to pattern.

use super::{BadPattern, Capture, Part, Pattern};
use crate::Name;

/// The longest pattern, in bytes.
const LONGEST: usize = 4096;
/// The most optional parts within each other.
const DEEPEST: usize = 16;

pub(super) fn parse(text: &str) -> Result<Pattern, BadPattern> {
    if text.len() > LONGEST {
        return Err(BadPattern {
            start: 0,
            end: text.len(),
            message: format!("a pattern is at most {LONGEST} bytes long"),
        });
    }
    let mut parser = Parser {
        text,
        at: 0,
        captures: Vec::new(),
        depth: 0,
    };
    let parts = parser.parts(None)?;
    Ok(Pattern {
        parts,
        captures: parser.captures,
    })
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    captures: Vec<(Name, Capture)>,
    depth: usize,
}

impl Parser<'_> {
    /// Parts up to the end, or up to the `]` of the optional part that began at `opened`.
    fn parts(&mut self, opened: Option<usize>) -> Result<Vec<Part>, BadPattern> {
        let mut parts = Vec::new();
        while let Some(next) = self.text[self.at..].chars().next() {
            let start = self.at;
            let doubled = self.text[start + next.len_utf8()..].starts_with(next);
            match next {
                '{' | '}' | '[' if doubled => self.doubled(next, &mut parts),
                ']' if doubled && opened.is_none() => self.doubled(next, &mut parts),
                '{' => parts.push(self.capture()?),
                '[' => parts.push(self.optional(start)?),
                ']' if opened.is_some() => {
                    self.at += 1;
                    return Ok(parts);
                }
                ']' | '}' => return Err(self.bad(start, start + 1, "this closes nothing")),
                space if space.is_whitespace() => self.space(&mut parts),
                _ => self.plain(&mut parts),
            }
        }
        match opened {
            Some(start) => Err(self.bad(start, self.text.len(), "`[` is never closed with `]`")),
            None => Ok(parts),
        }
    }

    fn optional(&mut self, start: usize) -> Result<Part, BadPattern> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("a pattern is at most {DEEPEST} optional parts deep");
            return Err(self.bad(start, start + 1, &message));
        }
        let inside = self.parts(Some(start))?;
        self.depth -= 1;
        Ok(Part::Optional(inside))
    }

    /// Text up to the next character that may mean something.
    fn plain(&mut self, parts: &mut Vec<Part>) {
        let rest = &self.text[self.at..];
        let plain = &rest[..rest.find(means_something).unwrap_or(rest.len())];
        parts.reserve(plain.len());
        parts.extend(plain.chars().map(Part::Literal));
        self.at += plain.len();
    }

    fn doubled(&mut self, character: char, parts: &mut Vec<Part>) {
        self.at += character.len_utf8() * 2;
        parts.push(Part::Literal(character));
    }

    fn space(&mut self, parts: &mut Vec<Part>) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        parts.push(Part::Space);
    }

    fn capture(&mut self) -> Result<Part, BadPattern> {
        let start = self.at;
        let Some(length) = self.text[start..].find('}') else {
            return Err(self.bad(start, self.text.len(), "`{` is never closed with `}`"));
        };
        let body = &self.text[start + 1..start + length];
        if let Some(next) = body.find(['{', '[', ']']) {
            let message = "`{` is never closed with `}`";
            return Err(self.bad(start, start + 1 + next, message));
        }
        let (name, word) = body.split_once(':').unwrap_or((body, "text"));
        let name_end = start + 1 + name.len();
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Err(self.bad(start + 1, name_end, "a capture is `{name:type}`"));
        }
        let Some(capture) = Capture::from_word(word) else {
            let message = format!("`{word}` is no type of capture: use int, word, text or hex");
            return Err(self.bad(name_end + 1, start + length, &message));
        };
        if self.captures.iter().any(|(known, _)| **known == *name) {
            return Err(self.bad(start + 1, name_end, &format!("`{name}` is captured twice")));
        }
        self.at = start + length + 1;
        self.captures.push((name.into(), capture));
        Ok(Part::Capture(name.into(), capture))
    }

    fn bad(&self, start: usize, end: usize, message: &str) -> BadPattern {
        BadPattern {
            start,
            end,
            message: message.to_owned(),
        }
    }
}

fn means_something(character: char) -> bool {
    matches!(character, '{' | '}' | '[' | ']') || character.is_whitespace()
}
