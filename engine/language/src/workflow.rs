//! A workflow with its names bound: what planner and runner walk.
//!
//! Steps stand in one arena, each group before what is in it. Everything here is about steps as
//! written, never about their instances: it costs the same for three postoffices and for a
//! thousand.

mod call;
mod node;
pub mod order;
mod outcome;
pub(crate) mod tree;

use std::sync::Arc;

use indexmap::IndexMap;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;
use runsheet_step::shape::Type;
use serde::{Deserialize, Serialize};

use crate::expression::Template;

pub use call::{Call, CallInput, OutputDeclaration, as_hosts};
pub use node::{Action, Arming, At, Body, Confirm, Effects, Foreach, Node, StepId};
pub use outcome::{Accept, Cause, Failures, InDoubt, Lock, Pool, Retry, Then, Timeout, Undo};

/// A whole workflow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Workflow {
    /// Its name.
    pub name: Name,
    /// One line about it.
    pub summary: Name,
    /// The articles it follows, such as `Q147464`.
    pub see: Vec<Name>,
    /// What it is given, in the order written.
    pub inputs: IndexMap<Name, InputDeclaration>,
    /// All steps and groups. The first is the list of the whole run, [`StepId::MAIN`].
    pub nodes: Vec<Node>,
    /// What it gives to who calls it, in the order written.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub outputs: IndexMap<Name, OutputDeclaration>,
    /// The list of `finally:`, if there is one.
    pub finally: Option<StepId>,
    /// Whether it is there for others to include, and has nothing to run itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_library: bool,
    /// SHA-256 of the text it was read from, in hex.
    pub source_hash: Name,
}

/// An input as a workflow declares it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InputDeclaration {
    /// Where its name stands.
    pub span: Span,
    /// Its type.
    pub kind: Type,
    /// The variables that its hosts are read for, typed.
    pub vars: IndexMap<Name, VarDeclaration>,
    /// What it is where nothing is given.
    pub default: Option<Template>,
    /// One line for help and prompts.
    pub doc: Name,
}

/// A variable of hosts as a workflow declares it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VarDeclaration {
    /// Where its name stands.
    pub span: Span,
    /// Its type.
    pub kind: Type,
    /// What it is where the site says nothing.
    pub default: Option<Template>,
}

/// A workflow that is shared by all that walk it.
pub type SharedWorkflow = Arc<Workflow>;
