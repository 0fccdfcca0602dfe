//! What is typed is not shown while a secret is asked for.

#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// Shows again what is typed when it is dropped.
#[cfg(unix)]
pub(super) struct Quiet(Termios);

/// Stops showing what is typed, if that is at a terminal at all.
#[cfg(unix)]
pub(super) fn off() -> Option<Quiet> {
    let before = tcgetattr(std::io::stdin()).ok()?;
    let mut quiet = before.clone();
    quiet.local_modes.remove(LocalModes::ECHO);
    tcsetattr(std::io::stdin(), OptionalActions::Flush, &quiet).ok()?;
    Some(Quiet(before))
}

#[cfg(unix)]
impl Drop for Quiet {
    fn drop(&mut self) {
        // A terminal that is gone shows nothing any more.
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Flush, &self.0);
    }
}

/// Elsewhere it is shown.
#[cfg(not(unix))]
pub(super) fn off() {}
