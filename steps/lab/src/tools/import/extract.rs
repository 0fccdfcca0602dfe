//! `import -x`: a list into a file; and `import -s`: the server's lists into RESYNC.GLB (Q96060,
//! Q101933).

use std::fmt::Write;
use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::log::Severity;
use runsheet_formats::transaction::Transaction;

use super::session::Session;
use super::switches::Task;
use crate::directory::Directory;
use crate::disk::postoffice::{Found, notice};
use crate::lab::Lab;
use crate::postoffice::Postoffice;
use crate::postoffice::incoming::Resync;

/// Writes the names of a type, or of a postoffice, into a file.
pub(super) fn write(lab: &mut Lab, session: &mut Session<'_, '_>) {
    let Task::Extract {
        path,
        gateway,
        templates,
    } = session.switches.task.clone()
    else {
        return;
    };
    session.say(lab, "Microsoft (R) Mail Import V3.2");
    let postoffice = session.postoffice(lab);
    let lists = postoffice.lists.clone();
    let text = listed(&lists, &gateway, templates);
    let path = postoffice.normal(&path);
    let writable = |path: &String| postoffice.conditions.write(path).is_ok();
    match (text, path.filter(writable)) {
        (None, _) => session.number(lab, Severity::Error, 32, &[&gateway]),
        (_, None) => session.number(lab, Severity::Fatal, 57, &[]),
        (Some(text), Some(path)) => {
            let found = Found::File(text.into_bytes());
            notice(session.postoffice(lab), &path, &found);
        }
    }
    session.finish(lab);
}

/// A list as an import file; nothing if there is no such list.
fn listed(lists: &Directory, gateway: &str, templates: bool) -> Option<String> {
    let (kind, node) = gateway.split_once(':').unwrap_or((gateway, ""));
    let kind = kind.to_ascii_uppercase();
    let mut text = String::new();
    if kind == "PCM" {
        let wanted = PostofficeName::parse(node);
        if let Ok(wanted) = &wanted {
            lists.list(wanted)?;
        }
        let wanted = wanted.ok();
        for (postoffice, list) in lists.lists() {
            if wanted.as_ref().is_none_or(|it| it == postoffice) {
                for (mailbox, name) in list {
                    let address = postoffice.mailbox(mailbox);
                    let _ = writeln!(text, "{}", Transaction::Add(address, name.clone()));
                }
            }
        }
        return Some(text);
    }
    for (address, name) in lists.foreign().names.get(kind.as_str())? {
        let _ = writeln!(text, "A {name:<30} {kind}:{address}");
        let told = lists
            .foreign()
            .information
            .get(format!("{kind}:{address}").as_str());
        for line in told.into_iter().flatten().filter(|_| templates) {
            let _ = writeln!(text, "{line}");
        }
    }
    Some(text)
}

/// Makes RESYNC.GLB, at a server only (Q96003, message 67).
pub(super) fn resync(lab: &mut Lab, session: &mut Session<'_, '_>) {
    let Task::Resync { templates } = session.switches.task else {
        return;
    };
    session.say(lab, "Microsoft (R) Mail Import V3.2");
    let postoffice = session.postoffice(lab);
    match (
        postoffice.whole_lists(templates),
        postoffice.conditions.write(RESYNC),
    ) {
        (None, _) => session.number(lab, Severity::Error, 67, &[]),
        (_, Err(_)) => session.number(lab, Severity::Fatal, 63, &[]),
        (Some(resync), Ok(())) => postoffice.resync = Some(resync),
    }
    session.finish(lab);
}

const RESYNC: &str = r"GLB\RESYNC.GLB";

impl Postoffice {
    /// What a server hands to a requestor that has to begin anew: its lists, and numbers that any
    /// requestor can go on from (Q119449).
    fn whole_lists(&self, templates: bool) -> Option<Resync> {
        let server = &self.serving.as_ref()?.server;
        let whole = self.server_lists();
        let numbers = server.resync(whole.upto, None);
        let mut lists = whole.lists;
        if !templates {
            Arc::make_mut(&mut lists).forget_templates();
        }
        Some(Resync {
            imp: numbers.imp_sync,
            req: numbers.req_sync,
            srv: numbers.srv_sync,
            lists,
            lines: Arc::from(""),
        })
    }
}
