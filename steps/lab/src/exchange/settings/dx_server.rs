//! The page of the Directory Synchronization server.

use super::{ADDRESS, DX_SERVER, Field, LOGGING, Page, SCHEDULE, Setting, TRUTH};
pub(super) const PAGE: Page = Page {
    object: DX_SERVER,
    subject: |server, name| (name.is_empty() && server.dx.is_server()).then(String::new),
    fields: &[&[
        Field {
            name: "Copy administrator on outgoing messages",
            takes: TRUTH,
            get: |server, _| Some(Setting::Flag(server.settings.copy_outgoing)),
            put: |server, _, _, to| {
                server.settings.copy_outgoing = to.flag()?;
                Some(())
            },
        },
        Field {
            name: "Forward incoming dir-sync messages to administrator",
            takes: TRUTH,
            get: |server, _| Some(Setting::Flag(server.settings.forward_incoming)),
            put: |server, _, _, to| {
                server.settings.forward_incoming = to.flag()?;
                Some(())
            },
        },
        Field {
            name: "Administrator",
            takes: "the name of a mailbox",
            get: |server, _| {
                let chosen = server.settings.administrator.clone();
                Some(Setting::Text(chosen.unwrap_or_default()))
            },
            put: |server, _, _, to| {
                let name = to.text()?;
                server.settings.administrator = (!name.is_empty()).then(|| name.to_owned());
                Some(())
            },
        },
        ADDRESS,
        LOGGING,
        SCHEDULE,
    ]],
};
