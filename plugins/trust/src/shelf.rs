//! All plugins that files name, as kinds and facilities.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_host::library::Library;
use runsheet_host::line::Line;
use runsheet_host::plugin::Plugin;
use runsheet_host::process::{Limits, Process, Program};
use runsheet_language::plugins::{Isolation, NamedPlugin};
use runsheet_messages::describe::DriverDescription;
use runsheet_step::{Catalogue, Name};

use crate::entry::{Depth, Entry, Found};
use crate::manifest::Manifest;
use crate::rules::{CHANGED, CLASH, REFUSED, Trouble};
use crate::user::User;
use crate::{cache, described, naming};

/// A driver that a plugin brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// What the plugin says of it.
    pub driver: DriverDescription,
    /// Where it is started: in the folder of the plugin's file.
    pub folder: PathBuf,
}

/// The kinds that are linked, and what plugins add to them.
pub struct Shelf {
    linked: Arc<Catalogue>,
    /// What relative paths are seen from.
    folder: PathBuf,
    user: Result<User, String>,
    /// What hosts plugins in processes of their own.
    host: Option<Program>,
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
    /// No plugins yet. `host` is what hosts them in processes of their own, where that can be.
    #[must_use]
    pub fn new(
        linked: Catalogue,
        folder: &Path,
        environment: &BTreeMap<String, String>,
        host: Option<Program>,
    ) -> Shelf {
        Shelf {
            linked: Arc::new(linked),
            folder: folder.to_owned(),
            user: User::of(environment),
            host,
            running: Mutex::default(),
        }
    }

    /// The kinds that are linked.
    #[must_use]
    pub fn linked(&self) -> &Arc<Catalogue> {
        &self.linked
    }

    /// What a person's own file says.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn user(&self) -> Result<&User, String> {
        self.user.as_ref().map_err(Clone::clone)
    }

    /// All kinds and facilities there are where these plugins are named, beside those of a person's
    /// own file; of plugins that cannot be used it is told why. Only at [`Depth::Running`] does
    /// code of theirs run, and then what was looked at is what runs.
    pub fn kinds(
        &self,
        named: &[NamedPlugin],
        sources: &Sources,
        depth: Depth,
        found: &mut Vec<Diagnostic>,
    ) -> Arc<Catalogue> {
        let user = match &self.user {
            Ok(user) => user,
            Err(why) => {
                let trouble = Trouble::new(&REFUSED, why, "mend that file");
                found.push(Diagnostic::error(trouble.code, trouble.message).help(trouble.help));
                return Arc::clone(&self.linked);
            }
        };
        let entries = naming::entries(user, &self.folder, named, sources);
        if entries.is_empty() {
            return Arc::clone(&self.linked);
        }
        let mut catalogue = Catalogue::clone(&self.linked);
        let mut owners = Owners::default();
        for entry in &entries {
            let added = entry.look(depth, user).and_then(|looked| {
                owners.free(entry, &looked.manifest, &self.linked)?;
                self.filled(entry, &looked, depth, user, &catalogue)
            });
            match added {
                Ok(more) => catalogue = more,
                Err(trouble) => found.push(entry.told(trouble)),
            }
        }
        Arc::new(catalogue)
    }

    /// Each plugin that is named once, with what there is to say of it.
    #[must_use]
    pub fn looked(&self, named: &[NamedPlugin], sources: &Sources, depth: Depth) -> Vec<Looked> {
        let Ok(user) = &self.user else {
            return Vec::new();
        };
        let entries = naming::entries(user, &self.folder, named, sources).into_iter();
        let looked = entries.map(|entry| Looked {
            name: entry.named.name.clone(),
            path: entry.path.clone(),
            is_of_user: entry.user.is_some(),
            found: entry.look(depth, user).map_err(|why| entry.told(why)),
        });
        looked.collect()
    }

    /// The drivers that these plugins bring, as their manifests say it. Whether they are what was
    /// taken is told with the kinds.
    #[must_use]
    pub fn drivers(&self, named: &[NamedPlugin], sources: &Sources) -> Vec<Brought> {
        let looked = self.looked(named, sources, Depth::Manifest).into_iter();
        let found = looked.filter_map(|one| one.found.ok());
        let all = found.flat_map(|found| {
            let folder = found.folder().to_owned();
            let brought = move |driver| Brought {
                driver,
                folder: folder.clone(),
            };
            found.manifest.drivers.into_iter().map(brought)
        });
        all.collect()
    }

    fn filled(
        &self,
        entry: &Entry<'_>,
        looked: &Found,
        depth: Depth,
        user: &User,
        catalogue: &Catalogue,
    ) -> Result<Catalogue, Trouble> {
        let catalogue = catalogue.clone();
        if depth < Depth::Running {
            return Ok(described::fill(&looked.manifest, catalogue));
        }
        Ok(self.running(entry, looked, user)?.fill(catalogue))
    }

    /// The plugin of a library, started if it is not running.
    fn running(
        &self,
        entry: &Entry<'_>,
        looked: &Found,
        user: &User,
    ) -> Result<Arc<Plugin>, Trouble> {
        let refused = |why: String| {
            let message = format!("the plugin `{}` cannot be used: {why}", entry.named.name);
            Trouble::new(
                &REFUSED,
                message,
                "build it anew for this Runsheet, or leave it out",
            )
        };
        let copy = copied(user, &looked.library, &looked.contents.library).map_err(|why| {
            let message = format!("the plugin `{}`: {why}", entry.named.name);
            Trouble::new(&REFUSED, message, cache::REMEDY)
        })?;
        let is_apart = looked.isolation == Isolation::Process;
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plugin) = running.get(&(copy.clone(), is_apart)) {
            return Ok(Arc::clone(plugin));
        }
        let line = self.line(&copy, is_apart).map_err(refused)?;
        let plugin = Plugin::at(line).map_err(|trouble| refused(trouble.to_string()))?;
        if !looked.manifest.is_of(&plugin.description) {
            let message = format!(
                "the plugin `{}` says other things of itself than its manifest",
                entry.named.name
            );
            let help = format!("have that written anew: {}", entry.take);
            return Err(Trouble::new(&CHANGED, message, help));
        }
        let plugin = Arc::new(plugin);
        running.insert((copy, is_apart), Arc::clone(&plugin));
        Ok(plugin)
    }

    fn line(&self, library: &Path, is_apart: bool) -> Result<Arc<dyn Line>, String> {
        if is_apart {
            let (process, _) = self.apart(library)?;
            return Ok(process);
        }
        let library: Arc<dyn Line> = Arc::new(Library::load(library)?);
        Ok(library)
    }

    /// A library in a process of its own, with the minor version of the line that it speaks.
    pub(crate) fn apart(&self, library: &Path) -> Result<(Arc<dyn Line>, u32), String> {
        let host = self.host.clone();
        let host = host.ok_or("this program cannot start processes for plugins")?;
        let process = Process::start(host, library, Limits::default())?;
        let minor = process.minor();
        Ok((Arc::new(process), minor))
    }

    /// The copy of a library by what is in it; that is what runs.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub(crate) fn copy(&self, library: &Path, bytes: &[u8]) -> Result<PathBuf, String> {
        let user = self.user.as_ref();
        let user = user.map_err(|_| "your own file of plugins cannot be read".to_owned())?;
        copied(user, library, bytes)
    }

    /// What relative paths are seen from.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

