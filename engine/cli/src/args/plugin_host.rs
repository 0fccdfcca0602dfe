//! Arguments of `plugin-host`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `plugin-host`.
#[derive(Debug, Args)]
pub struct PluginHostArguments {
    /// How many bytes the process may reserve
    #[arg(long, value_name = "BYTES")]
    pub memory: Option<u64>,
    /// The library, by its whole path
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
