//! The files of a postoffice: what is written for its state, and what a person's change of one says.
//!
//! Every file that [`Postoffice::files`](crate::postoffice::Postoffice::files) names is written.
//! Those with a documented content are encoded here, in tables by what they are about; what tools
//! leave behind half done has its size and zeros. What no documented file tells is in
//! `state/<HOST>.json`, together with the sums of the files as they were written.
//!
//! Some files are only written: what a person makes of NETWORK, NETPO, GALNETPO, GALINDEX, MASTER,
//! FLAG, TID, the .XTN files, INF and TPL is looked at for being whole, and then written anew from
//! the state when that changes. Lists of gateways have no file here.

mod identity;
mod lists;
pub(super) mod mail;
mod numbers;
pub(super) mod queues;
mod server;

use std::collections::BTreeMap;

use runsheet_formats::files::corrupt::Corrupt;
use serde::{Deserialize, Serialize};

use super::image::{Content, Image, NoForm, Sum};
use crate::postoffice::Postoffice;
use crate::postoffice::condition::{Condition, Conditions};
use crate::tools::import::TEMPORARIES;
use crate::tools::rebuild::SORTED;

/// One documented file.
pub(super) struct Codec {
    /// Its path from the root of the postoffice.
    path: &'static str,
    /// Its bytes.
    write: fn(&Postoffice) -> Vec<u8>,
    /// Takes in what a person has made of it.
    read: fn(&mut Postoffice, &[u8]) -> Result<(), Corrupt>,
}

/// The documented files.
const TABLES: [&[Codec]; 6] = [
    identity::FILES,
    lists::FILES,
    mail::FILES,
    numbers::FILES,
    queues::FILES,
    server::FILES,
];

/// The directories of a postoffice (Q77926), beside the sixteen under MAI and ATT each.
const DIRECTORIES: [&str; 17] = [
    "ATT", "CAL", "FOLDERS", "GLB", "GRP", "HLP", "INF", "KEY", "LOG", "MAI", "MAILEXE", "MBG",
    "NME", "P1", "TPL", "USR", "XTN",
];

/// Files that a person may put there, beside those in the tables (Q96060, Q112301, Q119449).
const GUESTS: [&str; 11] = [
    r"GLB\IUSRTRAN.GLB",
    r"GLB\INMETRAN.GLB",
    r"GLB\IGWTRANS.GLB",
    r"GLB\SRVUPDS.GLB",
    r"GLB\REQUPDS.GLB",
    r"GLB\TMPTRANS.GLB",
    r"GLB\SORTLOCK.GLB",
    r"GLB\ILOCAL.GLB",
    r"GLB\INDEX.GLB",
    r"NME\GAL$.NME",
    r"GLB\GALINDE$.GLB",
];

fn codecs() -> impl Iterator<Item = &'static Codec> {
    TABLES.iter().copied().flatten()
}

/// What is kept beside the documented files.
#[derive(Serialize)]
struct Kept<'k> {
    state: &'k Postoffice,
    files: BTreeMap<String, Sum>,
}

/// What was kept beside the documented files.
#[derive(Deserialize)]
pub(super) struct Read {
    pub(super) state: Postoffice,
    /// The sums of the files as they were written, by path from the root of the lab.
    pub(super) files: BTreeMap<String, Sum>,
}

/// Where the state of a host is that no documented file tells.
pub(super) fn state_path(host: &str) -> String {
    format!("state/{}.json", host.to_uppercase())
}

/// A path in a postoffice as a path in the lab.
pub(super) fn place(host: &str, path: &str) -> String {
    format!("{}/{}", host.to_uppercase(), path.replace('\\', "/"))
}

