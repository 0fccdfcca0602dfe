//! Pattern against text, by backtracking that never takes the same way twice.
//!
//! What a capture took says nothing about what can follow it, so a way that has failed once fails
//! always. Each branching part of a pattern is therefore tried at most once for each place of the
//! text: the work grows with the one times the other, and with nothing worse.

use std::collections::{BTreeMap, BTreeSet};

use super::{Capture, Part};
use crate::{Name, Value};

type Found = Vec<(Name, Value)>;

pub(super) fn matched(parts: &[Part], text: &str, cut: bool) -> Option<Found> {
    let mut matcher = Matcher {
        cut,
        taken: Vec::new(),
        failed: Failed::default(),
        runs: BTreeMap::new(),
    };
    let all = Rest {
        parts,
        inside: false,
        next: None,
    };
    let matched = matcher.run(Some(&all), text);
    matched.then(|| matcher.taken.into_iter().map(Taken::found).collect())
}

/// Ways that led nowhere. A place is told by how much text is left there, a part by its address:
/// what comes after it is always the same.
#[derive(Default)]
struct Failed {
    /// Optional parts, with the places where they begin.
    optional: BTreeSet<(*const Part, usize)>,
    /// Captures, with the last place where they could end: they have failed wherever they ended
    /// from there back to the place kept, that one left out.
    captures: BTreeMap<(*const Part, usize), usize>,
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
    taken: Vec<Taken<'p, 't>>,
    failed: Failed,
    /// For each capture the letters that it looked at last, from a place to a place.
    runs: BTreeMap<*const Part, (usize, usize)>,
}

impl<'p, 't> Matcher<'p, 't> {
    fn run(&mut self, rest: Option<&Rest<'p, '_>>, mut text: &'t str) -> bool {
        let Some(rest) = rest else {
            return text.is_empty();
        };
        let mut parts = rest.parts;
        while let Some((part, after)) = parts.split_first() {
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
            Part::Capture(name, Capture::Text) => self.text(part, name, then, text),
            Part::Capture(name, capture) => self.run_of(part, (name, *capture), then, text),
            Part::Optional(parts) => {
                let way = (&raw const *part, text.len());
                if self.failed.optional.contains(&way) {
                    return false;
                }
                let inner = Rest {
                    parts,
                    inside: true,
                    next: Some(then),
                };
                let matched = self.attempt(&inner, text) || self.run(Some(then), text);
                if !matched {
                    self.failed.optional.insert(way);
                }
                matched
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

    /// Takes as many letters of a kind as will do, from the most there are.
    fn run_of(
        &mut self,
        part: &'p Part,
        (name, capture): (&'p Name, Capture),
        then: &Rest<'p, '_>,
        text: &'t str,
    ) -> bool {
        let end = self.end_of_run(part, capture, text);
        let failed = self.failed.captures.get(&(part, end)).copied();
        let most = text.len().saturating_sub(failed.unwrap_or(end));
        // A number is all its digits: the rest of a number is no text of its own.
        let least = match capture {
            Capture::Int => text.len() - end,
            _ => 1,
        };
        let lengths = (least.max(1)..=most).rev();
        let matched = lengths
            .filter(|length| text.is_char_boundary(*length))
            .any(|length| self.take(name, capture, then, text.split_at(length)));
        if !matched {
            let place = failed.unwrap_or(0).max(text.len());
            self.failed.captures.insert((part, end), place);
        }
        matched
    }

    /// Where the letters end that a capture can take from here. What was seen to be such letters
    /// is not looked at again.
    fn end_of_run(&mut self, part: *const Part, capture: Capture, text: &str) -> usize {
        let seen = self.runs.get(&part).copied();
        let seen_at = |place| seen.filter(|(from, to)| (*to..=*from).contains(&place));
        let mut letters = text.chars();
        let mut place = text.len();
        let end = loop {
            if let Some((_, to)) = seen_at(place) {
                break to;
            }
            match letters.next() {
                Some(letter) if accepts(capture, letter) => place -= letter.len_utf8(),
                _ => break place,
            }
        };
        self.runs.insert(part, (text.len(), end));
        end
    }

    /// Takes as little text as will do, from one place where the rest may begin to the next.
    fn text(&mut self, part: &'p Part, name: &'p Name, then: &Rest<'p, '_>, text: &'t str) -> bool {
        let way = (&raw const *part, 0);
        let failed = self.failed.captures.get(&way).copied().unwrap_or(0);
        if text.len() < failed {
            return false;
        }
        let begin = Begin::of(then);
        let mut length = begin.place(text, 0);
        while text.len() - length >= failed {
            if self.take(name, Capture::Text, then, text.split_at(length)) {
                return true;
            }
            let Some(passed) = text[length..].chars().next() else {
                break;
            };
            length = begin.place(text, length + passed.len_utf8());
        }
        self.failed.captures.insert(way, text.len() + 1);
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

fn accepts(capture: Capture, letter: char) -> bool {
    match capture {
        Capture::Int => letter.is_ascii_digit(),
        Capture::Hex => letter.is_ascii_hexdigit(),
        Capture::Word => !letter.is_whitespace(),
        Capture::Text => true,
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
