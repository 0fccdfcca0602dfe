//! Files that were made to harm whoever reads them: each is refused by a process that may have no
//! more than 200 MB, with a place and a reason.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::desk;
use super::desk::Desk;

/// The most memory a process may have, in KiB.
const MOST: u32 = 204_800;

/// A workflow but for its last key.
const HEAD: &str = "workflow: 1\nname: small\n";

/// Runs a command in so much memory; its words are parted by spaces.
fn run(desk: &Desk, command: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_runsheet");
    Command::new("sh")
        .args(["-c", &format!("ulimit -v {MOST}; exec {program} {command}")])
        .current_dir(desk.path(""))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .expect("there is a shell")
}

/// That a command is refused, and why, in some words of it.
#[track_caller]
fn refused(desk: &Desk, command: &str, why: &str) {
    let ended = run(desk, command);
    let talk = String::from_utf8_lossy(&ended.stderr);
    let start: String = talk.chars().take(2000).collect();
    assert_eq!(ended.status.code(), Some(1), "{command}: {start}");
    assert!(talk.contains(why), "{command}: {start}");
}

/// That a command ends well.
#[track_caller]
fn accepted(desk: &Desk, command: &str) {
    let ended = run(desk, command);
    let talk = String::from_utf8_lossy(&ended.stderr);
    let start: String = talk.chars().take(2000).collect();
    assert_eq!(ended.status.code(), Some(0), "{command}: {start}");
}

/// That a command ends by itself, well or not.
#[track_caller]
fn survived(name: &str, text: &str, commands: &[&str]) {
    let desk = desk(&format!("hostile-{name}"));
    desk.write("bad.yaml", text);
    for command in commands {
        let ended = run(&desk, command);
        let talk = String::from_utf8_lossy(&ended.stderr);
        let start: String = talk.chars().take(2000).collect();
        let code = ended.status.code();
        assert!(matches!(code, Some(0 | 1)), "{name}: {command}: {start}");
    }
}

/// That a text is refused as a workflow, a site, an overlay and a file of inputs.
#[track_caller]
fn refused_everywhere(name: &str, text: &[u8], why: &str) {
    let desk = desk(&format!("hostile-{name}"));
    std::fs::write(desk.path("bad.yaml"), text).expect("room");
    for command in [
        "check bad.yaml",
        "check small.yaml --site bad.yaml",
        "check small.yaml --overlay bad.yaml",
        "plan small.yaml --site here.yaml --inputs bad.yaml",
        "fmt bad.yaml",
    ] {
        refused(&desk, command, why);
    }
}

#[test]
fn a_million_laughs_are_refused() {
    let mut text = "x0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
    for n in 1..40 {
        let row = vec![format!("*x{}", n - 1); 10].join(", ");
        let _ = writeln!(text, "x{n}: &x{n} [{row}]");
    }
    refused_everywhere("laughs", text.as_bytes(), "aliases add more than");
}

#[test]
fn a_chain_of_aliases_is_refused() {
    let mut text = "x0: &x0 [1]\n".to_owned();
    for n in 1..100_000 {
        let _ = writeln!(text, "x{n}: &x{n} [*x{}]", n - 1);
    }
    refused_everywhere("chain", text.as_bytes(), "levels deep");
}

#[test]
fn whatever_goes_ten_thousand_levels_deep_is_refused() {
    let mut steps = String::from("a:\n");
    for n in 0..1_000 {
        let _ = writeln!(steps, "{}- a:", "  ".repeat(n));
    }
    for (name, text) in [
        ("lists", "[".repeat(10_000)),
        ("maps", "{a: ".repeat(10_000)),
        ("dashes", "- ".repeat(10_000)),
        ("questions", "? ".repeat(10_000)),
        ("steps", steps),
    ] {
        refused_everywhere(name, text.as_bytes(), "nested too deeply");
    }
}

#[test]
fn what_is_larger_than_any_file_is_refused_before_it_is_read() {
    let desk = desk("hostile-large");
    let file = std::fs::File::create(desk.path("large.yaml")).expect("room");
    file.set_len(100 << 20).expect("a file with a hole");
    for command in [
        "check large.yaml",
        "check small.yaml --site large.yaml",
        "check small.yaml --overlay large.yaml",
        "plan small.yaml --site here.yaml --inputs large.yaml",
        "fmt large.yaml",
    ] {
        refused(&desk, command, "it is larger than 8 MiB");
    }
    desk.write(
        "names.yaml",
        &format!("{HEAD}include: [large.yaml]\nsteps: []\n"),
    );
    refused(&desk, "check names.yaml", "it is larger than 8 MiB");
    desk.write("names.yaml", &format!("{HEAD}extends: large.yaml\n"));
    refused(&desk, "check names.yaml", "it is larger than 8 MiB");
}

