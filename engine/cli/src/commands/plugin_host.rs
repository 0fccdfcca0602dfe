//! `plugin-host`: what this program is when a plugin runs in a process of its own. The program
//! starts it itself; nobody types it.

use std::io;

use crate::args::plugin_host::PluginHostArguments;
use crate::complaint::Complaint;
use crate::exit::Exit;

pub(crate) fn plugin_host(arguments: &PluginHostArguments) -> Result<Exit, Complaint> {
    let served = served(arguments);
    served.map(|()| Exit::Done).map_err(|error| {
        let complaint = Complaint::new(format!("there is no host at the other end: {error}"));
        complaint.help("`runsheet plugin-host` is started by Runsheet itself, never by hand")
    })
}

#[cfg(unix)]
fn served(arguments: &PluginHostArguments) -> io::Result<()> {
    let forbidden = arguments.forbid.as_deref();
    runsheet_host::serve::serve(&arguments.file, arguments.memory, forbidden)
}

#[cfg(not(unix))]
fn served(_: &PluginHostArguments) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
