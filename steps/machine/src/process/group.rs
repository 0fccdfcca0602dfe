//! A program together with all it has started, as one thing to be ended.

use tokio::process::Command;

/// Which signal.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// It may tidy up first.
    Please,
    /// At once.
    Now,
}

#[cfg(unix)]
pub(super) fn of_its_own(command: &mut Command) {
    command.process_group(0);
}

/// Signals the group that a program leads. One that is gone needs no signal.
#[cfg(unix)]
pub(super) fn signal(leader: u32, end: End) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let signal = match end {
        End::Please => Signal::TERM,
        End::Now => Signal::KILL,
    };
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        kill_process_group(group, signal).ok();
    }
}

#[cfg(not(unix))]
pub(super) fn of_its_own(_: &mut Command) {}

/// Windows has no signals: the program alone is ended, until a job object takes this place.
#[cfg(not(unix))]
pub(super) fn signal(_: u32, _: End) {}

/// The exit code, or as shells say it, 128 and the signal that ended the program.
pub(super) fn exit_code(status: std::process::ExitStatus) -> i32 {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal = None::<i32>;
    status
        .code()
        .or(signal.map(|signal| 128 + signal))
        .unwrap_or(-1)
}
