//! Copies of plugins by what is in them. What is loaded is always such a copy: the file that a
//! workflow names may be built anew while a run is under way, and a copy never changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use runsheet_diagnostics::file_error::hindrance;

use crate::contents::File;
use crate::hash;

/// What helps where no copy can be made.
pub(crate) const REMEDY: &str =
    "set XDG_CACHE_HOME to the absolute path of a folder that you may write to, with room in it";

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
        format!(
            "no copy of it can be made in {folder}: {}",
            hindrance(&error)
        )
    };
    put(&folder, &copy, bytes).map_err(told)?;
    Ok(copy)
}

/// How many copies this process has begun: each has a name of its own until it is whole.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// Writes beside and moves, so that whoever looks finds all of it or nothing.
fn put(folder: &Path, copy: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let aside = folder.join(unfinished());
    let written = fs::File::create(&aside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let put = written.and_then(|()| fs::rename(&aside, copy));
    put.inspect_err(|_| drop(fs::remove_file(&aside)))
}

/// A name that nobody else has.
fn unfinished() -> String {
    let (process, number) = (std::process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed));
    format!(".{process}-{number}.new")
}

/// The folder with copies of the files of a plugin's drivers, and nothing else in it. `sha256` is
/// that of the plugin's manifest, and so of all these files.
///
/// # Errors
/// Why there is none, in words.
pub(crate) fn folder(
    cache: &Path,
    sha256: &str,
    files: &BTreeMap<String, File>,
) -> Result<PathBuf, String> {
    let folder = cache.join(format!("{sha256}-drivers"));
    if holds(&folder, files) {
        return Ok(folder);
    }
    let aside = cache.join(unfinished());
    let made = fill(&aside, files).and_then(|()| replace(&folder, &aside));
    if let Err(error) = made {
        fs::remove_dir_all(&aside).ok();
        // Somebody else may have been faster.
        if !holds(&folder, files) {
            let folder = folder.display();
            return Err(format!(
                "no copy of its files can be made in {folder}: {}",
                hindrance(&error)
            ));
        }
    }
    Ok(folder)
}

fn fill(folder: &Path, files: &BTreeMap<String, File>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, file) in files {
        let path = folder.join(name);
        if let Some(around) = path.parent() {
            fs::create_dir_all(around)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(if file.is_program { 0o700 } else { 0o600 });
        }
        let mut copy = options.open(path)?;
        copy.write_all(&file.bytes)?;
        copy.sync_all()?;
    }
    Ok(())
}

/// Puts one folder in the place of another.
fn replace(folder: &Path, by: &Path) -> io::Result<()> {
    if folder.symlink_metadata().is_ok() {
        let old = folder.with_file_name(unfinished());
        fs::rename(folder, &old)?;
        fs::rename(by, folder)?;
        return fs::remove_dir_all(old);
    }
    fs::rename(by, folder)
}

/// Whether a folder holds these files and no others.
fn holds(folder: &Path, files: &BTreeMap<String, File>) -> bool {
    let mut found = BTreeSet::new();
    let is_as = |(name, file): (&String, &File)| {
        fs::read(folder.join(name)).is_ok_and(|bytes| bytes == file.bytes)
    };
    names(folder, "", &mut found).is_ok()
        && found.iter().eq(files.keys())
        && files.iter().all(is_as)
}

/// The names of all that is in a folder, but for the folders in it.
fn names(folder: &Path, before: &str, found: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        match entry.file_type()? {
            about if about.is_dir() => names(&entry.path(), &format!("{name}/"), found)?,
            about if about.is_file() => drop(found.insert(name)),
            _ => return Err(io::ErrorKind::Unsupported.into()),
        }
    }
    Ok(())
}
