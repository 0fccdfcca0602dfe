//! `plugin sign`: answers for a plugin with a key of one's own, and makes such keys.

use std::env::consts::DLL_EXTENSION;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use runsheet_trust::sign::{Unfit, open_to_sign};
use runsheet_trust::signature::{self, SecretKey, hex};
use runsheet_trust::written::write;

use super::super::made::{Making, Readers, hindered};
use crate::args::plugin::taken::PluginSignArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;
use crate::exit::Exit;

pub(super) fn sign(arguments: &PluginSignArguments, console: &Console) -> Result<Exit, Complaint> {
    if let Some(path) = &arguments.new_key {
        return new_key(path, console);
    }
    let (Some(file), Some(key)) = (&arguments.file, &arguments.key) else {
        let complaint = Complaint::new("a plugin is signed with a key");
        return Err(complaint.help("runsheet plugin sign FILE --key KEY"));
    };
    let key = read_key(key, console)?;
    let found = open_to_sign(&console.shelf, file, &console.folder);
    let found = found.map_err(|why| unfit(why, console))?;
    let manifest = &found.manifest;
    let place = signature::path_of(&found.library);
    let text = key.sign(manifest).text();
    write(&console.folder, &place, &text).map_err(|(why, help)| Complaint::new(why).help(help))?;
    console.data(&format!(
        "signed {} {} in {}\nby {}\n",
        manifest.name,
        manifest.version,
        console.shown(&place),
        hex(&key.public())
    ))?;
    Ok(Exit::Done)
}

/// The secret key of a file.
fn read_key(path: &Path, console: &Console) -> Result<SecretKey, Complaint> {
    let (shown, place) = (path.display(), console.resolve(path));
    let told = |why: String, help: &str| Complaint::new(format!("{shown}: {why}")).help(help);
    let help = match place.is_file() {
        _ if path.extension().is_some_and(|end| *end == *DLL_EXTENSION) => {
            "this is a library: the key is named behind `--key`, and the library before it"
        }
        true => {
            "name the file of your secret key as it was made, and make it one that you may read"
        }
        false => "make one with: runsheet plugin sign --new-key FILE",
    };
    let text = disk::text(&place).map_err(|why| told(why, help))?;
    let key = SecretKey::read(&text).map_err(|why| told(why, help))?;
    if is_open(&place) {
        console.note(&format!(
            "{shown} can be read by others, who may sign in your name: chmod 600 {shown}"
        ));
    }
    Ok(key)
}

/// Why a plugin is not signed.
fn unfit(why: Unfit, console: &Console) -> Complaint {
    match why {
        Unfit::Words(why, help) => Complaint::new(why).help(help),
        Unfit::Otherwise(told) => {
            let (told, sources) = *told;
            console.diagnose(&[told], &sources);
            Complaint::told()
        }
    }
}

/// Whether others than its owner may read a file.
#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

/// Where files have no such rights nobody can tell.
#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}

/// Makes a key that nobody had before.
fn new_key(path: &Path, console: &Console) -> Result<Exit, Complaint> {
    let mut bytes = [0; 32];
    let random = getrandom::fill(&mut bytes);
    random.map_err(|error| Complaint::new(format!("the system has no random bytes: {error}")))?;
    let key = SecretKey::new(&bytes);
    let shown = path.display();
    let mut making = Making::default();
    let made = making.file(&console.resolve(path), &key.text(), Readers::Owner);
    made.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists if console.resolve(path).is_dir() => {
            let complaint = Complaint::new(format!("{shown} is a folder"));
            complaint.help("name a file in it, such as `mine.key`")
        }
        io::ErrorKind::AlreadyExists => {
            let complaint = Complaint::new(format!("{shown} is there already"));
            complaint.help("a key that is written over is lost: name another file")
        }
        _ => hindered(path, &error),
    })?;
    making.keep();
    if let Some(folder) = kept_in(&console.resolve(path)) {
        let folder = console.shown(&folder);
        console.note(&format!(
            "{shown} is in a working copy of git, {folder}: never commit it; better keep it elsewhere"
        ));
    }
    let public = hex(&key.public());
    let user = console.shelf.user().file.as_deref();
    let user = user.map_or("config.yaml".to_owned(), |file| file.display().to_string());
    console.data(&format!(
        "wrote {shown}: keep it to yourself\n\nWho trusts you writes into {user}:\n\ntrust:\n  - \
         {{name: YOU, key: {public}}}\n"
    ))?;
    Ok(Exit::Done)
}

/// The working copy of git that a file lies in.
fn kept_in(path: &Path) -> Option<PathBuf> {
    let mut around = path.ancestors().skip(1);
    let found = around.find(|folder| folder.join(".git").exists());
    found.map(Path::to_owned)
}
