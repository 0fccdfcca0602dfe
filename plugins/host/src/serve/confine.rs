//! What a child host does to itself before it lets a stranger in.

use std::fs::File;
use std::io::{self, IoSlice, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::sync::{Arc, Barrier};
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::process::{
    Resource, Rlimit, Signal, getpgrp, getpid, kill_process, kill_process_group, setrlimit,
};
use rustix::stdio::{dup2_stdin, dup2_stdout};

use crate::eager;

/// Well above what anybody writes to by habit.
const ALOFT: i32 = 100;

/// The child's ends of the pipes.
pub(crate) struct Ends {
    from: File,
    to: File,
}

impl Read for Ends {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let from = &self.from;
        eager::read(|| (&*from).read(into), || ready(from))
    }
}

impl Write for Ends {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn write_vectored(&mut self, texts: &[IoSlice<'_>]) -> io::Result<usize> {
        self.to.write_vectored(texts)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The pipes, taken away from where a plugin reads and prints: it reads nothing, and what it prints
/// goes where errors go.
pub(crate) fn away() -> io::Result<Ends> {
    let ends = Ends {
        from: eager::unblocked(aloft(io::stdin())?)?,
        to: aloft(io::stdout())?,
    };
    dup2_stdin(File::open("/dev/null")?)?;
    dup2_stdout(io::stderr())?;
    Ok(ends)
}

/// Waits until there is something to read, or nothing will ever be.
fn ready(from: &File) -> io::Result<()> {
    loop {
        match poll(&mut [PollFd::new(from, PollFlags::IN)], None) {
            Err(Errno::INTR) => {}
            polled => return Ok(polled.map(drop)?),
        }
    }
}

fn aloft(end: impl AsFd) -> io::Result<File> {
    let end = File::from(fcntl_dupfd_cloexec(end, ALOFT)?);
    match end.metadata()?.file_type().is_fifo() {
        true => Ok(end),
        false => Err(io::Error::other("its input and output are no pipes")),
    }
}

/// No more memory than this, and no picture of it when it dies: there may be secrets in it.
pub(crate) fn limit(memory: Option<u64>) -> io::Result<()> {
    let at_most = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(Resource::Core, at_most(0))?;
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    if let Some(memory) = memory {
        setrlimit(Resource::As, at_most(memory))?;
    }
    Ok(())
}

/// Ends this process when its parent is gone, whatever the plugin is doing at the time.
pub(crate) fn die_with(ends: &Ends) -> io::Result<()> {
    let from = ends.from.try_clone()?;
    // A thread begins with what the loader lets only one do at a time, and a library that never
    // comes to the end of being loaded would hold it up for ever: it has begun before that.
    let begun = Arc::new(Barrier::new(2));
    let here = Arc::clone(&begun);
    let watch = move || {
        here.wait();
        loop {
            let mut parent = [PollFd::new(&from, PollFlags::empty())];
            match poll(&mut parent, None) {
                Err(Errno::INTR) => {}
                _ => end(),
            }
        }
    };
    let thread = thread::Builder::new().name("parent".to_owned());
    thread.stack_size(1 << 16).spawn(watch)?;
    begun.wait();
    Ok(())
}

/// The end that runs no more code of the plugin, which may have left some for it, and ends what the
/// plugin has started: a child host leads a group of its own.
pub(crate) fn end() -> ! {
    let _ = match getpgrp() == getpid() {
        true => kill_process_group(getpid(), Signal::KILL),
        false => kill_process(getpid(), Signal::KILL),
    };
    std::process::abort()
}
