//! ADMIN: what an operator does in its menus.
//!
//! The program has no command line for them. In the lab a few words stand for the keys pressed,
//! and each menu reads those that are its own: see [`local`], [`requestor`], [`server`] and
//! [`database`]. What it asks before a second export or import is taken for agreed where nobody
//! answers: the words stand for that key, too.

pub mod database;
pub mod local;
pub mod requestor;
pub mod server;
pub mod words;

use super::terminal::Terminal;
use super::{Act, CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;

/// What a menu makes of words; nothing, if they are not its own.
type Menu = fn(&[&str], PostofficeId) -> Option<Act>;

const MENUS: [Menu; 4] = [requestor::act, local::act, database::act, server::act];

/// It could not queue what is to be sent (Q124042).
const NOTICE_40: &str =
    "Notice 40\nError in sending updated users and groups.\nPress Enter to continue";
/// It could not use REQCONF.GLB (Q123437).
const NOTICE_159: &str =
    "Notice 159\nCould not access Requestor's configuration information.\nPress Enter to continue";

/// Readies one pass through the menus.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", 1);
    };
    let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
    match MENUS.iter().find_map(|menu| menu(&words, id)) {
        Some(act) => Program::acting(lab.postoffices[id].pace.admin, vec![act]),
        None => Program::ending("", 1),
    }
}

/// A notice fills the screen, and nothing more comes of the menu.
fn notice(terminal: &mut Terminal<'_>, notice: &str) {
    terminal.say(notice);
    terminal.leave(1);
}

/// `yes` or `no`.
fn yes_or_no(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
