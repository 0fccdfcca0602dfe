//! The names that are known before a run.

use std::sync::Arc;

use runsheet_step::{Map, Value};

use crate::expression::scope::{Found, Key, Missing, Scope};

/// What expressions can be told of before a run: of the workflow or the call that they stand in.
#[derive(Clone, Debug)]
pub(crate) struct BeforeRun {
    /// The inputs, as far as they are known.
    pub(crate) inputs: Map,
    /// The name `site`.
    pub(crate) site: Value,
    /// The name `secrets`.
    pub(crate) secrets: Value,
    /// The host of the step, if it is known.
    pub(crate) host: Option<Value>,
    /// The items of `foreach`es around, where one is chosen.
    pub(crate) items: Map,
}

impl Scope for BeforeRun {
    fn path(&self, root: &str, _keys: &[Key<'_>]) -> Result<Found, Missing> {
        let value = match (root, &self.host) {
            ("site", _) => self.site.clone(),
            ("inputs", _) => Value::Map(Arc::new(self.inputs.clone())),
            ("secrets", _) => self.secrets.clone(),
            ("host", Some(host)) => host.clone(),
            _ if self.items.contains_key(root) => self.items[root].clone(),
            _ => {
                return Err(Missing {
                    at: 0,
                    message: format!("`{root}` is not known before a run"),
                    help: None,
                });
            }
        };
        Ok(Found { value, used: 0 })
    }
}
