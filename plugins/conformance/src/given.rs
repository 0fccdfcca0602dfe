//! Steps that the author of a plugin gives, each with what it finds: worlds that nobody who does
//! not know the plugin could make up.

use std::collections::BTreeMap;

use runsheet_step::fact::{Fact, Key};
use runsheet_step::{Name, Value};
use serde::Deserialize;

/// A step with what it finds. It has to come to a good end.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// The kind.
    pub(crate) uses: Name,
    /// The host.
    #[serde(default)]
    pub(crate) host: Value,
    /// The input.
    #[serde(default)]
    pub(crate) with: Value,
    /// What is there; everything else is absent.
    #[serde(default)]
    finds: Vec<Found>,
}

/// One thing that is there, and what is answered to questions about it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    facility: Name,
    resource: Name,
    /// How it is, to a `get` and until it is written.
    #[serde(default)]
    get: Value,
    /// To a `list`, and to a wait.
    #[serde(default)]
    list: Vec<Value>,
    /// To acts of these names, where their facility does not say it.
    #[serde(default)]
    acts: BTreeMap<Name, Value>,
}

impl Sample {
    /// Reads a file of them: a list in YAML.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Vec<Sample>, String> {
        serde_yaml::from_str(text).map_err(|error| {
            // Below stands a piece of the file.
            let told = error.to_string();
            let first = told.lines().next().unwrap_or_default();
            first.strip_prefix("error: ").unwrap_or(first).to_owned()
        })
    }

    /// The step as an example would write it.
    pub(crate) fn step(&self) -> Value {
        Value::map([("host", self.host.clone()), ("with", self.with.clone())])
    }

    fn found(&self, key: &Key) -> Option<&Found> {
        let is_it = |one: &&Found| one.facility == key.facility && one.resource == key.resource;
        self.finds.iter().find(is_it)
    }

    /// How a resource is.
    pub(crate) fn fact(&self, key: &Key) -> Fact {
        match self.found(key).map(|found| &found.get) {
            None | Some(Value::Null) => Fact::Absent,
            Some(value) => Fact::Known(value.clone()),
        }
    }

    /// What is answered to a `list`, and to a wait.
    pub(crate) fn items(&self, key: &Key) -> Vec<Value> {
        self.found(key)
            .map(|found| found.list.clone())
            .unwrap_or_default()
    }

    /// What an act replies.
    pub(crate) fn reply(&self, key: &Key, act: &str) -> Value {
        let acts = self.found(key).map(|found| &found.acts);
        let reply = acts.and_then(|acts| acts.get(act));
        reply.cloned().unwrap_or_default()
    }
}
