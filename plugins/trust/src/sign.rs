//! What somebody signs: a plugin as it was taken, or else as it says of itself that it is.

use std::fs;
use std::path::Path;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_language::document::{Document, Node};
use serde_json::Value;

use crate::add::{asked, open_as_taken};
use crate::entry::Found;
use crate::lock::{self, Lock};
use crate::manifest::{self, Manifest};
use crate::rules::CHANGED;
use crate::shelf::Shelf;
use crate::{file, naming};

/// How many differences are told at once.
const MOST: usize = 8;

/// Why nobody should sign a plugin.
pub enum Unfit {
    /// In words, with what mends it.
    Words(String, String),
    /// Its manifest, which is among these, says what the plugin does not say of itself.
    Otherwise(Box<(Diagnostic, Sources)>),
}

impl From<(String, String)> for Unfit {
    fn from((why, help): (String, String)) -> Unfit {
        Unfit::Words(why, help)
    }
}

/// A plugin as it was taken, for whoever signs it in a folder, so that nobody signs what was written
/// into a manifest behind their back: a lock that holds there must not say otherwise, and where none
/// knows it, the plugin itself must not.
///
/// # Errors
/// Why there is none, and what mends that.
pub fn open_to_sign(shelf: &Shelf, path: &Path, folder: &Path) -> Result<Found, Unfit> {
    let found = open_as_taken(shelf.folder(), path)?;
    let name = &found.manifest.name;
    let lock = match lock::around(folder) {
        Some(place) => lock::open(shelf.folder(), &place)?,
        None => Lock::default(),
    };
    let Some(locked) = lock.plugins.get(name) else {
        says_so_itself(shelf, path, &found)?;
        return Ok(found);
    };
    if locked.sha256 == found.manifest.sha256 {
        return Ok(found);
    }
    let shown = path.display().to_string();
    let why = format!("{shown}: its manifest is not what was taken as `{name}`");
    let help = format!("take it first: {}", naming::command(&shown));
    Err(Unfit::Words(why, help))
}

/// Asks a plugin whether it is what its manifest says.
fn says_so_itself(shelf: &Shelf, path: &Path, found: &Found) -> Result<(), Unfit> {
    let (own, _) = asked(shelf, path)?;
    if own.says_what(&found.manifest) {
        return Ok(());
    }
    let place = manifest::path_of(&file::of(path));
    let text = fs::read_to_string(&found.manifest_path).unwrap_or_default();
    let told = otherwise(&place, text, &found.manifest, &own);
    let (told, sources) = *told;
    let help = format!(
        "have it written anew: {}",
        naming::command(&path.display().to_string())
    );
    Err(Unfit::Otherwise(Box::new((told.help(help), sources))))
}

/// What a manifest says otherwise than its plugin: each value where it stands, and what the plugin
/// says, and where.
fn otherwise(
    place: &Path,
    text: String,
    manifest: &Manifest,
    own: &Manifest,
) -> Box<(Diagnostic, Sources)> {
    let mut sources = Sources::default();
    let source = sources.add(place.display().to_string(), text);
    let name = &own.name;
    let message = format!("the manifest of `{name}` says what the plugin does not say of itself");
    let mut told = Diagnostic::error(&CHANGED, message);
    let (document, _) = Document::parse(source, sources.get(source).text.clone());
    let mut apart = Vec::new();
    let [said, own] =
        [manifest, own].map(|one| serde_json::to_value(one.plain()).unwrap_or_default());
    differences(&mut Vec::new(), Some(&said), Some(&own), &mut apart);
    for (path, value) in apart.iter().take(MOST) {
        let says = match value {
            Some(value) => format!("the plugin says {value}, in {}", answered(path)),
            None => format!("the plugin says nothing of it, in {}", answered(path)),
        };
        told = told.at(standing(&document, source, path), says);
    }
    Box::new((told, sources))
}

/// A key, or the number of an item.
#[derive(Clone)]
enum Part {
    Key(String),
    Item(usize),
}

/// A place in a manifest, and what the plugin says there.
type Difference = (Vec<Part>, Option<Value>);

/// Where two trees part, as deep as they can be followed together.
fn differences(
    path: &mut Vec<Part>,
    manifest: Option<&Value>,
    own: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    let parts: Vec<Part> = match (manifest, own) {
        (manifest, own) if manifest == own => return,
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let more = other.keys().filter(|key| !one.contains_key(*key));
            one.keys().chain(more).cloned().map(Part::Key).collect()
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            let most = one.len().max(other.len());
            (0..most).map(Part::Item).collect()
        }
        _ => return found.push((path.clone(), own.cloned())),
    };
    for part in parts {
        let below = |tree: Option<&'_ Value>| match &part {
            Part::Key(key) => tree.and_then(|tree| tree.get(key)).cloned(),
            Part::Item(at) => tree.and_then(|tree| tree.get(at)).cloned(),
        };
        let (one, other) = (below(manifest), below(own));
        path.push(part);
        differences(path, one.as_ref(), other.as_ref(), found);
        path.pop();
    }
}

/// Where the plugin says it: what the manifest calls `kinds` are the `steps` of its answer, and its
/// files and the version of the line are seen, not said.
fn answered(path: &[Part]) -> String {
    let mut said = String::new();
    for (depth, part) in path.iter().enumerate() {
        match part {
            Part::Key(key) if depth == 0 && key == "kinds" => said.push_str("steps"),
            Part::Key(key) if depth == 0 => said.push_str(key),
            Part::Key(key) => said.push_str(&format!(".{key}")),
            Part::Item(at) => said.push_str(&format!("[{at}]")),
        }
    }
    match path.first() {
        Some(Part::Key(key)) if key == "line" => "the version of its line".to_owned(),
        Some(Part::Key(key)) if key == "files" => "the files of its drivers".to_owned(),
        _ => format!("`{said}` of its answer to `describe`"),
    }
}

/// Where a value stands in a manifest; what does not, where it would.
fn standing(document: &Document, source: SourceId, path: &[Part]) -> Span {
    let Some(mut node) = document.root() else {
        return Span::at(source, 0..0);
    };
    let mut span = None;
    for part in path {
        let below: Option<(Node<'_>, Span)> = match part {
            Part::Key(key) => node.get(key).map(|entry| (entry.value, entry.key.span())),
            Part::Item(at) => node.items().nth(*at).map(|item| (item, item.span())),
        };
        let Some((next, place)) = below else {
            break;
        };
        // Of what goes over lines the key says enough.
        let is_plain = !next.is_map() && !next.is_list();
        span = Some(if is_plain { next.span() } else { place });
        node = next;
    }
    span.unwrap_or(Span::at(source, 0..0))
}

#[cfg(test)]
#[path = "tests/sign.rs"]
mod tests;
