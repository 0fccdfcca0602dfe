//! Whatever has a name is explained under it, by the command line itself.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_kit::desk::Desk;
use runsheet_kit::story::blocks;
use runsheet_language::keys::{SITE, WORKFLOW, within};

use crate::product::{self, CATALOGUE};
use crate::repository::root;

/// A workflow for examples that are sites.
const HELLO: &str = "workflow: 1
name: hello
steps:
  - id: greet
    uses: assert
    with: {that: true}
  - {id: list, uses: exec, host: HERE, with: {argv: [ls]}}
";

/// The names that `explain` lists: the first word of each indented line.
fn listed(desk: &mut Desk) -> Vec<String> {
    let list = desk.runsheet("explain").data;
    let indented = list.lines().filter_map(|line| line.strip_prefix("  "));
    let names = indented.filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_name_that_is_listed_is_explained() {
    let mut desk = Desk::new();
    let names = listed(&mut desk);
    for (kind, _) in CATALOGUE.kinds() {
        assert!(
            names.iter().any(|name| name == kind),
            "{kind} is not listed"
        );
    }
    for name in names {
        let left = desk.runsheet(&format!("explain {name}"));
        assert_eq!(left.code, 0, "{name}: {}", left.screen);
        assert!(left.data.lines().count() > 3, "{name}: {}", left.data);
    }
}

/// A file in which the example of a key stands, by the map that the key belongs to.
fn around(what: &str, example: &str) -> (&'static str, String) {
    let indented: String = example.lines().map(|line| format!("  {line}\n")).collect();
    let steps = "steps:\n  - {id: last, uses: assert, with: {that: true}}\n";
    match what {
        "a step" => (
            "w.yaml",
            format!("workflow: 1\nname: w\nsteps:\n{indented}"),
        ),
        "a workflow" if example.starts_with("steps:") => {
            ("w.yaml", format!("workflow: 1\nname: w\n{example}\n"))
        }
        "a workflow" => (
            "w.yaml",
            format!("workflow: 1\nname: w\n{example}\n{steps}"),
        ),
        _ if example.starts_with("hosts:") => ("s.yaml", format!("site: 1\nname: s\n{example}\n")),
        _ => {
            let hosts = "hosts: {EXCH1: {}, SALES: {}, PLANT: {}}\n";
            ("s.yaml", format!("site: 1\nname: s\n{example}\n{hosts}"))
        }
    }
}

#[test]
fn the_example_of_a_key_is_read_without_a_mistake() {
    let tables = [within(&WORKFLOW), within(&SITE)].concat();
    let mut examples = 0;
    for keys in tables {
        for key in keys.keys().iter().filter(|key| !key.example.is_empty()) {
            let (file, text) = around(keys.what, key.example);
            let shows = key.example.contains(&format!("{}:", key.name));
            assert!(shows, "{}: the example shows another key", key.name);
            let mut found = match file {
                "w.yaml" => product::workflow(file, &text).found,
                _ => product::site(&text).1,
            };
            // A key by itself is used by nothing.
            found.retain(Diagnostic::is_error);
            assert_eq!(found, Vec::new(), "{text}");
            examples += 1;
        }
    }
    assert!(examples > 25, "{examples}");
}

/// The codes that the language does not know, since the command line raises them.
pub(crate) fn codes_of_the_command_line(desk: &mut Desk) -> Vec<String> {
    let below = runsheet_language::codes();
    let mut names = listed(desk);
    names.retain(|name| CATALOGUE.kind(name).is_none());
    names.retain(|name| below.iter().all(|code| code.name != name));
    // The page of a code has a title, that of a key has none.
    names.retain(|name| {
        desk.runsheet(&format!("explain {name}"))
            .data
            .starts_with("# ")
    });
    names
}

#[test]
fn a_page_of_the_command_line_tells_the_truth() {
    let mut desk = Desk::new();
    desk.folder().write("hello.yaml", HELLO);
    let codes = codes_of_the_command_line(&mut desk);
    assert!(
        codes.iter().any(|code| code == "unknown-driver"),
        "{codes:?}"
    );
    // What is wrong with plugins is shown in `tests/wrong`, with all the files there are of one.
    for code in codes.iter().filter(|code| !code.starts_with("plugin-")) {
        let page = desk.runsheet(&format!("explain {code}")).data;
        for verdict in ["wrong", "right"] {
            let examples = blocks(&page);
            let mut examples = examples.iter().filter(|block| block.words == [verdict]);
            let example = examples
                .next()
                .unwrap_or_else(|| panic!("{code}: nothing {verdict}"));
            desk.folder().write("site.yaml", example.body);
            let left = desk.runsheet("plan hello.yaml --site site.yaml");
            let raised = left.screen.lines().any(|line| line.contains(code));
            let wanted = verdict == "wrong";
            assert_eq!(
                (raised, left.code != 0),
                (wanted, wanted),
                "{code}: {}",
                left.screen
            );
        }
    }
}

/// The addresses that differ, as JSON tells them: of values, of steps, and of the values of these.
fn differing(difference: &serde_json::Value) -> Vec<String> {
    let list =
        |value: &serde_json::Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value, key: &str| value[key].as_str().map(str::to_owned);
    let values = list(difference, "values");
    let mut all: Vec<String> = values.iter().filter_map(|one| text(one, "path")).collect();
    for step in list(difference, "steps") {
        let address = text(&step, "address").expect("a step has an address");
        let inner = list(&step, "values");
        let inner = inner.iter().filter_map(|one| text(one, "path"));
        all.extend(inner.map(|path| format!("{address}.{path}")));
        all.push(address);
    }
    all
}

#[test]
fn what_a_diff_names_is_explained_in_the_file_before_or_after() {
    let base = "workflows/manual-dirsync-exchange-server.yaml";
    let mut desk = Desk::new().with(&root().join("workflows"));
    for after in ["exchange-4.0", "no-admin-mailbox", "pilot"] {
        let after = format!("workflows/variants/{after}.yaml");
        let told = desk.runsheet(&format!("diff {base} {after} --json")).data;
        let told: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
        let addresses = differing(&told["differences"][0]);
        assert!(addresses.len() > 3, "{after}: {addresses:?}");
        for address in addresses {
            let files = [
                format!("-w {base} --overlay {after}"),
                format!("-w {after}"),
                format!("-w {base}"),
            ];
            let mut files = files.iter();
            let knows =
                |files: &String| desk.runsheet(&format!("explain {address} {files}")).code == 0;
            assert!(files.any(knows), "{after}: {address}");
        }
    }
}
