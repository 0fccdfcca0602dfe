//! The manifest of a plugin, which lies beside its file: what it is and what it brings, so that
//! nobody has to run it to know. `runsheet plugin add` writes it from what the plugin says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use runsheet_messages::describe::{
    Description, DriverDescription, FacilityDescription, StepDescription,
};
use runsheet_step::Name;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::contents::Contents;
use crate::{hash, yaml};

/// What the names of manifests end with.
pub const ENDING: &str = ".plugin.yaml";

/// Its keys, in the order in which they are written.
const KEYS: [&str; 11] = [
    "plugin",
    "name",
    "version",
    "summary",
    "line",
    "library",
    "files",
    "score",
    "kinds",
    "facilities",
    "drivers",
];

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
    /// SHA-256 of its library, in hex.
    pub library: String,
    /// SHA-256 of the files that its drivers run, by their paths from the library's folder.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
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
    /// What tells it from any other, its files included: SHA-256 of all that stands in the manifest,
    /// but for the score. It is what is locked and signed.
    #[serde(skip)]
    pub sha256: String,
    /// All that stands in the manifest as it was written, but for the score.
    #[serde(skip)]
    said: Value,
}

/// What a plugin test came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// How many checks it passed.
    pub passed: u32,
    /// Of how many.
    pub of: u32,
    /// Which plugin was tested: its [`Manifest::sha256`] then.
    #[serde(default)]
    pub sha256: String,
}

/// What is known of how a plugin was tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested<'m> {
    /// Nothing.
    Never,
    /// Only how it was before it became what it is.
    Before,
    /// What it came to, if the manifest is to be believed.
    With(&'m Score),
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
        let said = yaml::read(text)?;
        if let Some(other) = said.get("plugin").filter(|format| **format != 1) {
            return Err(format!(
                "this program reads manifests of format 1, not {other}"
            ));
        }
        let manifest: Manifest =
            serde_json::from_value(said.clone()).map_err(|error| error.to_string())?;
        Ok(manifest.sealed(said))
    }

    /// What a plugin that speaks this version of the line says of itself, with these files.
    pub(crate) fn of(description: &Description, line: String, contents: &Contents) -> Manifest {
        let manifest = Manifest {
            plugin: 1,
            name: description.name.clone(),
            version: description.version.clone(),
            summary: description.summary.clone(),
            line,
            library: contents.library_hash(),
            files: contents.file_hashes(),
            kinds: description.steps.clone(),
            facilities: description.facilities.clone(),
            drivers: description.drivers.clone(),
            ..Manifest::default()
        };
        // A tree of maps, lists and texts can be written; there is no case in which it cannot.
        let said = serde_json::to_value(&manifest).unwrap_or_default();
        manifest.sealed(said)
    }

    /// With what tells it from any other.
    fn sealed(mut self, mut said: Value) -> Manifest {
        if let Value::Object(map) = &mut said {
            map.remove("score");
        }
        self.sha256 = hash::of_value(&said);
        self.said = said;
        self
    }

    /// Its text: what was read is written as it was read, by whatever version.
    #[must_use]
    pub fn text(&self) -> String {
        let mut said = self.said.clone();
        if let (Some(score), Value::Object(map)) = (&self.score, &mut said) {
            map.insert("score".to_owned(), serde_json::json!(score));
        }
        let entries = KEYS.iter().filter_map(|key| {
            let value = said.as_object_mut()?.remove(*key)?;
            Some((*key, value))
        });
        let entries: Vec<(&str, Value)> = entries.collect();
        format!(
            "# What this plugin is and brings; written by `runsheet plugin add`.\n{}",
            yaml::text(&entries)
        )
    }

    /// How it was tested. A score counts for what was tested and for nothing else.
    #[must_use]
    pub fn tested(&self) -> Tested<'_> {
        match &self.score {
            None => Tested::Never,
            Some(score) if score.sha256 == self.sha256 => Tested::With(score),
            Some(_) => Tested::Before,
        }
    }

    /// Whether another says the same, in other words perhaps.
    pub(crate) fn says_what(&self, other: &Manifest) -> bool {
        self.plain() == other.plain()
    }

    /// What it says of its plugin, in whatever words, but for the score.
    pub(crate) fn plain(&self) -> Manifest {
        Manifest {
            score: None,
            sha256: String::new(),
            said: Value::Null,
            ..self.clone()
        }
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
}

#[cfg(test)]
#[path = "tests/manifest.rs"]
mod tests;
