//! What there is of a file beside its content.

use runsheet_step::request::Verb;
use runsheet_step::{Answer, Moment, Name, Request, Stop, Unknown, Value, World};

use super::wildcard::is_wild;
use super::{NAME, key};
use crate::reply::{broken, found};

/// What there is of a file or a directory beside its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its length in bytes; of a directory 0.
    pub size: u64,
    /// When it was last written, where that is known.
    pub modified: Option<Moment>,
    /// How many files are in it, if it is a directory.
    pub files: Option<u64>,
    /// Which program holds it open so that no other can use it, by name.
    pub locked_by: Option<Name>,
    /// Whether it can be read only.
    pub read_only: bool,
}

impl Facts {
    fn of(value: &Value) -> Result<Facts, Stop> {
        if let Value::Unknown(why) = value.get("size") {
            return Err(Stop::Unknown(Unknown::clone(why)));
        }
        let count = |name: &str| {
            let number = value.get(name).as_int();
            number.and_then(|number| u64::try_from(number).ok())
        };
        let files = count("files");
        let size = count("size").or(files.map(|_| 0));
        Ok(Facts {
            size: size.ok_or_else(|| broken(NAME, "size"))?,
            modified: value.get("modified").as_moment(),
            files,
            locked_by: value.get("locked_by").as_text().cloned(),
            read_only: value.get("read_only").as_bool().unwrap_or(false),
        })
    }
}

/// A path that was looked at, and what is there; nothing where there is none.
pub type Seen = (Name, Option<Facts>);

/// What there is at each of these paths, in their order; of one with wildcards, each file that it
/// means, or the path itself with nothing where it means none.
///
/// # Errors
/// No answer yet, unknown, or the driver's fault.
pub fn look_at(
    world: &World<'_>,
    host: &Name,
    paths: &[impl AsRef<str>],
) -> Result<Vec<Seen>, Stop> {
    let answers = world.ask_all(paths.iter().map(|path| question(host, path.as_ref())))?;
    let mut seen = Vec::new();
    for (path, answer) in paths.iter().zip(answers) {
        seen.extend(seen_at(path.as_ref(), answer)?);
    }
    Ok(seen)
}

fn question(host: &Name, path: &str) -> Request {
    let verb = match is_wild(path) {
        true => Verb::List(Value::Null),
        false => Verb::Get,
    };
    key(host.clone(), path).request(verb)
}

fn seen_at(path: &str, answer: &Answer) -> Result<Vec<Seen>, Stop> {
    let there = found(answer)?;
    if !is_wild(path) {
        return Ok(vec![(path.into(), there.map(Facts::of).transpose()?)]);
    }
    let each = there.map_or(&[][..], Value::items).iter().map(|file| {
        let path = file.get("path").as_text().cloned();
        Ok((
            path.ok_or_else(|| broken(NAME, "path"))?,
            Some(Facts::of(file)?),
        ))
    });
    let mut each = each.collect::<Result<Vec<Seen>, Stop>>()?;
    if each.is_empty() {
        each.push((path.into(), None));
    }
    Ok(each)
}
