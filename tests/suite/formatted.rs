//! What the house shows as YAML is written as `fmt` writes it, and `fmt` means no harm to any file
//! of it, however that is indented.

use runsheet_diagnostics::source::SourceId;
use runsheet_kit::story::blocks;
use runsheet_language::document::Document;
use runsheet_language::format::format;

use crate::repository::{files, read};

/// Where YAML is shown as it should be.
const SHOWN: [&str; 1] = ["workflows/README.md"];

fn formatted(text: &str) -> String {
    format(SourceId::default(), text).unwrap_or_else(|found| panic!("{text}\n{found:?}"))
}

fn yaml_files() -> impl Iterator<Item = (String, String)> {
    let paths = files().into_iter();
    let paths = paths.filter(|path| path.starts_with("workflows/") && path.ends_with(".yaml"));
    paths.map(|path| {
        let text = read(&path);
        (path, text)
    })
}

#[test]
fn the_workflows_and_sites_of_the_house_are_in_order() {
    let untidy: Vec<String> = yaml_files()
        .filter(|(_, text)| formatted(text) != *text)
        .map(|(path, _)| path)
        .collect();
    assert_eq!(untidy, Vec::<String>::new(), "`runsheet fmt workflows`");
}

#[test]
fn what_is_shown_of_the_language_is_in_order() {
    for path in SHOWN {
        let text = read(path);
        let shown = blocks(&text);
        let shown = shown.iter().filter(|block| block.language == "yaml");
        for block in shown.filter(|block| is_read(block.body)) {
            let right = formatted(block.body);
            assert_eq!(right, block.body, "{path}:{}", block.line);
        }
    }
}

fn is_read(text: &str) -> bool {
    Document::parse(SourceId::default(), text).0.is_complete()
}

/// A file with levels of four columns, after a dash as well.
fn spread(text: &str) -> String {
    let wider = text.lines().map(|line| {
        let bare = line.trim_start();
        let depth = (line.len() - bare.len()) * 2;
        let bare = bare.replacen("- ", "-   ", usize::from(bare.starts_with("- ")));
        format!("{}{bare}\n", " ".repeat(depth))
    });
    wider.collect()
}

#[test]
fn a_file_that_was_indented_by_four_is_put_back_to_the_byte() {
    for (path, text) in yaml_files() {
        // Comments behind values keep their columns, so they move with the line there and back.
        if !text.contains(": |") && !text.contains(": >") {
            let back = formatted(&spread(&text));
            assert!(back == text, "{path}");
        }
    }
}
