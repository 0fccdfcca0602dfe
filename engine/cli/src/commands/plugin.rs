//! `plugin`: one file a subcommand.

mod new;

use crate::args::plugin::{PluginArguments, PluginCommand};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

pub(super) fn plugin(arguments: &PluginArguments, console: &Console) -> Result<Exit, Complaint> {
    match &arguments.command {
        PluginCommand::New(new) => new::new(new, console),
    }
}
