//! The keys of a workflow, each with a page of a few lines. An indented block is an example.

const PAGES: &str = include_str!("../../pages/keys.md");

/// Every key with its page, in the order of a step.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let sections = PAGES.trim_start_matches("## ").split("\n## ");
    sections.filter_map(|section| {
        let (name, page) = section.split_once('\n')?;
        Some((name, page.trim()))
    })
}

/// What a page says first.
pub(super) fn summary(page: &'static str) -> &'static str {
    let line = page.lines().next().unwrap_or(page);
    let ends = [". ", ": ", "; "].into_iter();
    let end = ends.filter_map(|end| line.find(end)).min();
    line[..end.unwrap_or(line.len())].trim_end_matches('.')
}
