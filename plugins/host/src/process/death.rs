//! How a process comes to its end.

use std::fmt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

/// How a process ended.
pub(crate) enum Ending {
    /// By itself.
    Itself(ExitStatus),
    /// It lived on without its end of the pipe until it was ended.
    HungUp,
}

impl Ending {
    /// Ends a process. If it has closed its end of the pipe, it is left the time to end by itself:
    /// the system closes that a moment before it tells the end.
    pub(crate) fn of(process: &mut Child, closed: bool) -> Ending {
        let ended = closed && (0..100).any(|_| has_ended(process) || paused());
        match put_down(process) {
            Some(status) if ended => Ending::Itself(status),
            _ => Ending::HungUp,
        }
    }
}

fn paused() -> bool {
    thread::sleep(Duration::from_millis(2));
    false
}

/// Whether it has ended; its number stays its own.
fn has_ended(process: &Child) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let ended = pid(process).map(|pid| waitid(WaitId::Pid(pid), options));
    matches!(ended, Some(Ok(Some(_))))
}

fn pid(process: &Child) -> Option<Pid> {
    i32::try_from(process.id()).ok().and_then(Pid::from_raw)
}

/// Ends a process and whatever it has started, at once.
pub(crate) fn put_down(process: &mut Child) -> Option<ExitStatus> {
    if let Some(group) = pid(process) {
        // It is the first of its group, and its number is not given away before `wait`.
        let _ = kill_process_group(group, Signal::KILL);
    }
    let _ = process.kill();
    process.wait().ok()
}

impl fmt::Display for Ending {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = match self {
            Ending::HungUp => {
                return out.write_str("it closed its pipe to its host, and was ended");
            }
            Ending::Itself(status) => status,
        };
        match (status.signal(), status.code()) {
            (Some(signal), _) => match name(signal) {
                Some(name) => write!(out, "its process was ended by {name}"),
                None => write!(out, "its process was ended by signal {signal}"),
            },
            (None, Some(code)) => write!(out, "its process ended itself with code {code}"),
            (None, None) => out.write_str("its process ended"),
        }
    }
}

/// What people call the signals that programs die of.
fn name(signal: i32) -> Option<&'static str> {
    let names = [
        (
            Signal::SEGV,
            "SIGSEGV: it touched memory that is not its own",
        ),
        (Signal::BUS, "SIGBUS: it touched memory that is not there"),
        (Signal::ABORT, "SIGABRT: it gave up"),
        (Signal::ILL, "SIGILL: it ran what is no code"),
        (Signal::FPE, "SIGFPE: it calculated what cannot be"),
        (Signal::TRAP, "SIGTRAP: it gave up"),
        (Signal::SYS, "SIGSYS: it called what a plugin must not call"),
        (
            Signal::KILL,
            "SIGKILL: somebody ended it, or memory ran out",
        ),
        (Signal::TERM, "SIGTERM: somebody ended it"),
    ];
    let found = names.iter().find(|(known, _)| known.as_raw() == signal)?;
    Some(found.1)
}
