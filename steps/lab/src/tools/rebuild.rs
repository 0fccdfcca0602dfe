//! REBUILD: makes the Global Address List from the postoffice's lists.

use std::sync::Arc;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::{GlobalList, PostofficeId};

/// Readies the rebuilding. Without `-f` it asks and, nobody answering, does nothing; this is
/// inferred, as is its banner.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    match line.postoffice(lab, place) {
        Some(id) if line.has('f') => {
            let lasts = lab.postoffices[id].pace.rebuild;
            Program::working(lasts, id, &[write_beside, rename])
        }
        _ => Program::ending("", 0),
    }
}

/// Writes the new list under a temporary name and counts it (Q148364).
fn write_beside(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    postoffice.say(now, "Microsoft (R) Mail Rebuild V3.2");
    if !postoffice.requestor.rebuild {
        postoffice.say(now, "GAL not active on this PO");
        return;
    }
    let names = postoffice.users.iter();
    let own = names.map(|(mailbox, user)| (mailbox.clone(), user.name.clone()));
    postoffice.gal = GlobalList {
        own: Arc::new(own.collect()),
        others: postoffice.lists.clone(),
    };
    postoffice.busy.rebuilding = true;
    let entries = postoffice.gal_entries();
    let counted = format!("Number of entries in GAL:{entries:>9}");
    postoffice.say(now, &counted);
}

/// Puts the new list in the place of the old. The empty line is the sign that it went well
/// (Q148364).
fn rename(lab: &mut Lab, id: PostofficeId, _: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    if std::mem::take(&mut postoffice.busy.rebuilding) {
        postoffice.say(now, "");
    }
}
