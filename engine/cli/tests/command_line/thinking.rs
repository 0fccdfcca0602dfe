//! Ctrl-C, while a plugin thinks for ever.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use runsheet_cli::exit::Exit;

use crate::desk::{Desk, Person};

const WORKFLOW: &str = "\
workflow: 1
name: muse
plugins: {thinks: plugins/thinks}
steps:
  - {id: mark, uses: exec, host: HERE, with: {argv: [touch, MARK]}}
  - {id: muse, uses: think, host: HERE}
  - {id: never, uses: assert, with: {that: true}}
";

const SITE: &str = "\
site: 1
name: served
hosts:
  HERE: {facilities: {process: {driver: local}}}
";

/// A desk with a plugin that thinks for ever once the first step is done. Nobody trusts it.
fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    let mark = desk.path("mark").display().to_string();
    desk.write("muse.yaml", &WORKFLOW.replace("MARK", &mark));
    desk.write("site.yaml", SITE);
    std::fs::create_dir_all(desk.path("plugins")).expect("room");
    let (before, after) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = |name: &str, file: &str| format!("-D{name}=\"{}\"", desk.path(file).display());
    let mut compiler = Command::new("cc");
    compiler
        .args([
            named("MARK", "mark"),
            named("HELD", "held"),
            named("LEAVE", "leave"),
        ])
        .args([
            "-std=c99",
            "-D_DEFAULT_SOURCE",
            "-Wall",
            "-Wextra",
            "-Werror",
        ])
        .args(["-O1", "-shared", "-fPIC", "-I"])
        .arg(here.join("../../plugins/abi/include"))
        .arg("-o")
        .arg(desk.path(&format!("plugins/{before}thinks{after}")))
        .arg(here.join("tests/thinks/thinks.c"));
    done(&mut compiler);
    done(Command::new("mkfifo").arg(desk.path("held")));
    told(&desk, "plugin add plugins/thinks");
    desk
}

fn done(command: &mut Command) {
    let status = command.status().expect("there is such a program");
    assert!(status.success(), "{command:?}");
}

fn told(desk: &Desk, command: &str) -> String {
    let outcome = desk.run(command, Person::Nobody);
    assert_eq!(outcome.exit, Exit::Done, "{}{}", outcome.data, outcome.talk);
    outcome.data
}

/// A run whose plugin has begun to think for ever.
struct Run {
    child: Child,
    talk: BufReader<ChildStderr>,
    /// The plugin writes into it, if to nobody.
    _held: File,
}

impl Run {
    fn begun(desk: &Desk) -> Run {
        let mut child = apply(desk).stderr(Stdio::piped()).spawn().expect("it runs");
        let mut talk = BufReader::new(child.stderr.take().expect("it is piped"));
        until(&mut talk, "succeeded  mark");
        let held = File::open(desk.path("held")).expect("the plugin opens it too");
        Run {
            child,
            talk,
            _held: held,
        }
    }

    fn interrupt(&self) {
        let pid = self.child.id().to_string();
        done(Command::new("kill").args(["-INT", &pid]));
    }

    /// How it ends, with what it says until then.
    fn ends(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.talk.read_to_string(&mut rest).expect("it talks");
        (self.child.wait().expect("it ends").code(), rest)
    }
}

/// Hears it out until it says this.
fn until(talk: &mut BufReader<ChildStderr>, wanted: &str) {
    let mut heard = String::new();
    while !heard.contains(wanted) {
        let read = talk.read_line(&mut heard).expect("it talks");
        assert!(read > 0, "{heard}");
    }
}

fn apply(desk: &Desk) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runsheet"));
    command
        .args(["apply", "muse.yaml", "--site", "site.yaml"])
        .current_dir(desk.path(""))
        .env("HOME", desk.path(".home"))
        .env_remove("XDG_CACHE_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

#[test]
fn a_plugin_in_a_process_of_its_own_is_ended_by_the_first_one() {
    let desk = desk("apart");
    let run = Run::begun(&desk);
    let since = Instant::now();
    run.interrupt();
    let (code, talk) = run.ends();
    let took = since.elapsed();
    assert_eq!(code, Some(i32::from(Exit::Cancelled.code())), "{talk}");
    // It would be let think for ten seconds, more than once.
    assert!(took < Duration::from_secs(8), "{took:?}: {talk}");
    let run = told(&desk, "runs");
    let run = run
        .split_whitespace()
        .find(|word| word.starts_with("19") || word.starts_with("20"));
    let shown = desk.run(
        &format!("show {}", run.expect("there is one")),
        Person::Nobody,
    );
    assert!(shown.data.contains("cancelled"), "{}", shown.data);
    // And again, with a plugin that thinks no more than it has to.
    std::fs::remove_file(desk.path("held")).expect("it is there");
    done(apply(&desk).stderr(Stdio::null()));
}

/// A desk with that plugin, in the process of the run since it is trusted.
fn trusting(name: &str) -> Desk {
    let desk = desk(name);
    let key = told(&desk, "plugin sign --new-key keys/mine.key");
    let key = key.lines().find_map(|line| line.split("YOU, key: ").nth(1));
    let key = key
        .expect("it tells the key")
        .trim_end_matches('}')
        .to_owned();
    told(&desk, "plugin sign plugins/thinks --key keys/mine.key");
    std::fs::create_dir_all(desk.path(".home/.config/runsheet")).expect("room");
    let trust = format!("trust:\n  - {{name: me, key: {key}}}\n");
    desk.write(".home/.config/runsheet/config.yaml", &trust);
    desk
}

#[test]
fn a_plugin_in_this_process_is_waited_for_until_somebody_leaves_at_once() {
    let desk = trusting("here");
    let mut run = Run::begun(&desk);
    for _ in 0..2 {
        run.interrupt();
        until(
            &mut run.talk,
            "waiting for the plugin thinks, which thinks in this process",
        );
    }
    run.interrupt();
    let (code, talk) = run.ends();
    assert_eq!(code, Some(i32::from(Exit::InDoubt.code())), "{talk}");
    assert!(talk.contains("left at once"), "{talk}");
}

#[test]
fn a_plugin_that_ends_this_process_is_told_and_the_run_does_not_look_well() {
    let desk = trusting("left");
    desk.write("leave", "");
    let output = apply(&desk)
        .stderr(Stdio::piped())
        .output()
        .expect("it runs");
    let talk = String::from_utf8_lossy(&output.stderr);
    let code = Some(i32::from(Exit::InDoubt.code()));
    assert_eq!(output.status.code(), code, "{talk}");
    let told = "error: the plugin thinks ended this program by `exit`, when it was asked something
 help: what was in flight is in doubt, and nothing is taken back; look with: runsheet show ";
    assert!(talk.contains(told), "{talk}");
    // There is the mark already: it leaves the plan.
    let output = apply(&desk)
        .stderr(Stdio::piped())
        .output()
        .expect("it runs");
    let talk = String::from_utf8_lossy(&output.stderr);
    let code = Some(i32::from(Exit::Failed.code()));
    assert_eq!(output.status.code(), code, "{talk}");
    assert!(talk.contains("`isolation: process`"), "{talk}");
}
