//! `plugin new`: a plugin that can be built, tested and planned with at once, without anything of
//! ours beside it.

use std::path::{Path, PathBuf};

use runsheet_step::Catalogue;

use super::super::made::{make, quoted};
use crate::args::plugin::{Brings, Language, PluginNewArguments};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

/// What a plugin in Rust is built from: places and texts.
const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sources.rs"));
/// The workspace that those sources belong to.
const WORKSPACE: &str = include_str!("../../../../../Cargo.toml");
/// The versions of other packages that they are tested with.
const LOCK: &str = include_str!("../../../../../Cargo.lock");
/// The page that explains the line, and the schema of what is said over it.
const LINE: [(&str, &str); 2] = [
    (
        "README.md",
        include_str!("../../../../../plugins/abi/README.md"),
    ),
    (
        "messages.schema.json",
        include_str!("../../../../../plugins/abi/messages.schema.json"),
    ),
];
/// The headers for plugins in C.
const HEADERS: [(&str, &str); 3] = [
    (
        "runsheet_plugin.h",
        include_str!("../../../../../plugins/abi/include/runsheet_plugin.h"),
    ),
    (
        "runsheet_json.h",
        include_str!("../../../../../plugins/abi/include/runsheet_json.h"),
    ),
    (
        "runsheet_kit.h",
        include_str!("../../../../../plugins/abi/include/runsheet_kit.h"),
    ),
];

/// The page about what is said to drivers.
const DRIVER: &str = include_str!("../../../../../plugins/driver/README.md");
/// What `git` leaves alone.
const BUILT: &str = ".runsheet/\n*.so\n*.dylib\n*.dll\nrun-tests\n__pycache__/\n";

pub(super) fn new(arguments: &PluginNewArguments, console: &Console) -> Result<Exit, Complaint> {
    let folder = &arguments.folder;
    let name = name(&console.resolve(folder))?;
    is_free(&name, console.shelf.linked())?;
    let project = match (arguments.lang, arguments.kind) {
        (Language::Rust, None | Some(Brings::Step)) => rust(&name),
        (Language::C, None | Some(Brings::Step)) => c(&name),
        (Language::Python, None | Some(Brings::Driver)) => python(&name),
        (Language::Python, Some(Brings::Step)) => {
            return Err(
                Complaint::new("a kind of step is a library, and Python makes none")
                    .help("take --lang rust or --lang c; drivers can be in Python"),
            );
        }
        (Language::Rust | Language::C, Some(Brings::Driver)) => {
            return Err(
                Complaint::new("there is a beginning of a driver in Python only").help(
                    "take --lang python, and put a program of yours in the place of its driver",
                ),
            );
        }
    };
    let files: Vec<(PathBuf, String)> = project
        .files
        .into_iter()
        .map(|(path, text)| (folder.join(path), text))
        .collect();
    make(&files, "runsheet plugin new NAME", console)?;
    let mut told = format!(
        "made {} in {} files\n\nNow try:\n",
        folder.display(),
        files.len()
    );
    told.push_str(&format!("  cd {}\n", quoted(folder)));
    for command in project.commands {
        told.push_str(&format!("  {command}\n"));
    }
    console.data(&told)?;
    Ok(Exit::Done)
}

/// A plugin is called as its folder.
fn name(folder: &Path) -> Result<String, Complaint> {
    let last = folder.file_name().unwrap_or_default().to_string_lossy();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_name = last.starts_with(|c: char| c.is_ascii_lowercase()) && last.chars().all(plain);
    match is_name && !last.ends_with('-') {
        true => Ok(last.into_owned()),
        false => Err(Complaint::new(format!("`{last}` is no name for a plugin"))
            .help("take small letters, digits and hyphens, and begin with a letter")),
    }
}

/// What a plugin brings is called as the plugin, and Runsheet does not give its own names away.
fn is_free(name: &str, linked: &Catalogue) -> Result<(), Complaint> {
    let what = if linked.kind(name).is_some() {
        "a kind of step that Runsheet brings itself"
    } else if linked.facility_named(name).is_some() {
        "a facility that Runsheet brings itself"
    } else if name == "test" {
        "what the tests of a new plugin are called"
    } else {
        return Ok(());
    };
    let complaint = Complaint::new(format!("`{name}` is {what}"));
    Err(complaint.help(format!("take another name, such as `my-{name}`")))
}

/// What is made, and what to do with it.
struct Project {
    /// Places under the folder, and texts.
    files: Vec<(String, String)>,
    commands: Vec<String>,
}

