//! Where the secrets of a site come from. A secret is a reference until a driver uses it; who
//! opens it looks here for its source.

use indexmap::IndexMap;
use runsheet_step::{Name, Value};

use super::{Setting, Site};

/// Where a secret is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// A variable of the environment.
    Env(Name),
    /// A file, relative to the site file.
    File(Name),
    /// A person, who is asked this.
    Ask(Name),
    /// The lab itself, by the name it has there.
    Lab(Name),
}

impl SecretSource {
    /// What a value such as `{env: SALES_PW}` says, if it says that.
    #[must_use]
    pub fn of(value: &Value) -> Option<SecretSource> {
        let map = value.as_map().filter(|map| map.len() == 1)?;
        let (key, value) = map.first()?;
        let name = value.as_text()?.clone();
        match &**key {
            "env" => Some(SecretSource::Env(name)),
            "file" => Some(SecretSource::File(name)),
            "ask" => Some(SecretSource::Ask(name)),
            "lab" => Some(SecretSource::Lab(name)),
            _ => None,
        }
    }
}

/// The source of every secret of a site, by its reference: `HOST.var` for a variable of a host,
/// whoever gives it, and `secrets.NAME` for one that belongs to no host.
#[must_use]
pub fn secret_sources(site: &Site) -> IndexMap<Name, SecretSource> {
    let mut sources = IndexMap::new();
    for (name, setting) in &site.secrets {
        if let Some(source) = SecretSource::of(&setting.value) {
            sources.insert(reference("secrets", name), source);
        }
    }
    for host in site.hosts.keys() {
        for (name, setting) in site.vars_of(host) {
            if let Some(source) = SecretSource::of(&setting.value) {
                sources.insert(reference(host, name), source);
            }
        }
    }
    sources
}

/// What a secret is called wherever it is not opened.
pub(crate) fn reference(owner: &str, name: &str) -> Name {
    format!("{owner}.{name}").into()
}

impl Site {
    /// The groups of a host, in the order written.
    pub fn groups_of(&self, host: &str) -> impl Iterator<Item = &Name> {
        let holds = move |members: &[(Name, _)]| members.iter().any(|(name, _)| **name == *host);
        self.groups
            .iter()
            .filter(move |(_, members)| holds(members))
            .map(|(name, _)| name)
    }

    /// The variables of a host: the site's, then its groups', then its own; the latest counts.
    #[must_use]
    pub fn vars_of(&self, host: &str) -> IndexMap<&Name, &Setting> {
        let groups = self
            .groups_of(host)
            .filter_map(|group| self.group_vars.get(group));
        let own = self.hosts.get(host).map(|host| &host.vars);
        let all = [&self.vars].into_iter().chain(groups).chain(own);
        all.flatten().collect()
    }
}
