//! `plugin-host`: what this program is when a plugin runs in a process of its own. The program
//! starts it itself; nobody types it.

use std::io;
use std::path::Path;

use crate::args::plugin_host::PluginHostArguments;
use crate::complaint::Complaint;
use crate::exit::Exit;

pub(super) fn plugin_host(arguments: &PluginHostArguments) -> Result<Exit, Complaint> {
    let served = served(&arguments.file, arguments.memory);
    served.map(|()| Exit::Done).map_err(|error| {
        let complaint = Complaint::new(format!("there is no host at the other end: {error}"));
        complaint.help("`runsheet plugin-host` is started by Runsheet itself, never by hand")
    })
}

#[cfg(unix)]
fn served(library: &Path, memory: Option<u64>) -> io::Result<()> {
    runsheet_host::serve::serve(library, memory)
}

#[cfg(not(unix))]
fn served(_: &Path, _: Option<u64>) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
