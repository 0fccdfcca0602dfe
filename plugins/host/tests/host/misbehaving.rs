//! What plugins that misbehave do to a run: the table of the README, each cell as it was seen. A
//! run is a process here, the example `scene`, since some of them end it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::desk::{example, misbehaving, program};

const README: &str = include_str!("../../README.md");

/// What the table says of a run that never ends.
const HANGS: &str = "the run hangs";

/// A row of the table.
struct Row {
    kind: &'static str,
    languages: Vec<&'static str>,
    /// What happens, by isolation.
    cells: [(&'static str, &'static str); 2],
}

fn table() -> Vec<Row> {
    let rows = README.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        match *cells {
            [kind, languages, none, process] if languages.contains("C") || languages == "Rust" => {
                Some(Row {
                    kind,
                    languages: languages.split(", ").collect(),
                    cells: [("none", none), ("process", process)],
                })
            }
            _ => None,
        }
    });
    rows.collect()
}

fn libraries() -> BTreeMap<&'static str, PathBuf> {
    [("C", misbehaving(&[])), ("Rust", example("misbehaving"))].into()
}

/// A run, and what it says.
struct Scene {
    child: Child,
    lines: Receiver<String>,
}

impl Scene {
    fn set(isolation: &str, library: &Path, kind: &str) -> Scene {
        // What a script starts in the background hears no Ctrl-C, nor does what that starts.
        let mut child = Command::new("env")
            .arg("--default-signal=INT")
            .arg(program().path.with_file_name("scene"))
            .arg(isolation)
            .arg(library)
            .arg(kind)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the example is there");
        let said = child.stdout.take().expect("it speaks");
        let (say, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                let _ = say.send(line);
            }
        });
        Scene { child, lines }
    }

    /// All that it says, and how it ends; none: it hangs.
    fn seen(mut self, patience: Duration) -> (Vec<String>, Option<ExitStatus>) {
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(patience) {
                Ok(line) => said.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    self.child.kill().expect("it can be ended");
                    self.child.wait().expect("it ends");
                    return (said, None);
                }
            }
        }
        (said, Some(self.child.wait().expect("it ends")))
    }
}

/// What became of a run, in the words of the table.
fn told(said: &[String], ended: Option<ExitStatus>) -> String {
    let Some(ended) = ended else {
        return HANGS.to_owned();
    };
    let results: Vec<&String> = said.iter().filter(|line| *line != "asked").collect();
    if said
        .last()
        .is_some_and(|line| line == "ended by the plugin")
    {
        let code = ended.code().unwrap_or_default();
        return format!("the run ends with code {code}, and says why");
    }
    if results.len() < 4 {
        let later = if results.len() < 2 { "" } else { ", later" };
        let how = match (ended.signal(), ended.code()) {
            (Some(number), _) => name(number),
            (None, code) => format!("code {}", code.unwrap_or_default()),
        };
        return format!("the run ends with {how}{later}");
    }
    let failed = |line: &&String| !line.ends_with("done") && *line != "deaf";
    if let Some(at) = results.iter().position(failed) {
        let which = if at < 2 { "the" } else { "a later" };
        let code = results[at].split(": ").next().unwrap_or_default();
        return format!("{which} step fails: `{code}`");
    }
    match ended.signal() {
        Some(number) if number == Signal::INT.as_raw() => "nothing".to_owned(),
        _ => "Ctrl-C is not heard any more".to_owned(),
    }
}

fn name(signal: i32) -> String {
    let names = [(Signal::SEGV, "SIGSEGV"), (Signal::ABORT, "SIGABRT")];
    let known = names.iter().find(|(known, _)| known.as_raw() == signal);
    known.map_or_else(
        || format!("signal {signal}"),
        |(_, name)| (*name).to_owned(),
    )
}

#[test]
fn a_plugin_that_misbehaves_does_what_the_readme_says() {
    let libraries = libraries();
    let mut scenes = Vec::new();
    for row in table() {
        for language in row.languages {
            let library = &libraries[language];
            for (isolation, expected) in row.cells {
                // Where it hangs it is only watched for a while; everything else comes to an end.
                let patience = match expected {
                    HANGS => Duration::from_secs(2),
                    _ => Duration::from_mins(5),
                };
                let kind = row.kind;
                let scene = Scene::set(isolation, library, kind);
                let which = format!("{kind} in {language}, isolation: {isolation}");
                scenes.push((which, expected, scene, patience));
            }
        }
    }
    let mut wrong = Vec::new();
    for (which, expected, scene, patience) in scenes {
        let (said, ended) = scene.seen(patience);
        let told = told(&said, ended);
        if told != expected {
            wrong.push(format!(
                "{which}: {told}, not {expected}\n{}",
                said.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_plugin_forks_off_ends_without_the_words_of_a_run() {
    for isolation in ["none", "process"] {
        let scene = Scene::set(isolation, &misbehaving(&[]), "child-that-exits");
        let (said, ended) = scene.seen(Duration::from_mins(5));
        assert_eq!(told(&said, ended), "nothing", "{isolation}: {said:?}");
    }
}

#[test]
fn the_table_has_the_twelve_of_them() {
    let mut kinds: Vec<&str> = table().into_iter().map(|row| row.kind).collect();
    kinds.dedup();
    assert_eq!(kinds.len(), 12, "{kinds:?}");
}
