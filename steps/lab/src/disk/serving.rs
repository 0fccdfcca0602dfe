//! A lab that is served: its clock goes with that of this machine, so many times as fast.
//!
//! Whoever serves a lab holds a file in it locked, in which stands when that began and how fast the
//! clock goes; so everybody knows what time it is there, and a process that is killed serves no
//! longer.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use runsheet_step::Moment;
use serde::{Deserialize, Serialize};

use super::MACHINERY;
use super::trouble::Trouble;

const NAME: &str = "serving.json";

/// How the clock of a served lab goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// When it began, on this machine: milliseconds since 1970.
    began: i64,
    /// What time it was in the lab then.
    from: Moment,
    /// How many times as fast it goes.
    speed: u32,
}

impl Pace {
    /// A clock that shows `from` now, and goes `speed` times as fast as this machine's.
    #[must_use]
    pub fn from(from: Moment, speed: u32) -> Self {
        Self {
            began: here(),
            from,
            speed: speed.max(1),
        }
    }

    /// What time it is in the lab.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.at(here())
    }

    fn at(&self, here: i64) -> Moment {
        let passed = here.saturating_sub(self.began).max(0);
        let passed = passed.saturating_mul(i64::from(self.speed));
        Moment(self.from.0.saturating_add(passed))
    }

    /// How long something of the lab's time takes here.
    #[must_use]
    pub fn here(&self, span: Duration) -> Duration {
        span / self.speed.max(1)
    }
}

/// What time it is on this machine.
fn here() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.unwrap_or_default().as_millis();
    i64::try_from(millis).unwrap_or(i64::MAX)
}

/// A lab is served for as long as this is there.
#[derive(Debug)]
pub struct Serving {
    file: File,
    pace: Pace,
}

impl Serving {
    /// Begins to serve the lab in a directory.
    ///
    /// # Errors
    /// Where another process serves it, or the directory cannot be written.
    pub fn begin(root: &Path, pace: Pace) -> Result<Self, Trouble> {
        let path = path(root);
        let told = |it: &std::io::Error| Trouble::of(&path, it);
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).write(true);
        let mut file = options.open(&path).map_err(|it| told(&it))?;
        if let Err(error) = alone(&file).map_err(|it| told(&it))? {
            return Err(Trouble::new(
                root,
                error,
                "end it first, or go on with that one",
            ));
        }
        let text = serde_json::to_vec(&pace).map_err(|it| told(&it.into()))?;
        file.set_len(0)
            .and_then(|()| file.write_all(&text))
            .and_then(|()| file.sync_data())
            .map_err(|it| told(&it))?;
        Ok(Self { file, pace })
    }

    /// How its clock goes.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pace
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // A lock that cannot be given back goes with the process.
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

/// How the clock goes of the lab in a directory, if somebody serves it.
#[must_use]
pub fn pace(root: &Path) -> Option<Pace> {
    let mut file = File::open(path(root)).ok()?;
    if file.metadata().ok()?.len() == 0 {
        return None;
    }
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        // Nobody holds it: what stands in it is of one who was killed.
        Ok(()) | Err(TryLockError::Error(_)) => return None,
    }
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Locks the file, or says why not. Who only looks whether the lab is served may hold it for a
/// moment.
fn alone(file: &File) -> std::io::Result<Result<(), &'static str>> {
    const LOOKERS: u32 = 1_000;
    for _ in 0..LOOKERS {
        match file.try_lock() {
            Ok(()) => return Ok(Ok(())),
            Err(TryLockError::WouldBlock) => std::thread::yield_now(),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(Err("another process serves this lab"))
}

fn path(root: &Path) -> PathBuf {
    root.join(MACHINERY).join(NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_of_a_served_lab_goes_as_fast_as_is_said() {
        let pace = Pace {
            began: 1_000,
            from: Moment(50_000),
            speed: 60,
        };
        assert_eq!(pace.at(1_000), Moment(50_000));
        assert_eq!(pace.at(3_000), Moment(170_000));
        assert_eq!(pace.at(0), Moment(50_000), "no clock goes back");
        assert_eq!(pace.here(Duration::from_secs(60)), Duration::from_secs(1));
    }
}
