//! Whole files read beside the loop, so that what is typed is never waited for.

use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use runsheet_step::Catalogue;

use crate::check::{Checked, check};
use crate::store::Store;

/// A file to be read as it was at a version.
pub struct Job {
    /// Its path.
    pub path: String,
    /// The version of its text.
    pub version: i32,
    /// All texts as they were then.
    pub store: Store,
    /// The kinds there are.
    pub catalogue: Arc<Catalogue>,
}

/// What a job found.
pub struct Done {
    /// The path of the file.
    pub path: String,
    /// The version of its text.
    pub version: i32,
    /// What was read.
    pub checked: Checked,
}

impl Job {
    /// Reads the file.
    #[must_use]
    pub fn perform(self) -> Done {
        let checked = check(&self.path, &self.store, &self.catalogue);
        Done {
            path: self.path,
            version: self.version,
            checked,
        }
    }
}

/// Starts the thread that performs jobs; it ends when nobody can give it one.
#[must_use]
pub(crate) fn start() -> (Sender<Job>, Receiver<Done>) {
    let (jobs, todo) = unbounded::<Job>();
    let (done, results) = unbounded();
    thread::spawn(move || {
        for job in todo {
            if done.send(job.perform()).is_err() {
                return;
            }
        }
    });
    (jobs, results)
}
