//! Pattern against text, by backtracking. Patterns are short and captures few, and the work is
//! bounded all the same.

use super::{Capture, Part};
use crate::{Name, Value};

type Found = Vec<(Name, Value)>;

/// No text that people write needs more steps than this to match.
const FUEL: u32 = 100_000;
/// How many letters a capture looks at for one step more.
const LETTERS: usize = 16;

pub(super) fn matched(parts: &[Part], text: &str, cut: bool) -> Option<Found> {
    let mut matcher = Matcher {
        cut,
        fuel: FUEL,
        found: Vec::new(),
    };
    let all = Rest {
        parts,
        inside: false,
        next: None,
    };
    matcher.run(Some(&all), text).then_some(matcher.found)
}

/// What is still to match: parts, and what comes after the optional part they stand in.
struct Rest<'p> {
    parts: &'p [Part],
    inside: bool,
    next: Option<&'p Rest<'p>>,
}

struct Matcher {
    cut: bool,
    fuel: u32,
    found: Found,
}

impl Matcher {
    fn run(&mut self, rest: Option<&Rest<'_>>, mut text: &str) -> bool {
        let Some(rest) = rest else {
            return text.is_empty();
        };
        let mut parts = rest.parts;
        while let Some((part, after)) = parts.split_first() {
            if self.fuel == 0 {
                return false;
            }
            self.fuel -= 1;
            // A text that ends inside an optional part matches, and so does one that was cut
            // anywhere.
            if text.is_empty() && (rest.inside || self.cut) {
                return true;
            }
            let left = match part {
                Part::Literal(wanted) => text.strip_prefix(*wanted),
                Part::Space => Some(text.trim_start()).filter(|left| left.len() < text.len()),
                Part::Capture(..) | Part::Optional(_) => {
                    let then = Rest {
                        parts: after,
                        inside: rest.inside,
                        next: rest.next,
                    };
                    return self.branch(part, &then, text);
                }
            };
            match left {
                Some(left) => text = left,
                None => return false,
            }
            parts = after;
        }
        self.run(rest.next, text)
    }

    /// A part that may take more of the text or less.
    fn branch(&mut self, part: &Part, then: &Rest<'_>, text: &str) -> bool {
        match part {
            Part::Capture(name, capture) => self.capture(name, *capture, then, text),
            Part::Optional(parts) => {
                let inner = Rest {
                    parts,
                    inside: true,
                    next: Some(then),
                };
                self.attempt(&inner, text) || self.run(Some(then), text)
            }
            Part::Literal(_) | Part::Space => false,
        }
    }

    fn attempt(&mut self, rest: &Rest<'_>, text: &str) -> bool {
        let before = self.found.len();
        let matched = self.run(Some(rest), text);
        if !matched {
            self.found.truncate(before);
        }
        matched
    }

    fn capture(&mut self, name: &Name, capture: Capture, then: &Rest<'_>, text: &str) -> bool {
        let lengths = lengths(capture, text);
        let looked_at = u32::try_from(lengths.len() / LETTERS).unwrap_or(u32::MAX);
        self.fuel = self.fuel.saturating_sub(looked_at);
        lengths.into_iter().any(|length| {
            let (taken, rest) = text.split_at(length);
            let before = self.found.len();
            let lost = self.cut && rest.is_empty() && capture != Capture::Text;
            self.found.push((
                name.clone(),
                if lost {
                    Value::Null
                } else {
                    value(capture, taken)
                },
            ));
            let matched = self.run(Some(then), rest);
            if !matched {
                self.found.truncate(before);
            }
            matched
        })
    }
}

/// How much a capture may take, best first: digits and words as much as can be, text as little.
fn lengths(capture: Capture, text: &str) -> Vec<usize> {
    let accepts = |c: char| match capture {
        Capture::Int => c.is_ascii_digit(),
        Capture::Hex => c.is_ascii_hexdigit(),
        Capture::Word => !c.is_whitespace(),
        Capture::Text => true,
    };
    let mut ends: Vec<usize> = text
        .char_indices()
        .take_while(|(_, c)| accepts(*c))
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    match capture {
        // A number is all its digits: the rest of a number is no text of its own.
        Capture::Int => ends.drain(..ends.len().saturating_sub(1)).for_each(drop),
        Capture::Text => ends.insert(0, 0),
        Capture::Word | Capture::Hex => ends.reverse(),
    }
    ends
}

fn value(capture: Capture, taken: &str) -> Value {
    match capture {
        Capture::Int => taken
            .parse()
            .map_or_else(|_| Value::text(taken), Value::Int),
        Capture::Word | Capture::Text | Capture::Hex => Value::text(taken),
    }
}
