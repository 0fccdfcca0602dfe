//! The thread that hears what the system says, whatever the others do.

use std::future::pending;
use std::sync::Mutex;
use std::sync::mpsc::Sender;

use runsheet_host::exits::leave;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use super::{Heard, Stage};
use crate::console::Notes;
use crate::runtime::runtime;

/// Hears signals until `over`. Says when it is ready to.
pub(super) fn hear(
    stage: &Mutex<Stage>,
    notes: &Notes,
    ready: &Sender<()>,
    mut over: oneshot::Receiver<()>,
) {
    let Ok(runtime) = runtime() else { return };
    runtime.block_on(async {
        let mut ear = Ear::open();
        let _ = ready.send(());
        loop {
            tokio::select! {
                _ = &mut over => return,
                () = ear.next() => answer(&Stage::heard(stage), notes),
            }
        }
    });
}

/// Tells what has to be waited for; leaves, where that is wanted and nobody else can.
fn answer(heard: &Heard, notes: &Notes) {
    if heard.thinking.is_empty() {
        return;
    }
    if let Some((exit, left)) = &heard.leaves {
        notes.note(left);
        leave(exit.code().into());
    }
    for name in &heard.thinking {
        notes.note(&format!(
            "waiting for the plugin {name}, which thinks in this process and cannot be ended: it \
             is heard when it has answered, and a third signal leaves at once"
        ));
    }
}

/// The signals that are heard.
struct Ear {
    #[cfg(unix)]
    interrupt: Option<Signal>,
    #[cfg(unix)]
    terminate: Option<Signal>,
    /// Heard once: a terminal that goes may say so more than once.
    #[cfg(unix)]
    hangup: Option<Signal>,
}

impl Ear {
    /// Inside a runtime.
    fn open() -> Ear {
        Ear {
            #[cfg(unix)]
            interrupt: signal(SignalKind::interrupt()).ok(),
            #[cfg(unix)]
            terminate: signal(SignalKind::terminate()).ok(),
            #[cfg(unix)]
            hangup: signal(SignalKind::hangup()).ok(),
        }
    }

    /// The next of them.
    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            () = heard(&mut self.interrupt) => {}
            () = heard(&mut self.terminate) => {}
            () = heard(&mut self.hangup) => self.hangup = None,
        }
    }

    /// The next of them.
    #[cfg(not(unix))]
    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            pending().await
        }
    }
}

#[cfg(unix)]
async fn heard(signal: &mut Option<Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => pending().await,
    }
}
