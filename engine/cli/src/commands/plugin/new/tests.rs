//! What a new plugin is made of.

use std::path::Path;

use super::{Project, SOURCES, c, is_free, name, python, rust, workspace};
use crate::catalogue::catalogue;

fn projects() -> [Project; 3] {
    [rust("file-size"), c("file-size"), python("file-size")]
}

#[test]
fn a_plugin_has_the_name_of_its_folder() {
    for good in ["greet", "tools/file-size", "a1"] {
        let last = good.rsplit('/').next();
        assert_eq!(name(Path::new(good)).ok().as_deref(), last);
    }
    for bad in ["", "Greet", "1a", "a_b", "-a", "a-", "größe", "a b"] {
        assert!(name(Path::new(bad)).is_err(), "{bad}");
    }
}

#[test]
fn a_name_of_our_own_is_refused_with_another() {
    let linked = catalogue();
    let refused = |name: &str| is_free(name, &linked).err().map(|why| format!("{why:?}"));
    assert!(refused("file-size").is_none());
    for (name, what) in [
        ("service", "kind of step"),
        ("file", "facility"),
        ("test", "tests"),
    ] {
        let why = refused(name).expect("it is taken");
        assert!(
            why.contains(what) && why.contains(&format!("`my-{name}`")),
            "{why}"
        );
    }
}

#[test]
fn every_beginning_is_taken_and_tested_before_it_is_planned_with() {
    for project in projects() {
        let at = |word: &str| {
            let mut commands = project.commands.iter();
            let at = commands.position(|one| one.starts_with(word));
            at.expect("it is told")
        };
        assert!(at("runsheet plugin add ") < at("runsheet plugin test "));
        assert!(at("runsheet plugin test ") < at("runsheet plan "));
        let text = |ends: &str| {
            let file = project.files.iter().find(|(path, _)| path.ends_with(ends));
            &*file.expect("it is made").1
        };
        for command in &project.commands {
            let line = format!("    {command}\n");
            assert!(text("README.md").contains(&line), "{command}");
        }
        assert!(text(".gitignore").lines().any(|line| line == ".runsheet/"));
    }
}

#[test]
fn nothing_is_left_to_be_filled_in() {
    for project in projects() {
        for (path, text) in &project.files {
            if path.starts_with("runsheet/") || path.starts_with("include/") {
                continue;
            }
            let text = text.replace("const NAME", "");
            for word in ["NAME", "LIBRARY:", ": LIBRARY", "VERSION"] {
                assert!(!text.contains(word), "{path}: {word}");
            }
        }
    }
}

#[test]
fn no_path_leads_back_here() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2).expect("it is in a repository");
    let root = root.display().to_string();
    for (path, text) in projects().into_iter().flat_map(|project| project.files) {
        assert!(!text.contains(&root), "{path}");
        assert!(
            !text.contains("path = \"..") && !Path::new(&path).is_absolute(),
            "{path}"
        );
    }
}

#[test]
fn every_file_is_made_once() {
    for project in projects() {
        let mut paths: Vec<&str> = project.files.iter().map(|(path, _)| &**path).collect();
        let count = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), count);
    }
}

#[test]
fn the_sources_have_all_that_their_manifests_name() {
    let workspace = workspace();
    let manifests = SOURCES
        .iter()
        .filter(|(path, _)| path.ends_with("/Cargo.toml"));
    let mut count = 0;
    for (path, text) in manifests {
        count += 1;
        let folder = path.trim_end_matches("/Cargo.toml");
        assert!(
            workspace.contains(&format!("\"{folder}\"")),
            "{folder} is a member"
        );
        assert!(
            SOURCES
                .iter()
                .any(|(path, _)| *path == format!("{folder}/src/lib.rs"))
        );
        let inherited = text
            .lines()
            .filter_map(|line| line.strip_suffix(".workspace = true"));
        for key in inherited {
            assert!(workspace.contains(&format!("\n{key} = ")), "{path}: {key}");
        }
    }
    assert_eq!(count, 5);
}
