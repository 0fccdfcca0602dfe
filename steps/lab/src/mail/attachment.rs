//! What hangs on a piece of dir-sync mail: the log of a status report, the transactions of a
//! request or a reply.

use std::fmt::Write;

use runsheet_formats::transaction::Transaction;

use super::{Content, Mail};
use crate::reply::Updates;

/// An attachment, without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment {
    /// Its file name. DSSERVER.LOG and TMPTRANS.GLB are documented (Q133428, Q123857); that a
    /// requestor's file is REQUPDS.GLB, and that DX calls its own as SRVMAIN does, is inferred.
    pub name: &'static str,
    /// Its length in bytes.
    pub size: u64,
}

impl Mail {
    /// What hangs on it: the log of the cycle before (Q133428), or the transactions where there
    /// are any (Q118298).
    #[must_use]
    pub fn attachments(&self) -> Vec<Attachment> {
        let (name, size) = match &self.content {
            Content::Status(log) => ("DSSERVER.LOG", log.len() as u64),
            Content::Request(it) if !it.updates.is_empty() => {
                let sizes = it.updates.iter().map(|it| it.transaction.size());
                ("REQUPDS.GLB", sizes.sum())
            }
            Content::Reply(it) if it.updates.sent() > 0 => ("TMPTRANS.GLB", it.updates.size()),
            Content::ImportRequest(_)
            | Content::Command(_)
            | Content::Request(_)
            | Content::Reply(_)
            | Content::NonDelivery(_) => return Vec::new(),
        };
        vec![Attachment { name, size }]
    }

    /// The content of its attachment as a reader sees it; nothing where there is none.
    #[must_use]
    pub fn attachment_text(&self) -> String {
        match &self.content {
            Content::Status(log) => log.to_string(),
            Content::ImportRequest(_) | Content::Command(_) | Content::NonDelivery(_) => {
                String::new()
            }
            Content::Request(it) => {
                let numbered = it.updates.iter().map(|it| (it.number, &it.transaction));
                numbered_lines(numbered)
            }
            Content::Reply(it) => lists(&it.updates) + &singles(&it.updates, it.s),
        }
    }
}

/// Transactions behind their numbers, ten digits wide (Q118298).
fn numbered_lines<'t>(numbered: impl Iterator<Item = (u32, &'t Transaction)>) -> String {
    let mut text = String::new();
    for (number, transaction) in numbered {
        let _ = writeln!(text, "{number:010} {transaction}");
    }
    text
}

/// The single transactions of a reply. The last of them has the server's number.
fn singles(updates: &Updates, sync: u32) -> String {
    let transactions = updates.transactions();
    let count = u32::try_from(transactions.len()).unwrap_or(u32::MAX);
    numbered_lines((sync.saturating_sub(count) + 1..).zip(transactions))
}

/// The whole lists of a reply: each a Replace and its names. They have no numbers of their own.
fn lists(updates: &Updates) -> String {
    let mut text = String::new();
    let lists = updates.lists().into_iter().flat_map(|all| all.lists());
    for (postoffice, list) in lists {
        let _ = writeln!(text, "{}", Transaction::Replace(postoffice.clone()));
        for (mailbox, name) in list {
            let add = Transaction::Add(postoffice.mailbox(mailbox), name.clone());
            let _ = writeln!(text, "{add}");
        }
    }
    text
}