#[test]
fn the_largest_file_of_one_scalar_can_be_read() {
    for (name, quote) in [("plain", ""), ("single", "'"), ("double", "\"")] {
        let text = format!("a: {quote}{}{quote}\n", "b".repeat(7 << 20));
        survived(name, &text, &["check bad.yaml", "fmt bad.yaml"]);
    }
}

#[test]
fn a_file_of_very_many_values_can_be_looked_at() {
    for (name, text) in [
        ("commas", format!("a: [{}]\n", "b,".repeat(600_000))),
        ("brackets", format!("a: [{}]\n", "[],".repeat(600_000))),
        ("items", format!("a:\n{}", "- \n".repeat(600_000))),
        ("comments", "#\n".repeat(3 << 20)),
        (
            "anchors",
            (0..200_000).fold(String::new(), |text, n| text + &format!("- &a{n} b\n")),
        ),
    ] {
        survived(name, &text, &["check bad.yaml"]);
    }
}

#[test]
fn a_file_of_mistakes_only_can_be_looked_at() {
    let keys = (0..100_000).fold(HEAD.to_owned(), |text, n| {
        text + &format!("strange-{n}: 1\n")
    });
    let tabs = format!("{HEAD}steps:\n{}", " \t- a\n".repeat(100_000));
    for (name, text) in [
        ("twice", "a: 1\n".repeat(100_000)),
        ("tags", "- !a b\n".repeat(100_000)),
        ("nothing", "- *a\n".repeat(100_000)),
        ("strange", keys),
        ("tabs", tabs),
        (
            "steps",
            format!(
                "{HEAD}steps:\n{}",
                "  - {id: a, uses: strange}\n".repeat(100_000)
            ),
        ),
    ] {
        survived(name, &text, &["check bad.yaml"]);
    }
}

#[test]
fn endless_expressions_are_refused() {
    let expressions = [
        "1 + ".repeat(100_000) + "1",
        "true && ".repeat(100_000) + "true",
        "!".repeat(100_000) + "true",
        "not ".repeat(100_000) + "true",
        "-".repeat(100_000) + "1",
        "(".repeat(100_000) + "1",
        "[".repeat(100_000),
        "a.".repeat(100_000) + "a",
        "a[".repeat(100_000),
        "true ? 1 : ".repeat(100_000) + "1",
        "len(".repeat(100_000),
    ];
    let desk = desk("hostile-expressions");
    for expression in expressions {
        let step = format!("{{id: a, uses: assert, with: {{that: \"${{{{ {expression} }}}}\"}}}}");
        desk.write("bad.yaml", &format!("{HEAD}steps:\n  - {step}\n"));
        refused(&desk, "check bad.yaml", "the expression ");
        let step = format!("{{id: a, uses: assert, when: \"{expression}\", with: {{that: true}}}}");
        desk.write("bad.yaml", &format!("{HEAD}steps:\n  - {step}\n"));
        refused(&desk, "check bad.yaml", "the expression ");
    }
}

#[test]
fn bombs_are_refused_whatever_lays_them_out() {
    let desk = desk("hostile-laid");
    let mut bomb = String::new();
    for n in 1..40 {
        let row = vec![format!("*x{}", n - 1); 10].join(", ");
        let _ = writeln!(bomb, "  x-{n}: &x{n} [{row}]");
    }
    let bomb = format!("  x-0: &x0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n{bomb}");
    desk.write(
        "patch.yaml",
        &format!("{HEAD}extends: small.yaml\npatch:\n{bomb}"),
    );
    refused(&desk, "check patch.yaml", "aliases add more than");
    desk.write("over.yaml", &format!("overlay: 1\nname: o\npatch:\n{bomb}"));
    refused(
        &desk,
        "check small.yaml --overlay over.yaml",
        "aliases add more than",
    );

    // One that just passes is laid over itself.
    let thousand = vec!["*a"; 9_000].join(", ");
    let over = format!("overlay: 1\nname: o\npatch:\n  x-a: &a [1, 2, 3]\n  x-b: [{thousand}]\n");
    desk.write("over.yaml", &over);
    let many = "--overlay over.yaml ".repeat(200);
    accepted(&desk, &format!("check small.yaml --site here.yaml {many}"));
}

#[test]
fn files_that_name_each_other_without_end_are_refused() {
    let desk = desk("hostile-names");
    for n in 0..1000 {
        let step = "steps: [{id: a, uses: assert, with: {that: true}}]";
        let next = n + 1;
        desk.write(
            &format!("i{n}.yaml"),
            &format!("{HEAD}include: [i{next}.yaml]\n{step}\n"),
        );
        desk.write(
            &format!("e{n}.yaml"),
            &format!("{HEAD}extends: e{next}.yaml\n"),
        );
        let call = format!("steps: [{{id: a, uses: ./s{next}.yaml}}]");
        desk.write(&format!("s{n}.yaml"), &format!("{HEAD}{call}\n"));
    }
    for first in ["i0.yaml", "e0.yaml", "s0.yaml"] {
        refused(&desk, &format!("check {first}"), "name each other in a row");
    }
    let all: Vec<String> = (1..1000).map(|n| format!("i{n}.yaml")).collect();
    desk.write(
        "wide.yaml",
        &format!("{HEAD}include: [{}]\nsteps: []\n", all.join(", ")),
    );
    refused(&desk, "check wide.yaml", "more than 64 files");
    desk.write("one.yaml", &format!("{HEAD}extends: two.yaml\n"));
    desk.write("two.yaml", &format!("{HEAD}extends: one.yaml\n"));
    refused(&desk, "check one.yaml", "cyclic-include");
    desk.write(
        "self.yaml",
        &format!("{HEAD}include: [self.yaml]\nsteps: []\n"),
    );
    refused(&desk, "check self.yaml", "cyclic-include");
}

