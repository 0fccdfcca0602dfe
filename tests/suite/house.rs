//! The rules of the house: how files open, how long they are, what they are called, and that what
//! people are pointed to is there.

use crate::repository::{files, name, read, root};

/// The most lines a source file may have, its tests included.
const MOST_LINES: usize = 400;

/// The files that may be longer, each with its reason. Never more than three.
const LONGER: [(&str, &str); 0] = [];

/// What stands at the top.
const TOP: [&str; 14] = [
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "clippy.toml",
    "engine",
    "plugins",
    "steps",
    "tests",
    "workflows",
];

/// Names that say nothing about what is in a file.
const EMPTY_NAMES: [&str; 7] = [
    "common.rs",
    "errors.rs",
    "helpers.rs",
    "imp.rs",
    "prelude.rs",
    "types.rs",
    "utils.rs",
];

/// What every crate takes from the workspace.
const INHERITED: [&str; 7] = [
    "version.workspace = true",
    "edition.workspace = true",
    "rust-version.workspace = true",
    "license.workspace = true",
    "authors.workspace = true",
    "publish.workspace = true",
    "[lints]\nworkspace = true",
];

/// The files of a sort, with their texts.
fn texts(of: impl Fn(&str) -> bool) -> impl Iterator<Item = (String, String)> {
    let files = files().into_iter().filter(move |path| of(path));
    files.map(|path| {
        let text = read(&path);
        (path, text)
    })
}

fn sources() -> impl Iterator<Item = (String, String)> {
    texts(|path| path.ends_with(".rs"))
}

fn manifests() -> impl Iterator<Item = (String, String)> {
    texts(|path| path.ends_with("/Cargo.toml"))
}

fn readmes() -> impl Iterator<Item = (String, String)> {
    texts(|path| name(path) == "README.md")
}

#[track_caller]
fn nothing(guilty: Vec<String>, rule: &str) {
    assert!(guilty.is_empty(), "{rule}:\n{}", guilty.join("\n"));
}

#[test]
fn every_source_file_opens_with_what_it_is() {
    let silent = sources().filter(|(_, text)| !text.starts_with("//! "));
    let guilty = silent.map(|(path, _)| path).collect();
    nothing(guilty, "a file begins with `//!` and one sentence");
}

#[test]
fn every_crate_says_where_to_start_reading() {
    let silent = sources().filter(|(path, text)| {
        let mut header = text.lines().take_while(|line| line.starts_with("//!"));
        path.ends_with("/src/lib.rs") && !header.any(|line| line.to_lowercase().contains("start"))
    });
    let guilty = silent.map(|(path, _)| path).collect();
    nothing(guilty, "the header of `lib.rs` says where to start reading");
}

#[test]
fn no_source_file_is_too_long() {
    assert!(LONGER.len() <= 3, "exceptions are few, or there is no rule");
    let long = sources().filter(|(path, text)| {
        let excepted = LONGER.iter().any(|(longer, _)| longer == path);
        text.lines().count() > MOST_LINES && !excepted
    });
    let guilty = long.map(|(path, text)| format!("{path}: {}", text.lines().count()));
    nothing(guilty.collect(), "a source file has at most 400 lines");
}

#[test]
fn every_file_is_named_after_what_is_in_it() {
    let empty = files().into_iter();
    let guilty = empty.filter(|path| EMPTY_NAMES.contains(&name(path)));
    nothing(
        guilty.collect(),
        "a file has the name of the word it defines",
    );
}

#[test]
fn nothing_is_handed_on_by_the_handful() {
    let guilty = sources().flat_map(|(path, text)| {
        let globs = text.lines().filter(|line| is_glob_reexport(line));
        globs
            .map(|line| format!("{path}: {line}"))
            .collect::<Vec<_>>()
    });
    nothing(
        guilty.collect(),
        "what a crate offers is listed name by name",
    );
}

fn is_glob_reexport(line: &str) -> bool {
    line.trim_start().starts_with("pub") && line.contains(" use ") && line.ends_with("::*;")
}

#[test]
fn no_test_sleeps() {
    let sleep = ["thread", "sleep("].join("::");
    let guilty = sources().filter(|(_, text)| text.contains(&sleep));
    nothing(
        guilty.map(|(path, _)| path).collect(),
        "time is the lab's or the engine's",
    );
}

#[test]
fn only_what_belongs_there_stands_at_the_top() {
    let mut top: Vec<String> = files()
        .iter()
        .filter_map(|path| path.split('/').next().map(str::to_owned))
        .collect();
    top.dedup();
    let strange = top
        .into_iter()
        .filter(|entry| !TOP.contains(&entry.as_str()));
    nothing(
        strange.collect(),
        "a new entry at the top is a decision; write it down here",
    );
}

#[test]
fn every_folder_has_its_floor_plan() {
    let folders = ["", "engine/", "steps/", "plugins/", "workflows/", "tests/"];
    let plans = folders.map(|folder| format!("{folder}README.md"));
    let missing = plans
        .into_iter()
        .filter(|path| !root().join(path).is_file());
    nothing(missing.collect(), "each folder's README is its floor plan");
}

#[test]
fn every_path_in_a_floor_plan_leads_somewhere() {
    let mut guilty = Vec::new();
    for (readme, text) in readmes() {
        let folder = readme.strip_suffix("README.md").unwrap_or_default();
        let links = links(&text).map(|link| format!("{folder}{link}"));
        let named = named_paths(&text).map(str::to_owned);
        let lost = links
            .chain(named)
            .filter(|path| !root().join(path).exists());
        guilty.extend(lost.map(|path| format!("{readme}: {path}")));
    }
    nothing(guilty, "a map shows what is there");
}

/// The relative targets of Markdown links, without what follows `#`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains("://"))
        .filter_map(|target| target.split('#').next())
        .filter(|target| !target.is_empty())
}

/// Paths in backticks that begin in one of our folders.
fn named_paths(text: &str) -> impl Iterator<Item = &str> {
    let ticked = text.split('`').skip(1).step_by(2);
    ticked.filter(|word| {
        let plain = !word.contains([' ', '*', '<', '\n']);
        let top = word.split('/').next().unwrap_or_default();
        plain && word.contains('/') && TOP.contains(&top)
    })
}

#[test]
fn every_crate_takes_its_lints_and_its_identity_from_the_workspace() {
    let mut guilty = Vec::new();
    for (path, text) in manifests() {
        let lacks = INHERITED.iter().filter(|line| !text.contains(**line));
        guilty.extend(lacks.map(|line| format!("{path}: {line:?}")));
    }
    nothing(guilty, "a manifest holds these lines");
}

#[test]
fn the_authors_and_the_version_are_told_once() {
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("authors = [\"The Runsheet developers\"]"));
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .expect("the workspace has a version");
    assert!(
        read("CHANGELOG.md").contains(version),
        "the changelog names {version}"
    );
}

#[test]
fn nothing_leans_on_what_a_clone_does_not_have() {
    let outside = [["..", "shared"].join("/"), ["", "work", "main"].join("/")];
    let mut guilty = Vec::new();
    for (path, text) in texts(|_| true) {
        let found = outside.iter().filter(|place| text.contains(place.as_str()));
        guilty.extend(found.map(|place| format!("{path}: {place}")));
    }
    nothing(guilty, "a path outside of the repository is nobody's");
}
