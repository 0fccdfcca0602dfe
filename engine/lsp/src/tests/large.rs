//! Large files: what is told at once, and what is told when the whole was read.

use lsp_types::{Diagnostic, NumberOrString, Range, TextDocumentContentChangeEvent};

use super::{SITE, open, session};
use crate::near::LARGE;
use crate::position::Text;
use crate::session::Session;

const STEPS: usize = 1_000;

fn text() -> String {
    let head = "workflow: 1\nname: large\ninputs:\n  dx: {type: host, default: SALES}\nsteps:\n";
    let step = |n: usize| {
        format!(
            "  - id: send-{n}\n    doc: what is sent by hand, number {n}\n    uses: exec\n    \
             host: ${{{{ inputs.dx }}}}\n    with: {{argv: [reqmain]}}\n  - id: sure-{n}\n    \
             when: steps.send-{n}.changed\n    uses: assert\n    with: {{that: true}}\n"
        )
    };
    (0..STEPS).fold(head.to_owned(), |text, n| text + &step(n))
}

/// Types in place of the first `from` behind a step's id; gives what is shown at once.
fn typed(session: &mut Session, step: &str, from: &str, to: &str) -> Vec<Diagnostic> {
    let text = session.store.text("/w/a.yaml").unwrap();
    let behind = text.get().find(&format!("id: {step}\n")).unwrap();
    let at = behind + text.get()[behind..].find(from).unwrap();
    let range: Range = text.places(&(at..at + from.len()), session.encoding);
    let change = TextDocumentContentChangeEvent {
        range: Some(range),
        range_length: None,
        text: to.to_owned(),
    };
    let shown = session.change("/w/a.yaml", &[change], 2);
    shown.into_iter().flat_map(|one| one.diagnostics).collect()
}

fn opened() -> Session {
    let mut session = session(&[("sites/lab.yaml", SITE)]);
    let text = text();
    assert!(text.len() > LARGE);
    let shown = open(&mut session, "a.yaml", &text);
    assert!(shown.iter().all(|one| one.diagnostics.is_empty()));
    session
}

/// What a session shows that opens the text as it is now.
fn cold(session: &Session) -> Vec<Diagnostic> {
    let text: Text = session.store.text("/w/a.yaml").unwrap();
    let mut fresh = super::session(&[("sites/lab.yaml", SITE)]);
    let shown = open(&mut fresh, "a.yaml", text.get());
    shown.into_iter().flat_map(|one| one.diagnostics).collect()
}

/// What is told where, without what was perhaps meant: that may be anywhere in the file.
fn places(all: &[Diagnostic]) -> Vec<(Range, Option<NumberOrString>)> {
    all.iter()
        .map(|one| (one.range, one.code.clone()))
        .collect()
}

#[test]
fn a_slip_is_told_at_once_as_the_whole_file_would_tell_it() {
    let slips = [
        ("send-700", "uses: exec", "uses: exce"),
        ("send-700", "argv", "argw"),
        ("send-3", "inputs.dx", "inputs.dy"),
        ("sure-999", "changed", "chnged"),
        ("sure-0", "when", "wen"),
        ("sure-500", "steps.send-500", "steps.nowhere"),
    ];
    for (step, from, to) in slips {
        let mut session = opened();
        let shown = typed(&mut session, step, from, to);
        let cold = cold(&session);
        assert!(!cold.is_empty(), "{to} is a slip");
        assert_eq!(places(&shown), places(&cold), "{to}");
    }
}

#[test]
fn what_is_no_yaml_is_told_at_once_in_the_words_that_the_whole_file_gets() {
    let slips = [
        ("send-700", "uses: exec", "uses:exec"),
        ("send-700", "with: {", "with {"),
        ("send-700", "with: {", "with: '{"),
        ("sure-3", "with: {that: true}", "with: {that: true"),
        ("send-699", "- id: sure-699", "id: sure-699"),
        ("send-699", "- id: sure-699", "x- id: sure-699"),
    ];
    let long = text() + &"# a line that says nothing\n".repeat(12_000);
    for (step, from, to) in slips {
        let mut session = session(&[("sites/lab.yaml", SITE)]);
        open(&mut session, "a.yaml", &long);
        let shown = typed(&mut session, step, from, to);
        let cold = cold(&session);
        assert!(!cold.is_empty(), "{to} is a slip");
        assert_eq!(shown, cold, "{to}");
    }
}

