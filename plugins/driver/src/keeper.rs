//! What a driver has started does not end with it where the run is killed. So a shell in the group
//! of the driver waits for the end of its input, which nobody but the run holds, and then ends the
//! group, itself too. As long as it is there the number of the group is nobody else's.

use std::process::Stdio;

use tokio::process::{Child, Command};

/// `read` comes to its end when nobody is left who could write; nobody ever does.
const KEEP: &str = "read -r line; kill -KILL 0";

/// Whoever holds the input of this keeps the group alive. Where there is no such shell, or the
/// group has ended, what is left behind is what the system leaves.
pub(crate) fn keep(leader: u32) -> Option<Child> {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", KEEP])
        .env_clear()
        .current_dir("/")
        .process_group(i32::try_from(leader).ok()?)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command.spawn().ok()
}
