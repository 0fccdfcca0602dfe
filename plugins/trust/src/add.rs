//! Takes a plugin: has it say in a process of its own what it is, writes that beside it, and locks
//! it as it is.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use runsheet_host::described;
use runsheet_host::line::Trouble;
use runsheet_host::plugin::Plugin;
use runsheet_step::Name;

use crate::contents::Contents;
use crate::entry::{Found, open};
use crate::lock::{self, Lock, Locked};
use crate::manifest::{self, Manifest, Score};
use crate::shelf::Shelf;
use crate::signature::{self, Signature};
use crate::unread::Unread;
use crate::written::write;
use crate::{absent, cache, clash, drivers, file, hash, naming};

/// The major version of the line.
const MAJOR: u32 = runsheet_abi::MAJOR;

/// What helps where there is no file to take.
const ABSENT: &str = "build it, or name another file";

/// What helps where a file is no plugin.
const STRANGE: &str = "a plugin is a library that was built for this machine and this Runsheet";

/// What helps where a plugin says what makes no sense of itself.
const UNFIT: &str = "mend what it answers to `describe`, and build it anew; the page of the line, \
                     plugins/abi/README.md, says what that is";

/// What helps where a plugin did not live to say what it is.
const GONE: &str = "mend what it does before it answers to `describe`, and build it anew";

/// What helps where something of a plugin is called as what is there already.
const TAKEN: &str = "call it otherwise in the plugin, and build it anew";

/// What helps where a driver lacks something.
const APART: &str =
    "put all files of the plugin beside its library, and install the programs it runs";

/// What helps where a file of a plugin is not to be read, or changes.
const CHANGED: &str = "let it be built to its end, with all files that its drivers need";

/// What was written.
pub struct Added {
    /// What the plugin is.
    pub manifest: Manifest,
    /// Where that is written.
    pub manifest_path: PathBuf,
    /// Where it is locked.
    pub lock_path: PathBuf,
    /// What was locked before under that name.
    pub before: Option<Locked>,
    /// Kinds of it that other plugins of that lock bring too, and which.
    pub contested: Vec<(Name, Name)>,
    /// A signature beside it that is none of what it is now.
    pub stale: Option<PathBuf>,
}

/// Takes the plugin of a path, and locks it for the files of a folder: in the lock that holds
/// there, or else in a new one in that folder.
///
/// # Errors
/// Why it cannot be taken, and what mends that.
pub fn add(shelf: &Shelf, path: &Path, folder: &Path) -> Result<Added, (String, String)> {
    let (manifest, manifest_path) = described(shelf, path)?;
    let lock_path = lock::around(folder).unwrap_or_else(|| folder.join(lock::NAME));
    // Whoever takes another plugin meanwhile waits, and then finds this one in the lock.
    let _turn = lock::turn(&lock_path);
    let mut lock: Lock = lock::open(shelf.folder(), &lock_path)?;
    write(shelf.folder(), &manifest_path, &manifest.text())?;
    let before = lock.take(&manifest);
    let contested = lock.contested(&manifest);
    write(shelf.folder(), &lock_path, &lock.text())?;
    let signature = signature::path_of(&file::of(&shelf.folder().join(path)));
    let is_stale = fs::read_to_string(&signature).is_ok_and(|text| {
        let signature = Signature::read(&text);
        !signature.is_ok_and(|signature| signature.holds(&manifest))
    });
    Ok(Added {
        stale: is_stale.then_some(signature),
        manifest,
        manifest_path,
        lock_path,
        before,
        contested,
    })
}

/// A library as it was read once.
pub struct Copied {
    /// The library itself.
    library: PathBuf,
    bytes: Vec<u8>,
    /// Its copy by what is in it, which is what runs, whatever becomes of the library meanwhile.
    pub copy: PathBuf,
}

/// A copy of the library of a path as it is now.
///
/// # Errors
/// Why there is none, and what mends that.
pub fn copied(shelf: &Shelf, path: &Path) -> Result<Copied, (String, String)> {
    let library = file::of(&shelf.folder().join(path));
    if library
        .metadata()
        .is_err_and(|error| error.kind() == ErrorKind::NotFound)
    {
        return Err(absent::told(shelf.folder(), path));
    }
    let bytes = hash::read(&library).map_err(unread(path, ABSENT))?;
    let copy = shelf.copy(&library, &bytes);
    let copy = copy.map_err(told(path, cache::REMEDY))?;
    Ok(Copied {
        library,
        bytes,
        copy,
    })
}

