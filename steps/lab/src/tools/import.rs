//! IMPORT: applies what was received to the postoffice's address lists.
//!
//! It ends with 0 whatever happens (Q112204), and with a wrong name or password writes to no log
//! (Q148771).

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;

/// What it prints instead of working (Q148771).
const REFUSED: &str = "Bad ID or Password";

/// Readies the work on the queue (`-q`). Without `-y` it asks and, nobody answering, does nothing;
/// this is inferred, as is that the case of a password does not count and that nothing is said of
/// a drive that is not there.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", 0);
    };
    let postoffice = &lab.postoffices[id];
    let admin = line.words.first();
    let known = admin.is_some_and(|it| it.eq_ignore_ascii_case("admin"));
    let password = line.value('p').unwrap_or_default();
    if !known || !password.eq_ignore_ascii_case(&postoffice.password) {
        return Program::ending(REFUSED, 0);
    }
    if !(line.has('q') && line.has('y')) {
        return Program::ending("", 0);
    }
    Program::working(postoffice.pace.import, id, &[begin, merge])
}

/// Splits SRVTRANS.GLB into the work queues, under SORTLOCK.GLB.
fn begin(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    postoffice.say(now, "Microsoft (R) Mail Import V3.2");
    postoffice.busy.importing = true;
}

/// Merges the queues into the lists and clears them. The postoffice's own names in a reply are
/// ignored: see [`Postoffice::knows`].
fn merge(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    for reply in std::mem::take(&mut postoffice.received) {
        postoffice.lists = lab.imports.import(&postoffice.lists, &reply.updates);
    }
    postoffice.busy.importing = false;
    postoffice.say(now, "Import is finished.");
}
