//! Changes after which what was YAML is YAML still: the net under all that is mended unseen.

use std::collections::BTreeSet;

use runsheet_diagnostics::fix::{self, Fix};
use runsheet_diagnostics::source::{SourceId, Sources};

use super::remedies::parses;

/// The changes that can be made together. If they leave a file that is no YAML any more, those that
/// do so alone are left out; if it is none without them either, all changes of that file are.
pub fn kept<'f>(fixes: Vec<&'f Fix>, sources: &Sources) -> Vec<&'f Fix> {
    let mut fixes = sound(&fixes, sources);
    loop {
        let broken = broken(&fixes, sources);
        if broken.is_empty() {
            return fixes;
        }
        let is_sound = |fix: &&Fix| {
            let mut edits = fix.edits.iter();
            !edits.any(|edit| broken.contains(&edit.span.source))
        };
        fixes.retain(is_sound);
    }
}

/// Halves of the changes, and halves of those, that break nothing: a file with thousands of changes
/// of which one breaks it is read a dozen times.
fn sound<'f>(fixes: &[&'f Fix], sources: &Sources) -> Vec<&'f Fix> {
    if broken(fixes, sources).is_empty() {
        return fixes.to_vec();
    }
    match fixes.split_at(fixes.len() / 2) {
        ([], _) => Vec::new(),
        (some, others) => [sound(some, sources), sound(others, sources)].concat(),
    }
}

/// The texts that are YAML, and none after these changes.
fn broken(fixes: &[&Fix], sources: &Sources) -> BTreeSet<SourceId> {
    let changed = fix::apply_all(fixes.iter().copied(), sources);
    let changed = changed.into_iter();
    changed
        .filter(|(source, (text, _))| !parses(text) && parses(&sources.get(*source).text))
        .map(|(source, _)| source)
        .collect()
}

#[cfg(test)]
mod tests {
    use runsheet_diagnostics::span::Span;

    use super::*;

    #[test]
    fn a_change_that_breaks_a_file_is_left_out_and_others_are_made() {
        let mut sources = Sources::new();
        let id = sources.add("a.yaml", "{a: 1, b: 2}\n");
        let bad = Fix::replace("bad", Span::at(id, 1..5), "");
        let good = Fix::replace("good", Span::at(id, 10..11), "3");
        let bad = bad.edit(Span::at(id, 11..12), "");
        assert_eq!(kept(vec![&bad, &good], &sources), [&good]);
    }

    #[test]
    fn changes_that_break_a_file_together_are_all_left_out() {
        let mut sources = Sources::new();
        let id = sources.add("a.yaml", "a: [b\n]\n");
        let comment = Fix::replace("comment", Span::at(id, 5..5), " # c");
        let join = Fix::replace("join", Span::at(id, 5..6), "");
        assert_eq!(kept(vec![&comment], &sources), [&comment]);
        assert_eq!(kept(vec![&join], &sources), [&join]);
        let none: [&Fix; 0] = [];
        assert_eq!(kept(vec![&comment, &join], &sources), none);
    }

    #[test]
    fn a_file_that_is_no_yaml_may_be_changed() {
        let mut sources = Sources::new();
        let id = sources.add("a.yaml", "{a: [1\nb: [2\n");
        let half = Fix::replace("close", Span::at(id, 6..6), "]}");
        assert_eq!(kept(vec![&half], &sources), [&half]);
    }
}
