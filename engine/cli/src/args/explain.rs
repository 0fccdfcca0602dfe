//! Arguments of `explain`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::Where;

/// Arguments of `explain`.
#[derive(Debug, Args)]
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
