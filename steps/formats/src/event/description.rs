//! The description of a record: a text of its definition, broken into lines anywhere.

use std::fmt;

use super::Definition;
use crate::form::Form;
use crate::log::squeezed;
use crate::sentence::Sentence;
use crate::wrapped;

/// The labels it may have.
const LABELS: [&str; 4] = ["Description:", "Description", "Desc:", ""];

/// A description as it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    label: &'static str,
    sentence: Sentence,
    /// `(Thread 812).`, with the space before it.
    thread: String,
    /// How many words stand on each line, the label's among them.
    lines: Vec<usize>,
}

/// Any text after a label, for events of which no article prints one.
const FREE: Form = Form("{text}");

impl Description {
    /// Reads the description of one of these sorts of events.
    ///
    /// # Errors
    /// Says what is expected instead.
    pub(super) fn parse(definitions: &[&Definition], text: &str) -> Result<Self, String> {
        let lines = wrapped::lines_of(text);
        let whole = squeezed(text);
        let starts = |label: &&str| whole.starts_with(label);
        let label = LABELS.into_iter().find(starts).unwrap_or_default();
        let said = whole[label.len()..].trim();
        let (said, thread) = part_thread(said);
        let forms: Vec<Form> = definitions
            .iter()
            .flat_map(|it| it.texts)
            .copied()
            .collect();
        let unknown = definitions.iter().all(|it| it.texts.is_empty());
        let sentence = Sentence::read(&forms, said);
        let sentence = match sentence {
            Err(_) if unknown && !label.is_empty() && !said.is_empty() => {
                Sentence::new(FREE, &[said])
            }
            other => other?,
        };
        Ok(Self {
            label,
            sentence,
            thread: thread.to_owned(),
            lines,
        })
    }

    /// Whether it is a description of this sort of event.
    pub(super) fn is_of(&self, definition: &Definition) -> bool {
        let texts = definition.texts;
        texts.contains(&self.sentence.form) || (texts.is_empty() && self.sentence.form == FREE)
    }

    /// What stands in its places.
    pub(super) fn arguments(&self) -> &[String] {
        &self.sentence.arguments
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = format!("{} {}{}", self.label, self.sentence, self.thread);
        f.write_str(&wrapped::broken(&whole, &self.lines))
    }
}

/// Parts `(Thread 812).` from the end of a text; DX says it of most of its events.
fn part_thread(text: &str) -> (&str, &str) {
    let Some(at) = text.rfind('(') else {
        return (text, "");
    };
    let known = [
        Form("(Thread {number})."),
        Form("(thread {number})."),
        Form("(Thread {number})"),
        Form("(thread {number})"),
    ];
    match known.iter().any(|form| form.read(&text[at..]).is_some()) {
        true => text.split_at(text[..at].trim_end().len()),
        false => (text, ""),
    }
}
