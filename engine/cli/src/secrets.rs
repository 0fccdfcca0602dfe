//! Where secrets come from: the environment, a file that only its owner can read, a person, or
//! the lab. They go from here into the vault and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use runsheet_language::bound::Bound;
use runsheet_language::site::{SecretSource, secret_sources};
use runsheet_record::plan::Plan;
use runsheet_runner::vault::Vault;
use runsheet_step::{Name, Piece, Value};

use crate::complaint::Complaint;
use crate::console::Console;
use crate::reading::Whole;

/// A vault with every secret that this plan can come to need.
///
/// # Errors
/// The first that cannot be had.
pub(crate) fn open(whole: &Whole, plan: &Plan, console: &Console) -> Result<Vault, Complaint> {
    let sources = secret_sources(&whole.site);
    let folder = console.resolve(&whole.site_path);
    let folder = folder.parent().unwrap_or(Path::new("")).to_owned();
    let mut secrets = BTreeMap::new();
    for reference in needed(&whole.bound, plan) {
        let Some(source) = sources.get(&reference) else {
            continue;
        };
        let secret = fetch(&reference, source, &folder, console).map_err(|why| {
            let place = whole.site_path.display();
            Complaint::new(format!("the secret `{reference}` cannot be had: {why}"))
                .help(format!("{place} says where it comes from"))
        })?;
        secrets.insert(reference, Name::from(secret));
    }
    Ok(Vault::new(secrets))
}

/// A vault with what can be had without asking anybody, so that a plan shows none of it.
pub(crate) fn at_hand(whole: &Whole, console: &Console) -> Vault {
    let folder = console.resolve(&whole.site_path);
    let folder = folder.parent().unwrap_or(Path::new("")).to_owned();
    let sources = secret_sources(&whole.site).into_iter();
    let quiet = sources.filter(|(_, source)| !matches!(source, SecretSource::Ask(_)));
    let had = quiet.filter_map(|(reference, source)| {
        let secret = fetch(&reference, &source, &folder, console).ok()?;
        Some((reference, Name::from(secret)))
    });
    Vault::new(had.collect())
}

/// The references in the inputs, in the hosts that steps act at, and those of no host.
fn needed(bound: &Bound, plan: &Plan) -> BTreeSet<Name> {
    let mut found = BTreeSet::new();
    bound
        .inputs
        .values()
        .for_each(|value| gather(value, &mut found));
    gather(&bound.secrets, &mut found);
    let hosts: BTreeSet<&Name> = plan
        .rows
        .iter()
        .filter_map(|row| row.host.as_ref())
        .collect();
    for host in hosts.into_iter().filter_map(|name| bound.hosts.get(name)) {
        host.vars
            .values()
            .for_each(|value| gather(value, &mut found));
    }
    found
}

fn gather(value: &Value, found: &mut BTreeSet<Name>) {
    match value {
        Value::Secret(secret) => {
            found.extend(secret.pieces().iter().filter_map(|piece| match piece {
                Piece::Reference(name) => Some(name.clone()),
                Piece::Plain(_) => None,
            }))
        }
        Value::List(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Map(map) => map.values().for_each(|item| gather(item, found)),
        Value::Host(host) => host.vars.values().for_each(|item| gather(item, found)),
        _ => {}
    }
}

fn fetch(
    reference: &str,
    source: &SecretSource,
    folder: &Path,
    console: &Console,
) -> Result<String, String> {
    match source {
        SecretSource::Env(name) => {
            let found = console.environment.get(&**name).cloned();
            found.ok_or_else(|| format!("the environment has no `{name}`"))
        }
        SecretSource::File(path) => from_file(&folder.join(&**path)),
        SecretSource::Ask(question) => from_person(question, console),
        SecretSource::Lab(_) => {
            let host = reference
                .rsplit_once('.')
                .map_or(reference, |(host, _)| host);
            Ok(runsheet_lab::password::of(host))
        }
    }
}

/// The first line of a file that nobody but its owner can read.
fn from_file(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let about = std::fs::metadata(path).map_err(|error| format!("{shown}: {error}"))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = about.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(format!(
                "{shown} has mode {mode:o}, so others can read it: chmod 600 it"
            ));
        }
    }
    if !about.is_file() {
        return Err(format!("{shown} is no file"));
    }
    let text = std::fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    Ok(text.lines().next().unwrap_or("").to_owned())
}

fn from_person(question: &str, console: &Console) -> Result<String, String> {
    if !console.person.is_there() {
        return Err("it is to be asked for, and there is no terminal".to_owned());
    }
    let typed = console.person.ask_secretly(&format!("{question}: "));
    let typed = typed.map_err(|error| error.to_string())?;
    typed.ok_or_else(|| "nothing was typed".to_owned())
}
