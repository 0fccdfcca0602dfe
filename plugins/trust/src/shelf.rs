//! All plugins that files name, as kinds and facilities.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_host::interrupt::Interrupt;
use runsheet_host::line::Line;
use runsheet_host::plugin::Plugin;
use runsheet_host::process::{Limits, Process, Program};
use runsheet_language::plugins::{Isolation, NamedPlugin};
use runsheet_step::{Catalogue, Name};

use crate::drivers::Brought;
use crate::entry::{Depth, Entry, Found};
use crate::filling::Filling;
use crate::rules::{CHANGED, CLASH, REFUSED, Trouble};
use crate::user::User;
use crate::{cache, copies, described, drivers, naming, user};

/// All that is there where plugins are named.
pub struct Shelved {
    /// Kinds and facilities: those that are linked, and those of the plugins.
    pub kinds: Arc<Catalogue>,
    /// The drivers that plugins bring.
    pub drivers: Vec<Brought>,
    /// The plugins that can be used.
    pub plugins: Vec<Found>,
}

impl AsRef<Catalogue> for Shelved {
    fn as_ref(&self) -> &Catalogue {
        &self.kinds
    }
}

/// What the program lends to whatever plugins it uses.
pub struct Lent {
    /// What hosts plugins in processes of their own, where that can be.
    pub host: Option<Program>,
    /// The drivers that plugins cannot bring, since the program has them itself.
    pub own_drivers: Vec<&'static str>,
    /// What is done before code of a plugin runs in this process.
    pub before_loading: Box<dyn Fn() -> io::Result<()> + Send + Sync>,
}

/// The kinds that are linked, and what plugins add to them.
pub struct Shelf {
    linked: Arc<Catalogue>,
    /// What relative paths are seen from.
    folder: PathBuf,
    user: User,
    /// Where programs are looked for.
    search: Option<String>,
    interrupt: Interrupt,
    lent: Lent,
    /// Those that run, by the hash of their libraries and how they are kept: none is loaded twice.
    running: Mutex<BTreeMap<(PathBuf, bool), Arc<Plugin>>>,
}

/// A plugin that a file names, and what there is to say of it.
pub struct Looked {
    /// Its name there.
    pub name: Name,
    /// The path that is written there.
    pub path: PathBuf,
    /// Whether a person's own file names it.
    pub is_of_user: bool,
    /// What was found; or why it cannot be used.
    pub found: Result<Found, Diagnostic>,
}

impl Shelf {
    /// No plugins yet.
    #[must_use]
    pub fn new(
        linked: Catalogue,
        folder: &Path,
        environment: &BTreeMap<String, String>,
        lent: Lent,
    ) -> Shelf {
        Shelf {
            linked: Arc::new(linked),
            folder: folder.to_owned(),
            user: User::of(environment),
            search: environment.get("PATH").cloned(),
            lent,
            interrupt: Interrupt::default(),
            running: Mutex::default(),
        }
    }

    /// The kinds that are linked.
    #[must_use]
    pub fn linked(&self) -> &Arc<Catalogue> {
        &self.linked
    }

    /// A hold on what these plugins think about.
    #[must_use]
    pub fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// What a person's own file says, and what is wrong with it.
    #[must_use]
    pub fn user(&self) -> &User {
        &self.user
    }

    /// All there is where these plugins are named, beside those of a person's own file; of plugins
    /// that cannot be used it is told why. Only at [`Depth::Running`] does code of theirs run, and
    /// then what was looked at is what runs.
    pub fn shelved(
        &self,
        named: &[NamedPlugin],
        sources: &Sources,
        depth: Depth,
        found: &mut Vec<Diagnostic>,
    ) -> Shelved {
        if let Some(why) = &self.user.wrong {
            found.push(Diagnostic::warning(&REFUSED, why).help(user::REMEDY));
        }
        let mut filling = Filling::new(self, depth);
        let entries = naming::entries(&self.user, &self.folder, named, sources).into_iter();
        let looked = entries.map(|entry| (entry.look(depth, &self.user), entry));
        for (looked, entry) in copies::once(looked) {
            if let Err(trouble) = looked.and_then(|looked| filling.put(&entry, looked)) {
                found.push(filling.without(&entry, trouble));
            }
        }
        filling.shelved()
    }

    /// Each plugin that is named once, with what there is to say of it.
    #[must_use]
    pub fn looked(&self, named: &[NamedPlugin], sources: &Sources, depth: Depth) -> Vec<Looked> {
        let user = &self.user;
        let entries = naming::entries(user, &self.folder, named, sources).into_iter();
        let looked = entries.map(|entry| Looked {
            name: entry.named.name.clone(),
            path: entry.path.clone(),
            is_of_user: entry.user.is_some(),
            found: entry.look(depth, user).map_err(|why| entry.told(why)),
        });
        looked.collect()
    }

