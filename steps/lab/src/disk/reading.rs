//! From files to a lab: all of them when it is opened or another process has changed it, and those
//! that a person has changed whenever it is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::image::{self, Known, SITE, Seen, Sum, Unit};
use super::layer::{Look, Stamp};
use super::marker::Marker;
use super::postoffice::{self, Found};
use super::trouble::Trouble;
use super::{Held, exchange};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;
use crate::postoffice::condition::Condition;

/// Reads the whole lab.
pub(super) fn read(layer: &dyn Look, root: &Path, marker: Marker) -> Result<Held, Trouble> {
    let (lab, written) = furnished(layer, root)?;
    let mut held = Held {
        lab,
        marker,
        known: Known::default(),
    };
    for (path, unit) in paths(&held.lab, &written).map_err(|it| it.at(root))? {
        let now = On::disk(layer, root, &path, unit)?;
        let before = written.get(&path).copied();
        held.hold_against(path, unit, before, now);
    }
    Ok(held)
}

/// The lab as its own files tell it, and the sums of the files that it has written.
fn furnished(layer: &dyn Look, root: &Path) -> Result<(Lab, BTreeMap<String, Sum>), Trouble> {
    let mut lab: Lab = exchange::json(layer, &root.join(SITE))?;
    let mut postoffices = BTreeMap::new();
    let mut exchanges = BTreeMap::new();
    let mut written = BTreeMap::new();
    for (host, role) in lab.roles() {
        match role {
            Role::Postoffice(id) => {
                let path = root.join(postoffice::state_path(&host));
                let read: postoffice::Read = exchange::json(layer, &path)?;
                postoffices.insert(id, read.state);
                written.extend(read.files);
            }
            Role::Exchange(id) => {
                exchanges.insert(id, exchange::read(layer, root, &host)?);
            }
            Role::Workstation(_) => {}
        }
    }
    lab.furnish(
        postoffices.into_values().collect(),
        exchanges.into_values().collect(),
    );
    if let Some(astray) = lab.astray() {
        let remedy = "take back what was changed there, or make a new lab";
        return Err(Trouble::new(&root.join(SITE), astray, remedy));
    }
    lab.ready_processes();
    Ok((lab, written))
}

/// Every path that belongs to the lab or may come to it, with its unit.
fn paths(
    lab: &Lab,
    written: &BTreeMap<String, Sum>,
) -> Result<BTreeMap<String, Unit>, image::NoForm> {
    let mut paths = BTreeMap::new();
    for unit in image::units(lab) {
        if let Unit::Postoffice(id) = unit {
            let host = &lab.postoffices[id].host;
            let inside = format!("{}/", host.to_uppercase());
            let here = written.range(inside.clone()..);
            let here = here.take_while(|(path, _)| path.starts_with(&inside));
            paths.extend(here.map(|(path, _)| (path.clone(), unit)));
            let places = postoffice::watched().map(|path| postoffice::place(host, &path));
            paths.extend(places.map(|path| (path, unit)));
            paths.insert(postoffice::state_path(host), unit);
        } else {
            if let Unit::Exchange(id) = unit {
                let watched = exchange::watched(&lab.exchanges[id]);
                paths.extend(watched.map(|path| (path, unit)));
            }
            let image = image::of(lab, unit)?;
            paths.extend(image.into_keys().map(|path| (path, unit)));
        }
    }
    Ok(paths)
}

/// What stands at a path now.
struct On {
    stamp: Option<Stamp>,
    found: Found,
}

impl On {
    /// Looks at a path. That of a postoffice which may not be looked at stands for itself: the rest
    /// of the lab can be seen all the same.
    fn disk(layer: &dyn Look, root: &Path, path: &str, unit: Unit) -> Result<Self, Trouble> {
        let path = root.join(path);
        match Self::look(layer, &path) {
            Err(error)
                if error.kind() == ErrorKind::PermissionDenied
                    && matches!(unit, Unit::Postoffice(_)) =>
            {
                Ok(Self {
                    stamp: None,
                    found: Found::Refused,
                })
            }
            seen => seen.map_err(|it| Trouble::of(&path, &it)),
        }
    }

    fn look(layer: &dyn Look, path: &Path) -> io::Result<Self> {
        let stamp = layer.stamp(path)?;
        let found = match &stamp {
            None => Found::Nothing,
            Some(stamp) if stamp.directory => Found::Directory,
            Some(_) => Found::File(layer.read(path)?),
        };
        Ok(Self { stamp, found })
    }

    fn is_refused(&self) -> bool {
        matches!(self.found, Found::Refused)
    }

