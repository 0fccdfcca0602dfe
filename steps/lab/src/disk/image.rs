//! What the files of a lab look like for its state, and what of that is on disk already.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::commit::{Action, Operation};
use super::layer::{Look, Stamp};
use super::trouble::Trouble;
use super::{exchange, postoffice};
use crate::exchange::ExchangeId;
use crate::hash::fnv1a;
use crate::lab::Lab;
use crate::postoffice::PostofficeId;

/// A part of the lab that is written as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// A postoffice's tree.
    Postoffice(PostofficeId),
    /// An Exchange server's files.
    Exchange(ExchangeId),
    /// Clock, what is due, in transit and at work.
    Site,
}

/// The files of a unit, by path from the root of the lab, with slashes.
pub(crate) type Image = BTreeMap<String, Content>;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// A file.
    File(Vec<u8>),
    /// A directory.
    Directory,
    /// What can only be read.
    Closed(Box<Content>),
}

/// A state that has no JSON: a mistake of ours.
#[derive(Debug)]
pub(crate) struct NoForm(pub(crate) String);

impl NoForm {
    pub(crate) fn at(self, root: &Path) -> Trouble {
        Trouble::new(root, self.0, "tell the makers")
    }
}

impl From<serde_json::Error> for NoForm {
    fn from(error: serde_json::Error) -> Self {
        Self(format!("the lab cannot be written down: {error}"))
    }
}

/// The units that may have changed since this was last asked.
pub(crate) fn touched(lab: &mut Lab) -> Vec<Unit> {
    let postoffices = lab.postoffices.take_touched().into_iter();
    let exchanges = lab.exchanges.take_touched().into_iter();
    let units = postoffices.map(Unit::Postoffice);
    let units = units.chain(exchanges.map(Unit::Exchange));
    units.chain([Unit::Site]).collect()
}

/// Every unit of a lab.
pub(crate) fn units(lab: &Lab) -> impl Iterator<Item = Unit> {
    let postoffices = (0..lab.postoffices.len()).map(Unit::Postoffice);
    let exchanges = (0..lab.exchanges.len()).map(Unit::Exchange);
    postoffices.chain(exchanges).chain([Unit::Site])
}

/// Where the state of the site is.
pub(crate) const SITE: &str = "state/site.json";

/// The files of one unit.
pub(crate) fn of(lab: &Lab, unit: Unit) -> Result<Image, NoForm> {
    match unit {
        Unit::Postoffice(id) => postoffice::image(&lab.postoffices[id]),
        Unit::Exchange(id) => exchange::image(&lab.exchanges[id]),
        Unit::Site => {
            let bytes = serde_json::to_vec_pretty(lab)?;
            Ok([(SITE.to_owned(), Content::File(bytes))].into())
        }
    }
}

/// A file as it was last read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) unit: Unit,
    pub(crate) sum: Sum,
    pub(crate) stamp: Option<Stamp>,
}

/// Size and check sum of a file, neither for a directory; and whether it can only be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sum(Option<(u64, u64)>, bool);

impl Sum {
    pub(crate) const DIRECTORY: Self = Self(None, false);

    pub(crate) fn of(content: &Content) -> Self {
        match content {
            Content::File(bytes) => Self::of_bytes(bytes),
            Content::Directory => Self::DIRECTORY,
            Content::Closed(content) => Self::of(content).closed(true),
        }
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(Some((bytes.len() as u64, fnv1a(bytes))), false)
    }

    /// The same, with or without the right to write.
    pub(crate) fn closed(self, closed: bool) -> Self {
        Self(self.0, closed)
    }
}

/// The files of a lab as they were last read or written, by path, and the places where others may
/// appear.
#[derive(Debug, Default)]
pub(crate) struct Known {
    seen: BTreeMap<String, Seen>,
    absent: BTreeMap<String, Unit>,
}

/// From this size on, a file that goes on is appended to.
const LONG: u64 = 4096;

