//! Arguments of `explain`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::Where;

/// Arguments of `explain`.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet explain wait-for-event
  runsheet explain retry
  runsheet explain expressions
  runsheet explain unknown-key
  runsheet explain cycle.t3 -w workflows/manual-dirsync-pc-only.yaml
  runsheet explain inputs.timeout -w workflows/manual-dirsync-pc-only.yaml --set timeout=5m
  runsheet explain hosts.SALES.vars.drive -w workflows/manual-dirsync-pc-only.yaml")]
pub struct ExplainArguments {
    /// The kind, key or code, or the address of a value of the workflow; nothing: a list of all
    pub what: Option<String>,
    /// The workflow, as with -w
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "workflow")]
    pub file: Option<PathBuf>,
    /// The workflow that is asked about, whose definitions are known
    #[arg(short = 'w', long = "workflow", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub workflow: Option<PathBuf>,
    /// Where, and with which inputs
    #[command(flatten)]
    pub place: Where,
    /// Write JSON, of an address only
    #[arg(long)]
    pub json: bool,
}

impl ExplainArguments {
    /// With the file that is named without `-w` as if it were, before or behind the address.
    #[must_use]
    pub fn arranged(&self) -> ExplainArguments {
        let mut arranged = self.clone();
        let is_file = |what: &str| what.ends_with(".yaml") || what.ends_with(".yml");
        let what_is_file = self.what.as_deref().is_some_and(is_file);
        match arranged.file.take() {
            Some(file) if what_is_file => {
                arranged.workflow = self.what.as_ref().map(PathBuf::from);
                arranged.what = Some(file.display().to_string());
            }
            Some(file) => arranged.workflow = Some(file),
            None if what_is_file && self.workflow.is_none() => {
                arranged.workflow = arranged.what.take().map(PathBuf::from);
            }
            None => {}
        }
        arranged
    }
}
