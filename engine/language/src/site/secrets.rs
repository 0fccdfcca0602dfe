//! Where the secrets of a site come from. A secret is a reference until a driver uses it; who
//! opens it looks here for its source.

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::{Name, Value};

use super::plain::{plain, setting};
use super::{Setting, Site};
use crate::document::{Entry, Node};
use crate::expression::WRONG_VALUE;
use crate::keys::{Key, Keys, Takes};
use crate::reader::Reader;

/// What to write where a secret is written out.
pub(crate) const HOW_KEPT: &str =
    "name where it is kept: `{env: NAME}`, `{file: PATH}` or `{ask: question}`";

pub(crate) static SECRET: Keys<'static> = Keys::table(
    "a secret",
    &[
        Key::new("env", Takes::Text, "A variable of the environment."),
        Key::new(
            "file",
            Takes::Text,
            "A file that only its owner may read; its path is seen from the site file.",
        ),
        Key::new("ask", Takes::Text, "A person, who is asked this."),
        Key::new(
            "lab",
            Takes::Text,
            "The lab itself, by the name it has there.",
        ),
    ],
)
.one_of(&["env", "file", "ask", "lab"])
.called(&[
    ("environment", "env"),
    ("path", "file"),
    ("prompt", "ask"),
    ("question", "ask"),
]);

/// What a lab keeps of each of its postoffices.
const OF_LAB: &str = "admin_password";

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
    let groups = site.groups_by_host();
    for host in site.hosts.keys() {
        let groups = groups.get(host).map_or(&[][..], Vec::as_slice);
        for (name, setting) in site.vars_from(host, groups) {
            if let Some(source) = SecretSource::of(&setting.value) {
                sources.insert(reference(host, name), source);
            }
        }
    }
    sources
}

/// An entry of `secrets:`, which says where one is kept and nothing else.
pub(super) fn secret(entry: Entry<'_>, found: &mut Vec<Diagnostic>) -> Setting {
    let before = found.len();
    if entry.value.is_map() {
        // Told key by key, with what was meant.
        let _ = Reader::new(entry.value, SECRET, found);
        found.extend(names_nothing(entry.value).or_else(|| of_no_host(entry.value)));
    }
    if found.len() == before && SecretSource::of(&plain(entry.value)).is_none() {
        found.push(not_kept(entry.value));
    }
    setting(entry.value)
}

/// What says where a secret is kept, and names nothing there, or names it as a shell asks for it.
pub(super) fn names_nothing(node: Node<'_>) -> Option<Diagnostic> {
    let mut entries = node.entries();
    let (only, None) = (entries.next()?, entries.next()) else {
        return None;
    };
    let how = ["env", "file", "ask", "lab"]
        .into_iter()
        .find(|how| *how == only.name())?;
    let name = only.value.text().filter(|_| !only.value.is_null())?;
    let told = |message: String| Diagnostic::error(&WRONG_VALUE, message);
    if name.trim().is_empty() {
        let told = told(format!("`{how}` names nothing")).at(only.value.place(), "is empty");
        return Some(told.help(HOW_KEPT));
    }
    if how == "lab" && name != OF_LAB {
        let told = told(format!("a lab keeps no `{name}`")).at(only.value.place(), "is not there");
        return Some(told.did_you_mean(OF_LAB, only.value.span()));
    }
    let bare = name.trim_start_matches('$').trim_matches(['{', '}', '%']);
    let is_asked = how == "env" && bare != name && !bare.is_empty();
    is_asked.then(|| {
        let told = told(format!(
            "`{name}` is no name of a variable of the environment"
        ));
        let told = told.at(only.value.place(), "is named without signs");
        told.did_you_mean(bare, only.value.span())
    })
}

/// That a lab is asked for a secret that belongs to no host.
fn of_no_host(node: Node<'_>) -> Option<Diagnostic> {
    let lab = node.get("lab")?;
    let told = Diagnostic::error(
        &WRONG_VALUE,
        "a lab keeps the passwords of its postoffices only",
    );
    let told = told.at(lab.key.place(), "belongs to no host");
    Some(told.help(format!(
        "say it under `vars:`, as `NAME: {{lab: {OF_LAB}}}`"
    )))
}

/// That a site which is no lab keeps secrets in one: each would be what the lab made up.
pub(super) fn in_no_lab(site: &Site) -> Option<Diagnostic> {
    if site.lab.is_some() {
        return None;
    }
    let of_hosts = site.hosts.values().map(|host| &host.vars);
    let all = of_hosts.chain(site.group_vars.values()).chain([&site.vars]);
    let is_lab =
        |setting: &&Setting| matches!(SecretSource::of(&setting.value), Some(SecretSource::Lab(_)));
    let first = all.flat_map(IndexMap::values).find(is_lab)?;
    let message = "this site has no `lab:` that could keep a secret";
    let told = Diagnostic::error(&WRONG_VALUE, message).at(first.span, "is kept by a lab");
    Some(told.help(HOW_KEPT))
}

fn not_kept(node: Node<'_>) -> Diagnostic {
    let message = match node.is_map() {
        true => "a secret is kept in one place",
        false => "a secret is never written out",
    };
    Diagnostic::error(&WRONG_VALUE, message)
        .at(node.place(), "not where it is kept")
        .help(HOW_KEPT)
        .confidential()
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

    /// The variables of a host: the site's, then its groups', then its own, then those of overlays;
    /// the latest counts.
    #[must_use]
    pub fn vars_of(&self, host: &str) -> IndexMap<&Name, &Setting> {
        let groups: Vec<&Name> = self.groups_of(host).collect();
        self.vars_from(host, &groups)
    }

    /// The groups of every host that is in one, in the order written: for whoever goes through all
    /// hosts, since [`Site::groups_of`] looks through all members.
    pub(crate) fn groups_by_host(&self) -> IndexMap<&Name, Vec<&Name>> {
        let mut groups: IndexMap<&Name, Vec<&Name>> = IndexMap::new();
        for (group, members) in &self.groups {
            for (member, _) in members {
                groups.entry(member).or_default().push(group);
            }
        }
        groups
    }

    /// The variables of a host that is in these groups.
    fn vars_from<'s>(&'s self, host: &str, groups: &[&Name]) -> IndexMap<&'s Name, &'s Setting> {
        let of_groups = groups
            .iter()
            .filter_map(|group| self.group_vars.get(*group));
        let own = self.hosts.get(host).map(|host| &host.vars);
        let all = [&self.vars].into_iter().chain(of_groups).chain(own);
        all.flatten()
            .chain(self.overlay_vars_of(host, groups))
            .collect()
    }
}
