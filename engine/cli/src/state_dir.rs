//! The folder that keeps runs: `.runsheet/`, for its owner's eyes, and no part of a repository.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use runsheet_diagnostics::source::Sources;
use runsheet_record::plan::Plan;
use runsheet_record::{RunId, What};
use runsheet_runner::journal::{self, FileJournal};
use runsheet_step::Moment;
use serde::{Deserialize, Serialize};

use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;

/// The file of a run that is held locked while it is at work.
const LOCK: &str = "lock";

/// The most bytes that a plan has, or the texts it was made from.
const LARGEST_PLAN: usize = 256 << 20;

/// The folder.
pub(crate) struct StateDir {
    path: PathBuf,
}

/// A locked file, free again when it is dropped.
pub(crate) struct Hold(File);

impl Drop for Hold {
    fn drop(&mut self) {
        // A program that is just being started may have the file too; so closing it is not enough.
        let _ = self.0.unlock();
    }
}

/// A run that was written down.
pub(crate) struct RunFolder {
    /// Its name.
    pub(crate) id: String,
    path: PathBuf,
}

/// A text that a plan was made from, for the places in it.
#[derive(Serialize, Deserialize)]
struct Text {
    name: String,
    text: String,
}

impl StateDir {
    /// The folder that was named, or the usual one.
    pub(crate) fn of(named: Option<&Path>, console: &Console) -> StateDir {
        let from_environment = console.environment.get("RUNSHEET_STATE").map(PathBuf::from);
        let path = named.map(Path::to_owned).or(from_environment);
        let path = path.unwrap_or_else(|| PathBuf::from(".runsheet"));
        StateDir {
            path: console.resolve(&path),
        }
    }

    /// The folder as people would type it.
    pub(crate) fn shown(&self, console: &Console) -> String {
        console.shown(&self.path)
    }

    /// A folder for a new run, with its plan; and its journal, still empty. The run is at work
    /// until the file beside it is dropped.
    ///
    /// # Errors
    /// A folder that cannot be made or written. Nothing may be run then.
    pub(crate) fn begin(
        &self,
        id: &RunId,
        plan: &Plan,
        sources: &Sources,
    ) -> Result<(FileJournal, Hold), Complaint> {
        let path = self.path.join("runs").join(&*id.0);
        self.write(&path, plan, sources)
            .map_err(|error| unwritable(&path, &error))
    }

