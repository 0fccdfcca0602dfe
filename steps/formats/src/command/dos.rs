//! Commands of MS-DOS, of which the resets of dir-sync are made: `type nul > reqtrans.glb`
//! (Q96060, Q104279, Q148705). They are no programs with switches: what counts are paths and an
//! arrow.

use super::Command;
use super::tool::is_file;

/// What a command takes.
#[derive(Debug, Clone, Copy)]
struct Takes {
    name: &'static str,
    /// How many paths, at least and at most.
    paths: (usize, usize),
    /// Whether what it prints may go into a file.
    arrow: bool,
}

const COMMANDS: [Takes; 11] = [
    takes("attrib", (2, 2), false),
    takes("copy", (2, 2), false),
    takes("debug", (1, 1), false),
    takes("del", (1, 1), false),
    takes("dir", (0, 1), true),
    takes("erase", (1, 1), false),
    takes("md", (1, 1), false),
    takes("mkdir", (1, 1), false),
    takes("ren", (2, 2), false),
    takes("rename", (2, 2), false),
    takes("type", (1, 1), true),
];

const fn takes(name: &'static str, paths: (usize, usize), arrow: bool) -> Takes {
    Takes { name, paths, arrow }
}

/// Whether a word is one of these commands. DEBUG is a program.
pub(super) fn is_command(word: &str) -> bool {
    let mut all = COMMANDS.iter().filter(|it| it.name != "debug");
    all.any(|it| it.name.eq_ignore_ascii_case(word))
}

/// Whether a word is a prompt: `M:\MBG>`.
pub(super) fn is_prompt(word: &str) -> bool {
    let path = word.strip_suffix('>');
    path.is_some_and(|it| it.contains(':') && is_path(it))
}

/// The name of a program without the directory it is in.
pub(super) fn name(program: &str) -> &str {
    match program.rsplit_once('\\') {
        Some((_, name)) if is_path(program) => name,
        _ => program,
    }
}

/// Checks what a command of MS-DOS is given; the programs have been checked by their switches.
///
/// # Errors
/// Says what it takes.
pub(super) fn check(command: &Command) -> Result<(), String> {
    let given: Vec<&str> = command.words().collect();
    let given = given.join(" ");
    let (name, rest) = match command.tool.name {
        "command" | "cmd" => given.split_once(' ').unwrap_or((&given, "")),
        name => (name, given.as_str()),
    };
    let found = COMMANDS
        .iter()
        .find(|it| it.name.eq_ignore_ascii_case(name));
    match found {
        Some(takes) => takes.check(rest),
        None if command.tool.name == name => Ok(()),
        None => Err(format!(
            "`{name}` is no command of MS-DOS that is known here"
        )),
    }
}

impl Takes {
    fn check(&self, rest: &str) -> Result<(), String> {
        let rest = rest.replace(">>", ">");
        let mut parts = rest.split('>');
        let paths: Vec<&str> = parts
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let into: Vec<&str> = parts.map(str::trim).collect();
        let (least, most) = self.paths;
        let counts = (least..=most).contains(&paths.len());
        let marks = |it: &&str| self.name == "attrib" && ["+r", "-r"].contains(it);
        let sound = paths.iter().all(|it| is_path(it) || marks(it));
        let arrow = match into.as_slice() {
            [] => true,
            [path] => self.arrow && is_path(path),
            _ => false,
        };
        match counts && sound && arrow {
            true => Ok(()),
            false => Err(format!("{} does not take `{}`", self.name, rest.trim())),
        }
    }
}

/// A path of MS-DOS: `m:\mbg\system.mbg`, `SORT*.GLB`, `N:\GLB`.
fn is_path(text: &str) -> bool {
    let (drive, below) = text.split_once(':').unwrap_or(("M", text));
    let is_letter = drive.len() == 1 && drive.bytes().all(|it| it.is_ascii_alphabetic());
    let below = below.strip_prefix('\\').unwrap_or(below);
    let below = below.replace(['*', '?'], "X");
    let root = below.is_empty() && text.contains(':');
    is_letter && !below.contains(':') && (root || below.split('\\').all(is_file))
}
