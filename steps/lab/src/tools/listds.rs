//! LISTDS: prints SRVCONF.GLB (`-s`) or REQCONF.GLB (`-r`), and zeroes the latter (`-r -z`)
//! (Q96060, Q131681).

use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::listing::{Listing, banner, listds};

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::serving::SRVCONF;
use crate::postoffice::{Numbers, Postoffice};

const REFUSED: &str = "Bad ID or Password";
/// Its own version; that of one sample is 3.2, of another 3.2.0.2 (Q96060).
const VERSION: &str = "3.2";

/// Readies a listing. What it says of a file it cannot use, and of a wrong password, is inferred.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice_or_m(lab, place) else {
        return Program::ending("", 1);
    };
    if !lab.postoffices[id].admits(line) {
        return Program::ending(REFUSED, 1);
    }
    let of: fn(&Postoffice) -> Result<Listing, String> = match (line.has('s'), line.has('r')) {
        (true, false) => server,
        (false, true) => requestor,
        _ => return Program::ending("", 1),
    };
    let zeroes = line.has('r') && line.has('z');
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| match of(&lab.postoffices[id]) {
        Ok(listing) => {
            terminal.say(&banner("ListDS", VERSION));
            terminal.say(&listds::on_screen(&listing));
            if zeroes {
                lab.postoffices[id].zero_numbers();
            }
        }
        Err(why) => {
            terminal.say(&why);
            terminal.leave(1);
        }
    };
    let lasts = lab.postoffices[id].pace.admin;
    Program::acting(lasts, vec![Arc::new(act)])
}

fn server(postoffice: &Postoffice) -> Result<Listing, String> {
    let missing = || format!("Error opening file: {SRVCONF}");
    postoffice.conditions.read(SRVCONF).map_err(|_| missing())?;
    let server = &postoffice.serving.as_ref().ok_or_else(missing)?.server;
    let requestors = server
        .requestors
        .iter()
        .map(|(name, it)| listds::Requestor {
            name: name.clone(),
            req_sync: it.numbers.req_sync,
            srv_sync: it.numbers.srv_sync,
            last_cycle: it.last_cycle,
            last_update: it.last_update,
        });
    let requestors: Vec<_> = requestors.collect();
    let sync = server.master.sync();
    Ok(listds::server(
        &postoffice.name,
        sync,
        server.cycle,
        &requestors,
    ))
}

fn requestor(postoffice: &Postoffice) -> Result<Listing, String> {
    const REQCONF: &str = r"GLB\REQCONF.GLB";
    let readable = postoffice.conditions.read(REQCONF);
    readable.map_err(|_| format!("Error opening file: {REQCONF}"))?;
    let server = postoffice.server.as_ref();
    let server: PostofficeName =
        server.map_or_else(|| postoffice.name.clone(), |it| it.postoffice.clone());
    let numbers = postoffice.numbers;
    Ok(listds::requestor(
        &postoffice.name,
        &server,
        numbers.req_sync,
        numbers.srv_sync,
    ))
}

impl Postoffice {
    /// The numbers of REQCONF.GLB go back to zero, and no type is asked for any more. The times of
    /// the last import and export stay (Q131681), and the pointers into the queues do, too
    /// (Q140462).
    fn zero_numbers(&mut self) {
        self.numbers = Numbers::default();
        self.requestor.types.clear();
    }
}