    /// What these plugins cannot bring at once, beside those of a person's own file.
    #[must_use]
    pub fn clashes(&self, named: &[NamedPlugin], sources: &Sources) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        self.shelved(named, sources, Depth::Manifest, &mut found);
        found.retain(|one| *one.code == CLASH);
        found
    }

    /// The catalogue with what a plugin brings, and its drivers.
    pub(crate) fn brought(
        &self,
        entry: &Entry<'_>,
        looked: &Found,
        depth: Depth,
        catalogue: Catalogue,
    ) -> Result<(Catalogue, Vec<Brought>), Trouble> {
        if depth < Depth::Running {
            let catalogue = described::fill(&looked.manifest, catalogue);
            return Ok((catalogue, drivers::brought(looked)));
        }
        let plugin = self.running(entry, looked)?;
        let cache = kept(&self.user).and_then(|cache| drivers::ready(looked, cache));
        let drivers = cache.map_err(|why| entry.uncopied(&why))?;
        Ok((plugin.fill(catalogue), drivers))
    }

    /// The plugin of a library, started if it is not running.
    fn running(&self, entry: &Entry<'_>, looked: &Found) -> Result<Arc<Plugin>, Trouble> {
        let refused = |why: String| {
            let message = format!("the plugin `{}` cannot be used: {why}", entry.named.name);
            Trouble::new(
                &REFUSED,
                message,
                "build it anew for this Runsheet, or leave it out",
            )
        };
        let copy = self.copy(&looked.library, &looked.contents.library);
        let copy = copy.map_err(|why| entry.uncopied(&why))?;
        let is_apart = looked.isolation == Isolation::Process;
        let plugin = self.started(copy, is_apart, &entry.named.name);
        let plugin = plugin.map_err(refused)?;
        if looked.manifest.is_of(&plugin.description) {
            return Ok(plugin);
        }
        let message = format!(
            "the plugin `{}` says other things of itself than its manifest",
            entry.named.name
        );
        let help = format!("have that written anew: {}", entry.take);
        Err(Trouble::new(&CHANGED, message, help))
    }

    /// The plugin of a copy.
    fn started(&self, copy: PathBuf, is_apart: bool, name: &str) -> Result<Arc<Plugin>, String> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plugin) = running.get(&(copy.clone(), is_apart)) {
            return Ok(Arc::clone(plugin));
        }
        let line = self.line(&copy, is_apart, name)?;
        let plugin = Plugin::at(line).map_err(|trouble| trouble.to_string())?;
        let plugin = Arc::new(plugin);
        running.insert((copy, is_apart), Arc::clone(&plugin));
        Ok(plugin)
    }

    fn line(&self, library: &Path, is_apart: bool, name: &str) -> Result<Arc<dyn Line>, String> {
        if is_apart {
            let (process, _) = self.apart(library)?;
            return Ok(process);
        }
        let cleared = (self.lent.before_loading)();
        cleared
            .map_err(|error| format!("data cannot be kept apart from what it prints: {error}"))?;
        self.interrupt.load(name, library)
    }

    /// A library in a process of its own, with the minor version of the line that it speaks.
    pub(crate) fn apart(&self, library: &Path) -> Result<(Arc<dyn Line>, u32), String> {
        let host = self.lent.host.clone();
        let host = host.ok_or("this program cannot start processes for plugins")?;
        let limits = Limits::default();
        let process = Process::start_under(&self.interrupt, host, library, limits)?;
        let minor = process.minor();
        Ok((Arc::new(process), minor))
    }

    /// The copy of a library by what is in it; that is what runs.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub(crate) fn copy(&self, library: &Path, bytes: &[u8]) -> Result<PathBuf, String> {
        copied(&self.user, library, bytes)
    }

    /// Where programs are looked for, as PATH says it.
    pub(crate) fn search(&self) -> Option<&str> {
        self.search.as_deref()
    }

    /// The drivers that plugins cannot bring.
    pub(crate) fn own_drivers(&self) -> &[&'static str] {
        &self.lent.own_drivers
    }

    /// What relative paths are seen from.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

fn copied(user: &User, library: &Path, bytes: &[u8]) -> Result<PathBuf, String> {
    cache::copy(kept(user)?, library, bytes)
}

/// Where copies are kept.
fn kept(user: &User) -> Result<&Path, String> {
    let cache = user.cache.as_deref();
    cache.ok_or_else(|| "there is no folder for a copy of it".to_owned())
}
