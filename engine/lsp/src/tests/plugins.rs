//! The kinds of plugins that a file names are kinds like all others, and no other file's.

use std::sync::Arc;

use runsheet_step::Catalogue;

use super::{labels, open, session};
use crate::session::Session;

/// A session in which the plugin `shelf` brings the kind `exec`.
fn with_plugins() -> Session {
    let linked = runsheet_site::fill(Catalogue::default()).step(runsheet_assert::Kind);
    let none = Arc::new(linked.clone());
    let shelf = Arc::new(linked.step(runsheet_exec::Kind));
    let mut session = session(&[]);
    session.catalogue = Arc::clone(&none);
    session.store.plugins = Some(Arc::new(move |named, sources, _| {
        let is_there = |path: String| path == "/w/p/shelf";
        let there = named.iter().any(|one| is_there(one.path(sources)));
        Arc::clone(if there { &shelf } else { &none })
    }));
    session
}

const STEP: &str = "steps:\n  - {id: a, uses: exec, host: SALES, with: {argv: [dir]}}\n";

#[test]
fn a_kind_of_a_plugin_is_completed_where_the_plugin_is_named() {
    let plugins = "plugins: {shelf: p/shelf}\n";
    let before = "workflow: 1\nname: a\n";
    let step = "steps:\n  - {id: a, uses: |}\n";
    let mut session = with_plugins();
    let with = labels(&mut session, &format!("{before}{plugins}{step}"));
    assert!(with.iter().any(|label| label == "exec"), "{with:?}");
    let without = labels(&mut session, &format!("{before}{step}"));
    assert!(!without.iter().any(|label| label == "exec"), "{without:?}");
    assert!(without.iter().any(|label| label == "assert"), "{without:?}");
}

#[test]
fn a_kind_of_a_plugin_is_known_to_the_file_that_names_it_alone() {
    let mut session = with_plugins();
    let named = format!("workflow: 1\nname: a\nplugins: {{shelf: p/shelf}}\n{STEP}");
    let told = open(&mut session, "a.yaml", &named);
    let told: Vec<_> = told.iter().flat_map(|one| &one.diagnostics).collect();
    assert!(
        told.iter().all(|one| !one.message.contains("no kind")),
        "{told:?}"
    );
    let told = open(
        &mut session,
        "b.yaml",
        &format!("workflow: 1\nname: b\n{STEP}"),
    );
    let told: Vec<_> = told.iter().flat_map(|one| &one.diagnostics).collect();
    assert!(
        told.iter()
            .any(|one| one.message.contains("no kind `exec`")),
        "{told:?}"
    );
}
