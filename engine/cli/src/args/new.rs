//! Arguments of `new`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Arguments of `new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet new
  runsheet new runbooks/first")]
pub struct NewArguments {
    /// The folder to make it in, which gives the workflow its name
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "first")]
    pub folder: PathBuf,
}