/// Files that are none, by the words with which they are refused.
const NO_FILES: [(&str, &str); 4] = [
    ("/dev/zero", "this is a device or a pipe, and no file"),
    ("pipe", "this is a device or a pipe, and no file"),
    ("/dev/null", "this is a device or a pipe, and no file"),
    (".", "this is a folder, and no file"),
];

#[test]
fn what_is_no_file_is_not_waited_for() {
    let desk = desk("hostile-devices");
    let pipe = Command::new("mkfifo").arg(desk.path("pipe")).status();
    assert!(pipe.expect("there is mkfifo").success());
    std::os::unix::fs::symlink("/dev/zero", desk.path("zero.yaml")).expect("a link");
    for (path, why) in NO_FILES {
        for command in [
            "check *",
            "check small.yaml --site *",
            "check small.yaml --overlay *",
            "plan small.yaml --site here.yaml --inputs *",
        ] {
            refused(&desk, &command.replace('*', path), why);
        }
        desk.write(
            "names.yaml",
            &format!("{HEAD}include: [{path}]\nsteps: []\n"),
        );
        refused(&desk, "check names.yaml", why);
    }
    refused(&desk, "fmt pipe", "no file");
    refused(&desk, "check zero.yaml", "no file");
    let ended = run(&desk, "fmt .");
    assert_eq!(ended.status.code(), Some(0), "a folder is looked through");
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_line() {
    let utf_16: Vec<u8> = "\u{feff}a: 1"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    refused_everywhere("utf-16", &utf_16, "it is text in UTF-16: save it as UTF-8");
    refused_everywhere("latin-1", b"a: 1\nb: caf\xe9\n", "line 2 has the byte 0xe9");
    refused_everywhere("nul", b"a: 1\nb: \0\n", "syntax");
    refused_everywhere("surrogate", b"a: \xed\xa0\x80\n", "it is not UTF-8 text");
}

#[test]
fn a_mark_and_any_line_breaks_are_no_harm() {
    let desk = desk("hostile-breaks");
    let text = std::fs::read_to_string(desk.path("small.yaml")).expect("it is there");
    for text in [
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
    ] {
        desk.write("other.yaml", &text);
        accepted(&desk, "check other.yaml --site here.yaml");
    }
}

#[test]
fn the_deepest_run_can_be_told_again() {
    let desk = desk("hostile-deep");
    let deep =
        |levels: usize| format!("{}1{}", "[{$: ".repeat(levels / 2), "}]".repeat(levels / 2));
    let inputs = format!("inputs:\n  a: {{type: any, default: {}}}\n", deep(60));
    let step = "{id: a, uses: assert, with: {that: \"${{ inputs.a != null }}\"}}";
    let group = |inner: String, n| format!("{{id: g{n}, steps: [{inner}]}}");
    let groups = (0..25).fold(step.to_owned(), group);
    desk.write("deep.yaml", &format!("{HEAD}{inputs}steps: [{groups}]\n"));
    for command in [
        "apply deep.yaml --site here.yaml",
        "show last",
        "show last --plan",
    ] {
        accepted(&desk, command);
    }
    refused_plans(&desk);
}

/// Plans that were put in the place of the last one.
fn refused_plans(desk: &Desk) {
    let runs = std::fs::read_dir(desk.path(".runsheet/runs")).expect("a run");
    let run = runs
        .flatten()
        .map(|entry| entry.path())
        .next()
        .expect("a run");
    let plan = |bytes: &[u8]| std::fs::write(run.join("plan.json"), bytes).expect("room");
    plan("[".repeat(10 << 20).as_bytes());
    refused(desk, "show last", "the plan cannot be read");
    plan(b"\xff\xfe{}");
    refused(desk, "show last", "the plan cannot be read");
    let file = std::fs::File::create(run.join("plan.json")).expect("room");
    file.set_len(300 << 20).expect("a file with a hole");
    refused(desk, "show last", "it is larger than 256 MiB");
    std::fs::remove_file(run.join("plan.json")).expect("it was there");
    replace_by_zero(&run.join("plan.json"));
    refused(desk, "show last", "no file");
}

fn replace_by_zero(path: &Path) {
    std::os::unix::fs::symlink("/dev/zero", path).expect("a link");
}
