//! The commands: what each does to files.

use super::path::{Place, Target};
use runsheet_site::file::wildcard::means;

use crate::disk::postoffice::{Found, content, notice};
use crate::lab::Lab;
use crate::postoffice::condition::Condition;
use crate::tools::terminal::Terminal;

/// Why a command did nothing, in MS-DOS's words.
pub(super) struct Refused(pub(super) &'static str);

const NO_DRIVE: Refused = Refused("Invalid drive specification");
const NO_FILE: Refused = Refused("File not found");
const NO_DIRECTORY: Refused = Refused("Path not found");
const DENIED: Refused = Refused("Access denied");
const SHARED: Refused = Refused("Sharing violation");
const TOO_FEW: Refused = Refused("Required parameter missing");

type Done = Result<(), Refused>;

fn target(lab: &Lab, place: &Place, path: Option<&String>) -> Result<Target, Refused> {
    let path = path.ok_or(TOO_FEW)?;
    place.target(lab, path).ok_or(NO_DRIVE)
}

/// What is in a file. One that is held open cannot be read.
fn read(lab: &Lab, target: &Target) -> Result<Vec<u8>, Refused> {
    let postoffice = &lab.postoffices[target.postoffice];
    if let Some(Condition::Locked(_)) = postoffice.conditions.of(&target.path) {
        return Err(SHARED);
    }
    content(postoffice, &target.path).ok_or(NO_FILE)
}

/// Makes a file what it is to be, or removes it.
fn write(lab: &mut Lab, target: &Target, found: &Found) -> Done {
    let postoffice = &mut lab.postoffices[target.postoffice];
    match postoffice.conditions.of(&target.path) {
        Some(Condition::Locked(_)) => return Err(SHARED),
        Some(Condition::ReadOnly) => return Err(DENIED),
        Some(Condition::Missing | Condition::Corrupt | Condition::Empty) | None => {}
    }
    if postoffice.disk_full && matches!(found, Found::File(bytes) if !bytes.is_empty()) {
        return Err(Refused("Insufficient disk space"));
    }
    notice(postoffice, &target.path, found);
    Ok(())
}

/// Parts what is printed from where it goes: the path after an arrow, and whether it is added to
/// what is there.
fn arrow(words: &[String]) -> (&[String], Option<(&String, bool)>) {
    let at = words.iter().position(|it| it == ">" || it == ">>");
    match at {
        Some(at) => {
            let into = words.get(at + 1).map(|path| (path, words[at] == ">>"));
            (&words[..at], into)
        }
        None => (words, None),
    }
}

/// Prints, or writes into a file.
fn print(
    lab: &mut Lab,
    place: &Place,
    text: Vec<u8>,
    into: Option<(&String, bool)>,
    terminal: &mut Terminal<'_>,
) -> Done {
    let Some((path, adds)) = into else {
        terminal.say(String::from_utf8_lossy(&text).trim_end());
        return Ok(());
    };
    let target = target(lab, place, Some(path))?;
    let before = if adds {
        read(lab, &target)
    } else {
        Err(NO_FILE)
    };
    let whole = [before.unwrap_or_default(), text].concat();
    write(lab, &target, &Found::File(whole))
}

pub(super) fn echo(
    lab: &mut Lab,
    place: &Place,
    words: &[String],
    terminal: &mut Terminal<'_>,
) -> Done {
    let (said, into) = arrow(words);
    let line = format!("{}\n", said.join(" "));
    print(lab, place, line.into_bytes(), into, terminal)
}

/// `type nul > FILE` cuts a file to nothing (Q96060).
pub(super) fn type_out(
    lab: &mut Lab,
    place: &Place,
    words: &[String],
    terminal: &mut Terminal<'_>,
) -> Done {
    let (named, into) = arrow(words);
    let path = named.first().ok_or(TOO_FEW)?;
    let bytes = if path.eq_ignore_ascii_case("nul") {
        Vec::new()
    } else {
        let from = target(lab, place, Some(path))?;
        read(lab, &from)?
    };
    print(lab, place, bytes, into, terminal)
}

/// Wildcards stand for files, never for directories.
pub(super) fn del(lab: &mut Lab, place: &Place, words: &[String], _: &mut Terminal<'_>) -> Done {
    let target = target(lab, place, words.first())?;
    let postoffice = &lab.postoffices[target.postoffice];
    let files = postoffice.files();
    let meant = files.keys().map(|path| Target {
        postoffice: target.postoffice,
        path: path.clone(),
    });
    let directory = target.beside("").path;
    let meant =
        meant.filter(|it| it.beside("").path == directory && means(target.name(), it.name()));
    let meant: Vec<Target> = meant.collect();
    if meant.is_empty() {
        return Err(NO_FILE);
    }
    for file in meant {
        write(lab, &file, &Found::Nothing)?;
    }
    Ok(())
}

pub(super) fn copy(
    lab: &mut Lab,
    place: &Place,
    words: &[String],
    terminal: &mut Terminal<'_>,
) -> Done {
    let from = target(lab, place, words.first())?;
    let into = match words.get(1) {
        Some(path) => target(lab, place, Some(path))?,
        None => target(lab, place, Some(&from.name().to_owned()))?,
    };
    let bytes = read(lab, &from)?;
    let is_directory = lab.postoffices[into.postoffice]
        .folder(&into.path)
        .is_some();
    let into = if is_directory {
        into.inside(from.name())
    } else {
        into
    };
    write(lab, &into, &Found::File(bytes))?;
    terminal.say("        1 file(s) copied");
    Ok(())
}

/// A list that REBUILD had to leave is put in its place by its new name (Q99117).
pub(super) fn ren(lab: &mut Lab, place: &Place, words: &[String], _: &mut Terminal<'_>) -> Done {
    let from = target(lab, place, words.first())?;
    let name = words.get(1).ok_or(TOO_FEW)?;
    let into = from.beside(name.rsplit('\\').next().unwrap_or_default());
    let bytes = read(lab, &from)?;
    if lab.postoffices[into.postoffice].file(&into.path).is_some() {
        return Err(Refused("Duplicate file name or file not found"));
    }
    let postoffice = &mut lab.postoffices[from.postoffice];
    let list = (from.path == r"NME\GAL$.NME" && into.path == r"NME\GAL.NME")
        .then(|| postoffice.beside.take());
    if let Some(Some(list)) = list {
        postoffice.gal = list;
        postoffice.conditions.clear(&into.path);
        postoffice.clear_away(&from.path);
        return Ok(());
    }
    write(lab, &into, &Found::File(bytes))?;
    write(lab, &from, &Found::Nothing)
}

pub(super) fn md(lab: &mut Lab, place: &Place, words: &[String], _: &mut Terminal<'_>) -> Done {
    let target = target(lab, place, words.first())?;
    let conditions = &lab.postoffices[target.postoffice].conditions;
    if conditions.of(&target.path) != Some(&Condition::Missing) {
        return Err(Refused("Unable to create directory"));
    }
    write(lab, &target, &Found::Directory)
}

/// `attrib -r FILE` and `attrib +r FILE`.
pub(super) fn attrib(lab: &mut Lab, place: &Place, words: &[String], _: &mut Terminal<'_>) -> Done {
    let [change, path] = words else {
        return Err(TOO_FEW);
    };
    let target = target(lab, place, Some(path))?;
    let postoffice = &mut lab.postoffices[target.postoffice];
    let found = postoffice.file(&target.path).ok_or(NO_FILE);
    found?;
    let conditions = &mut postoffice.conditions;
    let before = conditions.of(&target.path).cloned();
    match (change.to_ascii_lowercase().as_str(), before) {
        ("-r", Some(Condition::ReadOnly)) => conditions.clear(&target.path),
        ("+r", None) => conditions.set(&target.path, Condition::ReadOnly),
        ("-r" | "+r", _) => {}
        _ => return Err(Refused("Invalid parameter")),
    }
    Ok(())
}

/// The files of a directory with their sizes.
pub(super) fn dir(
    lab: &mut Lab,
    place: &Place,
    words: &[String],
    terminal: &mut Terminal<'_>,
) -> Done {
    let here = ".".to_owned();
    let named = words.first().filter(|it| **it != here);
    let target = target(lab, place, Some(named.unwrap_or(&String::new())))?;
    let files = lab.postoffices[target.postoffice].folder(&target.path);
    for (name, fact) in files.ok_or(NO_DIRECTORY)? {
        terminal.say(&format!("{name:<12} {:>10}", fact.size));
    }
    Ok(())
}
