//! Names of steps in a text, by its words alone.

use std::ops::Range;

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_')
}

/// Whether a stretch of a text is a whole word.
pub(super) fn is_word(text: &str, range: Range<usize>) -> bool {
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    !before.ends_with(is_of_name) && !behind.starts_with(is_of_name)
}

/// The ids of an item and of all in it.
pub(super) fn ids(item: &str) -> impl Iterator<Item = &str> {
    let starts = item.match_indices("id:").map(|(at, _)| at);
    let starts = starts.filter(|at| item[..*at].ends_with([' ', '{', '-']));
    starts.filter_map(|at| words(item[at + 3..].lines().next()?).next())
}

/// The words of a text that may be names.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter| !is_of_name(letter));
    words.filter(|word| !word.is_empty())
}

/// Whether a word stands in a text.
pub(super) fn has(text: &str, word: &str) -> bool {
    words(text).any(|one| one == word)
}

/// What the steps of an item say they wait for, by its lines.
pub(super) fn needs(item: &str) -> Vec<&str> {
    let mut within = false;
    let lines = item.lines().map(str::trim).filter(|line| {
        let begins = has(line, "needs");
        within = begins || within && line.starts_with('-');
        within
    });
    lines.collect()
}

/// Whether a text marks a value for others to repeat, or repeats one.
pub(super) fn has_marks(text: &str) -> bool {
    let marks = text.match_indices(['&', '*']).map(|(at, _)| at);
    let mut marks = marks.filter(|at| text[..*at].ends_with([' ', '\n', '[', '{', ',', '-']));
    marks.any(|at| text[at + 1..].starts_with(|next: char| next.is_alphanumeric() || next == '_'))
}

/// Whether a message calls a step that has no name by its number, which counts all before it.
pub(super) fn has_number(message: &str) -> bool {
    let mut numbers = message.match_indices("`step-").map(|(at, _)| at + 6);
    numbers.any(|at| message[at..].starts_with(|next: char| next.is_ascii_digit()))
}
