//! A host as expressions and steps see it.

use serde::{Deserialize, Serialize};

use crate::Name;
use crate::value::Map;

/// A machine, or something addressed like one (a postoffice), with its variables resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Host {
    /// Its name in the site file.
    pub name: Name,
    /// The groups it belongs to, in the site's order.
    pub groups: Vec<Name>,
    /// Its variables, typed as the workflow declares them.
    pub vars: Map,
}
