//! REBUILD: makes the Global Address List from the postoffice's lists.

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::condition::Condition;
use crate::postoffice::global_list::GlobalList;
use crate::postoffice::{Postoffice, PostofficeId};

/// What it asks without `-f`. Inferred: no article prints it.
const QUESTION: &str = "The Global Address List will be rebuilt. Continue? (Y/N) ";
/// The new list while it is sorted (Q148364).
pub(crate) const SORTED: &str = r"NME\TMP00001.NME";
/// The index while it is written.
pub(crate) const INDEX: &str = r"GLB\GALINDE$.GLB";
/// The list, the index and the table of postoffices, each with the name its new form is left under
/// where the old one is in use (Q99117).
pub(crate) const RENAMED: [(&str, &str); 3] = [
    (r"NME\GAL.NME", r"NME\GAL$.NME"),
    (r"GLB\GALINDEX.GLB", INDEX),
    (r"GLB\GALNETPO.GLB", r"GLB\TMPNETPO.GLB"),
];

/// Readies the rebuilding. It ends with 0 whatever happens; this is inferred, as are its banner and
/// that nobody's answer is no.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", 0);
    };
    let lasts = lab.postoffices[id].pace.rebuild;
    if line.has('f') {
        Program::working(lasts, id, &[write_beside, rename])
    } else {
        Program::working(lasts, id, &[ask, write_beside, rename])
    }
}

fn ask(_: &mut Lab, _: PostofficeId, terminal: &mut Terminal<'_>) {
    if !terminal.confirms(QUESTION) {
        terminal.leave(0);
    }
}

/// Writes the new list under a temporary name and counts it (Q148364).
fn write_beside(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    postoffice.say(now, "Microsoft (R) Mail Rebuild V3.2");
    if !postoffice.requestor.rebuild {
        postoffice.say(now, "GAL not active on this PO");
        return terminal.leave(0);
    }
    // Without a single local user it stops and says nothing (Q119018).
    let local = postoffice.file(r"NME\ADMIN.NME");
    let readable = postoffice.conditions.read(r"NME\ADMIN.NME").is_ok();
    if !readable || local.is_none_or(|it| it.size == 0) {
        return terminal.leave(0);
    }
    if postoffice.disk_full {
        postoffice.fatal(now, 204, &[]);
        return terminal.leave(0);
    }
    // The list is made all the same (Q104870).
    if postoffice.conditions.write(r"GLB\MASTER.GLB").is_err() {
        postoffice.fatal(now, 202, &[]);
    }
    if postoffice.conditions.read("USR").is_err() {
        postoffice.status(now, 201, &[]);
    }
    let left = RENAMED.iter().map(|(_, left)| *left).chain([SORTED]);
    left.for_each(|left| postoffice.clear_away(left));
    let list = postoffice.list_anew();
    let entries = list.entries(&postoffice.name);
    postoffice.beside = Some(list);
    postoffice.say(now, &format!("Number of entries in GAL:{entries:>9}"));
}

/// Puts the new list in the place of the old. The empty line is the sign that it went well
/// (Q148364).
fn rename(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    let Some(list) = postoffice.beside.take() else {
        return;
    };
    let conditions = &postoffice.conditions;
    // The index cannot be written: nothing is said, only the third line is missing (Q148364).
    if conditions.write(r"GLB\GALTMP.GLB").is_err() || conditions.write(INDEX).is_err() {
        let size = 45 * list.entries(&postoffice.name) as u64;
        postoffice.leave(SORTED, size);
        return terminal.leave(0);
    }
    if conditions.of(r"GLB\GALNETPO.GLB") == Some(&Condition::Corrupt) {
        postoffice.fatal(now, 39, &[]);
        return terminal.leave(0);
    }
    let in_use = |(path, _): &(&str, &str)| conditions.write(path).is_err();
    if RENAMED.iter().any(in_use) {
        postoffice.fatal(now, 203, &[]);
        postoffice.leave_for_recovery(list);
        return terminal.leave(0);
    }
    postoffice.gal = list;
    postoffice.global_list = true;
    postoffice.say(now, "");
}

impl Postoffice {
    /// The new files stay under names of their own, to be renamed by hand (Q99117).
    fn leave_for_recovery(&mut self, list: GlobalList) {
        let name = self.name.clone();
        let sizes = [
            45 * list.entries(&name),
            52 * 4 + 6 * list.words(&name),
            4 + 43 * list.postoffices(&name),
        ];
        for ((_, left), size) in RENAMED.iter().zip(sizes) {
            self.leave(left, size as u64);
        }
        self.beside = Some(list);
    }
}
