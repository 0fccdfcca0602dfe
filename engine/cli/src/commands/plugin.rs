//! `plugin`: one file a subcommand.

mod add;
mod list;
mod new;
mod sign;
mod test;

use crate::args::plugin::{PluginArguments, PluginCommand};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

pub(super) fn plugin(arguments: &PluginArguments, console: &Console) -> Result<Exit, Complaint> {
    match &arguments.command {
        PluginCommand::New(new) => new::new(new, console),
        PluginCommand::Add(add) => add::take(add, console),
        PluginCommand::List(list) => list::list(list, console),
        PluginCommand::Verify(verify) => list::verify(verify, console),
        PluginCommand::Sign(sign) => sign::sign(sign, console),
        PluginCommand::Test(test) => test::test(test, console),
    }
}
