//! Pattern against text, by backtracking. Patterns are short and captures few, and the work is
//! bounded all the same: by a number of steps that grows with the text, so that a listing of any
//! length can be searched for one entry.

use super::{Capture, Part};
use crate::{Name, Value};

type Found = Vec<(Name, Value)>;

/// Steps that every text is given to match, and those it is given besides for each of its letters.
const FUEL: usize = 100_000;
const FUEL_PER_LETTER: usize = 16;
/// How many letters a capture looks at for one step more.
const LETTERS: usize = 256;

pub(super) fn matched(parts: &[Part], text: &str, cut: bool) -> Option<Found> {
    let mut matcher = Matcher {
        cut,
        fuel: FUEL + FUEL_PER_LETTER * text.len(),
        taken: Vec::new(),
    };
    let all = Rest {
        parts,
        inside: false,
        next: None,
    };
    let matched = matcher.run(Some(&all), text);
    matched.then(|| matcher.taken.into_iter().map(Taken::found).collect())
}

/// What is still to match: parts, and what comes after the optional part they stand in.
struct Rest<'p, 'r> {
    parts: &'p [Part],
    inside: bool,
    next: Option<&'r Rest<'p, 'r>>,
}

/// What a capture has taken, as long as it is not sure that it may keep it. Texts are long and
/// attempts many, so it is copied only in the end.
struct Taken<'p, 't> {
    name: &'p Name,
    capture: Capture,
    /// Nothing where a cut may have taken a part of it.
    text: Option<&'t str>,
}

impl Taken<'_, '_> {
    fn found(self) -> (Name, Value) {
        let value = self
            .text
            .map_or(Value::Null, |text| value(self.capture, text));
        (self.name.clone(), value)
    }
}

struct Matcher<'p, 't> {
    cut: bool,
    fuel: usize,
    taken: Vec<Taken<'p, 't>>,
}

impl<'p, 't> Matcher<'p, 't> {
    fn run(&mut self, rest: Option<&Rest<'p, '_>>, mut text: &'t str) -> bool {
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
    fn branch(&mut self, part: &'p Part, then: &Rest<'p, '_>, text: &'t str) -> bool {
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

    fn attempt(&mut self, rest: &Rest<'p, '_>, text: &'t str) -> bool {
        let before = self.taken.len();
        let matched = self.run(Some(rest), text);
        if !matched {
            self.taken.truncate(before);
        }
        matched
    }

    fn capture(
        &mut self,
        name: &'p Name,
        capture: Capture,
        then: &Rest<'p, '_>,
        text: &'t str,
    ) -> bool {
        if capture == Capture::Text {
            return self.text(name, then, text);
        }
        let lengths = lengths(capture, text);
        self.fuel = self.fuel.saturating_sub(lengths.len() / LETTERS);
        lengths
            .into_iter()
            .any(|length| self.take(name, capture, then, text.split_at(length)))
    }

    /// Takes as little text as will do, from one place where the rest may begin to the next.
    fn text(&mut self, name: &'p Name, then: &Rest<'p, '_>, text: &'t str) -> bool {
        let begin = Begin::of(then);
        let mut at = 0;
        while self.fuel > 0 {
            let length = begin.place(text, at);
            if self.take(name, Capture::Text, then, text.split_at(length)) {
                return true;
            }
            self.fuel = self.fuel.saturating_sub(1 + (length - at) / LETTERS);
            let Some(passed) = text[length..].chars().next() else {
                return false;
            };
            at = length + passed.len_utf8();
        }
        false
    }

    fn take(
        &mut self,
        name: &'p Name,
        capture: Capture,
        then: &Rest<'p, '_>,
        (taken, rest): (&'t str, &'t str),
    ) -> bool {
        let before = self.taken.len();
        let lost = self.cut && rest.is_empty() && capture != Capture::Text;
        self.taken.push(Taken {
            name,
            capture,
            text: (!lost).then_some(taken),
        });
        let matched = self.run(Some(then), rest);
        if !matched {
            self.taken.truncate(before);
        }
        matched
    }
}

/// How the rest begins, as far as that can be told without trying.
enum Begin {
    /// It is nothing.
    End,
    Space,
    Literal(String),
    Anything,
}

impl Begin {
    fn of(rest: &Rest<'_, '_>) -> Self {
        match (rest.parts.first(), rest.next) {
            (None, Some(next)) => Self::of(next),
            (None, None) => Self::End,
            (Some(Part::Space), _) => Self::Space,
            (Some(Part::Capture(..) | Part::Optional(_)), _) => Self::Anything,
            (Some(Part::Literal(_)), _) => {
                let letters = rest.parts.iter().map_while(|part| match part {
                    Part::Literal(letter) => Some(*letter),
                    _ => None,
                });
                Self::Literal(letters.collect())
            }
        }
    }

    /// The first place from `at` on where the rest may begin; at last the end of the text, for
    /// there a text may break off, and so it may within a literal.
    fn place(&self, text: &str, at: usize) -> usize {
        let rest = &text[at..];
        let found = match self {
            Self::End => None,
            Self::Space => rest.find(char::is_whitespace),
            Self::Anything => Some(0),
            Self::Literal(letters) => {
                let whole = rest.find(letters.as_str());
                whole.or_else(|| broken_off(rest, letters))
            }
        };
        at + found.unwrap_or(rest.len())
    }
}

/// Where the beginning of a literal stands at the end of a text.
fn broken_off(text: &str, letters: &str) -> Option<usize> {
    let earliest = text.len().saturating_sub(letters.len());
    let places = text.char_indices().rev().map(|(place, _)| place);
    let places = places.take_while(|place| *place >= earliest);
    places
        .filter(|place| letters.starts_with(&text[*place..]))
        .last()
}

/// How much a capture may take, best first: as much as can be.
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
    if capture == Capture::Int {
        // A number is all its digits: the rest of a number is no text of its own.
        ends.drain(..ends.len().saturating_sub(1));
    }
    ends.reverse();
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
