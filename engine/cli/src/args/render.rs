//! Arguments of `render`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::Laid;

/// Arguments of `render`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet render workflows/manual-dirsync-pc-only.yaml
  runsheet render exchange-5.0.yaml --overlay slow-wan.yaml -o exchange-5.0-slow.yaml

What a workflow extends, includes and calls is worked in, and comments say from which file it came.
To render the result again changes nothing.")]
pub struct RenderArguments {
    /// The workflow file
    #[arg(value_hint = ValueHint::FilePath)]
    pub workflow: PathBuf,
    /// What is changed in the workflow
    #[command(flatten)]
    pub laid: Laid,
    /// Write it into a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
