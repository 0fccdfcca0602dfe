//! A site as its file says it: hosts, groups, variables, and which driver serves what.
//!
//! A site file says where a workflow runs and nothing of what it does; the same workflow runs on
//! another site by naming another file.

mod in_a_list;
mod keys;
mod lab;
mod options;
mod overlays;
pub(crate) mod plain;
mod read;
pub(crate) mod secrets;
pub(crate) mod unevaluated;

use indexmap::IndexMap;
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::span::Span;
use runsheet_step::{Name, Value};

use crate::compose::OwnVars;

pub use keys::SITE;
pub use lab::{LAB, LAB_PROFILES};
pub use options::{check_options, check_options_alone};
pub(crate) use read::UNKNOWN_HOST;
pub use read::{read_site, read_site_with};
pub(crate) use secrets::{HOW_KEPT, reference};
pub use secrets::{SecretSource, secret_sources};

/// All codes of this module.
pub(crate) static CODES: &[&Code] = &[&read::SITE_FORMAT, &read::UNKNOWN_HOST];

/// A site.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Its name.
    pub name: Name,
    /// Whether it is no lab.
    pub real: bool,
    /// Groups of hosts, in the order written.
    pub groups: IndexMap<Name, Vec<(Name, Span)>>,
    /// Variables of every host.
    pub vars: IndexMap<Name, Setting>,
    /// Variables of the hosts of a group.
    pub group_vars: IndexMap<Name, IndexMap<Name, Setting>>,
    /// Its hosts, in the order written.
    pub hosts: IndexMap<Name, SiteHost>,
    /// Secrets that belong to no host.
    pub secrets: IndexMap<Name, Setting>,
    /// The variables that overlays give, by host or group; a later overlay outranks an earlier one,
    /// and all of them outrank what is said above.
    pub overlays: Vec<IndexMap<Name, OwnVars>>,
    /// What the simulated site is made of; nothing: there is none.
    pub lab: Option<Value>,
    /// Whether hosts or groups of it could not be read, which has been told: what is missed may be
    /// among them.
    pub is_torn: bool,
}

/// One host of a site.
#[derive(Clone, Debug, Default)]
pub struct SiteHost {
    /// Where its name stands.
    pub span: Span,
    /// The machine that acts for it, if it is another one.
    pub at: Option<Name>,
    /// Where that machine is named.
    pub at_span: Option<Span>,
    /// What it shares with every host that names it, such as a drive letter.
    pub exclusive: Option<Name>,
    /// Its own variables.
    pub vars: IndexMap<Name, Setting>,
    /// Which driver serves which facility.
    pub facilities: IndexMap<Name, Binding>,
}

/// A value of a site file, and where it stands. What it means is the workflow's to say: a scalar
/// keeps its source text.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The value; scalars as text in a text field keep the look of their source.
    pub value: Value,
    /// Its source text, if it is a scalar.
    pub text: Option<Name>,
    /// Its items, if it is a list.
    pub items: Vec<Setting>,
    /// Where it stands.
    pub span: Span,
}

/// Which driver serves a facility.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Its name, such as `lab` or `local`.
    pub driver: Name,
    /// Where the name stands.
    pub span: Span,
    /// Everything else written beside it.
    pub options: Value,
}
