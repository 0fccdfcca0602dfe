//! All plugins that files name, as kinds and facilities.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_host::library::Library;
use runsheet_host::plugin::Plugin;
use runsheet_language::plugins::NamedPlugin;
use runsheet_step::Catalogue;

use crate::file;
use crate::rules::{CLASH, REFUSED};

/// The kinds that are linked, and what plugins add to them.
pub struct Shelf {
    linked: Arc<Catalogue>,
    /// What relative paths are seen from.
    folder: PathBuf,
    /// Those that were loaded, by their files: none is loaded twice.
    loaded: Mutex<BTreeMap<PathBuf, Arc<Plugin>>>,
}

impl Shelf {
    /// No plugins yet.
    #[must_use]
    pub fn new(linked: Catalogue, folder: &Path) -> Shelf {
        Shelf {
            linked: Arc::new(linked),
            folder: folder.to_owned(),
            loaded: Mutex::default(),
        }
    }

    /// The kinds that are linked.
    #[must_use]
    pub fn linked(&self) -> &Arc<Catalogue> {
        &self.linked
    }

    /// All kinds and facilities there are where these plugins are named; of plugins that cannot be
    /// used it is told why.
    pub fn kinds(
        &self,
        named: &[NamedPlugin],
        sources: &Sources,
        found: &mut Vec<Diagnostic>,
    ) -> Arc<Catalogue> {
        if named.is_empty() {
            return Arc::clone(&self.linked);
        }
        let mut catalogue = Catalogue::clone(&self.linked);
        let mut seen: BTreeMap<PathBuf, ()> = BTreeMap::new();
        for one in named {
            let path = file::of(&self.folder.join(one.path(sources)));
            if seen.insert(path.clone(), ()).is_some() {
                continue;
            }
            match self.plugin(&path) {
                Ok(plugin) => match taken(&plugin, &catalogue) {
                    None => catalogue = plugin.fill(catalogue),
                    Some(what) => found.push(clash(one, &what)),
                },
                Err(why) => found.push(refused(one, &path, &why)),
            }
        }
        Arc::new(catalogue)
    }

    fn plugin(&self, path: &Path) -> Result<Arc<Plugin>, String> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plugin) = loaded.get(path) {
            return Ok(Arc::clone(plugin));
        }
        let library = Library::load(path)?;
        let plugin = Plugin::at(Arc::new(library)).map_err(|trouble| trouble.to_string())?;
        let plugin = Arc::new(plugin);
        loaded.insert(path.to_owned(), Arc::clone(&plugin));
        Ok(plugin)
    }
}

/// The first kind or facility of a plugin that there is already.
fn taken(plugin: &Plugin, catalogue: &Catalogue) -> Option<String> {
    let steps = plugin.description.steps.iter();
    let mut kinds = steps.filter(|step| catalogue.kind(&step.kind).is_some());
    if let Some(step) = kinds.next() {
        return Some(format!("kind `{}`", step.kind));
    }
    let facilities = plugin.description.facilities.iter();
    let mut known = facilities.filter(|one| catalogue.facility_named(&one.name).is_some());
    let facility = known.next()?;
    Some(format!("facility `{}`", facility.name))
}

fn clash(named: &NamedPlugin, what: &str) -> Diagnostic {
    let message = format!("the plugin `{}` brings the {what} once more", named.name);
    Diagnostic::error(&CLASH, message)
        .at(named.span, "brings it")
        .help("leave the plugin out, or ask its author for another name")
}

fn refused(named: &NamedPlugin, path: &Path, why: &str) -> Diagnostic {
    let message = format!("the plugin `{}` cannot be used: {why}", named.name);
    Diagnostic::error(&REFUSED, message)
        .at(named.file_span, "this plugin")
        .help(format!("its file is {}", path.display()))
}
