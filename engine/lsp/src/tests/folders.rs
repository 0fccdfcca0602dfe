//! Which files there are: with folders open and without, and with a mark before their first key.

use super::{SITE, labels, open, session};
use crate::session::Session;

const BASE: &str = "\
workflow: 1
name: base
steps:
  - {id: one, uses: exec, host: SALES, with: {argv: [ls]}}
";

const OVER: &str = "\
overlay: 1
name: over
applies_to: [base]
patch: {steps: [{id: on, timeout: 5m}]}
";

/// The codes of what is told of an overlay when it is opened.
fn of_overlay(session: &mut Session, name: &str) -> Vec<String> {
    let published = open(session, name, OVER);
    let told = published.iter().flat_map(|one| &one.diagnostics);
    let codes = told.filter_map(|one| one.code.clone());
    codes.map(|code| format!("{code:?}")).collect()
}

#[test]
fn without_a_folder_a_save_forgets_no_file() {
    let mut session = session(&[("a/base.yaml", BASE), ("a/sites/lab.yaml", SITE)]);
    session.folders.clear();
    assert_eq!(of_overlay(&mut session, "a/over.yaml").len(), 1);
    open(&mut session, "b/other.yaml", BASE);
    let known = |session: &Session| {
        let files: Vec<String> = session.store.files().map(str::to_owned).collect();
        files
    };
    let all = known(&session);
    let named = |name: &str| all.iter().any(|path| path.ends_with(name));
    assert!(named("a/base.yaml") && named("a/sites/lab.yaml"), "{all:?}");
    session.look_again();
    assert_eq!(known(&session), all);
    assert_eq!(session.of_sites("hosts").len(), 2);
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_file() {
    let marked = |text: &str| format!("\u{feff}{text}");
    let mut session = session(&[("base.yaml", &marked(BASE)), ("lab.yaml", &marked(SITE))]);
    assert_eq!(
        of_overlay(&mut session, "over.yaml").len(),
        1,
        "a closed base"
    );
    assert_eq!(session.of_sites("hosts").len(), 2, "a closed site");
    let wrong = marked(&BASE.replacen("exec", "exce", 1));
    let published = open(&mut session, "base.yaml", &wrong);
    let told: usize = published.iter().map(|one| one.diagnostics.len()).sum();
    assert!(told > 0, "an open workflow");
    let offered = labels(&mut session, &marked("workflow: 1\nname: a\n|"));
    assert!(offered.contains(&"steps".to_owned()), "{offered:?}");
    assert!(!offered.contains(&"workflow".to_owned()), "{offered:?}");
}
