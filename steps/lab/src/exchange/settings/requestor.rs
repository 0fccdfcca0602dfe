//! The page of a requestor that the dir-sync server serves.

use runsheet_formats::address::PostofficeName;

use super::{Field, Page, REQUESTOR, Setting, TRUTH};
use crate::exchange::Exchange;

pub(super) const PAGE: Page = Page {
    object: REQUESTOR,
    subject: |server, name| {
        let name = name_of(name)?;
        let known = server.dx.remotes.contains_key(&name);
        known.then(|| name.to_string())
    },
    fields: &[Field {
        // The system resets it after the cycle (Q147464).
        name: "Export on Next Cycle",
        takes: TRUTH,
        get: |server, subject| {
            let name = name_of(subject)?;
            Some(Setting::Flag(server.settings.export_next.contains(&name)))
        },
        put: export_next,
    }],
};

fn export_next(
    server: &mut Exchange,
    _: runsheet_step::Moment,
    subject: &str,
    to: &Setting,
) -> Option<()> {
    let name = name_of(subject)?;
    let export = &mut server.settings.export_next;
    if to.flag()? {
        export.insert(name);
    } else {
        export.remove(&name);
    }
    Some(())
}

/// A requestor by NETWORK/POSTOFFICE, with or without its `$SYSTEM`.
fn name_of(subject: &str) -> Option<PostofficeName> {
    PostofficeName::parse(subject.trim_end_matches("/$SYSTEM")).ok()
}
