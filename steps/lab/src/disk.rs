//! A lab on disk: a directory that holds a whole site, for as many processes as want it.
//!
//! Under the root stand `lab.json`, by which the directory is known, and
//!
//! | directory | what it holds |
//! | --- | --- |
//! | `<HOST>/` of a postoffice | its tree as MAILDATA has it, and MAILEXE |
//! | `<HOST>/` of an Exchange server | services, registry, settings, event log, inbox and queues as JSON; `Connect/Msmcon/Maildata`, the connector postoffice; `Dxadata` |
//! | `state/` | the clock, what is due, in transit and at work, and what no documented file tells |
//! | `.lab/` | the lock, and the record of an action that is being done |
//!
//! Every action is done whole or not at all ([`commit`]). Each raises the generation, by which
//! another process that holds the lab in memory knows to read it again; a file that a person has
//! changed, put there or taken away is known by its size, date and content. What it says then
//! holds. What cannot be read becomes [`Condition::Corrupt`](crate::postoffice::condition::Condition),
//! what is not there `Missing`.

mod commit;
mod exchange;
mod image;
mod layer;
mod marker;
mod postoffice;
mod reading;
pub mod serving;
mod trouble;

#[cfg(test)]
pub(crate) mod failing;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::blueprint::Blueprint;
use crate::lab::Lab;
use commit::{Action, Records};
use image::Known;
use layer::{Layer, Machine};
use marker::Marker;
pub use trouble::Trouble;

/// Where the lock and the records are.
const MACHINERY: &str = ".lab";

/// A lab on disk, and the copy of it in memory.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    layer: Box<dyn Layer>,
    records: Records,
    lock: File,
    held: Option<Held>,
}

/// A lab as it was last read or written.
#[derive(Debug)]
struct Held {
    lab: Lab,
    marker: Marker,
    known: Known,
}

/// The directory of the lab that a directory is in, if it is in one.
#[must_use]
pub fn around(directory: &Path) -> Option<PathBuf> {
    let mut above = directory.ancestors();
    above.find(|it| marker::is_lab(it)).map(Path::to_owned)
}

impl Disk {
    /// Makes a lab in a directory that is not there yet, or empty.
    ///
    /// # Errors
    /// Where something else is there, or the directory cannot be written.
    pub fn create(root: &Path, blueprint: &Blueprint) -> Result<Self, Trouble> {
        Self::create_on(Box::new(Machine), root, blueprint)
    }

    fn create_on(
        layer: Box<dyn Layer>,
        root: &Path,
        blueprint: &Blueprint,
    ) -> Result<Self, Trouble> {
        marker::must_be_free(root)?;
        let mut disk = Self::on(layer, root)?;
        let locked = Locked::alone(&disk)?;
        if let Some(marker) = Marker::read(disk.layer.as_ref(), root)? {
            return Err(marker.is_there_already(root));
        }
        disk.records.recover(disk.layer.as_mut())?;
        let lab = Lab::build(blueprint);
        disk.held = Some(Held {
            marker: Marker::of(&lab),
            lab,
            known: Known::default(),
        });
        disk.save()?;
        disk.held = None;
        drop(locked);
        disk.refresh()?;
        Ok(disk)
    }

    /// Opens the lab in a directory. What was begun and not finished there is finished first.
    ///
    /// # Errors
    /// Where there is no lab, or its files cannot be read.
    pub fn open(root: &Path) -> Result<Self, Trouble> {
        Self::open_on(Box::new(Machine), root)
    }

    fn open_on(layer: Box<dyn Layer>, root: &Path) -> Result<Self, Trouble> {
        marker::must_be_a_lab(root)?;
        let mut disk = Self::on(layer, root)?;
        disk.refresh()?;
        Ok(disk)
    }

    /// Opens the lab in a directory, or makes it there if nothing is.
    ///
    /// # Errors
    /// Where something else is there, a lab of other hosts, or the directory cannot be used.
    pub fn open_or_create(root: &Path, blueprint: &Blueprint) -> Result<Self, Trouble> {
        if !marker::is_lab(root) {
            return Self::create(root, blueprint);
        }
        let disk = Self::open(root)?;
        let hosts = blueprint.hosts();
        match &disk.held {
            Some(held) if held.marker.hosts != hosts => Err(held.marker.differs(root, &hosts)),
            _ => Ok(disk),
        }
    }

