//! A driver that hangs does not notice that its input is closed. So that none is left behind by a
//! program that is killed, the system ends it.
#![expect(
    unsafe_code,
    reason = "what is said between fork and exec has to be safe there, which no compiler checks"
)]

use std::io;

use rustix::process::{Signal, getpid, getppid, set_parent_process_death_signal};
use tokio::process::Command;

/// The process ends with the thread that starts it, as [`crate::driver::ProgramDriver`] says.
pub(crate) fn tie(command: &mut Command) {
    let parent = getpid();
    let tie = move || {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        // It may be gone already, and then nobody would be told.
        match getppid() == Some(parent) {
            true => Ok(()),
            false => Err(io::ErrorKind::BrokenPipe.into()),
        }
    };
    // SAFETY: two calls of the system, and nothing that takes memory or waits for a lock.
    unsafe { command.pre_exec(tie) };
}
