//! Ctrl-C: the first cancels, the second interrupts, the third leaves at once.

use tokio::sync::mpsc;

use crate::console::Console;

/// How many times the run is asked to stop before it is left alone.
const PATIENCE: usize = 2;

/// Passes Ctrl-C on to the run. Done with the third; never, where nobody listens.
pub(crate) async fn pass_on(console: &Console, cancel: mpsc::UnboundedSender<()>) {
    if !console.interrupts {
        return std::future::pending().await;
    }
    for _ in 0..PATIENCE {
        if tokio::signal::ctrl_c().await.is_err() {
            return std::future::pending().await;
        }
        // A run that is over hears nothing more.
        let _ = cancel.send(());
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
