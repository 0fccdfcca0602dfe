//! FORCEDOS: starts an MS-DOS program on Windows NT.

use super::{CommandLine, Program, find};
use crate::lab::{Lab, Role};

/// What it prints where the program is not in the current directory (Q147464).
const NOT_FOUND: &str = "FORCEDOS: Program file not found.";

/// Readies the program that follows, if it lies in the current directory. The exit code where it
/// does not is inferred.
pub(crate) fn launch(arguments: &[String], cwd: &str, lab: &Lab, place: Role) -> Program {
    let Some((name, arguments)) = arguments.split_first() else {
        return Program::ending(NOT_FOUND, 1);
    };
    match find(name, cwd, lab, place) {
        Some(launch) => launch(&CommandLine::parse(arguments), lab, place),
        None => Program::ending(NOT_FOUND, 1),
    }
}
