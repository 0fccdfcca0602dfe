//! The programs of the machines of a lab on disk: links to `runsheet-lab`, named as they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use runsheet_lab::disk::Disk;
use runsheet_lab::lab::{Lab, Role};

use super::at;
use crate::commands::lab::at_hand::hosts;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::tools::{OF_EXCHANGE, OF_MAIL};

/// The directory of programs, at every machine.
const PROGRAMS: &str = "MAILEXE";

/// Makes them. Returns whether there is a `runsheet-lab` to link to.
///
/// # Errors
/// A folder that cannot be written.
pub(super) fn make(disk: &mut Disk, console: &Console) -> Result<bool, Complaint> {
    let Some(program) = &console.lab_program else {
        return Ok(false);
    };
    let machines = disk.look(machines)?;
    for (host, names) in machines {
        let directory = disk.root().join(host).join(PROGRAMS);
        fs::create_dir_all(&directory).map_err(|error| at(&directory, &error))?;
        for name in names {
            let path: PathBuf = directory.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
            link(program, &path).map_err(|error| at(&path, &error))?;
        }
    }
    Ok(true)
}

/// Every machine, with the programs it has.
fn machines(lab: &Lab) -> Vec<(String, &'static [&'static str])> {
    let is_exchange = |host: &str| matches!(lab.role(host), Some(Role::Exchange(_)));
    let all = hosts(lab, |_| true).into_iter();
    all.map(|host| {
        let names: &[_] = if is_exchange(&host) {
            &OF_EXCHANGE
        } else {
            &OF_MAIL
        };
        (host, names)
    })
    .collect()
}

/// What is there already is as good.
fn link(program: &Path, path: &Path) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Ok(());
    }
    #[cfg(unix)]
    return std::os::unix::fs::symlink(program, path);
    #[cfg(not(unix))]
    return fs::copy(program, path).map(drop);
}
