//! How a process comes to its end.

use std::fmt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

/// How long a process that has closed its end of the pipe may take to end by itself: the system
/// closes that a moment before it tells the end.
const LAST_MOMENT: Duration = Duration::from_millis(500);

/// How a process ended.
pub(crate) enum Ending {
    /// By itself.
    Itself(ExitStatus),
    /// It lived on without its end of the pipe until it was ended.
    HungUp,
}

impl Ending {
    /// Ends a process. If it has closed its end of the pipe, it is left a moment to end by itself.
    pub(crate) fn of(process: Child, closed: bool) -> Ending {
        let ended = closed && ends_within(&process, LAST_MOMENT);
        match put_down(process) {
            Some(status) if ended => Ending::Itself(status),
            _ => Ending::HungUp,
        }
    }
}

/// Whether it ends by itself in so much time; its number stays its own. No Unix waits for that for
/// a while only, so one thread waits, and this one waits for that.
fn ends_within(process: &Child, time: Duration) -> bool {
    let (say, ended) = channel();
    let wait = pid(process.id()).map(|pid| move || say.send(ended_but_kept(pid)));
    let thread = thread::Builder::new().name("plugin-end".to_owned());
    // If nobody can wait, nothing comes.
    let _ = wait.map(|wait| thread.spawn(wait));
    ended.recv_timeout(time) == Ok(true)
}

/// Waits for the end of a process, and leaves its number taken.
fn ended_but_kept(pid: Pid) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    loop {
        match waitid(WaitId::Pid(pid), options) {
            Err(Errno::INTR) => {}
            ended => return matches!(ended, Ok(Some(_))),
        }
    }
}

fn pid(number: u32) -> Option<Pid> {
    i32::try_from(number).ok().and_then(Pid::from_raw)
}

/// Ends a process and whatever it has started, at once. Nobody may have waited for it yet: until
/// then its number is not given away.
pub(crate) fn end_group(leader: u32) {
    if let Some(group) = pid(leader) {
        // The child is the first of its group.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Ends a process and whatever it has started, at once, and sees it off: from then on its number may
/// be that of somebody else, so nobody has it any more.
pub(crate) fn put_down(mut process: Child) -> Option<ExitStatus> {
    end_group(process.id());
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
