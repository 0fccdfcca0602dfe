//! Wrong files, as people write them, and exactly what `check` says of each: one thing for one
//! mistake, at its place, with a change that leaves a good file where one is offered.
//!
//! `tests/wrong/` has a page for each code. Under a heading that says in a sentence what went wrong
//! stand the files, then the screen:
//!
//! - a block ` ```yaml ` is a file. Its first line names it: `# site.yaml` is the site,
//!   `# overlay…yaml` an overlay, any other, even a library, lies beside the workflow. One without
//!   a name is the workflow; where there is none it is a workflow of one step.
//! - a block ` ```text ` is the screen. `RUNSHEET_BLESS=1` writes it, adding it where it is
//!   missing, to be read before it is believed. After `text` may stand how many mistakes there are,
//!   if not one: ` ```text 2 `.

mod case;
mod page;

use std::collections::BTreeMap;
use std::{env, fs};

use runsheet_cli::Checked;
use runsheet_kit::desk::Desk;

use crate::explained;
use crate::repository::{files, read, root};
use page::Page;

/// Fewer are no picture of how people go wrong.
const ENOUGH: usize = 150;

/// No slip is told of again and again.
const MOST_OF_A_CODE: usize = 6;

fn pages() -> Vec<String> {
    let is_page = |path: &String| path.starts_with("tests/wrong/") && path.ends_with(".md");
    files().into_iter().filter(is_page).collect()
}

/// What is found in the files of every case, with its heading.
pub(crate) fn found() -> Vec<(String, Checked)> {
    let mut all = Vec::new();
    for path in pages() {
        let text = read(&path);
        for case in Page::of(&text).cases {
            let checked = case.checked().expect("the files are there");
            all.push((case.heading.to_owned(), checked));
        }
    }
    all
}

/// Every code there is: those of the language, and those of the command line.
fn codes() -> Vec<String> {
    let of_language = runsheet_language::codes();
    let mut codes: Vec<String> = of_language.iter().map(|it| it.name.to_owned()).collect();
    codes.extend(explained::codes_of_the_command_line(&mut Desk::new()));
    codes
}

/// Looks at every case of a page; what is wrong with it.
fn complaints(path: &str) -> Vec<String> {
    let text = read(path);
    let page = Page::of(&text);
    let mut complaints = Vec::new();
    let mut screens = Vec::new();
    for case in &page.cases {
        let (screen, complaint) = case.play(page.code);
        let complaint = complaint.map(|why| format!("{path}:{}: {why}", case.line));
        complaints.extend(complaint);
        screens.push(screen);
    }
    if env::var_os("RUNSHEET_BLESS").is_some() {
        let blessed = page.with(&screens);
        if blessed != text {
            fs::write(root().join(path), blessed).expect("the page can be written");
        }
        return complaints;
    }
    complaints.extend(page.differences(&screens, path));
    complaints
}

#[test]
fn every_wrong_file_is_told_of_as_its_page_shows() {
    let complaints: Vec<String> = pages().iter().flat_map(|path| complaints(path)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_page_is_called_like_its_code_and_has_few_cases() {
    let codes = codes();
    for path in pages() {
        let text = read(&path);
        let page = Page::of(&text);
        assert!(
            codes.iter().any(|code| code == page.code),
            "{path}: no code"
        );
        assert_eq!(path, format!("tests/wrong/{}.md", page.code));
        let cases = page.cases.len();
        let is_fine = (1..=MOST_OF_A_CODE).contains(&cases);
        assert!(is_fine, "{path}: {cases} cases");
    }
}

#[test]
fn a_heading_is_said_once() {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for path in pages() {
        for case in Page::of(&read(&path)).cases {
            let words = case.heading.split(' ').count();
            let is_sentence = words > 2 && !case.heading.ends_with('.');
            assert!(is_sentence, "{path}: {:?}", case.heading);
            let before = said.insert(case.heading.to_owned(), path.clone());
            assert_eq!(before, None, "{path}: {:?}", case.heading);
        }
    }
}

#[test]
fn every_code_has_its_wrong_files_and_there_are_many() {
    let pages = pages();
    let missing: Vec<String> = codes()
        .into_iter()
        .filter(|code| !pages.contains(&format!("tests/wrong/{code}.md")))
        .collect();
    assert!(
        missing.is_empty(),
        "no wrong file for {}",
        missing.join(", ")
    );
    let cases = pages.iter().map(|path| Page::of(&read(path)).cases.len());
    let cases: usize = cases.sum();
    assert!(cases >= ENOUGH, "{cases}");
}
