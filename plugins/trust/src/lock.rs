//! `runsheet.lock`: which plugins were looked at and taken, and what they were. What is in it is
//! written by `runsheet plugin add` alone; it belongs beside the workflow, under version control.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Component, Path, PathBuf};

use runsheet_step::Name;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::manifest::Manifest;
use crate::{unread, yaml};

/// The name of lock files.
pub const NAME: &str = "runsheet.lock";

/// What helps where a lock makes no sense.
const REMEDY: &str = "put it back as it was under version control; where nobody has it, remove it, \
                      look at its plugins, and take them again";

/// What is told of a lock of another format, but for that.
const OTHER_FORMAT: &str = "this program reads locks of format 1, not";

/// What helps then.
const NEWER: &str = "take the Runsheet that it was written with, or a newer one";

/// A lock file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The version of the format, `1`.
    pub lock: u32,
    /// The plugins by name.
    #[serde(default)]
    pub plugins: BTreeMap<Name, Locked>,
}

/// A plugin as it was when it was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// Its version.
    pub version: Name,
    /// The version of the line that it speaks.
    pub line: String,
    /// Its kinds.
    #[serde(default)]
    pub kinds: Vec<Name>,
    /// What tells it from any other.
    pub sha256: String,
}

impl Default for Lock {
    fn default() -> Lock {
        Lock {
            lock: 1,
            plugins: BTreeMap::new(),
        }
    }
}

impl Locked {
    /// What a lock says of the plugin of a manifest.
    #[must_use]
    pub fn of(manifest: &Manifest) -> Locked {
        Locked {
            version: manifest.version.clone(),
            line: manifest.line.clone(),
            kinds: manifest.kind_names(),
            sha256: manifest.sha256.clone(),
        }
    }
}

impl Lock {
    /// Takes the plugin of a manifest as it is; what was locked before under its name.
    pub(crate) fn take(&mut self, manifest: &Manifest) -> Option<Locked> {
        let locked = Locked::of(manifest);
        self.plugins.insert(manifest.name.clone(), locked)
    }

    /// Kinds of a plugin that others here bring too, and which: no file can name both.
    pub(crate) fn contested(&self, manifest: &Manifest) -> Vec<(Name, Name)> {
        let others = self
            .plugins
            .iter()
            .filter(|(name, _)| **name != manifest.name);
        let own = manifest.kind_names();
        let both = |(name, other): (&Name, &Locked)| {
            let shared = other.kinds.iter().filter(|kind| own.contains(kind));
            let shared = shared.map(|kind| (kind.clone(), name.clone()));
            shared.collect::<Vec<_>>()
        };
        others.flat_map(both).collect()
    }

    /// Reads a lock.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Lock, String> {
        let said = yaml::read(text)?;
        // What else a later format has is nothing to tell of.
        match said.get("lock").filter(|format| **format != 1) {
            Some(other) => Err(format!("{OTHER_FORMAT} {other}")),
            None => serde_json::from_value(said).map_err(|error| error.to_string()),
        }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        let plugins = serde_json::to_value(&self.plugins).unwrap_or_default();
        format!(
            "# Plugins as they were when `runsheet plugin add` took them.\n{}",
            yaml::text(&[("lock", Value::from(1)), ("plugins", plugins)])
        )
    }
}

/// The lock that holds for the files of a folder: that of the folder, or of the nearest one around
/// it that has one.
#[must_use]
pub fn around(folder: &Path) -> Option<PathBuf> {
    // Around `a/b/..` is what is around `a`, and `a/b` is not.
    let climbs = folder.components().any(|part| part == Component::ParentDir);
    let plain = climbs.then(|| folder.canonicalize().ok()).flatten();
    let mut all = plain.as_deref().unwrap_or(folder).ancestors();
    all.find_map(|folder| Some(folder.join(NAME)).filter(|path| path.exists()))
}

/// The lock of a path; an empty one where there is no such file.
///
/// # Errors
/// The lock as it is seen from a root, what is wrong with it, and what mends that.
pub fn open(root: &Path, path: &Path) -> Result<Lock, (String, String)> {
    let lock = unread::text(path).and_then(|text| match text {
        Some(text) => Ok(Lock::read(&text)?),
        None => Ok(Lock::default()),
    });
    let shown = path.strip_prefix(root).unwrap_or(path);
    lock.map_err(|unread| {
        let help = unread.help_or(match unread.why.starts_with(OTHER_FORMAT) {
            true => NEWER,
            false => REMEDY,
        });
        (unread.of(shown.display()).why, help)
    })
}

/// The turn to read, change and write the lock of a path, for as long as what is given is held: of
/// all programs that ask for it, one has it. It is the folder that is locked, so that no file is
/// left behind; nothing where the file system knows no such locks, and then nobody waits.
pub(crate) fn turn(path: &Path) -> Option<File> {
    let parent = path.parent()?;
    let folder = match parent.as_os_str().is_empty() {
        true => Path::new("."),
        false => parent,
    };
    let folder = File::open(folder).ok()?;
    folder.lock().ok().map(|()| folder)
}

#[cfg(test)]
mod tests {
    use super::{Lock, Locked};
    use crate::manifest::Manifest;

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let mut lock = Lock::default();
        assert_eq!(Lock::read(&lock.text()), Ok(lock.clone()));
        let locked = Locked {
            version: "1.10".into(),
            line: "1.1".to_owned(),
            kinds: vec!["add-books".into(), "fall".into()],
            sha256: "0e12".repeat(16),
        };
        lock.plugins.insert("shelf".into(), locked);
        assert_eq!(Lock::read(&lock.text()), Ok(lock));
    }

    #[test]
    fn a_lock_holds_for_what_is_below_it_and_not_for_what_a_path_climbs_out_to() {
        let folder = std::env::temp_dir().join(format!("runsheet-lock-{}", std::process::id()));
        let inside = folder.join("inside");
        std::fs::create_dir_all(inside.join("deep")).unwrap();
        std::fs::create_dir_all(folder.join("beside")).unwrap();
        std::fs::write(inside.join(super::NAME), Lock::default().text()).unwrap();
        let deep = super::around(&inside.join("deep"));
        let beside = super::around(&inside.join("..").join("beside"));
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(deep, Some(inside.join(super::NAME)));
        assert_eq!(beside, None);
    }

    #[test]
    fn what_many_take_at_the_same_time_is_locked_without_loss() {
        let folder = std::env::temp_dir().join(format!("runsheet-turns-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(super::NAME);
        let take = &|number: usize| {
            let text = format!(
                "plugin: 1\nname: shelf-{number}\nversion: \"1.0\"\nline: \"1.1\"\nlibrary: '{}'\n",
                "0e12".repeat(16)
            );
            let manifest = Manifest::read(&text).unwrap();
            let _turn = super::turn(&path).unwrap();
            let mut lock = super::open(&folder, &path).unwrap();
            std::thread::yield_now();
            lock.take(&manifest);
            std::fs::write(&path, lock.text()).unwrap();
        };
        std::thread::scope(|all| {
            for number in 0..16 {
                all.spawn(move || take(number));
            }
        });
        let locked = super::open(&folder, &path).map(|lock| lock.plugins.len());
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(locked, Ok(16));
    }

    #[test]
    fn a_lock_of_a_later_format_is_refused() {
        let told = Lock::read("lock: 2\nplugins: {}\nkept: {}\n");
        assert_eq!(
            told,
            Err("this program reads locks of format 1, not 2".to_owned())
        );
    }
}