/// Why a plugin cannot be taken, with its file.
fn told(path: &Path, help: &'static str) -> impl Fn(String) -> (String, String) {
    let shown = file::of(path).display().to_string();
    move |why| (format!("{shown}: {why}"), help.to_owned())
}

/// As [`told`], of a file that cannot be read.
fn unread(path: &Path, help: &'static str) -> impl Fn(Unread) -> (String, String) {
    move |why| {
        let help = why.help_or(help);
        (why.of(file::of(path).display()).why, help)
    }
}

/// What a plugin is now. What was written of it before stays as long as it still says what is so.
fn described(shelf: &Shelf, path: &Path) -> Result<(Manifest, PathBuf), (String, String)> {
    let (manifest, place) = asked(shelf, path)?;
    let known = open(&shelf.folder().join(path), "", "").map(|found| found.manifest);
    let known = known.ok().filter(|known| known.says_what(&manifest));
    Ok((known.unwrap_or(manifest), place))
}

/// What a plugin says of itself when it is asked, in a process of its own, and the place for that.
///
/// # Errors
/// Why it cannot be taken, and what mends that.
pub(crate) fn asked(shelf: &Shelf, path: &Path) -> Result<(Manifest, PathBuf), (String, String)> {
    let told = |help| told(path, help);
    let Copied {
        library,
        bytes,
        copy,
    } = copied(shelf, path)?;
    let (line, minor) = shelf.apart(&copy).map_err(told(STRANGE))?;
    let plugin = Plugin::at(line).map_err(|trouble| {
        let help = match trouble {
            Trouble::Gone(_) => GONE,
            _ => UNFIT,
        };
        told(help)(format!("asked what it is, {trouble}"))
    })?;
    described::check(&plugin.description).map_err(told(UNFIT))?;
    let taken = clash::with_ours(&plugin.description, shelf.linked(), shelf.own_drivers());
    if let Some(taken) = taken {
        return Err(told(TAKEN)(taken));
    }
    let files = drivers::files(&plugin.description.drivers, &library, shelf.search());
    let files = files.map_err(told(APART))?;
    let contents = Contents::read(&library, &files).map_err(unread(path, CHANGED))?;
    if contents.library != bytes {
        let why = "it was changed while it was looked at: take it again";
        return Err(told(CHANGED)(why.to_owned()));
    }
    let line = format!("{MAJOR}.{minor}");
    let manifest = Manifest::of(&plugin.description, line, &contents);
    Ok((manifest, manifest::path_of(&library)))
}

/// Keeps in the manifest of a plugin how many checks it passed, and of how many, and says where;
/// nothing where what was tested is not as it was taken, and so has no manifest that speaks of it.
///
/// # Errors
/// The manifest cannot be written.
pub fn keep_score(
    root: &Path,
    path: &Path,
    tested: &Copied,
    (passed, of): (u32, u32),
) -> Result<Option<PathBuf>, String> {
    let is_tested = |found: &Found| found.manifest.library == hash::of(&tested.bytes);
    let Some(mut found) = open_as_taken(root, path).ok().filter(is_tested) else {
        return Ok(None);
    };
    let sha256 = found.manifest.sha256.clone();
    found.manifest.score = Some(Score { passed, of, sha256 });
    let written = write(root, &found.manifest_path, &found.manifest.text());
    written.map_err(|(why, _)| why)?;
    Ok(Some(found.manifest_path))
}

/// A plugin whose files are those that its manifest was written of; its path is seen from a root.
///
/// # Errors
/// Why there is none, and what mends that.
pub(crate) fn open_as_taken(root: &Path, path: &Path) -> Result<Found, (String, String)> {
    let shown = path.display().to_string();
    let take = naming::command(&shown);
    if !file::of(&root.join(path)).exists() {
        return Err(absent::told(root, path));
    }
    let found =
        open(&root.join(path), &shown, &take).map_err(|trouble| (trouble.message, trouble.help))?;
    let help = format!("take it first: {take}");
    let contents = Contents::of(&found.library, &found.manifest);
    let contents = contents.map_err(|unread| (unread.why.clone(), unread.help_or(&help)))?;
    match contents.other_than(&found.library, &found.manifest) {
        None => Ok(found),
        Some(other) => {
            let other = other.display();
            let why = format!("{shown}: {other} is not what its manifest was written of");
            Err((why, help))
        }
    }
}

#[cfg(test)]
#[path = "tests/add.rs"]
mod tests;
