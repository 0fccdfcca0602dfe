//! Labs on disk: as faithful as those in memory, whole after any death, and open to a person's hands.

mod cycle;
mod form;
mod hands;
mod hub;
mod kills;
mod opening;
mod rights;
mod serving;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use serde_json::Value;

use super::Disk;
use crate::blueprint::{Blueprint, Changes};
use crate::lab::Lab;
use crate::password;
use crate::tests::blueprint;

/// A folder for one test, gone after it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("runsheet-lab-{}-{number}", process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn lab(&self) -> PathBuf {
        self.0.join("lab")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A site of one Exchange server and two postoffices, where all is logged.
fn site() -> Blueprint {
    Blueprint {
        history: true,
        changes: Changes::Everywhere(1),
        ..blueprint(&["SALES", "PLANT"])
    }
}

/// Runs a command at a host to its end. `PW` stands for the administrator's password.
fn run(lab: &mut Lab, host: &str, line: &str) {
    let line = line.replace("PW", &password::of(host));
    let argv: Vec<&str> = line.split(' ').collect();
    lab.run(host, &argv, r"M:\MAILEXE").unwrap();
}

/// Everything there is in a lab.
fn contents(lab: &Lab) -> Value {
    let parts = [
        serde_json::to_value(lab),
        serde_json::to_value(lab.postoffices.to_vec()),
        serde_json::to_value(lab.exchanges.to_vec()),
    ];
    parts.map(Result::unwrap).to_vec().into()
}

/// The first difference between two values.
fn difference(one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        _ if one == other => None,
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            a.iter().find_map(|(key, it)| {
                let inner = difference(it, b.get(key).unwrap_or(&Value::Null))?;
                Some(format!("{key}.{inner}"))
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).zip(0..);
            pairs.find_map(|((a, b), at)| Some(format!("{at}.{}", difference(a, b)?)))
        }
        _ => Some(format!(" {one:.300} and {other:.300}")),
    }
}

#[track_caller]
fn same(one: &Lab, other: &Lab) {
    let found = difference(&contents(one), &contents(other));
    assert_eq!(found, None);
}

/// That every file of every postoffice has on disk the size the lab says.
#[track_caller]
fn sizes_agree(root: &Path, lab: &Lab) {
    for postoffice in &lab.postoffices {
        for (path, fact) in postoffice.files() {
            let place = root.join(&*postoffice.host).join(path.replace('\\', "/"));
            let size = fs::metadata(&place)
                .unwrap_or_else(|it| panic!("{path}: {it}"))
                .len();
            assert_eq!(size, fact.size, "{path} of {}", postoffice.host);
        }
    }
}

/// The lab as another process sees it.
pub(crate) fn seen_by_another(root: &Path) -> Lab {
    Disk::open(root).unwrap().held.lab
}
