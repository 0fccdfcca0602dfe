//! What each beginning of a plugin is made of.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::Path;

use super::sources;

/// What is to be made.
pub(super) struct New<'n> {
    /// Its name.
    pub(super) name: &'n str,
    /// The whole path of the folder it is made in.
    pub(super) folder: &'n Path,
}

/// What is made, and what to do with it.
pub(super) struct Project {
    /// Places under the folder, and texts.
    pub(super) files: Vec<(String, String)>,
    /// What to type, in this order.
    pub(super) commands: Vec<String>,
}

/// A file, and what it is made of.
type Template = (&'static str, &'static str);

/// What `git` leaves alone.
const BUILT: &str = ".runsheet/\n*.so\n*.dylib\n*.dll\nrun-tests\n";

/// A workflow and a site for a kind that looks at files.
const LOOKS: [Template; 2] = [
    ("runbook.yaml", include_str!("runbook.yaml")),
    ("sites/lab.yaml", include_str!("site.yaml")),
];

/// A workflow and a site for texts by name.
const WRITES: [Template; 2] = [
    ("runbook.yaml", include_str!("texts/runbook.yaml")),
    ("sites/here.yaml", include_str!("texts/site.yaml")),
];

/// The words for texts by name in C, and their tests.
const TEXTS: [Template; 2] = [
    ("NAME.c", include_str!("texts/plugin.c")),
    ("test.c", include_str!("texts/test.c")),
];

/// How a driver in C is started.
const COMMAND_OF_C: &str = "\
#ifdef _WIN32
#define DRIVER \"\\\"./NAME-driver.exe\\\"\"
#else
#define DRIVER \"\\\"./NAME-driver\\\"\"
#endif";

/// How one in Python is.
const COMMAND_OF_PYTHON: &str = "#define DRIVER \"\\\"python3\\\", \\\"NAME_driver.py\\\"\"";

/// A kind of step in Rust.
pub(super) fn rust(new: &New<'_>) -> Project {
    let files = [
        ("Cargo.toml", include_str!("rust/manifest.toml")),
        ("src/lib.rs", include_str!("rust/plugin.rs")),
        ("README.md", include_str!("rust/readme.md")),
    ];
    let mut project = in_rust(new, &files, &LOOKS);
    project
        .commands
        .push("runsheet plan runbook.yaml".to_owned());
    project
}

/// A facility in Rust, with its driver.
pub(super) fn rust_driver(new: &New<'_>) -> Project {
    let files = [
        ("Cargo.toml", include_str!("rust-driver/manifest.toml")),
        ("src/lib.rs", include_str!("rust-driver/plugin.rs")),
        ("src/driver.rs", include_str!("rust-driver/driver.rs")),
        ("README.md", include_str!("rust-driver/readme.md")),
    ];
    let mut project = in_rust(new, &files, &WRITES);
    project.commands.push(HERE.to_owned());
    project
}

/// A kind of step in C.
pub(super) fn c(new: &New<'_>) -> Project {
    let files = [
        ("NAME.c", include_str!("c/plugin.c")),
        ("test.c", include_str!("c/test.c")),
        ("Makefile", include_str!("c/makefile")),
        ("README.md", include_str!("c/readme.md")),
    ];
    let words = Words::new(new);
    let mut project = in_c(&words, &[&files, &LOOKS], "");
    project
        .commands
        .push("runsheet plan runbook.yaml".to_owned());
    project
}

/// A facility in C, with its driver.
pub(super) fn c_driver(new: &New<'_>) -> Project {
    let files = [
        ("NAME_driver.c", include_str!("c-driver/driver.c")),
        ("test_driver.c", include_str!("c-driver/test_driver.c")),
        ("Makefile", include_str!("c-driver/makefile")),
        ("README.md", include_str!("c-driver/readme.md")),
    ];
    let words = Words::new(new).driven(COMMAND_OF_C, "NAME_driver.c");
    let mut project = in_c(
        &words,
        &[&files, &TEXTS, &WRITES],
        "NAME-driver\ntexts.json\n",
    );
    project.commands.push(HERE.to_owned());
    project
}