impl Known {
    /// Adds to an action what makes the files of a unit look like this. Gives the paths that are
    /// written.
    pub(crate) fn compare(&mut self, unit: Unit, image: Image, action: &mut Action) -> Vec<String> {
        self.clear_away(unit, &image, action);
        let mut written = Vec::new();
        for (path, content) in image {
            let sum = Sum::of(&content);
            let before = self.seen.get(&path).map(|seen| seen.sum);
            if before == Some(sum) {
                continue;
            }
            let Sum(_, closed) = sum;
            let turned = before.is_some_and(|it| it.closed(closed) == sum);
            if !turned {
                add(action, &path, before, content);
            }
            if turned || closed {
                action.push(Operation::Close(path.clone(), closed));
            }
            let stamp = None;
            self.remember(path.clone(), unit, Some(Seen { unit, sum, stamp }));
            written.push(path);
        }
        written
    }

    /// Adds to an action what takes away the files that are no more.
    fn clear_away(&mut self, unit: Unit, image: &Image, action: &mut Action) {
        let gone = |path: &String, seen: &mut Seen| seen.unit == unit && !image.contains_key(path);
        let gone: Vec<(String, Seen)> = self.seen.extract_if(.., gone).collect();
        for (path, seen) in gone.into_iter().rev() {
            self.absent.insert(path.clone(), unit);
            action.push(match seen.sum {
                Sum(None, _) => Operation::Clear(path),
                Sum(Some(_), _) => Operation::Delete(path),
            });
        }
    }

    /// Notes what stands at a path; nothing where it is only watched.
    pub(crate) fn remember(&mut self, path: String, unit: Unit, seen: Option<Seen>) {
        match seen {
            Some(seen) => {
                self.absent.remove(&path);
                self.seen.insert(path, seen);
            }
            None => {
                self.seen.remove(&path);
                self.absent.insert(path, unit);
            }
        }
    }

    /// The unit of a path.
    pub(crate) fn unit(&self, path: &str) -> Option<Unit> {
        let seen = self.seen.get(path).map(|seen| seen.unit);
        seen.or_else(|| self.absent.get(path).copied())
    }

    /// What stood at a path.
    pub(crate) fn sum(&self, path: &str) -> Option<Sum> {
        self.seen.get(path).map(|seen| seen.sum)
    }

    /// Notes what the files just written look like from outside.
    pub(crate) fn stamp(
        &mut self,
        layer: &dyn Look,
        root: &Path,
        written: &BTreeSet<String>,
    ) -> Result<(), Trouble> {
        for path in written {
            if let Some(seen) = self.seen.get_mut(path) {
                seen.stamp = stamp(layer, &root.join(path))?;
            }
        }
        Ok(())
    }

    /// The paths that look different from outside than when they were last read or written.
    pub(crate) fn changed(
        &self,
        layer: &dyn Look,
        root: &Path,
    ) -> Result<BTreeSet<String>, Trouble> {
        let mut changed = BTreeSet::new();
        for (path, seen) in &self.seen {
            let now = stamp(layer, &root.join(path))?;
            let same = match (&now, &seen.stamp) {
                (Some(now), Some(then)) if then.directory => {
                    now.directory && now.read_only == then.read_only
                }
                (now, then) => now == then,
            };
            if !same {
                changed.insert(path.clone());
            }
        }
        for path in self.absent.keys() {
            if stamp(layer, &root.join(path))?.is_some() {
                changed.insert(path.clone());
            }
        }
        Ok(changed)
    }
}

/// What can be seen of a path; nothing where that is not allowed.
fn stamp(layer: &dyn Look, path: &Path) -> Result<Option<Stamp>, Trouble> {
    match layer.stamp(path) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(None),
        seen => seen.map_err(|it| Trouble::of(path, &it)),
    }
}

/// Adds to an action what brings this to a path where something of that sum stood.
fn add(action: &mut Action, path: &str, before: Option<Sum>, content: Content) {
    match content {
        Content::Closed(content) => add(action, path, before, *content),
        Content::Directory => action.push(Operation::Make(path.to_owned())),
        Content::File(bytes) => match before.and_then(|sum| goes_on(sum, &bytes)) {
            Some(at) => action.append(path, at as u64, &bytes[at..]),
            None => action.put(path, &bytes),
        },
    }
}

/// Where a long file goes on, if these bytes begin with it and it may be written.
fn goes_on(sum: Sum, bytes: &[u8]) -> Option<usize> {
    let Sum(Some((size, hash)), false) = sum else {
        return None;
    };
    let at = usize::try_from(size).ok()?;
    let begins = size >= LONG && at < bytes.len() && fnv1a(&bytes[..at]) == hash;
    begins.then_some(at)
}
