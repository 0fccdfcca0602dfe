//! Maps in, values and complaints out.

use runsheet_diagnostics::carets;
use runsheet_diagnostics::source::Sources;

use super::{Diagnostic, Keys, Reader};
use crate::document::Document;

const STEP: Keys<'static> = Keys::new(
    "a step",
    &[
        "id", "uses", "when", "with", "needs", "parallel", "in_doubt", "secret",
    ],
)
.called(&[("if", "when")]);

/// Reads a step and checks what the lines of carets point at; gives what was read.
#[track_caller]
fn check(annotated: &str) -> (String, Vec<Diagnostic>) {
    let source = carets::strip(annotated);
    let mut sources = Sources::new();
    let id = sources.add("test.yaml", source.as_str());
    let (document, mut found) = Document::parse(id, source);
    let root = document.root().unwrap();
    let mut read = Vec::new();
    if let Some(mut step) = Reader::new(root, STEP, &mut found) {
        step.require("uses");
        read.extend(step.text("id").map(|id| id.value.to_owned()));
        read.extend(step.text("uses").map(|uses| uses.value.to_owned()));
        read.extend(step.text("when").map(|when| when.value.to_owned()));
        read.extend(step.int("parallel").map(|n| n.value.to_string()));
        read.extend(step.boolean("secret").map(|truth| truth.value.to_string()));
        read.extend(
            step.word("in_doubt", &["ask", "repeat"])
                .map(|w| w.value.to_owned()),
        );
        read.extend(step.texts("needs").iter().map(|need| need.value.to_owned()));
        if let Some(mut with) = step.nested("with", Keys::new("these inputs", &["argv"])) {
            read.extend(with.texts("argv").iter().map(|arg| arg.value.to_owned()));
        }
    }
    assert_eq!(carets::annotate(&found, &sources, id), annotated);
    (read.join(" "), found)
}

#[test]
fn a_good_map_is_read_without_a_word() {
    let (read, _) = check(
        "id: 1.10\nuses: exec\nparallel: 8\nsecret: true\nin_doubt: ask\nneeds: [a, b]\nx-own: 1\nwith: {argv: x}\n",
    );
    assert_eq!(read, "1.10 exec 8 true ask a b x");
}

#[test]
fn a_mistyped_key_is_told_once_and_read_as_what_was_meant() {
    let (read, found) = check("id: a\nusse: exec\n^^^^ unknown-key\n\"if\": b\n ^^ unknown-key\n");
    assert_eq!(read, "a exec b");
    assert_eq!(found[0].help.as_deref(), Some("did you mean `uses`?"));
    assert_eq!(found[1].fixes[0].edits[0].text, "when");
}

#[test]
fn a_key_that_is_there_already_is_not_suggested() {
    let (_, found) = check("uses: a\nuse: b\n^^^ unknown-key\n");
    assert!(found[0].fixes.is_empty(), "{found:?}");
}

#[test]
fn where_all_keys_are_given_the_strange_one_is_to_go() {
    let all = "id: a\nuses: a\nwhen: a\nwith: {argv: x, a: 1}\n                ^ unknown-key\n";
    let (_, found) = check(&format!("{all}needs: []\nin_doubt: ask\nsecret: true\n"));
    let help = "it has all the keys it can have: leave this one out";
    assert_eq!(found[0].help.as_deref(), Some(help));
}

#[test]
fn what_is_missing_is_told_at_the_first_key() {
    let (_, found) = check("id: a\n^^ missing-key\n");
    assert_eq!(found[0].message, "a step needs the key `uses`");
}

#[test]
fn types_are_told_as_expected_and_found() {
    let (_, found) = check(
        "id:\n   ^ wrong-type\nuses: [a]\n      ^^^ wrong-type\nparallel: many\n          ^^^^ wrong-type\nsecret: yes\n        ^^^ wrong-type\nneeds: {a: 1}\n       ^^^^^^ wrong-type\n",
    );
    let messages: Vec<_> = found.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(messages[0], "expected text, found nothing");
    assert_eq!(messages[2], "expected a whole number, found `many`");
}

#[test]
fn a_mistyped_word_is_told_inside_its_quotes() {
    let (read, found) = check("uses: a\nin_doubt: \"aks\"\n           ^^^ unknown-word\n");
    assert_eq!(read, "a ask");
    assert_eq!(found[0].help.as_deref(), Some("did you mean `ask`?"));
    let (_, found) = check("uses: a\nin_doubt: never\n          ^^^^^ unknown-word\n");
    assert_eq!(
        found[0].help.as_deref(),
        Some("it can be `ask` or `repeat`")
    );
}

#[test]
fn a_hole_is_not_complained_about_again() {
    check("uses: *none\n      ^^^^^ alias\n");
    check("- a\n^^^ wrong-type\n");
}
