//! Records of the Application log, as the Event Viewer and articles print them.
//!
//! ```text
//! Event ID: 4395
//! Category: Moved Out
//! Description: Mail sent from \\SALES\MAILDATA
//! FROM: NORTH/SALES/$SYSTEM
//! TO: LITWARE/NORTH/$SYSTEM
//! ```
//!
//! What is printed differs from article to article: labels, their order, what is left out, where
//! lines end. All of that is kept. Number, source, type, category and text must agree: they are
//! those of one [`Definition`].

pub mod description;
mod dx;
mod head;
mod msmi;
mod others;
mod pcmta;
pub mod raw;

use std::fmt;

use crate::form::Form;
use crate::sentence::Sentence;
use description::Description;
use head::Key;

/// A sort of event: what belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Its number.
    pub id: u32,
    /// Who writes it; empty for instances of the MTA, which write under their own names (Q152554).
    pub source: &'static str,
    /// `Information`, `Warning` or `Error`; empty if no article says.
    pub kind: &'static str,
    /// Its category; empty if no article says.
    pub category: &'static str,
    /// Its texts; none if no article prints it.
    pub texts: &'static [Form],
}

/// What a record may be of.
const TYPES: [&str; 3] = ["Information", "Warning", "Error"];

/// What the Event Viewer shows on a machine that does not have the texts of a source (Q152554).
pub const FALLBACK: Form = Form(
    "The description for Event ID ( {number} ) in Source ( {text} ) could not be found. It contains the following insertion string(s): {line}",
);

/// Every sort that is known.
pub fn definitions() -> impl Iterator<Item = &'static Definition> {
    let all = [pcmta::EVENTS, dx::EVENTS, msmi::EVENTS, others::EVENTS];
    all.into_iter().flatten()
}

/// The sort with this number and, where one number has several, this category.
#[must_use]
pub fn definition(id: u32, category: &str) -> Option<&'static Definition> {
    definitions().find(|it| it.id == id && (it.category == category || it.category.is_empty()))
}

impl Definition {
    /// The text with its arguments in their places: of the first printing that has as many.
    #[must_use]
    pub fn text(&self, arguments: &[&str]) -> Option<String> {
        let mut texts = self.texts.iter();
        let form = texts.find(|form| form.places() == arguments.len())?;
        Some(form.print(arguments))
    }

    /// Whether what a record says of itself can be of this sort. Some articles print sources in
    /// short: `MSMI`, `MTA` (Q173344, Q200003).
    fn is(&self, key: Key, value: &str) -> bool {
        let same = |known: &str| known.eq_ignore_ascii_case(value);
        match key {
            Key::Id => value.split('/').any(|it| it == self.id.to_string()),
            Key::Source if self.source.is_empty() => {
                definitions().all(|other| !value.eq_ignore_ascii_case(other.source))
            }
            Key::Source => {
                let short = self.source.strip_prefix("MSExchange");
                same(self.source) || short.is_some_and(same)
            }
            Key::Type if self.kind.is_empty() => TYPES.into_iter().any(same),
            Key::Type => same(self.kind),
            Key::Category if self.category.is_empty() => {
                same("None") || definitions().any(|other| same(other.category))
            }
            Key::Category => same(self.category),
        }
    }
}

/// A record as it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The sorts it can be of.
    definitions: Vec<&'static Definition>,
    /// The lines before the description.
    head: Vec<Sentence>,
    /// The description, if it is printed.
    description: Option<Description>,
}

impl Event {
    /// Reads a record.
    ///
    /// # Errors
    /// Says what it says of itself that no known event has together.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (head, rest) = head::read(text);
        if head.is_empty() {
            return Err("no number, source, type or category begins the record".to_owned());
        }
        let mut left: Vec<&Definition> = definitions().collect();
        for (key, value) in head.iter().flat_map(head::values) {
            left.retain(|it| it.is(key, value));
            if left.is_empty() {
                return Err(format!("no event has all of this and {key} `{value}`"));
            }
        }
        let description = match rest.trim().is_empty() {
            true => None,
            false => Some(Description::parse(&left, rest)?),
        };
        if let Some(description) = &description {
            left.retain(|it| description.is_of(it));
        }
        let definitions = left;
        Ok(Self {
            definitions,
            head,
            description,
        })
    }

    /// The sort of event, if what is printed leaves only one.
    #[must_use]
    pub fn definition(&self) -> Option<&'static Definition> {
        match self.definitions[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What stands in the places of the description, in order.
    #[must_use]
    pub fn arguments(&self) -> &[String] {
        self.description.as_ref().map_or(&[], |it| it.arguments())
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head.iter().map(ToString::to_string);
        let description = self.description.iter().map(ToString::to_string);
        let mut text = String::new();
        for line in head.chain(description) {
            let apart = !text.is_empty() && !text.ends_with('-');
            text.push_str(if apart { "\n" } else { "" });
            text.push_str(&line);
        }
        f.write_str(&text)
    }
}

#[cfg(test)]
#[path = "tests/event.rs"]
mod tests;
