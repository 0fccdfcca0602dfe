//! Ctrl-C, a request to terminate, a terminal that is gone: the first cancels, the second
//! interrupts, the third leaves at once.
//!
//! They are heard by a thread of its own, since the one that carries a run out hears nothing while
//! a plugin thinks. What thinks in a process of its own is ended; for what thinks in this process
//! the run has to wait, and that is told.

mod ear;

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use runsheet_host::interrupt::Interrupt;
use tokio::sync::{mpsc, oneshot};

use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

/// Has a file that may not grow any more (`ulimit -f`) be an error of its writer, who tells it, and
/// not the end of this process. What this process starts is ended by it as ever.
#[cfg(unix)]
pub(crate) fn outlive_full_files() {
    use rustix::process::Signal;
    use tokio::signal::unix::{SignalKind, signal};
    // Who listens is soon gone, and the signal stays caught.
    if let Ok(runtime) = crate::runtime::runtime() {
        let _within = runtime.enter();
        signal(SignalKind::from_raw(Signal::XFSZ.as_raw())).ok();
    }
}

#[cfg(not(unix))]
pub(crate) fn outlive_full_files() {}

/// How many times the run is asked to stop before it is left alone.
const PATIENCE: usize = 2;

/// What the system says to this process, from when it is made.
pub(crate) struct Signals {
    stage: Arc<Mutex<Stage>>,
    heard: mpsc::UnboundedReceiver<()>,
    /// The ear listens no longer than this is there.
    _listens: oneshot::Sender<()>,
}

/// What a signal means at the moment.
struct Stage {
    interrupt: Interrupt,
    /// For whoever is to end by it.
    told: mpsc::UnboundedSender<()>,
    /// The run that is under way.
    run: Option<Run>,
    /// How many were heard that had no run to go to.
    before: usize,
}

struct Run {
    cancel: mpsc::UnboundedSender<()>,
    /// How many signals are its own still.
    patience: usize,
    /// What is said when it is left at once.
    left: String,
}

/// What is to be done about a signal, beyond telling whom it is for.
struct Heard {
    /// The plugins that think in this process.
    thinking: Vec<String>,
    /// Somebody wants to leave, however it is: how, and what is said then.
    leaves: Option<(Exit, String)>,
}

impl Signals {
    /// Listens, if anybody is to.
    pub(crate) fn listen(console: &Console) -> Signals {
        let (told, heard) = mpsc::unbounded_channel();
        let (listens, over) = oneshot::channel();
        let stage = Arc::new(Mutex::new(Stage {
            interrupt: console.shelf.interrupt().clone(),
            told,
            run: None,
            before: 0,
        }));
        if console.interrupts {
            let (ready, is_ready) = channel();
            let (at, note) = (Arc::clone(&stage), console.notes());
            let hear = move || ear::hear(&at, &note, &ready, over);
            // Without it the system does with signals what it does by itself.
            let _ = thread::Builder::new()
                .name("signals".to_owned())
                .spawn(hear);
            let _ = is_ready.recv();
        }
        Signals {
            stage,
            heard,
            _listens: listens,
        }
    }

    /// Done with the first of them.
    pub(crate) async fn heard_one(&mut self) {
        self.heard.recv().await;
    }

    /// Does something that has no effect, unless a signal comes first.
    ///
    /// # Errors
    /// What it comes to, or that it was cancelled.
    pub(crate) async fn or<T>(
        &mut self,
        work: impl Future<Output = Result<T, Complaint>>,
    ) -> Result<T, Complaint> {
        let done = tokio::select! {
            done = work => done,
            () = self.heard_one() => return Err(Complaint::cancelled()),
        };
        // It may have come to its end because of one.
        match self.heard.try_recv() {
            Ok(()) => Err(Complaint::cancelled()),
            Err(_) => done,
        }
    }

    /// From now on they are for a run, all but the third: that one is heard here. `left` is what
    /// is said of a run that is left at once and cannot say so itself.
    ///
    /// # Errors
    /// One was heard already: it was cancelled.
    pub(crate) fn pass_on(
        &mut self,
        cancel: mpsc::UnboundedSender<()>,
        left: String,
    ) -> Result<(), Complaint> {
        let mut at = locked(&self.stage);
        if at.before > 0 {
            return Err(Complaint::cancelled());
        }
        at.run = Some(Run {
            cancel,
            patience: PATIENCE,
            left,
        });
        Ok(())
    }
}

impl Stage {
    /// A signal was heard: whoever it is for knows it before any plugin is ended by it.
    fn heard(stage: &Mutex<Stage>) -> Heard {
        let mut at = locked(stage);
        let interrupt = at.interrupt.clone();
        let (told, before) = (at.told.clone(), at.before);
        let Some(run) = &mut at.run else {
            at.before += 1;
            drop(at);
            let _ = told.send(());
            let left = "left at once: nothing was done".to_owned();
            return Heard {
                thinking: interrupt.for_good(),
                leaves: (before > 0).then_some((Exit::Cancelled, left)),
            };
        };
        if run.patience == 0 {
            let left = run.left.clone();
            drop(at);
            let _ = told.send(());
            return Heard {
                thinking: interrupt.for_good(),
                leaves: Some((Exit::InDoubt, left)),
            };
        }
        run.patience -= 1;
        // A run that is over hears nothing more.
        let _ = run.cancel.send(());
        drop(at);
        Heard {
            thinking: interrupt.now(),
            leaves: None,
        }
    }
}

fn locked(stage: &Mutex<Stage>) -> std::sync::MutexGuard<'_, Stage> {
    stage.lock().unwrap_or_else(PoisonError::into_inner)
}
