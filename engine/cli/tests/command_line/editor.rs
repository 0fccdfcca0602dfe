//! The language server as an editor has it: a process, spoken with over its two streams.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::desk;
use super::desk::{Desk, Person};

/// A process of the server, and what was said to it.
pub(super) struct Editor {
    child: Child,
    says: ChildStdin,
    hears: BufReader<ChildStdout>,
    asked: i64,
}

impl Editor {
    /// Starts the server in a folder.
    pub(super) fn new(folder: &Path) -> Editor {
        let mut child = Command::new(env!("CARGO_BIN_EXE_runsheet"))
            .args(["lsp", "--stdio"])
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let says = child.stdin.take().expect("a stream to it");
        let hears = BufReader::new(child.stdout.take().expect("a stream from it"));
        let mut editor = Editor {
            child,
            says,
            hears,
            asked: 0,
        };
        let root = uri(folder);
        let offered = editor.ask(
            "initialize",
            json!({"processId": null, "rootUri": root, "capabilities": {}}),
        );
        assert_eq!(offered["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn say(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.says, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it listens");
        self.says.flush().expect("it listens");
    }

    pub(super) fn tell(&mut self, method: &str, params: Value) {
        self.say(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks and waits for the answer; what is told meanwhile is passed over.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.say(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.hear();
            if message["id"] == id {
                assert_eq!(message["error"], Value::Null, "{method}");
                return message["result"].clone();
            }
        }
    }

    /// What is wrong with a text of this version, once it is told.
    fn told(&mut self, version: i64) -> Vec<Value> {
        loop {
            let message = self.hear();
            let published = message["method"] == "textDocument/publishDiagnostics";
            if published && message["params"]["version"] == version {
                let all = message["params"]["diagnostics"].as_array();
                return all.cloned().unwrap_or_default();
            }
        }
    }

    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            let read = self.hears.read_line(&mut line).expect("it speaks");
            assert!(read > 0, "the server ended");
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().expect("a number"),
                None if line.trim_end().is_empty() => break,
                None => {}
            }
        }
        let mut text = vec![0; length];
        self.hears.read_exact(&mut text).expect("all of it");
        serde_json::from_slice(&text).expect("JSON")
    }

    /// Says good-bye.
    pub(super) fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        let ended = self.child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(0));
    }
}

pub(super) fn folder(desk: &Desk) -> PathBuf {
    let file = desk.path("small.yaml");
    file.parent().expect("it lies in a folder").to_path_buf()
}

pub(super) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

const WRONG: &str = "workflow: 1
name: wrong
steps:
  - id: sure
    uses: asert
    with: {that: \"é ${{ 1 }}\"}
    if: 1 == 1
";

#[test]
fn an_editor_is_told_what_is_wrong_and_mends_it() {
    let desk = desk("editor-mends");
    let folder = folder(&desk);
    let mut editor = Editor::new(&folder);
    let document = json!({"uri": uri(&folder.join("wrong.yaml"))});
    editor.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": document["uri"], "languageId": "yaml", "version": 1, "text": WRONG}}),
    );
    let told = editor.told(1);
    let codes: Vec<&str> = told.iter().filter_map(|one| one["code"].as_str()).collect();
    assert!(
        codes.contains(&"unknown-kind") && codes.contains(&"unknown-key"),
        "{codes:?}"
    );
    let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let offered = editor.ask(
        "textDocument/codeAction",
        json!({"textDocument": document, "range": all, "context": {"diagnostics": []}}),
    );
    let titles: Vec<&str> = offered
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["title"].as_str())
        .collect();
    assert!(titles.contains(&"change to `when`"), "{titles:?}");
    let only = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let offered = editor.ask(
        "textDocument/codeAction",
        json!({"textDocument": document, "range": all, "context": only}),
    );
    let edits = &offered[0]["edit"]["documentChanges"][0]["edits"];
    let mut changes: Vec<Value> = edits.as_array().cloned().expect("edits of one file");
    // An editor makes them from the last to the first.
    changes.sort_by_key(|edit| std::cmp::Reverse(edit["range"]["start"]["line"].as_u64()));
    let changes: Vec<Value> = changes
        .into_iter()
        .map(|edit| json!({"range": edit["range"], "text": edit["newText"]}))
        .collect();
    editor.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": document["uri"], "version": 2}, "contentChanges": changes}),
    );
    let left: Vec<Value> = editor.told(2);
    let codes: Vec<&str> = left.iter().filter_map(|one| one["code"].as_str()).collect();
    assert!(
        !codes.contains(&"unknown-kind") && !codes.contains(&"unknown-key"),
        "{codes:?}"
    );
    editor.end();
}

#[test]
fn an_editor_is_answered_on_a_line_that_is_half_typed() {
    let desk = desk("editor-asks");
    let folder = folder(&desk);
    let mut editor = Editor::new(&folder);
    let document = json!({"uri": uri(&folder.join("half.yaml"))});
    let text = "workflow: 1\nname: half\nsteps:\n  - id: one\n    uses: \n  - id: two\n    when: \"${{ steps.";
    editor.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": document["uri"], "languageId": "yaml", "version": 1, "text": text}}),
    );
    editor.told(1);
    let at = |line: u32, character: u32| json!({"textDocument": document, "position": {"line": line, "character": character}});
    let labels = |items: Value| -> Vec<String> {
        let items = items.as_array().cloned().unwrap_or_default().into_iter();
        items
            .filter_map(|item| item["label"].as_str().map(str::to_owned))
            .collect()
    };
    let kinds = labels(editor.ask("textDocument/completion", at(4, 10)));
    assert!(kinds.contains(&"wait-for-event".to_owned()), "{kinds:?}");
    let steps = labels(editor.ask("textDocument/completion", at(6, 21)));
    assert_eq!(steps, ["one"]);
    let hover = editor.ask("textDocument/hover", at(4, 6));
    assert!(
        hover["contents"]["value"]
            .as_str()
            .is_some_and(|words| words.contains("kind"))
    );
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        json!({"textDocument": document}),
    );
    let steps = symbols[2]["children"].as_array().map(Vec::len);
    assert_eq!(steps, Some(2), "{symbols}");
    editor.end();
}

