//! What a lab has said, and whether a literal sample is among it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use runsheet_formats::vectors::pattern::{Pattern, instance};
use runsheet_lab::specimens;

/// How a lab produced a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Production {
    /// Letter for letter, runs of spaces apart, with something for each placeholder.
    Exactly,
    /// But for the time at the beginning of the line.
    ButForItsTime,
}

impl fmt::Display for Production {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Production::Exactly => "produced",
            Production::ButForItsTime => "produced but for its time",
        })
    }
}

/// Everything a lab has said.
pub(super) struct Productions {
    texts: BTreeSet<String>,
    /// Every line, and every line without the time it begins with; by what it is without spaces.
    lines: BTreeMap<String, BTreeSet<String>>,
    said: BTreeMap<String, BTreeSet<String>>,
}

impl Productions {
    /// Runs labs until everything has happened in them, and keeps what they say.
    pub(super) fn of_a_lab() -> Productions {
        Productions::of(specimens::all())
    }

    fn of(texts: BTreeSet<String>) -> Productions {
        let lines = texts.iter().flat_map(|text| text.lines());
        let said = lines.clone().filter_map(without_time);
        Productions {
            lines: by_letters(lines),
            said: by_letters(said),
            texts,
        }
    }

    /// Whether a sample is among it.
    pub(super) fn find(&self, kind: &str, literal: &str) -> Option<Production> {
        let wanted: Vec<&str> = literal.lines().collect();
        match wanted.as_slice() {
            wanted if kind.starts_with("event") => {
                let wanted: Vec<Pattern> = wanted.iter().map(|it| Pattern::of(it)).collect();
                let mut texts = self.texts.iter();
                let found = texts.any(|text| is_part(&wanted, text));
                found.then_some(Production::Exactly)
            }
            [line] if is_among(line, &self.lines) => Some(Production::Exactly),
            [line] => {
                let found = is_among(without_time(line)?, &self.said);
                found.then_some(Production::ButForItsTime)
            }
            wanted => {
                let pattern = Pattern::of(literal);
                let mut texts = self.texts.iter();
                let found = texts.any(|text| is_stretch(&pattern, wanted.len(), text));
                found.then_some(Production::Exactly)
            }
        }
    }
}

fn letters(line: &str) -> String {
    line.split_whitespace().collect()
}

fn by_letters<'l>(lines: impl Iterator<Item = &'l str>) -> BTreeMap<String, BTreeSet<String>> {
    let mut by_letters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in lines {
        let alike = by_letters.entry(letters(line)).or_default();
        alike.insert(line.to_owned());
    }
    by_letters
}

/// Whether a line is among others. Only one with placeholders may be met by any of them.
fn is_among(wanted: &str, lines: &BTreeMap<String, BTreeSet<String>>) -> bool {
    let pattern = Pattern::of(wanted);
    let meets = |line: &String| pattern.is_met_by(line);
    if instance(wanted).is_some() {
        return lines.values().flatten().any(meets);
    }
    let alike = lines.get(&letters(wanted));
    alike.is_some_and(|alike| alike.iter().any(meets))
}

/// Whether the lines of a sample follow each other in a text.
fn is_stretch(pattern: &Pattern, count: usize, text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let mut stretches = lines.windows(count.max(1));
    stretches.any(|stretch| pattern.is_met_by(&stretch.join("\n")))
}

/// Whether the lines of a sample are in a text, in their order: articles print parts of events.
fn is_part(wanted: &[Pattern], text: &str) -> bool {
    let mut lines = text.lines();
    let mut wanted = wanted.iter();
    wanted.all(|wanted| lines.any(|line| wanted.is_met_by(line)))
}

/// A line of a log without the time it begins with.
fn without_time(line: &str) -> Option<&str> {
    line.split_once(" | ").map(|(_, said)| said)
}

#[cfg(test)]
mod tests {
    use super::{Production, Productions};

    fn in_text(kind: &str, literal: &str, text: &str) -> Option<Production> {
        Productions::of([text.to_owned()].into()).find(kind, literal)
    }

    #[test]
    fn a_sample_is_found_among_the_lines_of_what_was_said() {
        let log = "01/29/98 08:00:00 | Status       Import is finished.\nmore\n";
        let exactly = "01/29/98 08:00:00 | Status Import is finished.";
        assert_eq!(
            in_text("dirsync_log", exactly, log),
            Some(Production::Exactly)
        );
        let other = "03/13/96 15:32:50 | Status       Import is finished.";
        assert_eq!(
            in_text("dirsync_log", other, log),
            Some(Production::ButForItsTime)
        );
        assert_eq!(
            in_text("dirsync_log", "03/13/96 15:32:50 | Status       no", log),
            None
        );
    }

    #[test]
    fn an_event_may_be_printed_in_part() {
        let event = "Event ID: 4395\nSource: PCMTA-1\nCategory: Sent\nDescription: Mail sent from \\\\A\\MAILDAT$\nSize: 1\nFROM: a\n";
        let part = "Event ID: 4395\nCategory: Sent\nFROM: a";
        assert_eq!(
            in_text("event_pcmta", part, event),
            Some(Production::Exactly)
        );
        let turned = "Category: Sent\nEvent ID: 4395";
        assert_eq!(in_text("event_pcmta", turned, event), None);
    }
}
