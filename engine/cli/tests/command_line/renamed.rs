//! Whatever is renamed in the flagship by an editor, it and all that is made of it still check.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::desk;
use super::desk::{Desk, Person};
use super::editor::{Editor, folder, uri};
use runsheet_cli::exit::Exit;

const FLAGSHIP: &str = "manual-dirsync-exchange-server.yaml";

/// What is checked after each rename: procedures with the variants that extend the flagship, and
/// it under each of its overlays.
const PROCEDURES: &str = "check manual-dirsync-exchange-server.yaml manual-dirsync-exchange-requestor.yaml \
    manual-dirsync-pc-only.yaml variants/pilot.yaml";
const OVERLAYS: [&str; 7] = [
    "exchange-4.0",
    "exchange-5.0",
    "exchange-5.5",
    "no-admin-mailbox",
    "one-postoffice",
    "slow-wan",
    "upgraded-server",
];

/// The files of the product, at a desk of their own.
struct Product {
    desk: Desk,
    files: Vec<(PathBuf, String)>,
}

impl Product {
    fn new(name: &str) -> Product {
        let desk = desk(name);
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../workflows");
        let mut files = Vec::new();
        copy(&from, &folder(&desk), &mut files);
        Product { desk, files }
    }

    /// Makes the edits of an answer.
    fn edit(&self, answer: &Value) {
        for file in answer["documentChanges"].as_array().into_iter().flatten() {
            let path = file["textDocument"]["uri"].as_str().unwrap_or_default();
            let path = path.strip_prefix("file://").expect("a file");
            let text = std::fs::read_to_string(path).expect("it is there");
            let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            let edits = file["edits"].as_array().into_iter().flatten();
            for edit in edits.rev() {
                let at = |end: &str, part: &str| {
                    let number = edit["range"][end][part].as_u64().expect("a number");
                    usize::try_from(number).expect("a small one")
                };
                // The product is written in letters of one unit each.
                let line = &mut lines[at("start", "line")];
                let range = at("start", "character")..at("end", "character");
                line.replace_range(range, edit["newText"].as_str().unwrap_or_default());
            }
            std::fs::write(path, lines.join("\n")).expect("room");
        }
    }

    /// What `check` says that is wrong now.
    fn wrong(&self) -> String {
        let overlaid =
            OVERLAYS.map(|name| format!("check {FLAGSHIP} --overlay variants/{name}.yaml"));
        let commands = [PROCEDURES.to_owned()].into_iter().chain(overlaid);
        let runs = commands.map(|command| self.desk.run(&command, Person::Nobody));
        let failed = runs.filter(|run| run.exit != Exit::Done);
        failed.map(|run| run.talk + &run.data).collect()
    }

    /// Everything as it was.
    fn restore(&self) {
        for (path, text) in &self.files {
            std::fs::write(path, text).expect("room");
        }
    }
}

fn copy(from: &Path, to: &Path, files: &mut Vec<(PathBuf, String)>) {
    std::fs::create_dir_all(to).expect("room");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("it can be read").path();
        let there = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &there, files);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            let text = std::fs::read_to_string(&path).expect("it is text");
            std::fs::write(&there, &text).expect("room");
            files.push((there, text));
        }
    }
}

/// The steps and the inputs of the flagship, with their lines and columns.
fn names(text: &str) -> Vec<(usize, usize, &str)> {
    let inputs = text.find("\ninputs:\n").expect("it has inputs");
    let end = inputs + 1 + text[inputs + 1..].find("\n\n").expect("they end");
    let mut at = 0;
    let mut found = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        let indent = line.len() - line.trim_start().len();
        if let Some(id) = line.trim_start().strip_prefix("- id: ") {
            found.push((number, indent + "- id: ".len(), id));
        } else if (inputs + 9..end).contains(&at)
            && indent == 2
            && let Some((name, _)) = line.trim_start().split_once(':')
        {
            found.push((number, indent, name));
        }
        at += line.len() + 1;
    }
    found
}

/// Renames what `is_wanted` says in the flagship; gives the names after which something is wrong.
fn broken(test: &str, is_wanted: fn(&str) -> bool) -> Vec<String> {
    let product = Product::new(test);
    let folder = folder(&product.desk);
    let path = folder.join(FLAGSHIP);
    let text = std::fs::read_to_string(&path).expect("it was copied");
    let mut editor = Editor::new(&folder);
    let document = json!({"uri": uri(&path)});
    editor.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": document["uri"], "languageId": "yaml", "version": 1, "text": text}}),
    );
    let wanted = names(&text)
        .into_iter()
        .filter(|(_, _, name)| is_wanted(name));
    let mut broken = Vec::new();
    let mut tried = 0;
    for (line, character, name) in wanted {
        let renamed = editor.ask(
            "textDocument/rename",
            json!({"textDocument": document, "position": {"line": line, "character": character},
                "newName": format!("{name}_zz")}),
        );
        product.edit(&renamed);
        let wrong = product.wrong();
        if !wrong.is_empty() {
            broken.push(format!("{name} in line {}:\n{wrong}", line + 1));
        }
        product.restore();
        tried += 1;
    }
    assert!(tried > 3, "{tried} names were found");
    editor.end();
    broken
}

#[test]
fn the_flagship_checks_after_renames_of_all_sorts() {
    let sample = |name: &str| {
        matches!(
            name,
            "poll_minutes" | "requestors" | "t2" | "before" | "dx-runs"
        )
    };
    assert_eq!(broken("renamed-sample", sample), Vec::<String>::new());
}

#[test]
#[ignore = "takes minutes: .ci/long runs it"]
fn the_flagship_checks_after_every_rename() {
    assert_eq!(broken("renamed", |_| true), Vec::<String>::new());
}
