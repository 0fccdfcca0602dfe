//! What is told where a plugin ends this process in the middle of everything.

use std::sync::{Arc, Mutex, PoisonError};

use runsheet_host::exits::Watch;
use runsheet_host::interrupt::Here;
use runsheet_record::RunId;

use crate::complaint;
use crate::console::Console;
use crate::exit::Exit;

/// The run that is under way.
#[derive(Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<Option<RunId>>>);

impl UnderWay {
    /// A run begins, or it has come to its end.
    pub(crate) fn is_now(&self, run: Option<RunId>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = run;
    }

    fn run(&self) -> Option<RunId> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Until a command has come to its end.
pub(crate) fn watch(console: &Console) -> Watch {
    let (talk, look) = (console.talk.clone(), console.talk_look());
    let interrupt = console.shelf.interrupt().clone();
    let under_way = console.under_way.clone();
    Watch::begin(move || {
        let message = message(&interrupt.here())?;
        let (help, exit) = match under_way.run() {
            Some(run) => (
                format!(
                    "what was in flight is in doubt, and nothing is taken back; look with: \
                     runsheet show {run}"
                ),
                Exit::InDoubt,
            ),
            None => (
                "mend the plugin, or have it in a process of its own, with `isolation: process`"
                    .to_owned(),
                Exit::Failed,
            ),
        };
        let _ = talk.tell(&complaint::text(&message, Some(&help), look));
        Some(exit.code().into())
    })
}

/// Who has ended it; nothing where there is no plugin in this process.
fn message(here: &Here) -> Option<String> {
    let (asked, all) = (here.asked.join(" or "), here.all.join(" or "));
    match (asked.is_empty(), all.is_empty()) {
        (true, true) => None,
        (false, _) => Some(format!(
            "the plugin {asked} ended this program by `exit`, when it was asked something"
        )),
        (true, false) => Some(format!(
            "something ended this program by `exit`; the plugin {all} runs in it"
        )),
    }
}
