//! Ctrl-C, a request to terminate, a terminal that is gone: the first cancels, the second
//! interrupts, the third leaves at once.

use std::future::pending;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;

use crate::complaint::Complaint;
use crate::console::Console;

/// How many times the run is asked to stop before it is left alone.
const PATIENCE: usize = 2;

/// What the system says to this process, from when it is made; made inside a runtime.
pub(crate) struct Signals {
    listens: bool,
    #[cfg(unix)]
    terminate: Option<Signal>,
    /// Heard once: a terminal that goes may say so more than once.
    #[cfg(unix)]
    hangup: Option<Signal>,
    #[cfg(unix)]
    interrupt: Option<Signal>,
}

impl Signals {
    /// Listens, if anybody is to.
    pub(crate) fn listen(console: &Console) -> Signals {
        let listens = console.interrupts;
        #[cfg(unix)]
        let of = |kind| listens.then(|| signal(kind).ok()).flatten();
        Signals {
            listens,
            #[cfg(unix)]
            terminate: of(SignalKind::terminate()),
            #[cfg(unix)]
            hangup: of(SignalKind::hangup()),
            #[cfg(unix)]
            interrupt: of(SignalKind::interrupt()),
        }
    }

    /// The next of them; never, where nobody listens.
    async fn next(&mut self) {
        if !self.listens {
            return pending().await;
        }
        #[cfg(unix)]
        tokio::select! {
            () = heard(&mut self.interrupt) => {}
            () = heard(&mut self.terminate) => {}
            () = heard(&mut self.hangup) => self.hangup = None,
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            pending().await
        }
    }

    /// Done with the first of them.
    pub(crate) async fn heard_one(&mut self) {
        self.next().await;
    }

    /// Does something that has no effect, unless a signal comes first.
    ///
    /// # Errors
    /// What it comes to, or that it was cancelled.
    pub(crate) async fn or<T>(
        &mut self,
        work: impl Future<Output = Result<T, Complaint>>,
    ) -> Result<T, Complaint> {
        tokio::select! {
            done = work => done,
            () = self.next() => Err(Complaint::cancelled()),
        }
    }

    /// Passes them on to the run. Done with the third.
    pub(crate) async fn pass_on(&mut self, cancel: mpsc::UnboundedSender<()>) {
        for _ in 0..PATIENCE {
            self.next().await;
            // A run that is over hears nothing more.
            let _ = cancel.send(());
        }
        self.next().await
    }
}

#[cfg(unix)]
async fn heard(signal: &mut Option<Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => pending().await,
    }
}
