//! Pattern against text, by backtracking. Patterns are short and captures few, and the work is
//! bounded all the same.

use super::{Capture, Part};
use crate::{Name, Value};

type Found = Vec<(Name, Value)>;

/// No text that people write needs more steps than this to match.
const FUEL: u32 = 100_000;

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
    fn run(&mut self, rest: Option<&Rest<'_>>, text: &str) -> bool {
        let Some(rest) = rest else {
            return text.is_empty();
        };
        if self.fuel == 0 {
            return false;
        }
        self.fuel -= 1;
        let Some((part, after)) = rest.parts.split_first() else {
            return self.run(rest.next, text);
        };
        let then = Rest {
            parts: after,
            inside: rest.inside,
            next: rest.next,
        };
        // A text that ends inside an optional part matches, and so does one that was cut anywhere.
        if text.is_empty() && (rest.inside || self.cut) {
            return true;
        }
        match part {
            Part::Literal(wanted) => text
                .strip_prefix(*wanted)
                .is_some_and(|text| self.run(Some(&then), text)),
            Part::Space => {
                let trimmed = text.trim_start();
                trimmed.len() < text.len() && self.run(Some(&then), trimmed)
            }
            Part::Capture(name, capture) => self.capture(name, *capture, &then, text),
            Part::Optional(parts) => {
                let inner = Rest {
                    parts,
                    inside: true,
                    next: Some(&then),
                };
                self.attempt(&inner, text) || self.run(Some(&then), text)
            }
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
        lengths(capture, text).any(|length| {
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
fn lengths(capture: Capture, text: &str) -> Box<dyn Iterator<Item = usize>> {
    let accepts = |c: char| match capture {
        Capture::Int => c.is_ascii_digit(),
        Capture::Hex => c.is_ascii_hexdigit(),
        Capture::Word => !c.is_whitespace(),
        Capture::Text => true,
    };
    let ends: Vec<usize> = text
        .char_indices()
        .take_while(|(_, c)| accepts(*c))
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    match capture {
        // A number is all its digits: the rest of a number is no text of its own.
        Capture::Int => Box::new(ends.into_iter().last().into_iter()),
        Capture::Text => Box::new(std::iter::once(0).chain(ends)),
        Capture::Word | Capture::Hex => Box::new(ends.into_iter().rev()),
    }
}

fn value(capture: Capture, taken: &str) -> Value {
    match capture {
        Capture::Int => taken
            .parse()
            .map_or_else(|_| Value::text(taken), Value::Int),
        Capture::Word | Capture::Text | Capture::Hex => Value::text(taken),
    }
}
