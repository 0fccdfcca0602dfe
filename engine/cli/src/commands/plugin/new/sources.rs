//! What a new plugin is built from, so that nothing of ours has to lie beside it.

/// What a plugin in Rust is built from: places and texts.
pub(super) const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));
/// The workspace that those sources belong to.
const WORKSPACE: &str = include_str!("../../../../../../Cargo.toml");
/// The versions of other packages that they are tested with.
const LOCK: &str = include_str!("../../../../../../Cargo.lock");
/// The page that explains the line, and the schema of what is said over it.
const LINE: [(&str, &str); 2] = [
    (
        "README.md",
        include_str!("../../../../../../plugins/abi/README.md"),
    ),
    (
        "messages.schema.json",
        include_str!("../../../../../../plugins/abi/messages.schema.json"),
    ),
];
/// The headers for plugins in C.
const HEADERS: [(&str, &str); 4] = [
    (
        "runsheet_plugin.h",
        include_str!("../../../../../../plugins/abi/include/runsheet_plugin.h"),
    ),
    (
        "runsheet_json.h",
        include_str!("../../../../../../plugins/abi/include/runsheet_json.h"),
    ),
    (
        "runsheet_kit.h",
        include_str!("../../../../../../plugins/abi/include/runsheet_kit.h"),
    ),
    (
        "runsheet_test.h",
        include_str!("../../../../../../plugins/abi/include/runsheet_test.h"),
    ),
];
/// The page about what is said to drivers.
const DRIVER: &str = include_str!("../../../../../../plugins/driver/README.md");

/// For C: the headers, and what explains them.
pub(super) fn include() -> Vec<(String, String)> {
    let all = HEADERS.into_iter().chain(LINE);
    let all = all.chain([("driver.md", DRIVER)]);
    all.map(|(path, text)| (format!("include/{path}"), text.to_owned()))
        .collect()
}

/// For Rust: the crates as a workspace of their own, and what explains the line.
pub(super) fn crates() -> Vec<(String, String)> {
    let sources = SOURCES
        .iter()
        .map(|(path, text)| ((*path).to_owned(), *text));
    let line = LINE.map(|(path, text)| (format!("abi/{path}"), text));
    let headers = HEADERS.map(|(path, text)| (format!("abi/include/{path}"), text));
    let driver = [("driver.md".to_owned(), DRIVER)];
    let all = sources.chain(line).chain(headers).chain(driver);
    let mut files = vec![
        ("Cargo.lock".to_owned(), LOCK.to_owned()),
        ("runsheet/Cargo.toml".to_owned(), workspace()),
    ];
    files.extend(all.map(|(path, text)| (format!("runsheet/{path}"), text.to_owned())));
    files
}

/// The workspace of the sources: ours, with those members only.
pub(super) fn workspace() -> String {
    let crates = ["abi", "guest", "messages", "site", "step"];
    let members = crates.map(|name| format!("\"{name}\"")).join(", ");
    let mut text = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    let mut section = "";
    for line in WORKSPACE.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let kept = section.starts_with("[workspace.");
        if kept && !line.starts_with("runsheet-") {
            text.push_str(line);
            text.push('\n');
        }
        if line == "[workspace.dependencies]" {
            for name in crates {
                text.push_str(&format!("runsheet-{name} = {{ path = \"{name}\" }}\n"));
            }
        }
    }
    text
}