/// The files and directories of a postoffice.
pub(super) fn image(postoffice: &Postoffice) -> Result<Image, NoForm> {
    let mut image = Image::new();
    let there = |path: &str| postoffice.conditions.of(path) != Some(&Condition::Missing);
    for path in directories().filter(|path| there(path)) {
        insert(&mut image, postoffice, &path, Content::Directory);
    }
    let mut contents = families(postoffice);
    let facts = postoffice.files();
    let there_now = codecs().filter(|it| facts.contains_key(it.path));
    contents.extend(there_now.map(|it| (it.path.to_owned(), (it.write)(postoffice))));
    let named: Vec<&String> = facts.keys().chain(contents.keys()).collect();
    for path in named {
        if !there(path) {
            continue;
        }
        let bytes = match facts.get(path) {
            Some(fact) if fact.text.is_none() && left_behind(postoffice, path) => {
                vec![0; usize::try_from(fact.size).unwrap_or(0)]
            }
            Some(fact) => match (&fact.text, contents.get(path)) {
                (Some(text), _) => text.clone().into_bytes(),
                (None, Some(bytes)) => bytes.clone(),
                (None, None) => vec![0; usize::try_from(fact.size).unwrap_or(0)],
            },
            None => contents.get(path).cloned().unwrap_or_default(),
        };
        let bytes = as_conditioned(&postoffice.conditions, path, bytes);
        insert(&mut image, postoffice, path, Content::File(bytes));
    }
    let files = image.iter().map(|(path, it)| (path.clone(), Sum::of(it)));
    let kept = Kept {
        state: postoffice,
        files: files.collect(),
    };
    let bytes = serde_json::to_vec(&kept)?;
    image.insert(state_path(&postoffice.host), Content::File(bytes));
    Ok(image)
}

/// The subdirectories of MAI and ATT are all required (Q112303).
fn directories() -> impl Iterator<Item = String> {
    let inner = (0..16).flat_map(|n| [format!(r"MAI\MA{n:X}"), format!(r"ATT\AT{n:X}")]);
    DIRECTORIES.map(str::to_owned).into_iter().chain(inner)
}

fn left_behind(postoffice: &Postoffice, path: &str) -> bool {
    postoffice.leftovers.contains_key(path)
}

/// The files whose names are numbers.
fn families(postoffice: &Postoffice) -> BTreeMap<String, Vec<u8>> {
    let mut contents = lists::numbered(postoffice);
    contents.extend(mail::numbered(postoffice));
    contents
}

/// What a file holds of which something is wrong. What a person put into one that is corrupt stays
/// as it is.
fn as_conditioned(conditions: &Conditions, path: &str, mut bytes: Vec<u8>) -> Vec<u8> {
    match (conditions.of(path), conditions.found(path)) {
        (Some(Condition::Empty), _) => Vec::new(),
        (Some(Condition::Corrupt), Some(found)) => found.to_vec(),
        (Some(Condition::Corrupt), None) if bytes.is_empty() => vec![0xA5],
        (Some(Condition::Corrupt), None) => {
            bytes.iter_mut().take(64).for_each(|byte| *byte ^= 0xA5);
            bytes
        }
        _ => bytes,
    }
}

/// Adds what stands at a path of a postoffice.
fn insert(image: &mut Image, postoffice: &Postoffice, path: &str, content: Content) {
    let content = match postoffice.conditions.is_read_only(path) {
        true => Content::Closed(Box::new(content)),
        false => content,
    };
    image.insert(place(&postoffice.host, path), content);
}

/// What is to be looked for beside the files that are known to be there, by path from the root of
/// the postoffice.
pub(super) fn watched() -> impl Iterator<Item = String> {
    let files = codecs().map(|it| it.path).chain(GUESTS);
    files.map(str::to_owned).chain(directories())
}

/// What a person made of a path in a postoffice.
pub(crate) enum Found {
    /// Nothing is there any more.
    Nothing,
    /// A directory is there.
    Directory,
    /// A file with this content is there.
    File(Vec<u8>),
    /// The system lets nobody look.
    Refused,
}

/// Who holds a file that the system lets nobody look at.
pub(crate) const REFUSED: &str = "the system, which lets nobody look";

