//! What plugins bring to a file: those that it names, those of a person's own, and those of the
//! files that it goes with: a workflow may use what a site brings, and a site may bind what a
//! workflow brings.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::Files;
use runsheet_language::plugins::{NamedPlugin, plugins_of_site};
use runsheet_step::Catalogue;
use runsheet_step::shape::Field;

use crate::store::Store;
use crate::wants::Sort;

/// Who knows what the plugins bring that files name, beside those of a person's own, and what is
/// wrong with them. Nothing of a plugin runs.
pub type Plugins =
    Arc<dyn Fn(&[NamedPlugin], &Sources, &mut Vec<Diagnostic>) -> Known + Send + Sync>;

/// All there is where plugins are named.
#[derive(Clone)]
pub struct Known {
    /// The kinds and facilities, also those that are linked.
    pub kinds: Arc<Catalogue>,
    /// The drivers that plugins bring.
    pub drivers: Arc<[Driver]>,
}

/// A driver that a site file can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Its name there.
    pub name: String,
    /// The facility that it serves; nothing: more than one.
    pub facility: Option<String>,
    /// What may be said of it beside its name; nothing: it does not say.
    pub options: Option<Vec<Field>>,
}

impl Driver {
    /// Whether it may serve a facility.
    #[must_use]
    pub fn may_serve(&self, facility: &str) -> bool {
        self.facility.as_deref().is_none_or(|own| own == facility)
    }
}

/// What the driver of this name takes, as far as it is known.
#[must_use]
pub fn options(name: &str, drivers: [&[Driver]; 2]) -> Option<Vec<Field>> {
    let mut all = drivers.into_iter().flatten();
    all.find(|driver| driver.name == name)?.options.clone()
}

/// What there is for a file of a sort that names these plugins. What is wrong with those of other
/// files is told there.
pub(crate) fn known(
    (path, sort): (&str, Sort),
    named: &[NamedPlugin],
    sources: &Sources,
    store: &Store,
    found: &mut Vec<Diagnostic>,
) -> Option<Known> {
    let plugins = store.plugins.as_ref()?;
    let with = match sort {
        Sort::Site => Sort::Workflow,
        _ => Sort::Site,
    };
    let mut sources = sources.clone();
    let own = sources.iter().count();
    let mut all = named.to_vec();
    for other in store.with_plugins(with).filter(|other| *other != path) {
        if let Ok(text) = store.read(other) {
            let source = sources.add(other, text);
            all.extend(plugins_of_site(source, &[], &sources));
        }
    }
    let mut told = Vec::new();
    let known = plugins(&all, &sources, &mut told);
    let is_own = |one: &Diagnostic| {
        let source = one.span().map(|span| usize::from(span.source.0));
        source.is_none_or(|source| source < own)
    };
    found.extend(told.into_iter().filter(is_own));
    Some(known)
}
