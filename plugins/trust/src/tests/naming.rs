//! A file is one plugin by whatever path it is named, and the strictest word about it holds.

use std::path::Path;

use runsheet_diagnostics::source::Sources;
use runsheet_language::plugins::{Isolation, NamedPlugin, plugins_of_site};

use super::{command, entries};
use crate::user::User;

fn named(sources: &mut Sources, name: &str, plugin: &str) -> Vec<NamedPlugin> {
    let text = format!("site: 1\nplugins: {{shelf: {plugin}}}\n");
    let source = sources.add(name.to_owned(), text);
    plugins_of_site(source, &[], sources)
}

/// What holds of the one plugin that a person's own file and others name; `-` names none.
#[track_caller]
fn merged(own: &str, others: &[&str]) -> Option<Isolation> {
    let mut sources = Sources::default();
    let mut user = User::default();
    if own != "-" {
        user.file = Some("/nowhere/config.yaml".into());
        user.plugins = named(&mut sources, "/nowhere/config.yaml", own);
    }
    let mut all = Vec::new();
    for (number, other) in others.iter().enumerate() {
        all.extend(named(&mut sources, &format!("{number}.yaml"), other));
    }
    let entries = entries(&user, Path::new("/nowhere"), &all, &sources);
    assert_eq!(entries.len(), 1, "{own} {others:?}");
    entries[0].isolation
}

#[test]
fn a_file_that_two_paths_lead_to_is_named_once() {
    let whole = format!("p/../{}", crate::file::of(Path::new("shelf")).display());
    assert_eq!(
        merged("./shelf", &["shelf", &whole, "/nowhere/shelf"]),
        None
    );
}

#[test]
fn the_strictest_word_holds_and_nobody_loosens_what_a_person_left_open() {
    let none = "{file: shelf, isolation: none}";
    let process = "{file: ./shelf, isolation: process}";
    let (is_none, is_apart) = (Some(Isolation::None), Some(Isolation::Process));
    for (own, others, holds) in [
        ("-", &["shelf", none][..], is_none),
        ("-", &[none, process], is_apart),
        ("-", &[process, none], is_apart),
        ("shelf", &[none], None),
        (none, &["shelf"], is_none),
        (none, &[process], is_apart),
    ] {
        assert_eq!(merged(own, others), holds, "{own} {others:?}");
    }
}

#[test]
fn the_command_that_takes_a_plugin_names_the_file_where_another_lock_holds() {
    let root = std::env::temp_dir().join(format!("runsheet-naming-{}", std::process::id()));
    std::fs::create_dir_all(root.join("my site")).expect("room");
    let mut sources = Sources::default();
    let mut all = named(&mut sources, "here.yaml", "a/shelf");
    all.extend(named(&mut sources, "my site/there.yaml", "shelf"));
    let user = User::default();
    let takes = || -> Vec<String> {
        let entries = entries(&user, &root, &all, &sources).into_iter();
        entries.map(|entry| entry.take).collect()
    };
    let apart = takes();
    std::fs::write(root.join("runsheet.lock"), "lock: 1\n").expect("room");
    let shared = takes();
    std::fs::remove_dir_all(&root).expect("it is there");
    let there = command("my site/shelf");
    assert_eq!(there, "runsheet plugin add \"my site/shelf\"");
    let with_file = format!("{there} -w \"my site/there.yaml\"");
    assert_eq!(apart, [command("a/shelf"), with_file]);
    assert_eq!(shared, [command("a/shelf"), there]);
}