    fn sum(&self) -> Option<Sum> {
        let sum = match &self.found {
            Found::Nothing | Found::Refused => return None,
            Found::Directory => Sum::DIRECTORY,
            Found::File(bytes) => Sum::of_bytes(bytes),
        };
        Some(sum.closed(self.is_closed()))
    }

    /// Whether it can only be read.
    fn is_closed(&self) -> bool {
        self.stamp.as_ref().is_some_and(|it| it.read_only)
    }
}

impl Held {
    /// Takes in the files that look different from outside than when they were last read or
    /// written. Gives whether only reading everything again will do.
    pub(super) fn notice(&mut self, layer: &dyn Look, root: &Path) -> Result<bool, Trouble> {
        let changed: BTreeSet<String> = self.known.changed(layer, root)?;
        for path in changed {
            let Some(unit) = self.known.unit(&path) else {
                continue;
            };
            let now = On::disk(layer, root, &path, unit)?;
            let before = self.known.sum(&path);
            if now.is_refused() {
                self.refuse(path, unit, before);
                continue;
            }
            self.admit(&path, unit);
            if before != now.sum() {
                if self.needs_all(&path, unit) {
                    return Ok(true);
                }
                self.take_in(&path, unit, before, &now);
            }
            self.remember(path, unit, now);
        }
        Ok(false)
    }

    /// Holds what stands at a path against what the lab wrote there, and takes in what a person has
    /// made of it.
    fn hold_against(&mut self, path: String, unit: Unit, before: Option<Sum>, now: On) {
        if now.is_refused() {
            return self.refuse(path, unit, before);
        }
        self.admit(&path, unit);
        if before != now.sum() && matches!(unit, Unit::Postoffice(_)) {
            self.take_in(&path, unit, before, &now);
        }
        if let Unit::Exchange(id) = unit {
            exchange::notice(&mut self.lab.exchanges, id, &path, &now.found);
        }
        self.remember(path, unit, now);
    }

    /// Whether a path holds state that is not read by itself.
    fn needs_all(&self, path: &str, unit: Unit) -> bool {
        match unit {
            Unit::Postoffice(id) => path == postoffice::state_path(&self.lab.postoffices[id].host),
            Unit::Exchange(_) | Unit::Site => true,
        }
    }

    /// Takes in what a person made of a path where something of that sum stood.
    fn take_in(&mut self, path: &str, unit: Unit, before: Option<Sum>, now: &On) {
        let Some((id, inner)) = self.inner(path, unit) else {
            return;
        };
        let postoffice = &mut self.lab.postoffices[id];
        let plain = |sum: Sum| sum.closed(false);
        if before.map(plain) != now.sum().map(plain) {
            postoffice::notice(postoffice, &inner, &now.found);
        }
        let conditions = &mut postoffice.conditions;
        if now.is_closed() && conditions.of(&inner).is_none() {
            conditions.set(&inner, Condition::ReadOnly);
        } else if !now.is_closed() && conditions.is_read_only(&inner) {
            conditions.clear(&inner);
        }
    }

    /// Notes that a path may not be looked at. What stood there is taken to stand there still; the
    /// programs of the lab find it held.
    fn refuse(&mut self, path: String, unit: Unit, before: Option<Sum>) {
        if let Some((id, inner)) = self.inner(&path, unit)
            && before.is_some()
        {
            postoffice::notice(&mut self.lab.postoffices[id], &inner, &Found::Refused);
        }
        let stamp = None;
        let seen = before.map(|sum| Seen { unit, sum, stamp });
        self.known.remember(path, unit, seen);
    }

    /// Notes that a path may be looked at, again.
    fn admit(&mut self, path: &str, unit: Unit) {
        let Some((id, inner)) = self.inner(path, unit) else {
            return;
        };
        let held = Condition::Locked(postoffice::REFUSED.into());
        if self.lab.postoffices[id].conditions.own(&inner) == Some(&held) {
            self.lab.postoffices[id].conditions.clear(&inner);
        }
    }

    /// The postoffice a path is in, and the path from its root.
    fn inner(&self, path: &str, unit: Unit) -> Option<(PostofficeId, String)> {
        let Unit::Postoffice(id) = unit else {
            return None;
        };
        let inside = format!("{}/", self.lab.postoffices[id].host.to_uppercase());
        let inner = path.strip_prefix(&inside)?;
        Some((id, inner.replace('/', r"\")))
    }

    fn remember(&mut self, path: String, unit: Unit, now: On) {
        let sum = now.sum();
        self.known.remember(
            path,
            unit,
            sum.map(|sum| Seen {
                unit,
                sum,
                stamp: now.stamp,
            }),
        );
    }
}
