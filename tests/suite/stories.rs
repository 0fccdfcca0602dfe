//! Every story holds: what a user sees is what its file shows. The READMEs are stories too.
//!
//! `RUNSHEET_BLESS=1` writes what is seen into the files, to be read before it is believed.

use std::{env, fs};

use runsheet_kit::desk::Desk;
use runsheet_kit::difference::difference;
use runsheet_kit::story::{self, Stage, blocks, play};

use crate::repository::{files, read, root};

/// Plays a story at a desk of its own, which is given a copy of the product's workflows, and holds
/// it against its file.
fn told(path: &str, desk: Desk) -> Result<(), String> {
    holds(path, &mut desk.with(&root().join("workflows")))
}

/// Plays a story on a stage, and holds it against its file.
pub(crate) fn holds(path: &str, stage: &mut dyn Stage) -> Result<(), String> {
    let text = read(path);
    let played = play(&text, stage).map_err(|why| format!("{path}, {why}"))?;
    if played == text {
        return Ok(());
    }
    if env::var_os("RUNSHEET_BLESS").is_some() {
        fs::write(root().join(path), played).map_err(|error| format!("{path}: {error}"))?;
        return Ok(());
    }
    Err(format!("{path}:\n{}", difference(&text, &played)))
}

#[track_caller]
fn all_hold(paths: Vec<String>) {
    let told = |path: &String| told(path, Desk::new()).err();
    let broken: Vec<String> = paths.iter().filter_map(told).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// What is otherwise in the stories when they are played at such desks.
pub(crate) fn broken_at(desk: impl Fn() -> Desk) -> Vec<String> {
    let paths = stories().into_iter();
    paths.filter_map(|path| told(&path, desk()).err()).collect()
}

fn stories() -> Vec<String> {
    let is_story = |path: &String| path.starts_with("tests/stories/") && path.ends_with(".md");
    let stories: Vec<String> = files().into_iter().filter(is_story).collect();
    assert!(!stories.is_empty(), "there are stories");
    stories
}

#[test]
fn every_story_holds() {
    all_hold(stories());
}

#[test]
fn the_readme_shows_what_one_sees() {
    all_hold(vec!["README.md".to_owned()]);
}

#[test]
fn the_language_is_what_its_page_shows() {
    all_hold(vec!["workflows/README.md".to_owned()]);
}

#[test]
fn every_file_on_the_page_of_the_language_is_used() {
    let text = read("workflows/README.md");
    let screens: String = blocks(&text)
        .iter()
        .filter(|block| block.language == "console")
        .map(|block| block.body)
        .collect();
    for block in blocks(&text)
        .iter()
        .filter(|block| block.language == "yaml")
    {
        let Some(file) = block.file() else {
            panic!(
                "line {}: a block has a name, `file=`, or nothing runs it",
                block.line
            );
        };
        let is_site = file == "sites/lab.yaml";
        assert!(
            is_site || screens.contains(file),
            "line {}: nothing runs {file}",
            block.line
        );
    }
}

#[test]
fn the_title_of_a_story_is_a_promise() {
    for path in stories() {
        let text = read(&path);
        let title = story::title(&text).unwrap_or_default();
        let is_sentence = title.split(' ').count() > 3 && !title.ends_with('.');
        assert!(is_sentence, "{path}: {title:?}");
    }
}
