//! Every linked kind and facility is a library as well, and the stories hold with all of them
//! loaded and none linked.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};

use runsheet_host::library::Library;
use runsheet_host::line::{Line, Trouble};
use runsheet_host::plugin::Plugin;
use runsheet_kit::desk::Desk;
use runsheet_messages::method::Method;
use runsheet_step::Catalogue;
use serde_json::Value;

use crate::product::CATALOGUE as LINKED;
use crate::repository::root;
use crate::stories;

/// A line that counts what is said over it.
pub(crate) struct Counting {
    pub(crate) line: Arc<Library>,
    turns: AtomicUsize,
}

impl Line for Counting {
    fn answers(&self, method: Method) -> bool {
        self.line.answers(method)
    }

    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        let is_turn = usize::from(matches!(method, Method::Turn | Method::About));
        self.turns.fetch_add(is_turn, Relaxed);
        self.line.hear(method, message, hears)
    }
}

/// The libraries of the house, and the kinds that are in them.
pub(crate) struct Loaded {
    pub(crate) lines: BTreeMap<String, Arc<Counting>>,
    pub(crate) catalogue: Catalogue,
}

pub(crate) static LOADED: LazyLock<Loaded> = LazyLock::new(|| {
    let mut loaded = Loaded {
        lines: BTreeMap::new(),
        catalogue: Catalogue::default(),
    };
    for path in libraries() {
        let library = Library::load(&path).unwrap_or_else(|why| panic!("{path:?}: {why}"));
        let line = Arc::new(Counting {
            line: Arc::new(library),
            turns: AtomicUsize::new(0),
        });
        let plugin = Plugin::at(line.clone()).expect("a library says what it is");
        loaded.catalogue = plugin.fill(loaded.catalogue);
        loaded
            .lines
            .insert(plugin.description.name.to_string(), line);
    }
    loaded
});

/// The libraries of `steps`, built as cargo builds them for anybody.
fn libraries() -> Vec<PathBuf> {
    built(&["--workspace", "--examples"], "steps")
}

/// The libraries of a folder that cargo builds when it is asked for this.
pub(crate) fn built(what: &[&str], folder: &str) -> Vec<PathBuf> {
    let library = |line: &Value| library(line, folder);
    let made: Vec<PathBuf> = told(what).iter().filter_map(library).collect();
    assert!(!made.is_empty(), "there are libraries");
    made
}

/// A program of a package, as cargo builds it for anybody.
pub(crate) fn executable(package: &str, name: &str) -> PathBuf {
    let lines = told(&["-p", package, "--bin", name]);
    let mut made = lines.iter().filter(|line| line["target"]["name"] == name);
    let path = made.find_map(|line| line["executable"].as_str());
    path.expect("there is a program").into()
}

/// What cargo tells of what it builds.
fn told(what: &[&str]) -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked"]).args(what);
    cargo.args(["--message-format=json-render-diagnostics"]);
    let built = cargo.current_dir(root()).output().expect("cargo runs");
    let talk = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "it is built:\n{talk}");
    let text = String::from_utf8(built.stdout).expect("cargo writes UTF-8");
    let lines = text.lines();
    lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// The file of a library of a folder, if this line of cargo's tells of one.
fn library(line: &Value, folder: &str) -> Option<PathBuf> {
    let target = &line["target"];
    let is_library = target["crate_types"][0] == "cdylib";
    let source = target["src_path"].as_str().unwrap_or_default();
    let is_ours = source.starts_with(&root().join(folder).display().to_string());
    let file = line["filenames"][0].as_str()?;
    (is_library && is_ours).then(|| file.into())
}

#[test]
fn every_linked_kind_and_facility_is_a_library_too() {
    let names = |catalogue: &Catalogue| {
        let kinds = catalogue.kinds().map(|(name, _)| name.to_owned());
        let facilities = catalogue.facilities().map(|(name, _)| name.to_owned());
        kinds.chain(facilities).collect::<Vec<_>>()
    };
    assert_eq!(names(&LOADED.catalogue), names(&LINKED));
    for (name, linked) in LINKED.kinds() {
        let loaded = LOADED.catalogue.kind(name).expect("it is there");
        assert_eq!(loaded.shape(), linked.shape(), "{name}");
        assert!(
            !ptr::eq(loaded.shape(), linked.shape()),
            "{name} is the linked one"
        );
    }
}

#[test]
fn every_story_holds_with_all_kinds_loaded() {
    let broken = stories::broken_at(|| Desk::knowing(LOADED.catalogue.clone()));
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    for (name, line) in &LOADED.lines {
        assert!(line.turns.load(Relaxed) > 0, "nobody asked {name} anything");
    }
}
