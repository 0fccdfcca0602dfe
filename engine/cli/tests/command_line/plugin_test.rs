//! `plugin test`: what it says of a plugin, and how it ends.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

fn nosy() -> PathBuf {
    example("nosy")
}

/// The library of an example of this crate.
fn example(name: &str) -> PathBuf {
    let me = std::env::current_exe().expect("a test has a path");
    let target = me.ancestors().nth(2).expect("a test is in `deps`");
    let (before, after) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    target
        .join("examples")
        .join(format!("{before}{name}{after}"))
}

/// Runsheet, with a cache of its own.
fn runsheet() -> Command {
    let cache = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cache");
    let mut command = Command::new(env!("CARGO_BIN_EXE_runsheet"));
    command.env("XDG_CACHE_HOME", cache);
    command
}

fn tested(arguments: &[&str]) -> Output {
    let mut command = runsheet();
    command.args(["plugin", "test"]).arg(nosy()).args(arguments);
    command.output().expect("it runs")
}

#[test]
fn what_a_kind_asks_of_the_system_while_it_thinks_is_found_by_name() {
    let told = tested(&["--json"]);
    assert_eq!(told.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&told.stdout).expect("it is JSON");
    let results = report["results"].as_array().expect("there are results");
    let broken = |one: &&Value| one["result"] == "broken";
    let broken: Vec<&Value> = results.iter().filter(broken).collect();
    assert_eq!(broken.len(), 1, "{report:#}");
    assert_eq!(broken[0]["check"], "system-calls");
    let findings = broken[0]["findings"].as_array().expect("there are some");
    let whys = findings.iter().filter_map(|one| one["why"].as_str());
    let whys: Vec<&str> = whys.collect();
    for word in ["opens a file", "asks the clock", "goes to the network"] {
        assert!(whys.iter().any(|why| why.contains(word)), "{whys:?}");
    }
    assert!(whys.iter().any(|why| why.contains("starts a thread")));
    let passed = report["score"]["passed"].as_u64();
    assert_eq!(
        passed.map(|passed| passed + 1),
        report["score"]["of"].as_u64()
    );
}

#[test]
fn a_test_says_what_is_wrong_and_from_which_seed() {
    let told = tested(&["--seed", "7"]);
    let screen = String::from_utf8(told.stdout).expect("it is text");
    assert!(screen.starts_with("nosy 0.1.0, seed 7\n"), "{screen}");
    assert!(screen.contains("  broken  system-calls"), "{screen}");
    assert!(screen.contains("  held    pure"), "{screen}");
    assert!(screen.contains("checks hold\n"), "{screen}");
}

#[test]
fn what_is_no_plugin_is_no_test() {
    let none = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("libnone.so");
    std::fs::write(&none, "no library").expect("there is room");
    let mut command = runsheet();
    command.args(["plugin", "test"]).arg(&none);
    let told = command.output().expect("it runs");
    assert_eq!(told.status.code(), Some(1));
    let talk = String::from_utf8_lossy(&told.stderr);
    assert!(talk.contains("it is no library of this system"), "{talk}");
    assert!(talk.contains("`export_plugin!`"), "{talk}");
}

#[test]
fn the_score_is_kept_where_the_plugin_was_taken() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("scored");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("there is room");
    let library = folder.join("libnosy.so");
    std::fs::copy(nosy(), &library).expect("it was built");
    let run = |words: &[&str]| {
        let mut command = runsheet();
        let told = command.args(words).arg("libnosy.so").current_dir(&folder);
        let told = told.output().expect("it runs");
        String::from_utf8_lossy(&told.stderr).into_owned()
    };
    let talk = run(&["plugin", "test"]);
    assert!(talk.contains("first take it"), "{talk}");
    run(&["plugin", "add"]);
    let talk = run(&["plugin", "test"]);
    assert!(
        talk.contains("kept the score in libnosy.so.plugin.yaml"),
        "{talk}"
    );
    let manifest = library.with_file_name("libnosy.so.plugin.yaml");
    let manifest = std::fs::read_to_string(manifest).expect("it is there");
    assert!(manifest.contains("passed: 10"), "{manifest}");
}

#[cfg(unix)]
#[test]
fn what_a_plugin_prints_in_the_process_of_runsheet_is_no_data() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("loud");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("config/runsheet")).expect("there is room");
    std::fs::copy(example("loud"), folder.join("libloud.so")).expect("it was built");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("room");
    let file = folder.join("libloud.so").display().to_string();
    let own = format!("plugins: {{loud: {{file: '{file}', isolation: none}}}}\n");
    write("config/runsheet/config.yaml", &own);
    let work = "workflow: 1\nname: l\nplugins: {loud: libloud.so}\nsteps: [{id: it, uses: loud}]\n";
    write("work.yaml", work);
    write("site.yaml", "site: 1\nname: here\nhosts: {HERE: {}}\n");
    write("runsheet.lock", "lock: 1\n");
    let run = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runsheet"));
        command.args(words).current_dir(&folder);
        command.env("XDG_CONFIG_HOME", folder.join("config"));
        command.env("XDG_CACHE_HOME", folder.join("cache"));
        command.output().expect("it runs")
    };
    run(&["plugin", "add", "libloud.so"]);
    let told = run(&["plan", "work.yaml", "--site", "site.yaml", "--json"]);
    let talk = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{talk}");
    assert!(talk.contains("HERE I AM"), "{talk}");
    let data = serde_json::from_slice::<Value>(&told.stdout);
    assert!(data.is_ok(), "{}", String::from_utf8_lossy(&told.stdout));
}
