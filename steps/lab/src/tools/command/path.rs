//! Where a path at the prompt leads: to a postoffice by its drive, and to a file there.

use crate::lab::{Lab, Role};
use crate::path::parted;
use crate::postoffice::PostofficeId;

/// The machine a command is given at, and the directory it is given from.
#[derive(Debug, Clone)]
pub(in crate::tools) struct Place {
    at: Role,
    cwd: String,
}

/// A file of a postoffice: its path from the root, in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tools) struct Target {
    pub(in crate::tools) postoffice: PostofficeId,
    pub(in crate::tools) path: String,
}

impl Target {
    /// The name, without the directory.
    pub(in crate::tools) fn name(&self) -> &str {
        self.path.rsplit('\\').next().unwrap_or_default()
    }

    /// Another file of the same postoffice.
    pub(in crate::tools) fn beside(&self, name: &str) -> Self {
        let directory = self.path.rsplit_once('\\').map(|(directory, _)| directory);
        self.joined(directory.unwrap_or_default(), name)
    }

    /// A file in the directory this is.
    pub(in crate::tools) fn inside(&self, name: &str) -> Self {
        self.joined(&self.path, name)
    }

    fn joined(&self, directory: &str, name: &str) -> Self {
        Self {
            postoffice: self.postoffice,
            path: parted(&format!(r"{directory}\{name}")).rest,
        }
    }
}

impl Place {
    pub(in crate::tools) fn new(at: Role, cwd: &str) -> Self {
        let cwd = cwd.to_owned();
        Self { at, cwd }
    }

    /// Where a path leads; nothing where its drive leads nowhere.
    pub(in crate::tools) fn target(&self, lab: &Lab, path: &str) -> Option<Target> {
        let (here, path) = (parted(&self.cwd), parted(path));
        let is_below = path.drive.is_none() && !path.rooted;
        let drive = path.drive.or(here.drive)?;
        let letter = drive.chars().next().filter(|_| drive.len() == 1)?;
        let target = Target {
            postoffice: lab.on_drive(self.at, letter)?,
            path: path.rest,
        };
        Some(match is_below {
            true => target.joined(&here.rest, &target.path),
            false => target,
        })
    }
}
