//! Arguments of `plugin-host`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `plugin-host`.
#[derive(Debug, Args)]
pub struct PluginHostArguments {
    /// How many bytes the process may reserve
    #[arg(long, value_name = "BYTES")]
    pub memory: Option<u64>,
    /// The system call that ends the process, or `all` that a plugin does without
    #[arg(long, value_name = "CALL")]
    pub forbid: Option<String>,
    /// The library, by its whole path
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