/// Takes in what a person made of a path.
pub(crate) fn notice(postoffice: &mut Postoffice, path: &str, found: &Found) {
    let bytes = match found {
        Found::Nothing => return gone(postoffice, path),
        Found::Directory => return postoffice.conditions.clear(path),
        Found::File(bytes) => bytes,
        Found::Refused => {
            let held = Condition::Locked(REFUSED.into());
            return postoffice.conditions.set(path, held);
        }
    };
    if path.starts_with(r"LOG\") || postoffice.texts.contains_key(path) {
        postoffice.conditions.clear(path);
        return text(postoffice, path, &String::from_utf8_lossy(bytes));
    }
    let read = match codecs().find(|it| it.path == path) {
        Some(codec) => (codec.read)(postoffice, bytes),
        None => match numbered(postoffice, path, bytes) {
            Some(read) => read,
            None => {
                strange(postoffice, path, bytes);
                Ok(())
            }
        },
    };
    match read {
        Ok(()) => postoffice.conditions.clear(path),
        Err(_) if bytes.is_empty() => postoffice.conditions.set(path, Condition::Empty),
        Err(_) => postoffice.conditions.corrupt(path, bytes),
    }
}

/// A file without a place of its own: what tools leave behind half done, or a text.
fn strange(postoffice: &mut Postoffice, path: &str, bytes: &[u8]) {
    let is_left = GUESTS.contains(&path) || TEMPORARIES.contains(&path);
    match std::str::from_utf8(bytes) {
        Ok(text) if !is_left && !text.is_empty() => {
            postoffice.texts.insert(path.to_owned(), text.to_owned());
        }
        _ => {
            let size = bytes.len() as u64;
            postoffice.leftovers.insert(path.to_owned(), size);
        }
    }
}

fn numbered(postoffice: &mut Postoffice, path: &str, bytes: &[u8]) -> Option<Result<(), Corrupt>> {
    lists::read_numbered(postoffice, path, bytes).or_else(|| mail::read_numbered(path, bytes))
}

fn gone(postoffice: &mut Postoffice, path: &str) {
    let left = postoffice.leftovers.remove(path).is_some();
    let text = postoffice.texts.remove(path).is_some();
    let ended = let_go(postoffice, path);
    let taken = left || text || ended || mail::taken(postoffice, path);
    if !taken {
        postoffice.conditions.set(path, Condition::Missing);
    }
}

/// Files that are there only while something is half done: without them it is not.
fn let_go(postoffice: &mut Postoffice, path: &str) -> bool {
    match path {
        r"GLB\RESYNC.GLB" => postoffice.resync.take().is_some(),
        r"GLB\SORTLOCK.GLB" => std::mem::take(&mut postoffice.busy.importing),
        path if TEMPORARIES.contains(&path) => true,
        r"NME\GAL$.NME" | SORTED => postoffice.beside.take().is_some(),
        _ => false,
    }
}

/// The bytes of a file, as they would be on disk; nothing where there is none.
pub(crate) fn content(postoffice: &Postoffice, path: &str) -> Option<Vec<u8>> {
    let fact = postoffice.file(path)?;
    let codec = codecs().find(|it| it.path == path && !left_behind(postoffice, path));
    let bytes = match (fact.text, codec) {
        (Some(text), _) => text.into_bytes(),
        (None, Some(codec)) => (codec.write)(postoffice),
        (None, None) => families(postoffice)
            .remove(path)
            .unwrap_or_else(|| vec![0; usize::try_from(fact.size).unwrap_or(0)]),
    };
    Some(as_conditioned(&postoffice.conditions, path, bytes))
}

fn text(postoffice: &mut Postoffice, path: &str, text: &str) {
    match path {
        r"LOG\DIRSYNC.LOG" => text.clone_into(&mut postoffice.logs.dirsync),
        r"LOG\DSSERVER.LOG" => text.clone_into(&mut postoffice.logs.dsserver),
        _ => drop(postoffice.texts.insert(path.to_owned(), text.to_owned())),
    }
}
