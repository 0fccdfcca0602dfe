//! One wrong file with those beside it, and what is to be seen of it.

use std::path::Path;

use runsheet_cli::Checked;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::{self, Fix};
use runsheet_kit::desk::Desk;
use runsheet_kit::story::Block;

use super::page::last_line;

/// The workflow of a case that is about other files.
const HELLO: &str = "workflow: 1
name: hello
steps:
  - {id: greet, uses: assert, with: {that: true}}
";

/// The workflow's own file.
const WORKFLOW: &str = "workflow.yaml";

/// A case.
pub(super) struct Case<'t> {
    /// What went wrong, in a sentence.
    pub(super) heading: &'t str,
    /// The number of the line of the heading.
    pub(super) line: usize,
    /// The line after which a screen is added.
    pub(super) end: usize,
    /// The block of the screen.
    pub(super) screen: Option<Block<'t>>,
    /// Files by their names.
    files: Vec<(String, &'t str)>,
}

impl<'t> Case<'t> {
    pub(super) fn of(line: usize, heading: &'t str, blocks: Vec<Block<'t>>) -> Self {
        let (screens, yaml): (Vec<_>, Vec<_>) =
            blocks.into_iter().partition(|it| it.language == "text");
        let named = |block: &Block<'t>| (name(block.body).to_owned(), block.body);
        let mut files: Vec<_> = yaml.iter().map(named).collect();
        if files.iter().all(|(name, _)| name != WORKFLOW) {
            files.push((WORKFLOW.to_owned(), HELLO));
        }
        Case {
            heading,
            line,
            end: yaml.last().map_or(line, last_line),
            screen: screens.into_iter().next(),
            files,
        }
    }

    /// How many mistakes there are.
    fn wanted(&self) -> usize {
        let words = self.screen.iter().flat_map(|block| &block.words);
        words
            .filter_map(|word| word.parse().ok())
            .next()
            .unwrap_or(1)
    }

    /// The files as a command takes them.
    fn arguments(&self) -> String {
        let mut arguments = WORKFLOW.to_owned();
        for (name, _) in &self.files {
            if name == "site.yaml" {
                arguments.push_str(" --site site.yaml");
            } else if name.starts_with("overlay") {
                arguments.push_str(&format!(" --overlay {name}"));
            }
        }
        arguments
    }

    /// A desk with the files on it.
    fn desk(&self) -> Desk {
        let desk = Desk::new();
        for (name, text) in &self.files {
            desk.folder().write(name, text);
        }
        desk
    }

    /// What is found in the files.
    pub(super) fn checked(&self) -> Option<Checked> {
        self.desk().checked(&self.arguments())
    }

    /// The screen, and what is wrong with it.
    pub(super) fn play(&self, code: &str) -> (String, Option<String>) {
        let mut desk = self.desk();
        let arguments = self.arguments();
        let screen = desk.runsheet(&format!("check {arguments}")).screen;
        let Some(checked) = desk.checked(&arguments) else {
            return (
                screen.clone(),
                Some(format!("files are missing:\n{screen}")),
            );
        };
        let why = self.complaint(code, &checked, &desk);
        let why = why.map(|why| format!("{why}\n{screen}"));
        (screen, why)
    }

    /// What is wrong with what was found.
    fn complaint(&self, code: &str, checked: &Checked, desk: &Desk) -> Option<String> {
        let found = &checked.found;
        let first = found.first().map(|one| one.code.name);
        if first != Some(code) {
            return Some(format!("the first is {first:?}"));
        }
        if found.len() != self.wanted() {
            return Some(format!("{} are found", found.len()));
        }
        if found.iter().any(|one| one.span().is_none()) {
            return Some("one has no place".to_owned());
        }
        self.unmended(checked, desk)
    }

    /// The first change that leaves more than what no change is offered for.
    fn unmended(&self, checked: &Checked, desk: &Desk) -> Option<String> {
        let found = &checked.found;
        let remaining = found.iter().filter(|one| one.fixes.is_empty()).count();
        for (n, one) in found.iter().enumerate() {
            for fix in &one.fixes {
                let fixes = with_others(n, fix, found);
                let left = self.after(&fixes, checked, desk);
                if left
                    .as_ref()
                    .is_none_or(|left| left.found.len() != remaining)
                {
                    let left = left.map(|left| left.found).unwrap_or_default();
                    let left = left
                        .iter()
                        .map(|it| format!("{}: {}", it.code.name, it.message));
                    let left: Vec<String> = left.collect();
                    return Some(format!("{:?} leaves {}", fix.title, left.join("; ")));
                }
            }
        }
        None
    }

    /// What is found after some changes; the files are as before then.
    fn after(&self, fixes: &[&Fix], checked: &Checked, desk: &Desk) -> Option<Checked> {
        for (source, (text, _)) in fix::apply_all(fixes.iter().copied(), &checked.sources) {
            desk.folder()
                .write(&checked.sources.get(source).name, &text);
        }
        let left = desk.checked(&self.arguments());
        for (name, text) in &self.files {
            desk.folder().write(name, text);
        }
        left
    }
}

/// One change of one mistake, and the first of all others.
fn with_others<'f>(n: usize, fix: &'f Fix, found: &'f [Diagnostic]) -> Vec<&'f Fix> {
    let others = found.iter().enumerate().filter(|(other, _)| *other != n);
    let others = others.filter_map(|(_, one)| one.fixes.first());
    [fix].into_iter().chain(others).collect()
}

/// What a file is called: what its first line says, in a comment.
fn name(text: &str) -> &str {
    let first = text.lines().next().and_then(|line| line.strip_prefix("# "));
    let is_name = |name: &&str| {
        let ending = Path::new(name).extension();
        let endings = ["yaml", "lock", "so", "sig"];
        !name.contains(' ') && ending.is_some_and(|it| endings.iter().any(|known| it == *known))
    };
    first.filter(is_name).unwrap_or(WORKFLOW)
}