fn copied(user: &User, library: &Path, bytes: &[u8]) -> Result<PathBuf, String> {
    let cache = user.cache.as_deref();
    let cache = cache.ok_or("there is no folder for a copy of it")?;
    cache::copy(cache, library, bytes)
}

/// Which plugin has brought which kind and facility.
#[derive(Default)]
struct Owners {
    kinds: BTreeMap<Name, Name>,
    facilities: BTreeMap<Name, Name>,
    names: BTreeMap<Name, String>,
}

impl Owners {
    /// Takes up what a plugin brings, unless something of it is there already.
    fn free(
        &mut self,
        entry: &Entry<'_>,
        manifest: &Manifest,
        linked: &Catalogue,
    ) -> Result<(), Trouble> {
        let name = &entry.named.name;
        if let Some(other) = self.names.insert(name.clone(), entry.shown.clone()) {
            let message = format!(
                "two plugins are called `{name}`: {other} and {}",
                entry.shown
            );
            return Err(Trouble::new(&CLASH, message, "leave one of them out"));
        }
        for step in &manifest.kinds {
            let other = self.kinds.insert(step.kind.clone(), name.clone());
            let is_linked = linked.kind(&step.kind).is_some();
            clash(name, "kind", &step.kind, is_linked, other.as_ref())?;
        }
        for facility in &manifest.facilities {
            let other = self.facilities.insert(facility.name.clone(), name.clone());
            let is_linked = linked.facility_named(&facility.name).is_some();
            clash(name, "facility", &facility.name, is_linked, other.as_ref())?;
        }
        Ok(())
    }
}

fn clash(
    name: &str,
    what: &str,
    brought: &str,
    is_linked: bool,
    other: Option<&Name>,
) -> Result<(), Trouble> {
    let whose = match other {
        Some(other) => format!("which the plugin `{other}` brings too"),
        None if is_linked => "which Runsheet has itself".to_owned(),
        None => return Ok(()),
    };
    let message = format!("the plugin `{name}` brings the {what} `{brought}`, {whose}");
    let help = "leave the plugin out, or ask its author for another name";
    Err(Trouble::new(&CLASH, message, help))
}
