//! What a child host does to itself before it lets a stranger in.

use std::fs::File;
use std::io;
use std::os::unix::net::UnixStream;
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::process::{Resource, Rlimit, Signal, getpid, kill_process, setrlimit};
use rustix::stdio::{dup2_stdin, dup2_stdout};

/// Well above what anybody writes to by habit.
const ALOFT: i32 = 100;

/// The pipe to our parent, taken away from where a plugin reads and prints: it reads nothing, and
/// what it prints goes where errors go.
pub(crate) fn away() -> io::Result<UnixStream> {
    let socket = UnixStream::from(fcntl_dupfd_cloexec(io::stdin(), ALOFT)?);
    socket.peer_addr()?;
    dup2_stdin(File::open("/dev/null")?)?;
    dup2_stdout(io::stderr())?;
    Ok(socket)
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
pub(crate) fn die_with(socket: &UnixStream) -> io::Result<()> {
    let socket = socket.try_clone()?;
    let watch = move || loop {
        let mut parent = [PollFd::new(&socket, PollFlags::empty())];
        match poll(&mut parent, None) {
            Err(Errno::INTR) => {}
            _ => end(),
        }
    };
    let thread = thread::Builder::new().name("parent".to_owned());
    thread.stack_size(1 << 16).spawn(watch)?;
    Ok(())
}

/// The end that runs no more code of the plugin, which may have left some for it.
pub(crate) fn end() -> ! {
    let _ = kill_process(getpid(), Signal::KILL);
    std::process::abort()
}
