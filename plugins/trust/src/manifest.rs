//! The manifest of a plugin, which lies beside its file: what it is and what it brings, so that
//! nobody has to run it to know. `runsheet plugin add` writes it from what the plugin says.

use std::path::{Path, PathBuf};

use runsheet_messages::describe::{
    Description, DriverDescription, FacilityDescription, StepDescription,
};
use runsheet_step::Name;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::yaml;

/// What the names of manifests end with.
pub const ENDING: &str = ".plugin.yaml";

/// A manifest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format, `1`.
    pub plugin: u32,
    /// The plugin's name.
    pub name: Name,
    /// Its version.
    pub version: Name,
    /// What it is for.
    #[serde(default)]
    pub summary: Name,
    /// The version of the line that it speaks, such as `1.1`.
    pub line: String,
    /// What tells it and the files of its drivers from any other: SHA-256, in hex.
    pub sha256: String,
    /// Its kinds of step.
    #[serde(default)]
    pub kinds: Vec<StepDescription>,
    /// Its facilities.
    #[serde(default)]
    pub facilities: Vec<FacilityDescription>,
    /// Its drivers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<DriverDescription>,
    /// How many of the checks of `runsheet plugin test` it passed, if it was tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
}

/// What a plugin test came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// How many checks it passed.
    pub passed: u32,
    /// Of how many.
    pub of: u32,
}

impl std::fmt::Display for Score {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} of {}", self.passed, self.of)
    }
}

/// The place of the manifest of a plugin's file.
#[must_use]
pub fn path_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ENDING);
    name.into()
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Manifest, String> {
        let manifest: Manifest =
            serde_json::from_value(yaml::read(text)?).map_err(|error| error.to_string())?;
        match manifest.plugin {
            1 => Ok(manifest),
            other => Err(format!(
                "this program reads manifests of format 1, not {other}"
            )),
        }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        // A tree of maps, lists and texts can be written; there is no case in which it cannot.
        let mut said = serde_json::to_value(self).unwrap_or_default();
        let keys = [
            "plugin",
            "name",
            "version",
            "summary",
            "line",
            "sha256",
            "score",
            "kinds",
            "facilities",
            "drivers",
        ];
        let entries = keys.iter().filter_map(|key| {
            let value = said.as_object_mut()?.remove(*key)?;
            Some((*key, value))
        });
        let entries: Vec<(&str, Value)> = entries.collect();
        format!(
            "# What this plugin is and brings; written by `runsheet plugin add`.\n{}",
            yaml::text(&entries)
        )
    }

    /// What a plugin that speaks this version of the line says of itself.
    pub(crate) fn describe(&mut self, description: &Description, line: String) {
        self.plugin = 1;
        self.name = description.name.clone();
        self.version = description.version.clone();
        self.summary = description.summary.clone();
        self.kinds.clone_from(&description.steps);
        self.facilities.clone_from(&description.facilities);
        self.drivers.clone_from(&description.drivers);
        self.line = line;
    }

    /// Whether a plugin says of itself what stands here.
    pub(crate) fn is_of(&self, description: &Description) -> bool {
        (&self.name, &self.version) == (&description.name, &description.version)
            && self.kinds == description.steps
            && self.facilities == description.facilities
            && self.drivers == description.drivers
    }

    /// The names of its kinds.
    pub(crate) fn kind_names(&self) -> Vec<Name> {
        self.kinds.iter().map(|step| step.kind.clone()).collect()
    }

    /// The words of its drivers' command lines that may be files of the plugin: all that name
    /// something beside the manifest.
    pub(crate) fn driver_files(&self, folder: &Path) -> Vec<String> {
        let words = self.drivers.iter().flat_map(|driver| &driver.run);
        let mut files: Vec<String> = words
            .filter(|word| !Path::new(&***word).is_absolute() && folder.join(&***word).is_file())
            .map(ToString::to_string)
            .collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

#[cfg(test)]
#[path = "tests/manifest.rs"]
mod tests;
