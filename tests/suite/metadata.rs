//! What cargo knows about the workspace and all it is built from, asked once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

use crate::repository;

/// The platform whose packages are looked at.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// The workspace and every package it may be built from.
pub(crate) static WORKSPACE: LazyLock<Workspace> = LazyLock::new(|| Workspace::read(&ask_cargo()));

/// All packages by cargo's identifier of them.
pub(crate) struct Workspace {
    packages: BTreeMap<String, Package>,
    members: Vec<String>,
}

/// One package.
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// The SPDX expression of its licence.
    pub(crate) licence: Option<String>,
    /// The identifiers of what it is built from: normal and build dependencies, not those of its
    /// tests.
    leans_on: BTreeSet<String>,
}

impl Workspace {
    fn read(metadata: &Value) -> Workspace {
        let mut packages = BTreeMap::new();
        for package in array(metadata, "packages") {
            packages.insert(text(package, "id"), Package::read(package));
        }
        for node in array(&metadata["resolve"], "nodes") {
            if let Some(package) = packages.get_mut(&text(node, "id")) {
                let edges = array(node, "deps").filter(|edge| is_built_in(edge));
                package.leans_on = edges.map(|edge| text(edge, "pkg")).collect();
            }
        }
        let members = array(metadata, "workspace_members");
        Workspace {
            packages,
            members: members
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Every package, our own included.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &Package> {
        self.packages.values()
    }

    /// Our own crates.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.members.iter().map(|id| &self.packages[id])
    }

    /// What a package is built from directly.
    pub(crate) fn leans_on<'w>(
        &'w self,
        package: &'w Package,
    ) -> impl Iterator<Item = &'w Package> {
        package.leans_on.iter().map(|id| &self.packages[id])
    }

    /// Everything one of our crates is built from, itself included, each with the shortest chain
    /// of names that leads to it.
    pub(crate) fn chains(&self, member: &str) -> Vec<(&Package, String)> {
        let Some(start) = self.members().find(|package| package.name == member) else {
            panic!("there is no crate `{member}`");
        };
        let mut seen = BTreeSet::from([(&start.name, &start.version)]);
        let mut queue = VecDeque::from([(start, start.name.clone())]);
        let mut found = Vec::new();
        while let Some((package, chain)) = queue.pop_front() {
            for next in self.leans_on(package) {
                if seen.insert((&next.name, &next.version)) {
                    queue.push_back((next, format!("{chain} -> {}", next.name)));
                }
            }
            found.push((package, chain));
        }
        found
    }
}

impl Package {
    fn read(package: &Value) -> Package {
        Package {
            name: text(package, "name"),
            version: text(package, "version"),
            licence: package["license"].as_str().map(str::to_owned),
            leans_on: BTreeSet::new(),
        }
    }
}

/// Whether an edge of the graph is more than a need of tests.
fn is_built_in(edge: &Value) -> bool {
    array(edge, "dep_kinds").any(|kind| kind["kind"] != "dev")
}

fn array<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn ask_cargo() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", PLATFORM])
        .current_dir(repository::root())
        .output()
        .expect("cargo is what runs this test");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata says: {talk}");
    serde_json::from_slice(&output.stdout).expect("cargo writes JSON")
}
