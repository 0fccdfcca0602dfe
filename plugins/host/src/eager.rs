//! Reading from a pipe whose other end answers within microseconds. To be put to sleep and woken
//! up costs more than such an answer does, so at first it is only looked for.

use std::io;
use std::os::fd::AsFd;
use std::thread;

use rustix::io::ioctl_fionbio;

/// How often is looked before sleeping. By count, since a thinking plugin must not see the clock;
/// together some tens of microseconds.
const LOOKS: usize = 100;

/// An end of a pipe that gives [`io::ErrorKind::WouldBlock`] where it would have to wait.
///
/// # Errors
/// The system refuses.
pub(crate) fn unblocked<E: AsFd>(end: E) -> io::Result<E> {
    ioctl_fionbio(&end, true)?;
    Ok(end)
}

/// What can be read soon; after that, what `patiently` waits for.
///
/// # Errors
/// As reading and waiting.
pub(crate) fn read(
    mut read: impl FnMut() -> io::Result<usize>,
    patiently: impl FnOnce() -> io::Result<()>,
) -> io::Result<usize> {
    for _ in 0..LOOKS {
        match read() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => thread::yield_now(),
            read => return read,
        }
    }
    patiently()?;
    read()
}
