//! A change of the text that would mend what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{SourceId, Sources};
use crate::span::Span;

/// Some bytes and what should stand there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go; an empty span inserts.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// A change that mends one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an editor offers it: ``change to `when` ``.
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it takes something out that may be meant, or chooses a value or an order: a person
    /// decides on it, and it is made with no others unless that is asked for.
    pub is_choice: bool,
}

impl Fix {
    /// A change without edits yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            edits: Vec::new(),
            is_choice: false,
        }
    }

    /// The same change for a person to decide on.
    #[must_use]
    pub fn by_choice(mut self) -> Self {
        self.is_choice = true;
        self
    }

    /// Replaces what stands at a span.
    pub fn replace(title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self::new(title).edit(span, text)
    }

    /// The same change with one more edit.
    #[must_use]
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        self.edits.push(Edit { span, text });
        self
    }

    /// One text after this change.
    pub fn apply(&self, sources: &Sources, source: SourceId) -> String {
        apply([self], sources, source)
    }

    /// A text after this change, all of which is about that text.
    pub fn apply_to(&self, text: &str) -> String {
        let (edits, _) = compatible([self.edits.iter().collect()].into_iter());
        splice(text, &edits)
    }
}

/// One text after several changes; edits of other texts are left out. Of two that touch the same
/// bytes the later in the list is left out, as a whole.
pub fn apply<'f>(
    fixes: impl IntoIterator<Item = &'f Fix>,
    sources: &Sources,
    source: SourceId,
) -> String {
    let of_this = |edit: &&'f Edit| edit.span.source == source;
    let fixes = fixes
        .into_iter()
        .map(|fix| fix.edits.iter().filter(of_this));
    let (edits, _) = compatible(fixes.map(Iterator::collect));
    splice(&sources.get(source).text, &edits)
}

/// All texts that several changes change, and how many of the changes were made in each. Of two
/// that touch the same bytes the later in the list is left out, as a whole.
pub fn apply_all<'f>(
    fixes: impl IntoIterator<Item = &'f Fix>,
    sources: &Sources,
) -> BTreeMap<SourceId, (String, usize)> {
    let fixes = fixes.into_iter().map(|fix| fix.edits.iter().collect());
    let (edits, made) = compatible(fixes);
    let texts = edits.chunk_by(|one, next| one.span.source == next.span.source);
    texts
        .map(|edits| {
            let source = edits[0].span.source;
            let made = made.iter().filter(|sources| sources.contains(&source));
            let text = splice(&sources.get(source).text, edits);
            (source, (text, made.count()))
        })
        .collect()
}

/// The edits of all changes that touch no bytes of an earlier one, in the order of their places,
/// and the texts that each of these changes is about.
fn compatible<'f>(
    fixes: impl Iterator<Item = Vec<&'f Edit>>,
) -> (Vec<&'f Edit>, Vec<BTreeSet<SourceId>>) {
    let mut edits: Vec<&'f Edit> = Vec::new();
    let mut made = Vec::new();
    for own in fixes {
        let clash = |edit: &&Edit| edits.iter().any(|other| overlap(edit.span, other.span));
        if own.is_empty() || is_torn(&own) || own.iter().any(clash) {
            continue;
        }
        made.push(own.iter().map(|edit| edit.span.source).collect());
        edits.extend(own);
    }
    edits.sort_by_key(|edit| edit.span);
    (edits, made)
}

/// Whether edits of one change touch the same bytes, so that nobody knows what they make together.
fn is_torn(own: &[&Edit]) -> bool {
    let mut places: Vec<Span> = own.iter().map(|edit| edit.span).collect();
    places.sort_unstable();
    places.windows(2).any(|two| overlap(two[0], two[1]))
}

fn overlap(a: Span, b: Span) -> bool {
    a == b || (a.source == b.source && a.start < b.end && b.start < a.end)
}

fn splice(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(done..range.start).unwrap_or_default());
        out.push_str(&edit.text);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, fixes: &[Fix]) -> String {
        let mut sources = Sources::new();
        let id = sources.add("a", text);
        apply(fixes, &sources, id)
    }

    fn span(range: std::ops::Range<usize>) -> Span {
        Span::at(SourceId(0), range)
    }

    #[test]
    fn edits_are_made_wherever_they_stand_in_the_list() {
        let fix = Fix::new("two")
            .edit(span(4..7), "three")
            .edit(span(0..3), "zero");
        assert_eq!(changed("one two", &[fix]), "zero three");
    }

    #[test]
    fn of_two_fixes_at_one_place_the_first_is_made() {
        let first = Fix::replace("a", span(0..3), "a");
        let second = Fix::replace("b", span(2..5), "b").edit(span(6..7), "!");
        assert_eq!(changed("one two", &[first, second]), "a two");
    }

    #[test]
    fn a_change_of_two_texts_is_made_in_both_or_in_none() {
        let mut sources = Sources::new();
        let (a, b) = (sources.add("a", "one"), sources.add("b", "two"));
        let at = |source| Span::at(source, 0..3);
        let both = Fix::replace("both", at(a), "1").edit(at(b), "2");
        let late = Fix::replace("late", at(b), "3").edit(at(a).after(), "!");
        let changed = apply_all([&both, &late], &sources);
        assert_eq!(changed[&a], ("1".to_owned(), 1));
        assert_eq!(changed[&b], ("2".to_owned(), 1));
    }

    #[test]
    fn a_change_whose_own_edits_overlap_is_not_made() {
        let torn = Fix::new("torn").edit(span(0..3), "").edit(span(2..5), "");
        assert_eq!(changed("one two", &[torn]), "one two");
    }

    #[test]
    fn an_empty_span_inserts() {
        assert_eq!(changed("ab", &[Fix::replace("i", span(1..1), "-")]), "a-b");
    }
}
