//! Arguments of `plugin-host`, which nobody types: it is no command that help, completions or the
//! manual tell of.

use std::path::PathBuf;

use clap::Parser;

/// What comes first where this program is started to host a plugin.
pub const WORD: &str = "plugin-host";

/// Arguments of `plugin-host`.
#[derive(Debug, Parser)]
#[command(name = "runsheet plugin-host")]
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
