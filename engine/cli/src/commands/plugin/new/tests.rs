//! What a new plugin is made of.

use std::path::Path;

use clap::ValueEnum;

use super::project;
use super::projects::{New, Project};
use super::sources::{SOURCES, workspace};
use crate::args::plugin::{Brings, Language};

fn new() -> New<'static> {
    New {
        name: "file-size",
        folder: Path::new("/it's/file-size"),
    }
}

/// All that can be asked for.
fn asked() -> impl Iterator<Item = (Language, Brings)> {
    let languages = Language::value_variants().iter();
    languages.flat_map(|lang| Brings::value_variants().iter().map(|kind| (*lang, *kind)))
}

fn projects() -> Vec<Project> {
    let made = asked().filter_map(|(lang, kind)| project(&new(), lang, kind).ok());
    made.collect()
}

#[test]
fn only_a_kind_of_step_in_python_is_refused_and_what_to_take_is_told() {
    let mut refused = asked().filter_map(|(lang, kind)| {
        let why = project(&new(), lang, kind).err()?;
        Some((lang, kind, format!("{why:?}")))
    });
    let (lang, kind, why) = refused.next().expect("one is");
    assert_eq!((lang, kind), (Language::Python, Brings::Step));
    assert!(why.contains("--lang rust or --lang c"), "{why}");
    assert!(refused.next().is_none());
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
            let in_yaml = "file: '/it''s/file-size/texts.json'";
            assert!(
                path != "sites/here.yaml" || text.contains(in_yaml),
                "{text}"
            );
            for word in ["NAME", "LIBRARY_", "VERSION", "DRIVER_", "FOLDER_"] {
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
