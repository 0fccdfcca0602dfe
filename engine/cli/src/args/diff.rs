//! Arguments of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::Laid;

/// Arguments of `diff`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet diff base.yaml exchange-5.0.yaml
  runsheet diff base.yaml --overlay slow-wan.yaml
  runsheet diff base.yaml variants/*.yaml
  runsheet diff base.yaml exchange-5.0.yaml --site sites/lab.yaml

What the files extend, include and call is worked in first. Overlays are laid over all files but
the first; where there is no other, over a copy of that.")]
pub struct DiffArguments {
    /// The workflow to begin with
    #[arg(value_hint = ValueHint::FilePath)]
    pub before: PathBuf,
    /// The workflow to compare it with, or an overlay of it; of several, a table is shown
    #[arg(value_hint = ValueHint::FilePath, required_unless_present = "overlays")]
    pub after: Vec<PathBuf>,
    /// What is changed in the workflows after
    #[command(flatten)]
    pub laid: Laid,
    /// A site, of whose hosts the variables are compared as they are in the end
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub site: Option<PathBuf>,
    /// Write JSON
    #[arg(long)]
    pub json: bool,
    /// End with 2 if there is a difference
    #[arg(long)]
    pub exit_code: bool,
}
