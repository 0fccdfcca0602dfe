//! The menus of ADMIN for a dir-sync server: Config, Dir-Sync, Options and Server (Q96060).
//!
//! | words | menu |
//! | --- | --- |
//! | `dir-sync yes`, `dir-sync no` | Options: make this postoffice the server, or unmake it |
//! | `requestor create NET/PO [PASSWORD]` | Server, Requestors, Create |
//! | `requestor modify NET/PO [PASSWORD]` | Server, Requestors, Modify: the password |
//! | `requestor delete NET/PO` | Server, Requestors, Delete |
//! | `server administrator MAILBOX` | Server, Options, Administrator |
//! | `server keep-updates DAYS` | Server, Options, Keep Updates |
//! | `server schedule Mon 14:55 ...` | Server, Schedule: T2 |

use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::files::process::Task;

use crate::lab::Lab;
use crate::postoffice::PostofficeId;
use crate::postoffice::schedule::Time;
use crate::postoffice::serving::{MSTTRANS, SRVCONF, Serving};
use crate::server::Server;
use crate::tools::Act;
use crate::tools::terminal::Terminal;

/// What making or unmaking a server changes at a postoffice (Q131423, Q130115).
const MASTER: &str = r"GLB\MASTER.GLB";
/// The files of a server alone: only who holds them is in the way, for they are made anew.
const OWN: [&str; 2] = [SRVCONF, MSTTRANS];
const NOT_MADE: &str = "Notice 162 - Failed to complete installation of the directory server.";
const NOT_UNMADE: &str = "Notice 163 Failed to complete deinstallation of directory server.";

/// What these words do at a postoffice; nothing where they are none of these.
pub(super) fn act(words: &[&str], id: PostofficeId) -> Option<Act> {
    match words {
        ["dir-sync", "yes"] => Some(Arc::new(move |lab, terminal| make(lab, id, terminal))),
        ["dir-sync", "no"] => Some(Arc::new(move |lab, terminal| unmake(lab, id, terminal))),
        ["requestor", verb, name, rest @ ..] => {
            let password = rest.first().copied().unwrap_or_default();
            requestor(verb, name, password, id)
        }
        ["server", "administrator", mailbox] => {
            let mailbox: Arc<str> = (*mailbox).into();
            Some(change(id, move |server| {
                server.administrator = Some(mailbox.clone())
            }))
        }
        ["server", "keep-updates", days] => {
            let days = days.parse().ok()?;
            Some(change(id, move |server| server.keep_updates = days))
        }
        ["server", "schedule", times @ ..] if times.len() % 2 == 0 => schedule(times, id),
        _ => None,
    }
}

/// A change of what the server knows. Where there is no server, or its file is held, nothing comes
/// of it; the notice is inferred from that for requestors (Q123437).
fn change(id: PostofficeId, change: impl Fn(&mut Server) + Send + Sync + 'static) -> Act {
    Arc::new(move |lab, terminal| {
        let postoffice = &mut lab.postoffices[id];
        let usable = postoffice.conditions.write(SRVCONF).is_ok();
        match postoffice.serving.as_mut().filter(|_| usable) {
            Some(serving) => change(&mut serving.server),
            None => {
                terminal.say("Could not access Server's configuration information.");
                terminal.leave(1);
            }
        }
    })
}

fn requestor(verb: &str, name: &str, password: &str, id: PostofficeId) -> Option<Act> {
    let name = PostofficeName::parse(name).ok()?;
    let password = password.to_owned();
    match verb {
        "create" => Some(change(id, move |server| {
            server.register(name.clone(), Some(&password));
        })),
        "modify" => Some(change(id, move |server| {
            if let Some(known) = server.requestors.get_mut(&name) {
                known.password =
                    Some(password.as_str().into()).filter(|it: &Arc<str>| !it.is_empty());
            }
        })),
        "delete" => Some(change(id, move |server| {
            server.unregister(&name);
        })),
        _ => None,
    }
}

fn schedule(times: &[&str], id: PostofficeId) -> Option<Act> {
    let lines: Vec<String> = times
        .chunks(2)
        .map(|it| format!("T2 {}", it.join(" ")))
        .collect();
    let valid = |line: &String| Time::parse(line, runsheet_step::Moment(0)).is_some();
    lines.iter().all(valid).then(|| -> Act {
        Arc::new(move |lab, _| {
            let now = lab.now();
            let times = lines.iter().filter_map(|line| Time::parse(line, now));
            lab.postoffices[id].schedule.put(Task::T2, times.collect());
        })
    })
}

/// Whether the files are free; if not, what is said.
fn are_free(lab: &Lab, id: PostofficeId, notice: &str, terminal: &mut Terminal<'_>) -> bool {
    let conditions = &lab.postoffices[id].conditions;
    let held = |path: &&str| conditions.write(path).is_err_and(|it| it.holds());
    let free = conditions.write(MASTER).is_ok() && !OWN.iter().any(held);
    if !free {
        terminal.say(notice);
        terminal.leave(1);
    }
    free
}

/// The postoffice becomes the server, and the first requestor of it is itself; that this needs no
/// menu is inferred.
fn make(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    if !are_free(lab, id, NOT_MADE, terminal) {
        return;
    }
    let postoffice = &mut lab.postoffices[id];
    let own = postoffice.name.clone();
    let serving = postoffice.serving.get_or_insert_with(|| {
        let mut serving = Serving::default();
        serving.server.register(own.clone(), None);
        Box::new(serving)
    });
    serving.outgoing = None;
    postoffice.server = Some(own.system());
}

/// SRVCONF.GLB and MSTTRANS.GLB are deleted (Q257740). A T2 that was scheduled stays so
/// (Q136487).
fn unmake(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    if are_free(lab, id, NOT_UNMADE, terminal) {
        let postoffice = &mut lab.postoffices[id];
        postoffice.serving = None;
        // What was wrong with them goes with them.
        for path in OWN {
            postoffice.conditions.clear(path);
        }
    }
}
