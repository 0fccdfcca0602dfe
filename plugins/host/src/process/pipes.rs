//! The pipes to and from a child, which keep a deadline. Pipes, since they are half as dear as a
//! socket, and that is most of what a turn costs.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::eager;

/// Our ends of the pipes.
pub(crate) struct Pipes {
    from: PipeReader,
    to: PipeWriter,
    /// When it is too late.
    until: Instant,
}

impl Pipes {
    /// Our ends, and those of the child: what it reads, and what it writes.
    pub(crate) fn new() -> io::Result<(Pipes, PipeReader, PipeWriter)> {
        let (from, its_output) = io::pipe()?;
        let (its_input, to) = io::pipe()?;
        let pipes = Pipes {
            from: eager::unblocked(from)?,
            to: eager::unblocked(to)?,
            until: Instant::now(),
        };
        Ok((pipes, its_input, its_output))
    }

    /// From now on there is so much time.
    pub(crate) fn within(&mut self, time: Duration) {
        self.until = Instant::now() + time;
    }
}

/// Waits until something can be read, or written.
fn ready(end: BorrowedFd<'_>, what: PollFlags, until: Instant) -> io::Result<()> {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let left = Timespec {
            tv_sec: left.as_secs().try_into().unwrap_or(i64::MAX),
            tv_nsec: left.subsec_nanos().into(),
        };
        match poll(&mut [PollFd::from_borrowed_fd(end, what)], Some(&left)) {
            Err(Errno::INTR) => {}
            Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
            polled => return Ok(polled.map(drop)?),
        }
    }
}

impl Read for Pipes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Pipes { from, until, .. } = self;
        let waiting = from.as_fd();
        eager::read(
            || (&*from).read(into),
            || ready(waiting, PollFlags::IN, *until),
        )
    }
}

impl Write for Pipes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[io::IoSlice::new(bytes)])
    }

    /// Most messages fit into the pipe, so it is looked for room only where there was none.
    fn write_vectored(&mut self, texts: &[io::IoSlice<'_>]) -> io::Result<usize> {
        match self.to.write_vectored(texts) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            written => return written,
        }
        ready(self.to.as_fd(), PollFlags::OUT, self.until)?;
        match self.to.write_vectored(texts) {
            // There is room, but not for all that has to be written at once.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                Err(io::ErrorKind::Interrupted.into())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
