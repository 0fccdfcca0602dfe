//! Arguments of `graph`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueHint};
use runsheet_views::graph::Form;

use super::Laid;

/// Arguments of `graph`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet graph workflows/manual-dirsync-exchange-server.yaml
  runsheet graph workflows/repair.yaml --depth 9 --format svg > repair.svg
  runsheet graph workflows/repair.yaml --depth 0 --format mermaid

Marks: > acts, @ waits, = looks, + a group that is closed, - one that is open.")]
pub struct GraphArguments {
    /// The workflow file
    #[arg(value_hint = ValueHint::FilePath)]
    pub workflow: PathBuf,
    /// What is changed in the workflow
    #[command(flatten)]
    pub laid: Laid,
    /// How it is drawn
    #[arg(long, default_value = "text", value_parser = PossibleValuesParser::new(Form::ALL.map(|(name, _)| name)))]
    pub format: String,
    /// How many levels of groups are open
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub depth: usize,
    /// A group to open; may be given again
    #[arg(long, value_name = "ADDRESS")]
    pub expand: Vec<String>,
    /// A group to close; may be given again
    #[arg(long, value_name = "ADDRESS")]
    pub collapse: Vec<String>,
}
