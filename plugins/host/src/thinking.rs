//! What a plugin must not ask of the system while it thinks. A step is a pure function: whoever
//! opens a file, asks the clock or the network in one makes plans that are not kept.
//!
//! Only tests watch for this, and only on Linux: a call that is forbidden ends the process.

/// Stands for all calls that thinking does without.
pub const ALL: &str = "all";

/// Stands for a look at the clock that is no system call, since the system shows it in memory.
pub const CLOCK: &str = "clock";

/// Calls by which plugins are found out, and what a person calls that. What names no call of this
/// machine forbids nothing.
pub const CALLS: &[(&str, &str)] = &[
    (CLOCK, "asks the clock"),
    ("clock_gettime", "asks the clock"),
    ("gettimeofday", "asks the clock"),
    ("time", "asks the clock"),
    ("nanosleep", "sleeps"),
    ("clock_nanosleep", "sleeps"),
    ("open", "opens a file"),
    ("openat", "opens a file"),
    ("openat2", "opens a file"),
    ("creat", "makes a file"),
    ("stat", "looks at a file"),
    ("lstat", "looks at a file"),
    ("newfstatat", "looks at a file"),
    ("statx", "looks at a file"),
    ("access", "looks at a file"),
    ("faccessat", "looks at a file"),
    ("faccessat2", "looks at a file"),
    ("readlink", "looks at a file"),
    ("readlinkat", "looks at a file"),
    ("getdents64", "looks at a folder"),
    ("getcwd", "asks where it is"),
    ("chdir", "goes to another folder"),
    ("unlink", "deletes a file"),
    ("unlinkat", "deletes a file"),
    ("rename", "renames a file"),
    ("renameat", "renames a file"),
    ("renameat2", "renames a file"),
    ("mkdir", "makes a folder"),
    ("mkdirat", "makes a folder"),
    ("socket", "goes to the network"),
    ("connect", "goes to the network"),
    ("fork", "starts a process"),
    ("vfork", "starts a process"),
    ("clone", "starts a thread or a process"),
    ("clone3", "starts a thread or a process"),
    ("execve", "starts a program"),
    ("execveat", "starts a program"),
    ("getpid", "asks who it is"),
    ("getppid", "asks who it is"),
    ("getuid", "asks who it is"),
    ("geteuid", "asks who it is"),
    ("uname", "asks about the machine"),
    ("sysinfo", "asks about the machine"),
    ("getrusage", "asks how busy it is"),
    ("times", "asks how busy it is"),
    ("ioctl", "asks a device"),
    ("pipe", "opens a pipe"),
    ("pipe2", "opens a pipe"),
    ("kill", "sends a signal"),
    ("ptrace", "looks into a process"),
];

/// What thinking does with: memory, a lock, the pipe to the host, and a way to fall over. Tables
/// in memory take their keys from `getrandom`; where such a key shows in an answer, the answer is
/// another one each time, and found for that.
#[cfg(target_os = "linux")]
const ALLOWED: &[&str] = &[
    "brk",
    "exit",
    "exit_group",
    "futex",
    "getrandom",
    "gettid",
    "kill",
    "madvise",
    "membarrier",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "poll",
    "ppoll",
    "read",
    "readv",
    "recvfrom",
    "recvmsg",
    "restart_syscall",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_yield",
    "sendmsg",
    "sendto",
    "sigaltstack",
    "tgkill",
    "write",
    "writev",
];

/// Ends this process from now on when this thread makes such calls: one by its name, or [`ALL`].
///
/// # Errors
/// The system does not watch.
#[cfg(target_os = "linux")]
pub(crate) fn forbid(calls: &str) -> std::io::Result<()> {
    use rustix::process::{TimeStampCounterReadability, set_time_stamp_counter_readability};
    if matches!(calls, ALL | CLOCK) {
        // Where there is no such counter, the clock is asked by a call.
        let _ = set_time_stamp_counter_readability(TimeStampCounterReadability::RaiseSIGSEGV);
    }
    match calls {
        ALL => watch("kill_process", "allow", ALLOWED),
        CLOCK => Ok(()),
        call => watch("allow", "kill_process", &[call]),
    }
}

/// Not here.
///
/// # Errors
/// Only Linux watches.
#[cfg(not(target_os = "linux"))]
pub(crate) fn forbid(_: &str) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// Does the one thing with these calls, and the other with all others.
#[cfg(target_os = "linux")]
fn watch(others: &str, these: &str, calls: &[&str]) -> std::io::Result<()> {
    use seccompiler::{TargetArch, apply_filter, compile_from_json};
    use std::io::Error;

    let machine = TargetArch::try_from(std::env::consts::ARCH).map_err(Error::other)?;
    let compiled = |calls: &[&str]| {
        let calls: Vec<_> = calls
            .iter()
            .map(|call| serde_json::json!({ "syscall": call }))
            .collect();
        let filter = serde_json::json!({
            "mismatch_action": others, "match_action": these, "filter": calls,
        });
        let text = serde_json::json!({ "thinking": filter }).to_string();
        compile_from_json(text.as_bytes(), machine)
    };
    // Each machine lacks some calls that others have.
    let known: Vec<&str> = calls
        .iter()
        .copied()
        .filter(|call| compiled(&[call]).is_ok())
        .collect();
    let filters = compiled(&known).map_err(Error::other)?;
    match filters.get("thinking") {
        Some(filter) if !known.is_empty() => apply_filter(filter).map_err(Error::other),
        _ => Ok(()),
    }
}
