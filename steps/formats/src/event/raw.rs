//! A record on one line, as the Event Viewer lists it (Q162841, Q169117).

use std::fmt;

use super::{Definition, definitions};
use crate::log::squeezed;
use crate::sentence::Sentence;
use crate::stamp::{self, Time};

/// A line: date, time, source, type, category, number, user, computer, description. The date may
/// be missing, and is set as the country has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Date and time, `31/12/96 19:56:34` or `5/22/97 12:55:53 PM`.
    pub when: Option<String>,
    /// What sort of event it is.
    pub definition: &'static Definition,
    /// Who caused it, `N/A` for services.
    pub user: String,
    /// Where it was written.
    pub computer: String,
    /// The description.
    pub description: Sentence,
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// Says what is missing, or that source, type, category, number and text do not agree.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = squeezed(text);
        let (when, rest) = begin(&text);
        let known = definitions().filter(|it| !it.source.is_empty() && !it.kind.is_empty());
        let found = known.filter_map(|it| Some((it, rest.strip_prefix(&front(it))?)));
        let (definition, rest) = found
            .into_iter()
            .next()
            .ok_or("no known event has this source, type, category and number together")?;
        let (user, rest) = word(rest)?;
        let (computer, said) = word(rest)?;
        if user != "N/A" && !user.contains('\\') {
            return Err(format!("`{user}` is neither N/A nor DOMAIN\\USER"));
        }
        Ok(Self {
            when: when.map(str::to_owned),
            definition,
            user: user.to_owned(),
            computer: computer.to_owned(),
            description: Sentence::read(definition.texts, said)?,
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(when) = &self.when {
            write!(f, "{when} ")?;
        }
        let front = front(self.definition);
        let description = squeezed(&self.description.to_string());
        write!(f, "{front}{} {} {description}", self.user, self.computer)
    }
}

/// Source, type, category and number, with a space after each.
fn front(definition: &Definition) -> String {
    let Definition {
        id,
        source,
        kind,
        category,
        ..
    } = definition;
    format!("{source} {kind} {category} {id} ")
}

/// The date and time at the beginning, and what comes after them.
fn begin(text: &str) -> (Option<&str>, &str) {
    let mut ends = text.match_indices(' ').map(|(at, _)| at);
    let (Some(date), Some(time)) = (ends.next(), ends.next()) else {
        return (None, text);
    };
    let dated = stamp::is_date_of_any_country(&text[..date]);
    if !dated || Time::parse(&text[date + 1..time]).is_none() {
        return (None, text);
    }
    let half = ends
        .next()
        .filter(|end| ["AM", "PM"].contains(&&text[time + 1..*end]));
    let end = half.unwrap_or(time);
    (Some(&text[..end]), &text[end + 1..])
}

/// The first word and what comes after it.
fn word(text: &str) -> Result<(&str, &str), String> {
    let parts = text.split_once(' ');
    parts.ok_or_else(|| "user, computer or description is missing".to_owned())
}
