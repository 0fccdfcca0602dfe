//! Steps of `rescue:` and `finally:`, which only those beside them see; and what steps hold.

use lsp_types::GotoDefinitionParams;

use super::{asked, cursor, open, place, session};
use crate::completion::completion;
use crate::naming;

const BASE: &str = "\
workflow: 1
name: a
defaults: {host: SALES, pool: {lines: 2}, lock: drive-M}
steps:
  - id: send
    uses: exec
    with: {argv: [a]}
    rescue:
      - {id: known, uses: exec, with: {argv: [b]}}
      - id: tell
        needs: [known]
        uses: assert
        with: {that: \"${{ steps.known.changed }}\"}
  - {id: known, uses: exec, pool: {lines: 2, disks: 1}, lock: [other, host], with: {argv: [c]}}
  - {id: last, uses: assert, with: {that: \"${{ steps.known.changed }}\"}}
finally:
  - {id: known, uses: assert, with: {that: \"${{ steps.known.changed }}\"}}
  - {id: end, uses: assert, with: {that: \"${{ steps.known.changed }}\"}}
";

const VARIANT: &str = "\
workflow: 1
name: b
extends: a.yaml
patch:
  steps:
    - {id: send.rescue.known, doc: one}
    - {id: send, rescue: [{id: more, $after: known, uses: assert, with: {that: true}}]}
    - {id: known, doc: two}
  finally:
    - {id: known, doc: three}
";

/// The byte of one of the places where a text says a word.
fn nth(text: &str, word: &str, n: usize) -> usize {
    text.match_indices(word).nth(n).expect("it says so").0
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[test]
fn a_name_leads_to_the_step_that_is_seen_from_there() {
    let mut session = session(&[("a.yaml", BASE), ("b.yaml", VARIANT)]);
    // Which `known` it is, by its line.
    let table: [(&str, &str, &[usize]); 2] = [
        ("a.yaml", BASE, &[9, 9, 9, 14, 14, 17, 14, 17]),
        ("b.yaml", VARIANT, &[9, 9, 14, 17]),
    ];
    for (file, text, lines) in table {
        open(&mut session, file, text);
        for (n, wanted) in lines.iter().enumerate() {
            let at = nth(text, "known", n);
            let (_, position) = cursor(&session, &format!("{}|{}", &text[..at], &text[at..]));
            let asked = GotoDefinitionParams {
                text_document_position_params: place(file, position),
                work_done_progress_params: Default::default(),
                partial_result_params: Default::default(),
            };
            let told = serde_json::json!(naming::definition(&session, asked));
            let line = told[0]["range"]["start"]["line"].as_u64();
            let here = line_of(text, at);
            assert_eq!(line, Some(*wanted as u64 - 1), "{file}:{here}: {told}");
            assert_eq!(told.as_array().map(Vec::len), Some(1), "{file}:{here}");
        }
    }
}

#[test]
fn a_group_that_is_called_finally_is_not_what_runs_last() {
    let text = "\
workflow: 1
name: a
steps:
  - id: finally
    steps:
      - {id: tell, uses: assert, with: {that: true}}
      - {id: one, needs: [tell], uses: assert, with: {that: true}}
finally:
  - {id: tell, uses: assert, with: {that: true}}
  - {id: two, needs: [tell], uses: assert, with: {that: true}}
";
    let mut session = session(&[("a.yaml", text)]);
    open(&mut session, "a.yaml", text);
    for (n, line) in [6, 6, 9, 9].into_iter().enumerate() {
        let at = nth(text, "tell", n);
        let (_, position) = cursor(&session, &format!("{}|{}", &text[..at], &text[at..]));
        let asked = GotoDefinitionParams {
            text_document_position_params: place("a.yaml", position),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let told = serde_json::json!(naming::definition(&session, asked));
        let places = told.as_array().expect("a list").iter();
        let lines: Vec<_> = places
            .map(|one| one["range"]["start"]["line"].as_u64())
            .collect();
        assert_eq!(lines, [Some(line - 1)], "{n}");
    }
}

fn offered(file: &str, marked: &str) -> Vec<String> {
    let mut session = session(&[("a.yaml", BASE)]);
    let (text, position) = cursor(&session, marked);
    open(&mut session, file, &text);
    let answer = completion(&session, asked(file, position));
    let told = serde_json::json!(answer);
    let items = told.as_array().expect("a list").iter();
    items
        .filter_map(|item| Some(item["label"].as_str()?.to_owned()))
        .collect()
}

#[test]
fn steps_that_rescue_or_come_last_are_offered_beside_them_only() {
    let table: [(&str, &str, &[&str]); 7] = [
        (
            "{id: last,",
            "{id: last, when: steps.|,",
            &["known", "send"],
        ),
        ("{id: last,", "{id: last, since: |,", &["known", "send"]),
        (
            "{id: end,",
            "{id: end, when: steps.|,",
            &["known", "last", "send"],
        ),
        ("{id: end,", "{id: end, needs: [|],", &["known"]),
        (
            "      - id: tell\n",
            "      - id: tell\n        when: steps.|\n",
            &["known", "last"],
        ),
        (
            "{id: last,",
            "{id: last, when: steps.send.|,",
            &["outputs", "changed", "status", "started", "ended"],
        ),
        ("needs: [known]", "needs: [|]", &["known"]),
    ];
    for (old, new, wanted) in table {
        assert_eq!(
            offered("a.yaml", &BASE.replacen(old, new, 1)),
            wanted,
            "{new}"
        );
    }
}

#[test]
fn a_patch_reaches_into_a_rescue_and_into_what_comes_last() {
    let head = "workflow: 1\nname: b\nextends: a.yaml\npatch:\n";
    let table: [(&str, &[&str]); 5] = [
        (
            "  steps: [{id: |}]",
            &[
                "send",
                "send.rescue.known",
                "send.rescue.tell",
                "known",
                "last",
            ],
        ),
        ("  finally: [{id: |}]", &["known", "end"]),
        (
            "  steps: [{id: send, rescue: [{id: |}]}]",
            &["known", "tell"],
        ),
        (
            "  steps: [{id: send, rescue: [{id: n, $after: |}]}]",
            &["known", "tell"],
        ),
        (
            "  steps: [{id: send.rescue.n, $after: |}]",
            &["known", "tell"],
        ),
    ];
    for (patch, wanted) in table {
        assert_eq!(
            offered("b.yaml", &format!("{head}{patch}\n")),
            wanted,
            "{patch}"
        );
    }
}

#[test]
fn pools_and_locks_that_are_named_already_are_offered() {
    let table: [(&str, &[&str]); 5] = [
        ("pool: {|}", &["lines", "disks"]),
        ("pool: {lines: 2, |}", &["disks"]),
        ("lock: |", &["host", "none", "drive-M", "other"]),
        ("lock: [|]", &["drive-M", "other"]),
        ("lock: [other, |]", &["drive-M", "other"]),
    ];
    for (said, wanted) in table {
        let said = format!("  - {{id: new, uses: exec, {said}, with: {{argv: [a]}}}}\nfinally:");
        assert_eq!(
            offered("a.yaml", &BASE.replace("finally:", &said)),
            wanted,
            "{said}"
        );
    }
    let patch = "workflow: 1\nname: b\nextends: a.yaml\npatch:\n  steps: [{id: last, pool: {|}}]\n";
    let found = offered("b.yaml", patch);
    assert!(
        found.starts_with(&["lines".to_owned(), "disks".to_owned()]),
        "{found:?}"
    );
}
