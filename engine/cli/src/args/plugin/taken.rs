//! Arguments of `plugin add`, `list`, `verify` and `sign`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Arguments of `plugin add`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet plugin add plugins/checksum
  runsheet plugin add plugins/checksum -w workflows/nightly.yaml

The plugin runs in a process of its own and says what it is; that is written beside it, for all who
check and write workflows. runsheet.lock keeps what it was: it belongs under version control. The
lock is that of the folder, or of the nearest one around it that has one.")]
pub struct PluginAddArguments {
    /// The library; what all libraries begin and end with here may be left out
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Lock it for this workflow or site, and not for this folder
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub workflow: Option<PathBuf>,
}

/// Arguments of `plugin list` and `plugin verify`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet plugin list
  runsheet plugin verify workflows/nightly.yaml sites/contoso.yaml")]
pub struct PluginFilesArguments {
    /// Workflows and sites [default: all of this folder]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
}

/// Arguments of `plugin sign`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet plugin sign --new-key ~/.config/runsheet/mine.key
  runsheet plugin sign plugins/checksum --key ~/.config/runsheet/mine.key

Whoever has your public key under `trust:` runs what you signed without a process of its own. A key
is written so that only you can read it; it belongs in no version control, and nothing here puts it
there.")]
pub struct PluginSignArguments {
    /// The library, which was taken with `plugin add` before
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// The file of your secret key
    #[arg(long, value_name = "KEY", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,
    /// Make a key, and write it into a new file
    #[arg(long, value_name = "KEY", value_hint = ValueHint::FilePath, conflicts_with_all = ["file", "key"])]
    pub new_key: Option<PathBuf>,
}
