//! What a postoffice holds as the dir-sync server, beside what it holds as a requestor of itself.

use std::sync::Arc;

use super::Postoffice;
use crate::mail::{Content, Mail};
use crate::server::Server;
use crate::server::transmit::Lists;

/// The server's files of a postoffice.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Serving {
    /// MSTTRANS.GLB and SRVCONF.GLB.
    pub server: Server,
    /// CENTRAL.LOG: the status reports of all requestors, each of the cycle before (Q133428).
    pub central: String,
}

impl Postoffice {
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
