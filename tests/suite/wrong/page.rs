//! A page of wrong files, from its Markdown and back.

use runsheet_kit::difference::difference;
use runsheet_kit::story::{Block, blocks, title};

use super::case::Case;

/// A page.
pub(super) struct Page<'t> {
    /// The code that all its cases are about.
    pub(super) code: &'t str,
    /// The cases, in order.
    pub(super) cases: Vec<Case<'t>>,
    text: &'t str,
}

impl<'t> Page<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let blocks = blocks(text);
        let lines: Vec<&str> = text.lines().collect();
        let heading = |number: &usize| {
            let inside = |block: &Block<'_>| (block.line..=last_line(block)).contains(number);
            lines[number - 1].starts_with("## ") && !blocks.iter().any(inside)
        };
        let headings: Vec<usize> = (1..=lines.len()).filter(heading).collect();
        let mut cases = Vec::new();
        for (n, line) in headings.iter().enumerate() {
            let end = headings.get(n + 1).copied().unwrap_or(usize::MAX);
            let own = blocks.iter().filter(|it| (*line..end).contains(&it.line));
            cases.push(Case::of(
                *line,
                &lines[line - 1][3..],
                own.cloned().collect(),
            ));
        }
        let code = title(text).unwrap_or_default();
        Page { code, cases, text }
    }

    /// The page with other screens.
    pub(super) fn with(&self, screens: &[String]) -> String {
        let mut lines: Vec<&str> = self.text.lines().collect();
        for (case, screen) in self.cases.iter().zip(screens).rev() {
            match &case.screen {
                Some(block) => {
                    let body = block.line..block.line + block.body.lines().count();
                    lines.splice(body, screen.lines());
                }
                None => {
                    let at = case.end;
                    let block = ["", "```text"].into_iter();
                    lines.splice(at..at, block.chain(screen.lines()).chain(["```"]));
                }
            }
        }
        lines.join("\n") + "\n"
    }

    /// Where the screens are not those of the page.
    pub(super) fn differences(&self, screens: &[String], path: &str) -> Vec<String> {
        let cases = self.cases.iter().zip(screens);
        let differs = cases.filter_map(|(case, screen)| {
            let shown = case.screen.as_ref().map_or("", |block| block.body);
            let differs = shown != screen;
            differs.then(|| format!("{path}:{}:\n{}", case.line, difference(shown, screen)))
        });
        differs.collect()
    }
}

/// The line of the fence that closes a block.
pub(super) fn last_line(block: &Block<'_>) -> usize {
    block.line + block.body.lines().count() + 1
}