#[test]
fn an_editor_lays_a_file_out_as_fmt_does() {
    let desk = desk("editor-formats");
    let folder = folder(&desk);
    let mut editor = Editor::new(&folder);
    let document = json!({"uri": uri(&folder.join("wide.yaml"))});
    let text = "workflow:   1\nname: wide\nsteps:\n    - id: one   # why\n      uses: assert\n      with: {that: true}\n";
    editor.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": document["uri"], "languageId": "yaml", "version": 1, "text": text}}),
    );
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let edits = editor.ask(
        "textDocument/formatting",
        json!({"textDocument": document, "options": options}),
    );
    let edits = edits.as_array().cloned().expect("edits");
    let [edit] = &edits[..] else {
        panic!("one edit: {edits:?}");
    };
    let line = |end: &str| {
        assert_eq!(edit["range"][end]["character"], 0, "whole lines: {edit}");
        let number = edit["range"][end]["line"].as_u64().expect("a number");
        usize::try_from(number).expect("a small one")
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let new = edit["newText"].as_str().unwrap_or_default();
    let laid_out = lines[..line("start")].concat() + new + &lines[line("end")..].concat();
    desk.write("wide.yaml", text);
    let run = desk.run("fmt wide.yaml", Person::Nobody);
    let by_fmt = std::fs::read_to_string(desk.path("wide.yaml")).expect("it is there");
    assert_ne!(by_fmt, text, "{}", run.talk);
    assert_eq!(laid_out, by_fmt);
    editor.end();
}

const MANIFEST: &str = "plugin: 1
name: shelf
version: \"1.4.0\"
summary: books are put on shelves
line: \"1.1\"
library: f69513ad6469358f779b3b63ef6f63a475130aea1cfb70b3f3c53b2dd34a4393
kinds:
  - kind: add-books
    shape:
      summary: books are put on a shelf
      host: required
      inputs:
        - {name: count, kind: int, required: true, doc: how many}
      outputs:
        - {name: books, kind: int, doc: how many there are now}
";

#[test]
fn an_editor_knows_the_plugins_of_a_persons_own_file_by_their_manifests() {
    let desk = desk("editor-own-plugins");
    let folder = folder(&desk);
    std::fs::create_dir_all(desk.path("config/runsheet/p")).expect("room");
    let own = |name: &str, text: &str| desk.write(&format!("config/runsheet/{name}"), text);
    own("config.yaml", "plugins: {shelf: p/libshelf.so}\n");
    own("p/libshelf.so", "no library: nothing of it runs");
    own("p/libshelf.so.plugin.yaml", MANIFEST);
    own(
        "runsheet.lock",
        "lock: 1\nplugins:\n  shelf: {version: \"1.4.0\", line: \"1.1\", kinds: [add-books], \
         sha256: ac554188890934d05eb0a4106c1b86786c79c09fd57f78f17c667e5de19c785a}\n",
    );
    let mut editor = Editor::new(&folder);
    let document = json!({"uri": uri(&folder.join("shelve.yaml"))});
    let text = "workflow: 1\nname: shelve\nsteps:\n  - {id: add, uses: add-books, host: HERE, with: {count: three}}\n";
    editor.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": document["uri"], "languageId": "yaml", "version": 1, "text": text}}),
    );
    let told = editor.told(1);
    let codes: Vec<&str> = told.iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(codes, ["wrong-type"], "{told:?}");
    editor.end();
}

/// The part of the server's README that a user of Neovim copies.
fn settings() -> String {
    let readme = include_str!("../../../lsp/README.md");
    let block = readme
        .split_once("```lua\n")
        .and_then(|(_, rest)| rest.split_once("```"));
    block.expect("the README shows the settings").0.to_owned()
}

#[test]
#[ignore = "needs Neovim: .ci/long installs it"]
fn neovim_is_served_with_the_settings_of_the_readme() {
    let desk = desk("editor-neovim");
    let folder = folder(&desk);
    desk.write("init.lua", &settings());
    desk.write("ask.lua", include_str!("neovim.lua"));
    desk.write("wrong.yaml", WRONG);
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_runsheet"));
    let own = binary.parent().expect("a folder").display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    let left = Command::new("nvim")
        .args(["--headless", "-n", "-u", "init.lua", "wrong.yaml"])
        .args(["-c", "luafile ask.lua", "-c", "qa!"])
        .current_dir(&folder)
        .env("PATH", format!("{own}:{path}"))
        .env("HOME", &folder)
        .env("XDG_STATE_HOME", folder.join("state"))
        .output()
        .expect("Neovim is installed");
    let said = String::from_utf8_lossy(&left.stdout) + String::from_utf8_lossy(&left.stderr);
    for wanted in [
        "told unknown-kind",
        "told unknown-key",
        "offered exec",
        "hover `uses`: ",
        "unknown key nothing",
        "mended",
    ] {
        assert!(said.contains(wanted), "{wanted} in:\n{said}");
    }
    let mended = std::fs::read_to_string(folder.join("wrong.yaml")).expect("it was written");
    assert!(
        mended.contains("uses: assert\n") && mended.contains("when: 1 == 1"),
        "{mended}"
    );
}
