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
//! Every action is done whole or not at all (`commit`). Each raises the generation, by which
//! another process that holds the lab in memory knows to read it again; a file that a person has
//! changed, put there or taken away is known by its size, date and content. What it says then
//! holds. What cannot be read becomes [`Condition::Corrupt`](crate::postoffice::condition::Condition),
//! what is not there `Missing`.

mod ahead;
mod commit;
mod connector;
mod exchange;
mod image;
mod layer;
mod marker;
pub(crate) mod postoffice;
mod reading;
pub mod serving;
mod trouble;

#[cfg(test)]
pub(crate) mod failing;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

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
    held: Held,
    /// The copy in memory may be another than what is on disk.
    stale: bool,
    /// Until when a look trusts that no person has touched a file since the last one.
    trusted: Instant,
}

/// How much longer than it takes to look at every file a look trusts what was seen: so at most a
/// fifth of the time goes into that. A change trusts nothing.
const TRUST: u32 = 4;

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
        marker::must_be_free(root)?;
        let mut disk = Self::on(Box::new(Machine), root, Lab::build(blueprint))?;
        let locked = Locked::alone(&disk)?;
        disk.records.recover(disk.layer.as_mut())?;
        if let Some(marker) = Marker::read(disk.layer.as_ref(), root)? {
            return Err(marker.is_there_already(root));
        }
        disk.save()?;
        disk.stale = true;
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
        let nothing = Lab::build(&Blueprint::default());
        let mut disk = Self::on(layer, root, nothing)?;
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
        if disk.held.marker.hosts == hosts {
            return Ok(disk);
        }
        Err(disk.held.marker.differs(root, &hosts))
    }

    /// A lab of which only the copy in memory is there.
    fn on(mut layer: Box<dyn Layer>, root: &Path, lab: Lab) -> Result<Self, Trouble> {
        let machinery = root.join(MACHINERY);
        let there = layer.stamp(&machinery);
        let made = there.and_then(|it| match it {
            Some(_) => Ok(()),
            None => layer.make_directory(&machinery),
        });
        made.map_err(|it| Trouble::making(root, &it))?;
        let path = machinery.join("lock");
        let lock = lock(&path).map_err(|it| Trouble::of(&path, &it))?;
        Ok(Self {
            root: root.to_owned(),
            layer,
            records: Records::new(root),
            lock,
            held: Held {
                marker: Marker::of(&lab),
                lab,
                known: Known::default(),
            },
            stale: true,
            trusted: Instant::now(),
        })
    }

    /// The directory of the lab.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a process serves the lab, so that its clock goes by itself.
    #[must_use]
    pub fn is_served(&self) -> bool {
        serving::pace(&self.root).is_some()
    }

    /// How many actions have changed the lab since it was made.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.held.marker.generation
    }

    /// Looks at the lab as it is now.
    ///
    /// # Errors
    /// Where its files cannot be read.
    pub fn look<T>(&mut self, look: impl FnOnce(&Lab) -> T) -> Result<T, Trouble> {
        self.refresh()?;
        Ok(look(&self.held.lab))
    }

    /// Changes the lab, or does not: where `change` fails, nothing of it stays.
    ///
    /// # Errors
    /// Where its files cannot be read or written. Then nothing was changed.
    pub fn try_change<T, E>(
        &mut self,
        change: impl FnOnce(&mut Lab) -> Result<T, E>,
    ) -> Result<Result<T, E>, Trouble> {
        let _locked = self.begin()?;
        let changed = change(&mut self.held.lab);
        if changed.is_ok() {
            self.stale = !self.save()?;
        }
        Ok(changed)
    }

    /// Changes the lab: one action, done whole or not at all. While the lab is served, what is due
    /// by its clock happens first.
    ///
    /// # Errors
    /// Where its files cannot be read or written. Then nothing was changed.
    pub fn change<T>(&mut self, change: impl FnOnce(&mut Lab) -> T) -> Result<T, Trouble> {
        let _locked = self.begin()?;
        let changed = change(&mut self.held.lab);
        self.stale = !self.save()?;
        Ok(changed)
    }

    /// Changes the lab, and where that cannot be, only the copy in memory, which is then thrown
    /// away.
    pub(crate) fn change_or_pretend<T>(
        &mut self,
        change: impl FnOnce(&mut Lab) -> T,
    ) -> (T, Result<(), Trouble>) {
        let begun = self.begin();
        let changed = change(&mut self.held.lab);
        let done = begun.and_then(|_locked| self.save());
        self.stale = !matches!(done, Ok(true));
        (changed, done.map(drop))
    }

    /// Readies the copy in memory for a change. Until that is written, the copy is another.
    fn begin(&mut self) -> Result<Locked, Trouble> {
        let locked = Locked::alone(self)?;
        self.update(Instant::now())?;
        if let Some(pace) = serving::pace(&self.root) {
            self.held.lab.advance_to(pace.now());
        }
        self.stale = true;
        Ok(locked)
    }

    /// The copy in memory, as it was when the lab was last looked at.
    pub(crate) fn copy(&mut self) -> &mut Lab {
        &mut self.held.lab
    }

    /// Brings the copy in memory up to date. Others may look at the same time.
    pub(crate) fn refresh(&mut self) -> Result<(), Trouble> {
        let shared = Locked::shared(self)?;
        if self.records.is_pending(self.layer.as_ref())? {
            drop(shared);
            let _locked = Locked::alone(self)?;
            match self.records.recover(self.layer.as_mut()) {
                Ok(()) => self.stale = true,
                Err(_) => return self.read_ahead(),
            }
            self.update(Instant::now())?;
        } else {
            self.update(self.trusted)?;
        }
        if let Some(pace) = serving::pace(&self.root) {
            self.held.lab.let_nothing_happen_until(pace.now());
        }
        Ok(())
    }

    /// Reads the lab as it will be when what was begun is finished, where that cannot be done now.
    fn read_ahead(&mut self) -> Result<(), Trouble> {
        self.stale = true;
        let ahead = self.records.ahead(self.layer.as_ref())?;
        let marker = Marker::read(&ahead, &self.root)?;
        let marker = marker.ok_or_else(|| marker::no_lab(&self.root))?;
        self.held = reading::read(&ahead, &self.root, marker)?;
        Ok(())
    }

    /// Brings the copy in memory up to date, under a lock. What was seen of files is trusted until
    /// then.
    fn update(&mut self, trusted: Instant) -> Result<(), Trouble> {
        if self.records.is_pending(self.layer.as_ref())? {
            self.stale = true;
            self.records.recover(self.layer.as_mut())?;
        }
        let layer = self.layer.as_ref();
        let Some(marker) = Marker::read(layer, &self.root)? else {
            self.stale = true;
            return Err(marker::no_lab(&self.root));
        };
        let begun = Instant::now();
        let anew = self.stale || self.held.marker != marker;
        if !anew && begun < trusted {
            return Ok(());
        }
        if anew || self.held.notice(layer, &self.root)? {
            self.stale = true;
            self.held = reading::read(layer, &self.root, marker)?;
            self.stale = false;
        } else {
            self.trusted = Instant::now() + begun.elapsed() * TRUST;
        }
        Ok(())
    }

    /// Writes down what was touched. Gives whether the files are in their places already.
    fn save(&mut self) -> Result<bool, Trouble> {
        let Held { lab, marker, known } = &mut self.held;
        let mut action = Action::default();
        let mut written = BTreeSet::new();
        for unit in image::touched(lab) {
            let image = image::of(lab, unit).map_err(|it| it.at(&self.root))?;
            written.extend(known.compare(unit, image, &mut action));
        }
        if action.is_empty() {
            return Ok(true);
        }
        marker.generation += 1;
        marker.put(&mut action, &self.root)?;
        let in_place = self.records.commit(self.layer.as_mut(), &action)?;
        if in_place {
            known.stamp(self.layer.as_ref(), &self.root, &written)?;
        }
        Ok(in_place)
    }
}

/// Opens the file that is locked. Who may only look at the lab can lock it all the same.
fn lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let options = options.create(true).truncate(false).write(true);
    match options.open(path) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            File::open(path).map_err(|_| error)
        }
        opened => opened,
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
