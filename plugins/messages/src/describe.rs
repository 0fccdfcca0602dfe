//! What a plugin says of itself: the answer to `describe`, whose message is `{}`.

use runsheet_step::{Field, Name, Shape};
use serde::{Deserialize, Serialize};

/// A plugin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// Its name, as `plugin list` and lock files say it.
    pub name: Name,
    /// Its version, such as `1.4.0`.
    pub version: Name,
    /// One line: what it is for.
    #[serde(default)]
    pub summary: Name,
    /// Its kinds of step.
    #[serde(default)]
    pub steps: Vec<StepDescription>,
    /// Its facilities.
    #[serde(default)]
    pub facilities: Vec<FacilityDescription>,
    /// The programs it brings, which perform the requests of facilities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<DriverDescription>,
}

/// A kind of step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepDescription {
    /// The name that `uses:` says.
    pub kind: Name,
    /// What it takes and gives.
    pub shape: Shape,
    /// Whether its steps can write.
    #[serde(default = "always")]
    pub acts: Answered,
    /// Whether its steps may wait for what perhaps never comes.
    #[serde(default)]
    pub waits: Answered,
    /// Whether it has more to say of an input than its shape says, by `check`.
    #[serde(default)]
    pub checks: bool,
}

/// What is answered once for all inputs, or for each by `check`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// Yes, whatever the input.
    Always,
    /// No, whatever the input.
    #[default]
    Never,
    /// By `check`, for each input.
    EachTime,
}

fn always() -> Answered {
    Answered::Always
}

/// A facility.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FacilityDescription {
    /// Its name in requests and site files.
    pub name: Name,
    /// Whether what happens at other hosts shows in it.
    #[serde(default)]
    pub hears_others: bool,
    /// The methods it answers itself, of `predict`, `inverse`, `repeat`, `matches` and `about`;
    /// for the others it is a facility of plain resources that are read and written.
    #[serde(default)]
    pub answers: Vec<Name>,
    /// What can be asked of it, in Markdown: a line about it, a table of two columns, and what else
    /// there is to say.
    #[serde(default, skip_serializing_if = "name_is_empty")]
    pub doc: Name,
}

fn name_is_empty(name: &Name) -> bool {
    name.is_empty()
}

/// A program that performs the requests of a facility. What is said to it is no matter of a
/// library: see `plugins/driver`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriverDescription {
    /// Its name in site files, as in `facilities: {http: {driver: http}}`.
    pub name: Name,
    /// The facility it serves.
    pub facility: Name,
    /// The program and its arguments, one by one. It is started without a shell, in a folder with
    /// copies of the plugin's files: those that these words name beside the library, and `files`.
    pub run: Vec<Name>,
    /// What else it reads from its folder, such as modules: paths from that of the library.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Name>,
    /// Variables of the environment that it is given beside the usual few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub environment: Vec<Name>,
    /// What a site file may say beside its name; if nothing is said here, anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<Field>>,
}
