//! What somebody signs: a plugin as it was taken.

use std::path::Path;

use crate::add::open_as_taken;
use crate::entry::Found;
use crate::lock::{self, Lock};
use crate::naming;
use crate::shelf::Shelf;

/// A plugin as it was taken, for whoever signs it in a folder: a lock that holds there must not say
/// otherwise, so that nobody signs what was written into a manifest behind their back.
///
/// # Errors
/// Why there is none, and what mends that.
pub fn open_to_sign(shelf: &Shelf, path: &Path, folder: &Path) -> Result<Found, (String, String)> {
    let found = open_as_taken(shelf.folder(), path)?;
    let name = &found.manifest.name;
    let lock = match lock::around(folder) {
        Some(place) => lock::open(&place).map_err(|why| {
            let why = format!("{}: {why}", place.display());
            (why, lock::REMEDY.to_owned())
        })?,
        None => Lock::default(),
    };
    let locked = lock.plugins.get(name);
    if locked.is_none_or(|locked| locked.sha256 == found.manifest.sha256) {
        return Ok(found);
    }
    let shown = path.display().to_string();
    let why = format!("{shown}: its manifest is not what was taken as `{name}`");
    Err((why, format!("take it first: {}", naming::command(&shown))))
}

#[cfg(test)]
#[path = "tests/sign.rs"]
mod tests;
