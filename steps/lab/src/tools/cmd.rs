//! CMD: at an Exchange server, `cmd /c copy FROM TO` takes a RESYNC.GLB to or from a postoffice's
//! share (Q150976, Q156124). Its texts are those of Windows NT.

use std::sync::Arc;
use std::time::Duration;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::exchange::ExchangeId;
use crate::exchange::files::RESYNC;
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;
use crate::postoffice::incoming::Resync;

const NOT_FOUND: &str = "The system cannot find the file specified.";

/// Readies the one command there is here; another is not recognized.
pub(crate) fn launch(line: &CommandLine, _: &Lab, place: Role) -> Program {
    let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
    match (place, words.as_slice()) {
        (Role::Exchange(exchange), [c, copy, from, to])
            if c.eq_ignore_ascii_case("/c") && copy.eq_ignore_ascii_case("copy") =>
        {
            let (from, to) = ((*from).to_owned(), (*to).to_owned());
            let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
                let copied = copy_resync(lab, exchange, &from, &to);
                terminal.say(copied.map_or(NOT_FOUND, |()| "        1 file(s) copied."));
                if copied.is_none() {
                    terminal.leave(1);
                }
            };
            Program::acting(Duration::from_millis(500), vec![Arc::new(act)])
        }
        _ => Program::ending("The name specified is not recognized as a command.", 1),
    }
}

/// Where a RESYNC.GLB may lie.
enum Place {
    Dxadata,
    Postoffice(PostofficeId),
}

fn place(lab: &Lab, exchange: ExchangeId, path: &str) -> Option<Place> {
    if lab.exchanges[exchange].normal(path) == RESYNC {
        return Some(Place::Dxadata);
    }
    let upper = path.to_ascii_uppercase();
    let (machine, rest) = upper.strip_prefix(r"\\")?.split_once('\\')?;
    let is_file = matches!(
        rest,
        r"MAILDATA\GLB\RESYNC.GLB" | r"MAILDATA\GLB" | r"MAILDATA\GLB\"
    );
    match lab.role(machine)? {
        Role::Postoffice(id) if is_file && lab.postoffices[id].reachable => {
            Some(Place::Postoffice(id))
        }
        _ => None,
    }
}

fn copy_resync(lab: &mut Lab, exchange: ExchangeId, from: &str, to: &str) -> Option<()> {
    let file: Resync = match place(lab, exchange, from)? {
        Place::Dxadata => lab.exchanges[exchange].dx.resync.clone()?,
        Place::Postoffice(id) => lab.postoffices[id].resync.clone()?,
    };
    match place(lab, exchange, to)? {
        Place::Dxadata => lab.exchanges[exchange].dx.resync = Some(file),
        Place::Postoffice(id) => lab.postoffices[id].resync = Some(file),
    }
    Some(())
}
