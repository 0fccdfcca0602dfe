//! `lab.json`: what a directory is known by, and how often the lab in it was changed.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::MACHINERY;
use super::commit::Action;
use super::layer::Look;
use super::trouble::Trouble;
use crate::lab::Lab;

const NAME: &str = "lab.json";
/// Goes up whenever a lab is kept in another form; a test tells when that is.
pub(super) const FORMAT: u32 = 5;

/// What `lab.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marker {
    /// The format of the lab's files.
    lab: u32,
    /// How many actions have changed the lab.
    pub(crate) generation: u64,
    /// The hosts of the site, in order of their names.
    pub(crate) hosts: Vec<String>,
}

impl Marker {
    /// The marker of a new lab.
    pub(crate) fn of(lab: &Lab) -> Self {
        Self {
            lab: FORMAT,
            generation: 0,
            hosts: lab.roles().into_iter().map(|(host, _)| host).collect(),
        }
    }

    /// Reads the marker of a directory, if it has one.
    pub(crate) fn read(layer: &dyn Look, root: &Path) -> Result<Option<Self>, Trouble> {
        let path = root.join(NAME);
        let stamp = layer.stamp(&path).map_err(|it| Trouble::of(&path, &it))?;
        if stamp.is_none() {
            return Ok(None);
        }
        let bytes = layer.read(&path).map_err(|it| Trouble::of(&path, &it))?;
        let marker: Self = serde_json::from_slice(&bytes).map_err(|it| {
            let reason = format!("this is not what a lab is known by: {it}");
            Trouble::new(&path, reason, "take the directory of a lab, or a new one")
        })?;
        if marker.lab != FORMAT {
            let reason = format!(
                "another version of this program made the lab: its files have format {}, and this \
                 one reads format {FORMAT}",
                marker.lab
            );
            let remedy = "go on with the version that made it, or make a new lab with this one";
            return Err(Trouble::new(&path, reason, remedy));
        }
        Ok(Some(marker))
    }

    /// Writes the marker with an action, as the last of its files.
    pub(crate) fn put(&self, action: &mut Action, root: &Path) -> Result<(), Trouble> {
        let bytes = serde_json::to_vec_pretty(self);
        let told = |it: serde_json::Error| Trouble::new(&root.join(NAME), it.to_string(), "");
        action.put(NAME, &bytes.map_err(told)?);
        Ok(())
    }

    /// That a lab cannot be made where one is.
    pub(crate) fn is_there_already(&self, root: &Path) -> Trouble {
        let reason = format!("a lab of {} is there already", self.hosts.join(", "));
        Trouble::new(root, reason, "open it, or take a new directory")
    }

    /// That a site has other hosts than the lab.
    pub(crate) fn differs(&self, root: &Path, hosts: &[String]) -> Trouble {
        let reason = format!(
            "the lab there has the hosts {}, and the site has {}",
            self.hosts.join(", "),
            hosts.join(", ")
        );
        let remedy = "take the site file it was made with, or a new directory";
        Trouble::new(root, reason, remedy)
    }
}

/// Whether a directory holds a lab.
pub(crate) fn is_lab(root: &Path) -> bool {
    root.join(NAME).is_file() || root.join(MACHINERY).join("commit").is_file()
}

/// Refuses a directory in which something is that is no lab.
pub(crate) fn must_be_free(root: &Path) -> Result<(), Trouble> {
    if is_lab(root) || !root.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(root).map_err(|it| Trouble::of(root, &it))?;
    for entry in entries {
        let entry = entry.map_err(|it| Trouble::of(root, &it))?;
        if entry.file_name() != MACHINERY {
            let name = entry.file_name();
            let reason = format!("`{}` is there, and no lab", name.to_string_lossy());
            return Err(Trouble::new(
                root,
                reason,
                "take a new or an empty directory",
            ));
        }
    }
    Ok(())
}

/// Refuses a directory without a lab, before anything is written there.
pub(crate) fn must_be_a_lab(root: &Path) -> Result<(), Trouble> {
    if is_lab(root) {
        return Ok(());
    }
    fs::read_dir(root).map_err(|it| Trouble::of(root, &it))?;
    Err(no_lab(root))
}

/// That there is no lab.
pub(crate) fn no_lab(root: &Path) -> Trouble {
    let remedy = "name the directory of a lab, or make one there with `runsheet lab new`";
    Trouble::new(root, "no lab is there", remedy)
}
