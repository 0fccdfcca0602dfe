//! Whole files read beside the loop, so that what is typed is never waited for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_types::Diagnostic;
use runsheet_step::Catalogue;

use crate::check::{Checked, check};
use crate::near::{Base, Live};
use crate::position::Encoding;
use crate::publish::by_file;
use crate::store::{Links, Store};

/// A file to be read as it was at a version.
pub struct Job {
    /// Its path.
    pub path: String,
    /// The version of its text, if it is open.
    pub version: Option<i32>,
    /// Whether somebody typed in it, and not only in what it is made of.
    pub is_typed: bool,
    /// All texts as they were then.
    pub store: Store,
    /// The kinds there are.
    pub catalogue: Arc<Catalogue>,
    /// How columns are counted.
    pub encoding: Encoding,
    /// What nobody needs any more: letting go of a large file takes its time.
    pub rest: Vec<Rest>,
}

/// What was known of a file before.
pub type Rest = (Option<Arc<Checked>>, Option<Live>);

/// What a job found.
pub struct Done {
    /// The path of the file.
    pub path: String,
    /// The version of its text, if it was open.
    pub version: Option<i32>,
    /// Whether somebody typed in it.
    pub is_typed: bool,
    /// What was read.
    pub checked: Arc<Checked>,
    /// What is told of it, by file.
    pub told: BTreeMap<String, Vec<Diagnostic>>,
    /// What it names.
    pub links: Links,
    /// The file for those who type in it on.
    pub live: Option<Live>,
}

impl Job {
    /// Reads the file.
    #[must_use]
    pub fn perform(self) -> Done {
        drop(self.rest);
        let checked = Arc::new(check(&self.path, &self.store, &self.catalogue));
        let tree = self.store.tree(&self.path);
        Done {
            told: by_file(&checked, self.encoding),
            links: tree.map_or_else(Links::default, |tree| Links::of(&self.path, &tree)),
            live: Base::of(&checked).map(Live::new),
            path: self.path,
            version: self.version,
            is_typed: self.is_typed,
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