#[test]
fn a_step_that_loses_its_name_is_missed_at_once_where_it_is_named() {
    let mut session = opened();
    let shown = typed(&mut session, "send-700", "send-700", "send-xyz");
    let cold = cold(&session);
    assert_eq!(places(&shown), places(&cold));
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(typed(&mut session, "send-xyz", "send-xyz", "send-700").is_empty());
}

#[test]
fn what_was_told_elsewhere_moves_with_its_bytes_and_goes_when_it_is_mended() {
    let mut session = opened();
    let first = typed(&mut session, "send-700", "uses: exec", "uses: exce");
    let line = first[0].range.start.line;
    let more = typed(
        &mut session,
        "send-3",
        "what is sent",
        "\n      what is sent",
    );
    assert_eq!(more.len(), 1, "{more:?}");
    assert_eq!(more[0].range.start.line, line + 1);
    assert!(typed(&mut session, "send-700", "exce", "exec").is_empty());
}

#[test]
fn when_the_whole_was_read_nothing_is_told_that_is_known() {
    let mut session = opened();
    let shown = typed(&mut session, "send-4", "send-4", "send-4-x");
    let job = session.next_job().unwrap();
    assert!(!session.is_waiting());
    assert!(session.take(job.perform()).is_empty());
    assert_eq!(shown, cold(&session));
    assert_eq!(shown.len(), 1);
}

#[test]
fn when_the_whole_was_read_nothing_stays_that_is_not_so() {
    let mut session = opened();
    // The head is for all steps, which are not looked at at once.
    let text = session.store.text("/w/a.yaml").unwrap();
    let at = text.get().find("dx:").unwrap();
    let place = text.place(at, session.encoding);
    let change = TextDocumentContentChangeEvent {
        range: Some(Range::new(place, place)),
        range_length: None,
        text: "a".to_owned(),
    };
    session.change("/w/a.yaml", &[change], 3);
    let job = session.next_job().unwrap();
    let shown = session.take(job.perform());
    let shown: Vec<Diagnostic> = shown.into_iter().flat_map(|one| one.diagnostics).collect();
    assert_eq!(shown, cold(&session));
    assert!(!shown.is_empty());
}

#[test]
fn what_was_found_in_an_older_text_is_not_shown() {
    let mut session = opened();
    typed(&mut session, "send-4", "doc", "dac");
    let job = session.next_job().unwrap();
    let change = TextDocumentContentChangeEvent {
        range: Some(Range::default()),
        range_length: None,
        text: "# more\n".to_owned(),
    };
    session.change("/w/a.yaml", &[change], 3);
    assert!(session.take(job.perform()).is_empty());
    assert!(session.is_waiting());
}

#[test]
fn a_yaml_file_of_somebody_else_is_left_alone() {
    let mut session = session(&[]);
    let shown = open(
        &mut session,
        "compose.yaml",
        "services:\n  web: {image: x}\n",
    );
    assert!(shown.iter().all(|one| one.diagnostics.is_empty()));
}

#[test]
fn nobody_who_types_in_a_small_file_waits_for_its_large_dependents() {
    let library = "workflow: 1\ndefine:\n  twice:\n    steps: [{id: one, uses: assert, with: {that: true}}]\n";
    let large = text().replacen("inputs:", "include: [lib.yaml]\ninputs:", 1)
        + "  - {id: called, uses: lib.twice}\n";
    let closed = large.replacen("name: large", "name: closed", 1);
    let mut session = session(&[
        ("lib.yaml", library),
        ("a.yaml", ""),
        ("closed.yaml", &closed),
        ("sites/lab.yaml", SITE),
    ]);
    open(&mut session, "a.yaml", &large);
    open(&mut session, "lib.yaml", library);
    while let Some(job) = session.next_job() {
        session.take(job.perform());
    }
    let other = library.replacen("twice", "thrice", 1);
    let at_once = open(&mut session, "lib.yaml", &other);
    let names: Vec<&str> = at_once.iter().map(|one| one.uri.as_str()).collect();
    assert_eq!(names, ["file:///w/lib.yaml"], "only itself is told at once");
    let mut later = Vec::new();
    while let Some(job) = session.next_job() {
        let shown = session.take(job.perform()).into_iter();
        later.extend(shown.filter(|one| !one.diagnostics.is_empty()));
    }
    let names: Vec<&str> = later.iter().map(|one| one.uri.as_str()).collect();
    assert_eq!(names, ["file:///w/a.yaml", "file:///w/closed.yaml"]);
}
