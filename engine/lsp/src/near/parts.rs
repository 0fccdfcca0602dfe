//! A file in parts, as an edit moves them.

use std::ops::Range;

use super::LARGE;

/// What stands before the first step, each item of the list of steps, and what is behind it.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    /// Where each part ends, which is where the next begins.
    ends: Vec<usize>,
}

impl Parts {
    /// Takes a text apart; `None` where it has no list of steps on lines of their own, or almost
    /// nothing but what is before and behind it.
    pub(super) fn of(text: &str) -> Option<Parts> {
        let list = list(text)?;
        let mut ends: Vec<usize> = Vec::new();
        let (mut column, mut at) = (None, list);
        for line in text[list..].split_inclusive('\n') {
            let inner = line.trim_start_matches(' ');
            let indent = line.len() - inner.len();
            let blank = inner.trim_end().is_empty() || inner.starts_with('#');
            let dash = inner.starts_with("- ") || inner.trim_end() == "-";
            if dash && indent == *column.get_or_insert(indent) {
                ends.push(at);
            } else if !blank && column.is_none_or(|column| indent <= column) {
                break;
            }
            at += line.len();
        }
        ends.extend([at, text.len()]);
        let parts = Parts { ends };
        let outside = [0, parts.last()].map(|part| parts.range(part).len());
        (parts.last() > 1 && outside.iter().all(|len| *len < LARGE)).then_some(parts)
    }

    /// The part behind the list; the first is the one before it.
    pub(super) fn last(&self) -> usize {
        self.ends.len() - 1
    }

    /// The bytes of a part.
    pub(super) fn range(&self, part: usize) -> Range<usize> {
        let start = part.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[part]
    }

    /// The part in which a byte stands.
    pub(super) fn at(&self, byte: usize) -> usize {
        let found = self.ends.partition_point(|end| *end <= byte);
        found.min(self.last())
    }

    /// The parts that an edit touches: those that it lies in or at an end of.
    pub(super) fn touched(&self, edit: &Range<usize>) -> Range<usize> {
        let first = self.ends.partition_point(|end| *end < edit.start);
        let behind = self.ends.partition_point(|end| *end <= edit.end);
        first.min(self.last())..(behind + 1).min(self.ends.len())
    }

    /// Moves the parts to where they are after an edit by which so many bytes came.
    pub(super) fn shift(&mut self, edit: &Range<usize>, came: usize) {
        let first = self.ends.partition_point(|end| *end <= edit.start);
        for end in &mut self.ends[first..] {
            *end = match *end < edit.end {
                true => edit.start,
                false => *end + came - edit.len(),
            };
        }
        // What is typed at the very end is behind the list.
        if let Some(last) = self.ends.last_mut().filter(|last| **last == edit.start) {
            *last += came;
        }
    }
}

/// The first line of the list of steps.
fn list(text: &str) -> Option<usize> {
    let at = match text.starts_with("steps:") {
        true => 0,
        false => text.find("\nsteps:")? + 1,
    };
    let end = at + text[at..].find('\n')?;
    let rest = text[at + "steps:".len()..end].trim();
    (rest.is_empty() || rest.starts_with('#')).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::Parts;

    const TEXT: &str = "name: a\nsteps:\n  # first\n  - id: a\n    with: {x: 1}\n  - {id: b}\n\n  - id: c\nfinally:\n  - id: d\n";

    fn shown<'t>(parts: &Parts, text: &'t str) -> Vec<&'t str> {
        let all = 0..=parts.last();
        all.map(|part| &text[parts.range(part)]).collect()
    }

    #[test]
    fn a_file_is_taken_apart_at_the_items_of_its_list() {
        let parts = Parts::of(TEXT).unwrap();
        let wanted = [
            "name: a\nsteps:\n  # first\n",
            "  - id: a\n    with: {x: 1}\n",
            "  - {id: b}\n\n",
            "  - id: c\n",
            "finally:\n  - id: d\n",
        ];
        assert_eq!(shown(&parts, TEXT), wanted);
        assert_eq!(parts.at(TEXT.find("x: 1").unwrap()), 1);
        assert_eq!(parts.at(TEXT.len()), 4);
    }

    #[test]
    fn parts_stay_whole_through_every_edit() {
        let whole = Parts::of(TEXT).unwrap();
        for start in 0..TEXT.len() {
            for end in start..TEXT.len().min(start + 40) {
                let text = [&TEXT[..start], "xyz", &TEXT[end..]].concat();
                let mut parts = whole.clone();
                let touched = parts.touched(&(start..end));
                parts.shift(&(start..end), 3);
                assert_eq!(shown(&parts, &text).concat(), text);
                let (old, new) = (shown(&whole, TEXT), shown(&parts, &text));
                for part in (0..old.len()).filter(|part| !touched.contains(part)) {
                    assert_eq!(old[part], new[part], "{start}..{end}");
                }
            }
        }
    }
}
