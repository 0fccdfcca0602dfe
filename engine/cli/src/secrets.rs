//! Where secrets come from: the environment, a file that only its owner can read, a person, or
//! the lab. They go from here into the vault and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use runsheet_language::bound::Bound;
use runsheet_language::site::{SecretSource, secret_sources};
use runsheet_record::plan::Plan;
use runsheet_runner::vault::{SHORTEST, Vault};
use runsheet_step::{Name, Piece, Value};

use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;
use crate::reading::Whole;

/// A vault with every secret that this plan can come to need. A person is asked last, and not for
/// nothing.
///
/// # Errors
/// All those that cannot be had.
pub(crate) async fn open(
    whole: &Whole,
    plan: &Plan,
    console: &Console,
) -> Result<Vault, Complaint> {
    let mut sources = secret_sources(&whole.site);
    sources.extend(whole.given.clone());
    let needed = needed(&whole.bound, plan).into_iter();
    let mut needed: Vec<(Name, SecretSource)> = needed
        .filter_map(|reference| {
            sources
                .swap_remove(&reference)
                .map(|source| (reference, source))
        })
        .collect();
    needed.sort_by_key(|(_, source)| matches!(source, SecretSource::Ask(_)));
    let folder = folder(whole, console);
    let mut secrets = BTreeMap::new();
    let mut troubles: Vec<String> = Vec::new();
    let mut is_of_site = false;
    for (reference, source) in needed {
        let had = match &source {
            SecretSource::Ask(_) if !console.person.is_there() => Err(NOBODY.to_owned()),
            SecretSource::Ask(_) if !troubles.is_empty() => continue,
            SecretSource::Ask(question) => typed(question, console).await,
            source => fetch(&reference, source, &folder, console),
        };
        match had.and_then(fit) {
            Ok(secret) => drop(secrets.insert(reference, Name::from(secret))),
            Err(why) => {
                is_of_site |= !whole.given.contains_key(&reference);
                troubles.push(format!("the secret `{reference}` cannot be had: {why}"));
            }
        }
    }
    if troubles.is_empty() {
        return Ok(Vault::new(secrets));
    }
    let complaint = Complaint::new(troubles.join("\n       "));
    let place = whole.site_path.display();
    Err(match is_of_site {
        true => complaint.help(format!("{place} says where secrets come from")),
        false => complaint,
    })
}

const NOBODY: &str = "it is to be asked for, and there is no terminal";

fn fit(secret: String) -> Result<String, String> {
    match secret.chars().count() {
        0 => Err("it is empty".to_owned()),
        1..SHORTEST => Err(format!(
            "it is too short to be hidden from what is shown: {SHORTEST} characters are the least"
        )),
        _ => Ok(secret),
    }
}

fn folder(whole: &Whole, console: &Console) -> PathBuf {
    let path = console.resolve(&whole.site_path);
    path.parent().unwrap_or(Path::new("")).to_owned()
}

/// A vault with what can be had without asking anybody, so that a plan shows none of it.
pub(crate) fn at_hand(whole: &Whole, console: &Console) -> Vault {
    let folder = folder(whole, console);
    let given = whole.given.clone();
    let sources = secret_sources(&whole.site).into_iter().chain(given);
    let had = sources.filter_map(|(reference, source)| {
        let secret = fetch(&reference, &source, &folder, console).and_then(fit);
        Some((reference, Name::from(secret.ok()?)))
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
        SecretSource::Ask(_) => Err("it is to be asked for".to_owned()),
        SecretSource::Lab(_) => {
            let host = reference
                .rsplit_once('.')
                .map_or(reference, |(host, _)| host);
            Ok(runsheet_lab::password::of(host))
        }
    }
}

/// The most bytes that a file with a secret has.
const LARGEST_SECRET: usize = 1 << 20;

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
    let bytes = disk::bytes(path, LARGEST_SECRET).map_err(|why| format!("{shown}: {why}"))?;
    // Not a byte of it is told.
    let text = String::from_utf8(bytes).map_err(|_| format!("{shown}: it is not UTF-8 text"))?;
    Ok(text.lines().next().unwrap_or("").to_owned())
}

async fn typed(question: &str, console: &Console) -> Result<String, String> {
    let typed = console.person.ask_secretly(&format!("{question}: ")).await;
    let typed = typed.map_err(|error| error.to_string())?;
    typed.ok_or_else(|| "nothing was typed".to_owned())
}
