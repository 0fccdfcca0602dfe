//! A workflow bound to a site: inputs resolved, hosts with their variables. What a plan and a run
//! are made from; nothing of it is read again from a file.

mod before;
mod bind;
mod calls;
mod given;
mod hosts;
mod inputs;
mod kept;
mod lacking;
mod set_vars;
mod strays;
mod texts;

use std::sync::Arc;

use indexmap::IndexMap;
use runsheet_diagnostics::code::Code;
use runsheet_step::{Host, Map, Name, Value};
use serde::{Deserialize, Serialize};

use crate::workflow::Workflow;

pub(crate) use before::BeforeRun;
pub use bind::bind;
pub use given::{Given, GivenVar, read_inputs, unfit};
pub(crate) use hosts::groups_disagree;
pub use kept::GivenSecret;

/// All codes of this module.
pub(crate) static CODES: &[&Code] = &[
    &bind::MISSING_INPUT,
    &bind::MISSING_VAR,
    &hosts::GROUPS_DISAGREE,
];

/// A workflow with its inputs and its site.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bound {
    /// The workflow.
    pub workflow: Arc<Workflow>,
    /// Its inputs, resolved.
    pub inputs: Map,
    /// The name of the site.
    pub site: Name,
    /// Whether the site is no lab.
    pub real: bool,
    /// The hosts of the site by name, with their variables typed.
    pub hosts: IndexMap<Name, Arc<Host>>,
    /// What each host shares with others and so locks with itself.
    pub exclusive: IndexMap<Name, Name>,
    /// The name `site` of expressions: `{name, groups: {..: [host]}}`.
    pub site_value: Value,
    /// The name `secrets` of expressions.
    pub secrets: Value,
}