    fn on(mut layer: Box<dyn Layer>, root: &Path) -> Result<Self, Trouble> {
        let machinery = root.join(MACHINERY);
        layer
            .make_directory(&machinery)
            .map_err(|it| Trouble::of(&machinery, &it))?;
        let path = machinery.join("lock");
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).write(true);
        let lock = options.open(&path).map_err(|it| Trouble::of(&path, &it))?;
        Ok(Self {
            root: root.to_owned(),
            layer,
            records: Records::new(root),
            lock,
            held: None,
        })
    }

    /// The directory of the lab.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How many actions have changed the lab since it was made.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.held.as_ref().map_or(0, |held| held.marker.generation)
    }

    /// Looks at the lab as it is now.
    ///
    /// # Errors
    /// Where its files cannot be read.
    pub fn look<T>(&mut self, look: impl FnOnce(&Lab) -> T) -> Result<T, Trouble> {
        self.refresh()?;
        Ok(look(&self.held()?.lab))
    }

    /// Changes the lab, or does not: where `change` fails, nothing of it stays.
    ///
    /// # Errors
    /// Where its files cannot be read or written. Then nothing was changed.
    pub fn try_change<T, E>(
        &mut self,
        change: impl FnOnce(&mut Lab) -> Result<T, E>,
    ) -> Result<Result<T, E>, Trouble> {
        let locked = Locked::alone(self)?;
        self.update()?;
        let changed = change(&mut self.held()?.lab);
        let saved = match &changed {
            Ok(_) => self.save(),
            Err(_) => {
                // What was done in memory goes with this copy.
                self.held = None;
                Ok(())
            }
        };
        drop(locked);
        saved.map(|()| changed)
    }

    /// Changes the lab: one action, done whole or not at all.
    ///
    /// # Errors
    /// Where its files cannot be read or written. Then nothing was changed.
    pub fn change<T>(&mut self, change: impl FnOnce(&mut Lab) -> T) -> Result<T, Trouble> {
        let locked = Locked::alone(self)?;
        self.update()?;
        let changed = change(&mut self.held()?.lab);
        let saved = self.save();
        drop(locked);
        saved.map(|()| changed)
    }

    fn held(&mut self) -> Result<&mut Held, Trouble> {
        let nothing = || Trouble::new(&self.root, "the lab was not read", "try again");
        self.held.as_mut().ok_or_else(nothing)
    }

    /// Brings the copy in memory up to date. Others may look at the same time.
    fn refresh(&mut self) -> Result<(), Trouble> {
        let shared = Locked::shared(self)?;
        if !self.records.is_pending(self.layer.as_ref())? {
            return self.update();
        }
        drop(shared);
        let _locked = Locked::alone(self)?;
        self.update()
    }

    /// Brings the copy in memory up to date, under a lock.
    fn update(&mut self) -> Result<(), Trouble> {
        if self.records.is_pending(self.layer.as_ref())? {
            self.held = None;
            self.records.recover(self.layer.as_mut())?;
        }
        let layer = self.layer.as_ref();
        let Some(marker) = Marker::read(layer, &self.root)? else {
            return Err(marker::no_lab(&self.root));
        };
        let anew = match &mut self.held {
            Some(held) if held.marker == marker => held.notice(layer, &self.root)?,
            _ => true,
        };
        if anew {
            self.held = Some(reading::read(layer, &self.root, marker)?);
        }
        Ok(())
    }

    /// Writes down what was touched.
    fn save(&mut self) -> Result<(), Trouble> {
        let Some(mut held) = self.held.take() else {
            return Ok(());
        };
        let touched = image::touched(&mut held.lab);
        let mut action = Action::default();
        let mut written = BTreeSet::new();
        for unit in touched {
            let image = image::of(&held.lab, unit).map_err(|it| it.at(&self.root))?;
            written.extend(held.known.compare(unit, image, &mut action));
        }
        if !action.is_empty() {
            held.marker.generation += 1;
            held.marker.put(&mut action, &self.root)?;
            self.records.commit(self.layer.as_mut(), &action)?;
            held.known
                .stamp(self.layer.as_ref(), &self.root, &written)?;
        }
        self.held = Some(held);
        Ok(())
    }
}

/// The lock of a lab, given back when this goes.
struct Locked(File);

impl Locked {
    fn alone(disk: &Disk) -> Result<Self, Trouble> {
        Self::taken(disk, File::lock)
    }

    fn shared(disk: &Disk) -> Result<Self, Trouble> {
        Self::taken(disk, File::lock_shared)
    }

    fn taken(disk: &Disk, lock: fn(&File) -> std::io::Result<()>) -> Result<Self, Trouble> {
        let taken = disk.lock.try_clone().and_then(|file| {
            lock(&file)?;
            Ok(Self(file))
        });
        taken.map_err(|it| Trouble::of(&disk.root.join(MACHINERY).join("lock"), &it))
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        // A lock that cannot be given back goes with the process.
        let _ = self.0.unlock();
    }
}
