//! Plugins that no workflow could use, or not together, are told of before they are taken.

use std::path::Path;
use std::process::Command;

use runsheet_cli::exit::Exit;

use crate::desk::{Desk, Outcome, Person};

/// A library that describes itself so, in C, as `p/NAME`.
fn library(desk: &Desk, name: &str, description: &str) {
    std::fs::create_dir_all(desk.path("p")).expect("room");
    let escaped = description.replace('\\', "\\\\").replace('"', "\\\"");
    let source = format!(
        "#include \"runsheet_kit.h\"\n\
         static void think(rsj_writer *out, const rsk_step *step) {{\n    \
             (void)step;\n    rsk_done(out, 0);\n    rsk_close(out);\n}}\n\
         static int32_t turn(runsheet_str message, runsheet_buf *answer) {{\n    \
             return rsk_turn(message, answer, think);\n}}\n\
         RSK_PLUGIN(\"{escaped}\", .turn = turn)\n"
    );
    desk.write("p/plugin.c", &source);
    let (before, after) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/abi/include");
    let built = Command::new("cc")
        .args(["-std=c99", "-w", "-shared", "-fPIC", "-I"])
        .arg(include)
        .arg("-o")
        .arg(desk.path(&format!("p/{before}{name}{after}")))
        .arg(desk.path("p/plugin.c"))
        .status();
    assert!(built.expect("there is a C compiler").success());
}

/// The plugin of a name, with one kind.
fn with_kind(name: &str, kind: &str) -> String {
    format!(
        r#"{{"name": "{name}", "version": "1.0.0", "summary": "it looks", "steps": [
        {{"kind": "{kind}", "acts": "never", "shape": {{"summary": "it looks"}}}}]}}"#
    )
    .replace('\n', " ")
}

fn run(desk: &Desk, command: &str) -> Outcome {
    desk.run(command, Person::Nobody)
}

#[track_caller]
fn refused(desk: &Desk, command: &str, words: &[&str]) {
    let outcome = run(desk, command);
    assert_eq!(outcome.exit, Exit::Failed, "{}", outcome.data);
    for word in words {
        assert!(outcome.talk.contains(word), "{}", outcome.talk);
    }
}

