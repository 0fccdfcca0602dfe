//! Every code has a page, and the page tells the truth: its wrong example raises exactly that code,
//! its right one raises nothing.

use std::collections::BTreeSet;

use runsheet_diagnostics::code::{Code, Example};
use runsheet_diagnostics::diagnostic::Diagnostic;

use crate::product;
use crate::repository::read;

/// A workflow for pages whose examples are sites.
const HELLO: &str = "workflow: 1
name: hello
steps:
  - id: greet
    uses: assert
    with: {that: true}
";

#[track_caller]
fn every(code_obeys: impl Fn(&Code) -> Result<(), String>) {
    let broken: Vec<String> = runsheet_language::codes()
        .into_iter()
        .filter_map(|code| Some(format!("{}: {}", code.name, code_obeys(code).err()?)))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn names(found: &[Diagnostic]) -> BTreeSet<&'static str> {
    found
        .iter()
        .map(|diagnostic| diagnostic.code.name)
        .collect()
}

/// What the examples of one verdict raise: a workflow is read and, if nothing is wrong with it by
/// itself, brought together with the site beside it or with the lab.
fn raised(examples: &[Example]) -> BTreeSet<&'static str> {
    let text = |language| examples.iter().find(|example| example.language == language);
    let written = text("site").map(|example| example.text.to_owned());
    let (site, mut found) = product::site(&written.unwrap_or_else(|| read(product::LAB)));
    if text("site").is_none() || text("yaml").is_some() {
        found.clear();
    }
    let hello = text("yaml").map_or(HELLO, |it| it.text);
    let overlays = examples.iter().filter(|it| it.language == "overlay");
    let overlays: Vec<&str> = overlays.map(|it| it.text).collect();
    let workflow = product::variant("hello.yaml", hello, &overlays, &others(examples));
    if workflow.found.is_empty() && found.is_empty() {
        found = workflow.bound_to(&site);
    }
    let mut all = names(&workflow.found);
    all.extend(names(&found));
    all
}

/// The files beside the workflow: what they are is what they are called.
fn others(examples: &[Example]) -> product::Texts {
    let others = examples.iter().filter(|it| it.language.contains('.'));
    let mut files: product::Texts = others
        .map(|it| (it.language.to_owned(), it.text.into()))
        .collect();
    let hello = examples.iter().find(|it| it.language == "yaml");
    files.extend(hello.map(|it| ("hello.yaml".to_owned(), it.text.into())));
    files
}

fn of_verdict(code: &Code, wrong: bool) -> Vec<Vec<Example>> {
    let examples = code.examples().into_iter().filter(|it| it.wrong == wrong);
    let (workflows, others): (Vec<_>, Vec<_>) = examples.partition(|it| it.language == "yaml");
    if workflows.is_empty() {
        return others.into_iter().map(|example| vec![example]).collect();
    }
    let with_others = workflows.into_iter().map(|workflow| {
        let mut together = vec![workflow];
        together.extend(&others);
        together
    });
    with_others.collect()
}

#[test]
fn every_code_has_a_page_with_both_examples() {
    every(|code| {
        if code.title() == code.name || code.title().is_empty() {
            return Err("its page has no title in words".to_owned());
        }
        for (wrong, word) in [(true, "wrong"), (false, "right")] {
            if of_verdict(code, wrong).is_empty() {
                return Err(format!("its page shows nothing {word}"));
            }
        }
        Ok(())
    });
}

#[test]
fn a_wrong_example_raises_exactly_its_code() {
    every(|code| {
        for examples in of_verdict(code, true) {
            let raised = raised(&examples);
            if raised != BTreeSet::from([code.name]) {
                return Err(format!("its wrong example raises {raised:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn a_right_example_raises_nothing() {
    every(|code| {
        for examples in of_verdict(code, false) {
            let raised = raised(&examples);
            if !raised.is_empty() {
                return Err(format!("its right example raises {raised:?}"));
            }
        }
        Ok(())
    });
}

#[test]
fn no_two_codes_share_a_name_and_every_name_is_words() {
    let codes = runsheet_language::codes();
    let different: BTreeSet<&str> = codes.iter().map(|code| code.name).collect();
    assert_eq!(different.len(), codes.len());
    let is_word = |c: char| c.is_ascii_lowercase() || c == '-';
    let odd: Vec<_> = different
        .into_iter()
        .filter(|name| !name.chars().all(is_word))
        .collect();
    assert_eq!(odd, Vec::<&str>::new());
}
