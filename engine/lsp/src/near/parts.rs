//! A file in parts, and which of them name each other, by their words alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Edit, LARGE};

/// How many items are read with those that are told of.
const MOST: usize = 64;

/// How many items are told of that name a step of the one that is typed in, and how many names of
/// steps are looked for.
const NAMING: usize = 16;

/// A file in parts: what stands before the first step, each step of the list, and what is behind.
pub(super) struct Parts {
    pub(super) all: Vec<Range<usize>>,
}

impl Parts {
    pub(super) fn of(text: &str) -> Option<Parts> {
        let list = list(text)?;
        let mut all: Vec<Range<usize>> = Vec::new();
        let (mut start, mut column, mut at) = (0, None, list);
        for line in text[list..].split_inclusive('\n') {
            let inner = line.trim_start_matches(' ');
            let indent = line.len() - inner.len();
            let blank = inner.trim_end().is_empty() || inner.starts_with('#');
            let dash = inner.starts_with("- ") || inner.trim_end() == "-";
            if dash && indent == *column.get_or_insert(indent) {
                all.push(start..at);
                start = at;
            } else if !blank && column.is_none_or(|column| indent <= column) {
                break;
            }
            at += line.len();
        }
        all.push(start..at);
        all.push(at..text.len());
        let ends = [&all[0], &all[all.len() - 1]];
        let small = ends.iter().all(|part| part.len() < LARGE);
        (all.len() > 2 && small).then_some(Parts { all })
    }

    pub(super) fn at(&self, byte: usize) -> usize {
        let found = self.all.partition_point(|part| part.end <= byte);
        found.min(self.all.len() - 1)
    }

    /// The items that name a step of one that was edited, as it is or as it was.
    pub(super) fn naming(&self, text: &str, touched: usize, edit: Edit<'_>) -> Vec<usize> {
        let part = self.all[touched].clone();
        let is_item = touched > 0 && touched + 1 < self.all.len();
        if !is_item || edit.at < part.start {
            return Vec::new();
        }
        let new = &text[part.clone()];
        let (before, behind) = (
            &text[part.start..edit.at],
            &text[edit.at + edit.came..part.end],
        );
        let old = format!("{before}{}{behind}", edit.gone);
        let names: BTreeSet<&str> = ids(new).chain(ids(&old)).take(NAMING).collect();
        let mut found = BTreeSet::new();
        for name in names {
            let places = text.match_indices(name).map(|(at, _)| at);
            let whole = places.filter(|at| is_word(text, *at..at + name.len()));
            found.extend(
                whole
                    .map(|at| self.at(at))
                    .filter(|at| *at != touched)
                    .take(NAMING),
            );
        }
        let ends = [0, self.all.len() - 1];
        let items = found.into_iter().filter(|part| !ends.contains(part));
        items.take(NAMING).collect()
    }

    /// The items that some name, and those that these name; then those that can be told of, which
    /// is the first alone where there are too many.
    pub(super) fn named(
        &self,
        text: &str,
        touched: usize,
        naming: Vec<usize>,
    ) -> (Vec<usize>, Vec<usize>) {
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, part) in self.all.iter().enumerate().skip(1).rev() {
            ids.extend(id(&text[part.clone()]).map(|id| (id, n)));
        }
        let mut told = vec![touched];
        told.extend(naming);
        let mut found = told.clone();
        let mut done = 0;
        while done < found.len() && found.len() < MOST {
            let part = self.all[found[done]].clone();
            for named in words(&text[part]).filter_map(|word| ids.get(word)) {
                if found.len() < MOST && !found.contains(named) {
                    found.push(*named);
                }
            }
            done += 1;
        }
        if done < told.len() {
            told.truncate(1);
        }
        (found, told)
    }
}

/// Whether a stretch of a text is a whole word.
fn is_word(text: &str, range: Range<usize>) -> bool {
    let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    !before.ends_with(name) && !behind.starts_with(name)
}

/// The ids of an item and of all in it.
fn ids(item: &str) -> impl Iterator<Item = &str> {
    let starts = item.match_indices("id:").map(|(at, _)| at);
    let starts = starts.filter(|at| item[..*at].ends_with([' ', '{', '-']));
    starts.filter_map(|at| words(&item[at + 3..]).next())
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

/// The id of an item.
fn id(item: &str) -> Option<&str> {
    ids(item).next()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.split(move |c| !name(c))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::Edit;
    use super::Parts;

    #[test]
    fn a_file_is_taken_apart_at_the_items_of_its_list() {
        let text = "name: a\nsteps:\n  # first\n  - id: a\n    with: {x: 1}\n  - {id: b}\n\n  - id: c\nfinally:\n  - id: d\n";
        let parts = Parts::of(text).unwrap();
        let shown: Vec<&str> = parts.all.iter().map(|part| &text[part.clone()]).collect();
        let wanted = [
            "name: a\nsteps:\n  # first\n",
            "  - id: a\n    with: {x: 1}\n",
            "  - {id: b}\n\n",
            "  - id: c\n",
            "finally:\n  - id: d\n",
        ];
        assert_eq!(shown, wanted);
        assert_eq!(shown.concat(), text);
        assert_eq!(parts.at(text.find("x: 1").unwrap()), 1);
    }

    #[test]
    fn an_item_brings_those_it_names() {
        let text = "steps:\n- {id: a}\n- {id: b, needs: [a]}\n- {id: c}\n- {id: d, when: steps.b.changed}\n";
        let parts = Parts::of(text).unwrap();
        let (found, told) = parts.named(text, 4, Vec::new());
        assert_eq!((found, told), (vec![4, 2, 1], vec![4]));
    }

    #[test]
    fn an_item_brings_those_that_name_it_as_it_is_and_as_it_was() {
        let text = "steps:\n- {id: ax}\n- {id: b, needs: [a]}\n- {id: c, needs: [ax]}\n- {id: d, when: steps.b.changed}\n";
        let parts = Parts::of(text).unwrap();
        let at = text.find('x').unwrap();
        let typed = Edit {
            at,
            gone: "",
            came: 1,
        };
        assert_eq!(parts.naming(text, 1, typed), [2, 3]);
    }
}
