//! What a postoffice holds as the dir-sync server, beside what it holds as a requestor of itself.

use std::sync::Arc;

use super::Postoffice;
use crate::mail::{Content, Mail};
use crate::server::Server;
use crate::server::transmit::{Answer, Lists};

/// The server's configuration, with a record for each requestor.
pub const SRVCONF: &str = r"GLB\SRVCONF.GLB";
/// The master list of transactions.
pub const MSTTRANS: &str = r"GLB\MSTTRANS.GLB";
/// The status reports of all requestors, each of the cycle before (Q133428).
pub const CENTRAL: &str = r"LOG\CENTRAL.LOG";

/// The server's files of a postoffice.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Serving {
    /// MSTTRANS.GLB and SRVCONF.GLB.
    pub server: Server,
    /// The two files as they were before the last T2 (Q96060).
    pub backup: Option<Box<Server>>,
    /// Whether SRVCONF.GLB has the layout of before SRVMAIN 3.2.14, which SCONFIX makes new
    /// (Q111703).
    pub old_layout: bool,
    /// What SRVMAIN is sending: SRVUPDS.GLB and TMPTRANS.GLB stand until it has.
    pub outgoing: Option<Vec<Answer>>,
}

impl Serving {
    /// SRVCONF.GLB and MSTTRANS.GLB are put back as they were in the backup of the last T2, or, if
    /// there is none, as they may have been half the numbers ago (Q113453).
    pub fn restore(&mut self) {
        match self.backup.take() {
            Some(backup) => self.server = *backup,
            None => self.server.turn_back(),
        }
    }
}

impl Postoffice {
    /// The bytes of SRVCONF.GLB: 1,024 for the server and for each requestor (Q77926).
    pub(super) fn srvconf_size(&self) -> Option<u64> {
        let serving = self.serving.as_ref()?;
        Some(1024 * (1 + serving.server.requestors.len() as u64))
    }

    /// The bytes of MSTTRANS.GLB.
    pub(super) fn msttrans_size(&self) -> Option<u64> {
        let records = self.serving.as_ref()?.server.master.records();
        Some(records.map(|(_, _, it)| it.size()).sum())
    }

    /// The bytes of all replies that SRVMAIN is sending, and of the longest.
    fn sending(&self) -> Option<(u64, u64)> {
        let answers = self.serving.as_ref()?.outgoing.as_ref()?;
        let replies = answers.iter().filter_map(|it| it.reply.as_ref());
        let sizes = replies.map(|it| it.updates.size());
        Some(sizes.fold((0, 0), |(all, longest), it| (all + it, longest.max(it))))
    }

    /// The bytes of SRVUPDS.GLB, while it is there (Q123857).
    pub(super) fn srvupds_size(&self) -> Option<u64> {
        self.sending().map(|(all, _)| all)
    }

    /// The bytes of TMPTRANS.GLB, while it is there (Q123857).
    pub(super) fn tmptrans_size(&self) -> Option<u64> {
        self.sending().map(|(_, longest)| longest)
    }

    /// Takes out of SYSTEM.MBG what is for this postoffice as a requestor: the replies. A dir-sync
    /// server leaves the mail there that SRVMAIN is to receive.
    pub(crate) fn take_replies(&mut self) -> Vec<Arc<Mail>> {
        if self.serving.is_none() {
            return std::mem::take(&mut self.system);
        }
        let is_reply = |mail: &mut Arc<Mail>| matches!(mail.content, Content::Reply(_));
        self.system.extract_if(.., is_reply).collect()
    }

    /// Its lists as a server sends them: those it has imported, and its own users. Updates later
    /// than its own last import are not in them (Q96060).
    #[must_use]
    pub fn server_lists(&self) -> Lists {
        let mut lists = self.lists.as_ref().clone();
        lists.replace(self.name.clone(), Arc::new(self.exported()));
        Lists {
            lists: Arc::new(lists),
            upto: self.numbers.srv_sync,
        }
    }
}
