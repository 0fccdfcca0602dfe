//! Pools and locks are found and renamed wherever they are named.

use lsp_types::{GotoDefinitionParams, GotoDefinitionResponse};

use super::{cursor, labels, open, place, renaming, session};
use crate::naming;

const BASE: &str = "\
workflow: 1
name: base
defaults: {pool: {lines: 2}, lock: drive-M}
steps:
  - {id: a, lock: [drive-M, files], uses: exec, host: SALES, with: {argv: [lines]}}
  - {id: b, pool: {lines: 2, more: 1}, lock: host, uses: exec, host: SALES, with: {argv: [drive-M]}}
";

const VARIANT: &str = "\
workflow: 1
name: variant
extends: base.yaml
patch:
  steps:
    - {id: a, lock: {$append: [drive-M]}, pool: {$replace: {lines: 2}}}
";

const SITE: &str = "\
site: 1
name: small
hosts:
  SALES: {exclusive: drive-M, vars: {drive: drive-M}}
";

const OVER: &str = "\
overlay: 1
name: over
site: {hosts: {SALES: {exclusive: drive-M}}}
";

const FILES: [(&str, &str); 4] = [
    ("base.yaml", BASE),
    ("variant.yaml", VARIANT),
    ("sites/lab.yaml", SITE),
    ("over.yaml", OVER),
];

/// The files and lines in which a rename of what stands at the `|` changes something.
fn renamed(name: &str, marked: &str, to: &str) -> Result<Vec<String>, String> {
    let files = renaming(&mut session(&FILES), (name, marked), to)?;
    let mut lines = Vec::new();
    for (path, edits) in files {
        let of_file = edits.iter().map(|edit| edit.range.start.line + 1);
        lines.extend(of_file.map(|line| format!("{}:{line}", &path[3..])));
    }
    Ok(lines)
}

#[test]
fn a_pool_is_renamed_wherever_steps_take_places_of_it() {
    let wanted = ["base.yaml:3", "base.yaml:6", "variant.yaml:6"];
    let marked = BASE.replacen("pool: {lines", "pool: {li|nes", 1);
    assert_eq!(renamed("base.yaml", &marked, "wires").unwrap(), wanted);
    let marked = VARIANT.replace("{lines", "{li|nes");
    assert_eq!(renamed("variant.yaml", &marked, "wires").unwrap(), wanted);
}

#[test]
fn a_lock_is_renamed_in_steps_and_where_hosts_share_it() {
    let wanted = [
        "base.yaml:3",
        "base.yaml:5",
        "over.yaml:3",
        "sites/lab.yaml:4",
        "variant.yaml:6",
    ];
    let marked = BASE.replacen("drive-M", "drive-|M", 1);
    assert_eq!(renamed("base.yaml", &marked, "drive-N").unwrap(), wanted);
    let marked = SITE.replacen("drive-M", "drive-|M", 1);
    assert_eq!(renamed("sites/lab.yaml", &marked, "N").unwrap(), wanted);
}

#[test]
fn a_name_that_another_has_or_that_is_a_word_is_refused() {
    let lock = BASE.replacen("drive-M", "drive-|M", 1);
    for taken in ["files", "host", "none"] {
        let told = renamed("base.yaml", &lock, taken).unwrap_err();
        assert!(told.contains(taken), "{told}");
    }
    let pool = BASE.replacen("more", "mo|re", 1);
    let told = renamed("base.yaml", &pool, "lines").unwrap_err();
    assert!(told.contains("lines"), "{told}");
}

#[test]
fn the_places_that_name_a_lock_are_where_it_is_defined() {
    let mut session = session(&FILES);
    let marked = VARIANT.replace("drive-M", "drive-|M");
    let (text, position) = cursor(&session, &marked);
    open(&mut session, "variant.yaml", &text);
    let asked = GotoDefinitionParams {
        text_document_position_params: place("variant.yaml", position),
        work_done_progress_params: Default::default(),
        partial_result_params: Default::default(),
    };
    let Some(GotoDefinitionResponse::Array(places)) = naming::definition(&session, asked) else {
        panic!("places");
    };
    assert_eq!(places.len(), 5, "{places:?}");
}

#[test]
fn a_site_is_offered_the_locks_of_steps() {
    let mut session = session(&FILES);
    let marked = SITE.replace("exclusive: drive-M", "exclusive: |");
    assert_eq!(labels(&mut session, &marked), ["drive-M", "files"]);
    let step = "workflow: 1\nname: c\nsteps:\n  - {id: a, lock: [|]}\n";
    assert_eq!(labels(&mut session, step), ["drive-M", "files"]);
}
