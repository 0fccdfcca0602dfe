//! Copies of plugins by what is in them. What is loaded is always such a copy: the file that a
//! workflow names may be built anew while a run is under way, and a copy never changes.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::hash;

/// What helps where no copy can be made.
pub(crate) const REMEDY: &str =
    "set XDG_CACHE_HOME to the absolute path of a folder that you may write to";

/// The copy of a library whose bytes have this hash, made if it is not there.
///
/// # Errors
/// Why there is none, in words.
pub(crate) fn copy(cache: &Path, library: &Path, bytes: &[u8]) -> Result<PathBuf, String> {
    let folder = cache.join(hash::of(bytes));
    let name = library.file_name().ok_or("it has no name")?;
    let copy = folder.join(name);
    if fs::read(&copy).is_ok_and(|there| there == bytes) {
        return Ok(copy);
    }
    let told = |error: io::Error| {
        let folder = folder.display();
        format!("no copy of it can be made in {folder}: {error}")
    };
    put(&folder, &copy, bytes).map_err(told)?;
    Ok(copy)
}

/// How many copies this process has begun: each has a name of its own until it is whole.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// Writes beside and moves, so that whoever looks finds all of it or nothing.
fn put(folder: &Path, copy: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let (process, number) = (std::process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed));
    let aside = folder.join(format!(".{process}-{number}.new"));
    let mut file = fs::File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&aside, copy).inspect_err(|_| drop(fs::remove_file(&aside)))
}