/// A driver in Python, and the facility in C.
pub(super) fn python(new: &New<'_>) -> Project {
    let files = [
        ("NAME_driver.py", include_str!("python/driver.py")),
        ("test_driver.py", include_str!("python/test_driver.py")),
        ("Makefile", include_str!("python/makefile")),
        ("README.md", include_str!("python/readme.md")),
    ];
    let words = Words::new(new).driven(COMMAND_OF_PYTHON, "NAME_driver.py");
    let mut project = in_c(
        &words,
        &[&files, &TEXTS, &WRITES],
        "__pycache__/\ntexts.json\n",
    );
    project.commands.push(HERE.to_owned());
    project
}

/// What plans with a driver.
const HERE: &str = "runsheet plan runbook.yaml --site sites/here.yaml";

fn in_rust(new: &New<'_>, files: &[Template], use_it: &[Template]) -> Project {
    let crate_name = new.name.replace('-', "_");
    let words = Words {
        library: format!("target/debug/{crate_name}"),
        library_file: library_file(&crate_name),
        ..Words::new(new)
    };
    let built = format!("target/debug/{}", words.library_file);
    let mut made = words.all(&[files, use_it]);
    made.push((".gitignore".to_owned(), ".runsheet/\ntarget/\n".to_owned()));
    made.extend(sources::crates());
    Project {
        files: made,
        commands: commands(["cargo test", "cargo build"], &built),
    }
}

/// `ignored` is what else `git` leaves alone.
fn in_c(words: &Words, files: &[&[Template]], ignored: &str) -> Project {
    let mut made = words.all(files);
    let ignored = words.filled(&format!("{BUILT}{ignored}"));
    made.push((".gitignore".to_owned(), ignored));
    made.extend(sources::include());
    Project {
        files: made,
        commands: commands(["make test", "make"], &words.library_file),
    }
}

/// What a library of this name is called on this system.
fn library_file(name: &str) -> String {
    format!("{DLL_PREFIX}{name}{DLL_SUFFIX}")
}

/// What to do with a new plugin: test and build it, take it, and have it scored.
fn commands(make: [&str; 2], library: &str) -> Vec<String> {
    let take = ["add", "test"].map(|word| format!("runsheet plugin {word} {library}"));
    make.into_iter().map(str::to_owned).chain(take).collect()
}

/// What stands for the words in capitals of a template.
struct Words {
    name: String,
    folder: String,
    /// The path by which a workflow names the library.
    library: String,
    library_file: String,
    /// How the driver is started, in C, and where it is written.
    driver: [&'static str; 2],
}

impl Words {
    fn new(new: &New<'_>) -> Words {
        let name = new.name;
        Words {
            name: name.to_owned(),
            // In YAML, within single quotes.
            folder: new.folder.display().to_string().replace('\'', "''"),
            library: format!("./{name}"),
            library_file: library_file(name),
            driver: ["", ""],
        }
    }

    fn driven(self, command: &'static str, source: &'static str) -> Words {
        let driver = [command, source];
        Words { driver, ..self }
    }

    fn all(&self, templates: &[&[Template]]) -> Vec<(String, String)> {
        let each = templates.iter().copied().flatten();
        each.map(|(path, text)| (path.replace("NAME", &self.name), self.filled(text)))
            .collect()
    }

    fn filled(&self, text: &str) -> String {
        let [command, source] = self.driver;
        let beside = self.library.trim_start_matches("./");
        // `NAME:` of a Rust constant is the only one that is meant as it stands.
        let words = [
            ("const NAME:", "const \u{0}:"),
            ("LIBRARY_FILE", &self.library_file),
            ("LIBRARY_BESIDE", &format!("../{beside}")),
            ("LIBRARY_PATH", &self.library),
            ("DRIVER_COMMAND", command),
            ("DRIVER_SOURCE", source),
            ("NAME", &self.name),
            ("VERSION", env!("CARGO_PKG_VERSION")),
            ("\u{0}", "NAME"),
            // Last: whatever stands in it is meant.
            ("FOLDER_PATH", &self.folder),
        ];
        words
            .into_iter()
            .fold(text.to_owned(), |text, (word, means)| {
                text.replace(word, means)
            })
    }
}