#[test]
fn a_plugin_that_no_workflow_could_use_is_not_taken() {
    let desk = Desk::new("unfit");
    for (kind, words) in [
        (
            "exec",
            [
                "brings the kind `exec`",
                "which Runsheet has itself",
                "call it otherwise",
            ],
        ),
        (
            "No Kind",
            [
                "`No Kind` is no name for a kind",
                "small letters",
                "`describe`",
            ],
        ),
    ] {
        library(&desk, "look", &with_kind("look", kind));
        refused(&desk, "plugin add p/look", &words);
    }
    library(&desk, "look", r#"{"name": "look"}"#);
    refused(
        &desk,
        "plugin add p/look",
        &["asked what it is", "missing field `version`"],
    );
    assert!(!desk.path("runsheet.lock").exists());
}

#[test]
fn plugins_that_cannot_be_named_together_are_told_of_wherever_one_asks() {
    let desk = Desk::new("contested");
    library(&desk, "one", &with_kind("one", "look"));
    library(&desk, "two", &with_kind("two", "look"));
    assert_eq!(run(&desk, "plugin add p/one").exit, Exit::Done);
    let added = run(&desk, "plugin add p/two").data;
    let told = "the plugin one of that lock brings the kind look too";
    assert!(added.contains(told), "{added}");
    let workflow = |plugins: &str| {
        format!(
            "workflow: 1\nname: w\nplugins: {plugins}\nsteps:\n  - {{id: a, uses: look, host: A}}\n"
        )
    };
    desk.write("both.yaml", &workflow("{one: p/one, two: p/two}"));
    for command in [
        "check both.yaml",
        "plugin verify both.yaml",
        "plugin list both.yaml",
        "explain look -w both.yaml",
    ] {
        refused(&desk, command, &["plugin-clash", "both.yaml:3:"]);
    }
    // Each by itself is well.
    desk.write("both.yaml", &workflow("{one: p/one}"));
    desk.write("other.yaml", &workflow("{two: p/two}"));
    assert_eq!(run(&desk, "plugin verify").exit, Exit::Done);
}

#[test]
fn a_plugin_that_workflow_and_site_name_by_a_copy_each_is_one_plugin() {
    let desk = Desk::new("copies");
    library(&desk, "one", &with_kind("one", "look"));
    assert_eq!(run(&desk, "plugin add p/one").exit, Exit::Done);
    std::fs::create_dir_all(desk.path("q")).expect("room");
    for file in std::fs::read_dir(desk.path("p")).expect("it is there") {
        let file = file.expect("it is there");
        let copy = desk.path("q").join(file.file_name());
        std::fs::copy(file.path(), copy).expect("room");
    }
    let steps = "steps:\n  - {id: a, uses: look, host: A}\n";
    let workflow = format!("workflow: 1\nname: w\nplugins: {{one: p/one}}\n{steps}");
    desk.write("w.yaml", &workflow);
    let site = "site: 1\nname: s\nplugins: {one: q/one}\nhosts: {A: {}}\n";
    desk.write("site.yaml", site);
    let check = "check w.yaml --site site.yaml";
    let outcome = run(&desk, check);
    assert_eq!(outcome.exit, Exit::Done, "{}", outcome.talk);
}

#[test]
fn another_plugin_of_the_same_name_and_version_is_not_taken_without_a_word() {
    let desk = Desk::new("another");
    library(&desk, "one", &with_kind("one", "look"));
    library(&desk, "other", &with_kind("one", "see"));
    assert_eq!(run(&desk, "plugin add p/one").exit, Exit::Done);
    let added = run(&desk, "plugin add p/other").data;
    let told = "in the place of another 1.0.0";
    assert!(added.contains(told), "{added}");
}

#[test]
fn the_kinds_of_the_plugins_of_a_site_are_explained_where_that_site_is_named() {
    let desk = Desk::new("of-a-site");
    library(&desk, "one", &with_kind("one", "look"));
    assert_eq!(run(&desk, "plugin add p/one").exit, Exit::Done);
    let workflow = "workflow: 1\nname: w\nsteps:\n  - {id: a, uses: look, host: A}\n";
    desk.write("w.yaml", workflow);
    desk.write(
        "site.yaml",
        "site: 1\nname: s\nplugins: {one: p/one}\nhosts: {A: {}}\n",
    );
    let told = run(&desk, "explain look -w w.yaml --site site.yaml");
    assert!(told.data.starts_with("look: it looks"), "{}", told.talk);
    refused(&desk, "explain look -w w.yaml", &["there is no kind"]);
}

/// What a workflow that names plugins so is told.
fn told_of(desk: &Desk, plugins: &str) -> String {
    let steps = "steps:\n  - {id: a, uses: look, host: A}\n";
    desk.write(
        "w.yaml",
        &format!("workflow: 1\nname: w\n{plugins}\n{steps}"),
    );
    let outcome = run(desk, "check w.yaml");
    assert_eq!(outcome.exit, Exit::Failed, "{plugins}");
    outcome.talk
}

#[test]
fn what_follows_from_a_plugin_that_cannot_be_read_is_not_told_beside_it() {
    let desk = Desk::new("misread");
    library(&desk, "one", &with_kind("one", "look"));
    for (plugins, code) in [
        ("plugins: [p/one]", "wrong-type"),
        ("plugins: p/one", "wrong-type"),
        ("plugins: {one: }", "wrong-type"),
        ("plugins: {one: ''}", "wrong-type"),
        ("plugins: {one: {isolation: process}}", "missing-key"),
        ("plugin: {one: p/one}", "unknown-key"),
        ("plugins: {one: p/one}", "plugin-missing"),
    ] {
        let told = told_of(&desk, plugins);
        assert!(told.contains(code), "{told}");
        assert!(!told.contains("unknown-kind"), "{told}");
    }
    let told = told_of(&desk, "plugins: {}");
    assert!(told.contains("unknown-kind"), "{told}");
}

#[test]
fn a_misspelt_path_is_mended_as_it_is_seen_from_its_own_file() {
    let desk = Desk::new("misspelt");
    library(&desk, "books", &with_kind("books", "look"));
    let steps = "steps:\n  - {id: a, uses: look, host: A}\n";
    let text = format!("workflow: 1\nname: w\nplugins: {{books: ../p/boks}}\n{steps}");
    std::fs::create_dir_all(desk.path("deep")).expect("room");
    desk.write("deep/w.yaml", &text);
    assert_eq!(run(&desk, "plugin add p/books").exit, Exit::Done);
    refused(&desk, "check deep/w.yaml", &["did you mean `../p/books`?"]);
    let mended = run(&desk, "check deep/w.yaml --fix");
    assert_eq!(mended.exit, Exit::Done, "{}", mended.talk);
}
