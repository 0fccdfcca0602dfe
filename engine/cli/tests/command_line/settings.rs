//! The settings of editors in the server's README: files of their kinds that name the server as it
//! is started.

use std::process::Command;

use serde_json::{Value, json};

const README: &str = include_str!("../../../lsp/README.md");

/// The blocks in a language under a heading.
fn blocks(editor: &str, language: &str) -> Vec<&'static str> {
    let heading = format!("\n### {editor}\n");
    let (_, section) = README.split_once(&heading).expect("a section");
    let section = section.split("\n## ").next().unwrap_or(section);
    let section = section.split("\n### ").next().unwrap_or(section);
    let fence = format!("```{language}\n");
    let blocks = section.split(&fence).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap_or(rest))
        .collect()
}

fn from_json(editor: &str) -> Vec<Value> {
    let blocks = blocks(editor, "json").into_iter();
    blocks
        .map(|text| serde_json::from_str(text).unwrap_or_else(|why| panic!("{editor}: {why}")))
        .collect()
}

/// Python's standard library reads TOML.
fn from_toml(editor: &str) -> Vec<Value> {
    let read = |text: &&str| {
        let program = "import json, sys, tomllib; print(json.dumps(tomllib.loads(sys.argv[1])))";
        let left = Command::new("python3")
            .args(["-c", program, text])
            .output()
            .expect("Python is installed");
        let why = String::from_utf8_lossy(&left.stderr).into_owned();
        assert!(left.status.success(), "{editor}: {why}");
        serde_json::from_slice(&left.stdout).expect("JSON")
    };
    blocks(editor, "toml").iter().map(read).collect()
}

#[test]
fn helix_is_told_of_the_server_and_that_yaml_has_it() {
    let [languages] = &from_toml("Helix")[..] else {
        panic!("one file");
    };
    let server = &languages["language-server"]["runsheet"];
    assert_eq!(*server, json!({"command": "runsheet", "args": ["lsp"]}));
    let yaml = &languages["language"][0];
    assert_eq!(yaml["name"], "yaml");
    assert_eq!(yaml["language-servers"][0], "runsheet");
}

#[test]
fn zed_is_told_of_an_extension_with_a_server_that_its_settings_name() {
    let [extension] = &from_toml("Zed")[..] else {
        panic!("one manifest");
    };
    let server = &extension["language_servers"][extension["id"].as_str().expect("an id")];
    assert_eq!(server["languages"], json!(["YAML"]));
    let [settings] = &from_json("Zed")[..] else {
        panic!("one file");
    };
    let servers = &settings["languages"]["YAML"]["language_servers"];
    assert_eq!(*servers, json!(["runsheet", "..."]));
}

#[test]
fn the_extension_for_vs_code_starts_the_server() {
    let [package] = &from_json("VS Code")[..] else {
        panic!("one package");
    };
    assert_eq!(package["main"], "./extension.js");
    assert_eq!(package["activationEvents"], json!(["onLanguage:yaml"]));
    let [script] = blocks("VS Code", "js")[..] else {
        panic!("one script");
    };
    let client = package["dependencies"].as_object().expect("a map");
    assert_eq!(client.keys().collect::<Vec<_>>(), ["vscode-languageclient"]);
    assert!(script.contains("require(\"vscode-languageclient/node\")"));
    assert!(script.contains("command: \"runsheet\", args: [\"lsp\"]"));
}