    /// A hold on a site, so that only one run of this folder acts there; it ends when the file is
    /// dropped. A lab needs none: each run has its own.
    ///
    /// # Errors
    /// Another run that is at it, or a folder that cannot be written.
    pub(crate) fn hold(&self, site: &str) -> Result<Hold, Complaint> {
        let is_plain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
        let name: String = site
            .chars()
            .map(|c| if is_plain(c) { c } else { '-' })
            .collect();
        let path = self.path.join("sites").join(format!("{name}.lock"));
        let cannot = |error: &io::Error| unwritable(&path, error);
        make_folder(&self.path.join("sites")).map_err(|error| cannot(&error))?;
        let file = File::create(&path).map_err(|error| cannot(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(Hold(file)),
            Err(TryLockError::WouldBlock) => {
                let complaint = Complaint::new(format!("another run is at work at {site}"));
                Err(complaint.help("`runsheet runs` names it; wait until it has ended"))
            }
            Err(TryLockError::Error(error)) => Err(cannot(&error)),
        }
    }

    fn write(&self, run: &Path, plan: &Plan, sources: &Sources) -> io::Result<(FileJournal, Hold)> {
        make_folder(&self.path)?;
        let ignored = self.path.join(".gitignore");
        if !ignored.exists() {
            fs::write(ignored, "*\n")?;
        }
        make_folder(run)?;
        fs::write(run.join("plan.json"), serde_json::to_vec(plan)?)?;
        // The workflow is the first text; a site may hold what is nobody else's business.
        let texts: Vec<Text> = sources
            .iter()
            .take(1)
            .map(|(_, source)| Text {
                name: source.name.to_string(),
                text: source.text.to_string(),
            })
            .collect();
        fs::write(run.join("sources.json"), serde_json::to_vec(&texts)?)?;
        let at_work = File::create(run.join(LOCK))?;
        at_work.lock()?;
        let journal = FileJournal::create(&run.join("journal.jsonl"))?;
        Ok((journal, Hold(at_work)))
    }

    /// All runs, the earliest first.
    ///
    /// # Errors
    /// A folder that cannot be read; one that is not there has no runs.
    pub(crate) fn runs(&self) -> Result<Vec<RunFolder>, Complaint> {
        let folder = self.path.join("runs");
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                let complaint = Complaint::new(disk::reason(&error)).at(&folder);
                return Err(complaint.help("name the folder that keeps runs with --state DIR"));
            }
        };
        let one = |entry: fs::DirEntry| {
            let id = entry.file_name().into_string().ok()?;
            let path = entry.path();
            path.is_dir().then_some(RunFolder { id, path })
        };
        let mut runs: Vec<RunFolder> = entries.flatten().filter_map(one).collect();
        runs.sort_by(|one, other| one.id.cmp(&other.id));
        // A name ends in letters that say nothing of the order within a second.
        for same in runs.chunk_by_mut(|one, other| one.second() == other.second()) {
            if same.len() > 1 {
                same.sort_by_cached_key(RunFolder::began);
            }
        }
        Ok(runs)
    }

    /// The run of this name, of a name that begins like this, or the last one.
    ///
    /// # Errors
    /// None, or more than one.
    pub(crate) fn find(&self, name: &str) -> Result<RunFolder, Complaint> {
        let mut runs = self.runs()?;
        if name == "last" {
            let none = || {
                Complaint::new("there has been no run yet")
                    .help("`runsheet apply WORKFLOW` makes one")
            };
            return runs.pop().ok_or_else(none);
        }
        let begins = |run: &RunFolder| run.id.starts_with(name);
        let mut found: Vec<RunFolder> = runs.into_iter().filter(begins).collect();
        match (found.pop(), found.is_empty()) {
            (Some(run), true) => Ok(run),
            (Some(_), false) => {
                let message = format!("{} runs begin with `{name}`", found.len() + 1);
                Err(Complaint::new(message)
                    .help("`runsheet runs` lists them: type more of the name"))
            }
            (None, _) => {
                let message = format!("there is no run `{name}`");
                Err(Complaint::new(message).help("`runsheet runs` lists them"))
            }
        }
    }
}

impl RunFolder {
    /// The part of its name that is a time.
    fn second(&self) -> &str {
        self.id.rsplit_once('-').map_or("", |(second, _)| second)
    }

    /// When it began on the clock of this machine, as far as its journal can be read.
    fn began(&self) -> Option<Moment> {
        let recorded = journal::read(&self.journal()).ok()?;
        recorded.events.iter().find_map(|event| match &event.what {
            What::RunStarted(started) => Some(started.wall),
            _ => None,
        })
    }

    /// Whether some process is still at it.
    pub(crate) fn is_at_work(&self) -> bool {
        let lock = File::open(self.path.join(LOCK));
        lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }

    /// Its journal.
    pub(crate) fn journal(&self) -> PathBuf {
        self.path.join("journal.jsonl")
    }

    /// The plan it was run under.
    ///
    /// # Errors
    /// A plan that is gone, or of another version.
    pub(crate) fn plan(&self) -> Result<Plan, Complaint> {
        let path = self.path.join("plan.json");
        let text = disk::bytes(&path, LARGEST_PLAN);
        let text = text.map_err(|why| Complaint::new(why).at(&path))?;
        Plan::read(&text).map_err(|why| {
            let message = format!("{}: the plan cannot be read: {why}", path.display());
            let help = "look at it with the version of Runsheet that wrote it";
            Complaint::new(message).help(help)
        })
    }

    /// The texts it was made from, as far as they are there.
    pub(crate) fn sources(&self) -> Sources {
        let mut sources = Sources::new();
        let text = disk::bytes(&self.path.join("sources.json"), LARGEST_PLAN).unwrap_or_default();
        let texts: Vec<Text> = serde_json::from_slice(&text).unwrap_or_default();
        for text in texts {
            sources.add(text.name, text.text);
        }
        sources
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Complaint {
    let why = disk::hindrance(error);
    let message = format!("{}: the run cannot be written down: {why}", path.display());
    Complaint::new(message).help("nothing was done; name another folder with --state DIR")
}

/// A folder for its owner only, and those above it.
fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