fn rust(name: &str) -> Project {
    let crate_name = name.replace('-', "_");
    let library = format!("target/debug/{crate_name}");
    let file = format!("target/debug/{}", library_file(&crate_name));
    let readme = include_str!("new/rust/readme.md");
    let readme = readme.replace("LIBRARY_FILE", &library_file(&crate_name));
    let mut files = vec![
        (
            "Cargo.toml".to_owned(),
            filled(include_str!("new/rust/manifest.toml"), name),
        ),
        (
            "src/lib.rs".to_owned(),
            filled(include_str!("new/rust/plugin.rs"), name),
        ),
        ("README.md".to_owned(), filled(&readme, name)),
        (".gitignore".to_owned(), ".runsheet/\ntarget/\n".to_owned()),
        ("Cargo.lock".to_owned(), LOCK.to_owned()),
        ("runsheet/Cargo.toml".to_owned(), workspace()),
    ];
    files.extend(runbook(name, &library));
    let sources = SOURCES.iter().map(|(path, text)| (*path, *text));
    let line = LINE
        .into_iter()
        .map(|(path, text)| (format!("abi/{path}"), text));
    let headers = HEADERS
        .into_iter()
        .map(|(path, text)| (format!("abi/include/{path}"), text));
    let all = sources
        .map(|(path, text)| (path.to_owned(), text))
        .chain(line)
        .chain(headers);
    files.extend(all.map(|(path, text)| (format!("runsheet/{path}"), text.to_owned())));
    Project {
        files,
        commands: commands(["cargo test", "cargo build"], &file, "plan runbook.yaml"),
    }
}

fn c(name: &str) -> Project {
    let mut files = vec![
        (
            format!("{name}.c"),
            filled(include_str!("new/c/plugin.c"), name),
        ),
        (
            "test.c".to_owned(),
            filled(include_str!("new/c/test.c"), name),
        ),
        (
            "Makefile".to_owned(),
            filled(include_str!("new/c/makefile"), name),
        ),
        (
            "README.md".to_owned(),
            filled(include_str!("new/c/readme.md"), name),
        ),
        (".gitignore".to_owned(), BUILT.to_owned()),
    ];
    files.extend(runbook(name, &format!("./{name}")));
    files.extend(include());
    Project {
        files,
        commands: commands(
            ["make test", "make"],
            &library_file(name),
            "plan runbook.yaml",
        ),
    }
}

fn python(name: &str) -> Project {
    let file = |path: String, text: &str| (path, filled(text, name));
    let mut files = vec![
        file(format!("{name}.c"), include_str!("new/python/plugin.c")),
        file(
            format!("{name}_driver.py"),
            include_str!("new/python/driver.py"),
        ),
        file("test.c".to_owned(), include_str!("new/python/test.c")),
        file(
            "test_driver.py".to_owned(),
            include_str!("new/python/test_driver.py"),
        ),
        file("Makefile".to_owned(), include_str!("new/python/makefile")),
        file("README.md".to_owned(), include_str!("new/python/readme.md")),
        file(
            "runbook.yaml".to_owned(),
            include_str!("new/python/runbook.yaml"),
        ),
        file(
            "sites/here.yaml".to_owned(),
            include_str!("new/python/site.yaml"),
        ),
        (".gitignore".to_owned(), BUILT.to_owned()),
        ("include/driver.md".to_owned(), DRIVER.to_owned()),
    ];
    files.extend(include());
    Project {
        files,
        commands: commands(
            ["make test", "make"],
            &library_file(name),
            "plan runbook.yaml --site sites/here.yaml",
        ),
    }
}

/// The headers, and what explains them.
fn include() -> impl Iterator<Item = (String, String)> {
    let all = HEADERS.into_iter().chain(LINE);
    all.map(|(path, text)| (format!("include/{path}"), text.to_owned()))
}

/// A workflow that uses the plugin, and a site to plan it on.
fn runbook(name: &str, library: &str) -> [(String, String); 2] {
    let runbook = filled(include_str!("new/runbook.yaml"), name).replace("LIBRARY", library);
    [
        ("runbook.yaml".to_owned(), runbook),
        (
            "sites/lab.yaml".to_owned(),
            include_str!("new/site.yaml").to_owned(),
        ),
    ]
}

/// What a library of this name is called on this system.
fn library_file(name: &str) -> String {
    let [before, after] = [std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX];
    format!("{before}{name}{after}")
}

/// What to do with a new plugin: test and build it, take it, have it scored, and use it.
fn commands(make: [&str; 2], library: &str, plan: &str) -> Vec<String> {
    let make = make.into_iter().map(str::to_owned);
    let take = ["add", "test"].map(|word| format!("runsheet plugin {word} {library}"));
    make.chain(take)
        .chain([format!("runsheet {plan}")])
        .collect()
}

fn filled(text: &str, name: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    // `NAME:` of a Rust constant is the only one that is meant as it stands.
    let text = text.replace("const NAME:", "const \u{0}:");
    let text = text.replace("LIBRARY_FILE", &library_file(name));
    let text = text.replace("NAME", name).replace("VERSION", version);
    text.replace('\u{0}', "NAME")
}

/// The workspace of the sources: ours, with those members only.
fn workspace() -> String {
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

#[cfg(test)]
mod tests;
