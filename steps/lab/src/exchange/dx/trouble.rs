//! What keeps the service from its work though it runs, and what it writes then.

use runsheet_step::Moment;

use crate::exchange::services;
use crate::exchange::{Exchange, ExchangeId, events};
use crate::lab::Lab;

/// What keeps the service from its work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Trouble {
    /// Its session with the Message Transfer Agent is busy, after copies were deleted unread
    /// (Q159295).
    pub session_busy: bool,
    /// The directory gives it no more than an administrative limit allows, as with some 150
    /// containers to export (Q192484).
    pub directory_limit: bool,
    /// Its object has no X.400 address, so the Message Transfer Agent does not know where to put
    /// its mail (Q158309).
    pub no_address: bool,
    /// A damaged message lies at the head of its queue, and all that comes waits behind (Q164506).
    pub damaged_queue: bool,
    /// It cannot open temporary files in DXADATA (Q153658).
    pub no_temporary_files: bool,
    /// A template in the next reply has prompts it crashes at (Q196892).
    pub bad_template: bool,
}

impl Lab {
    /// Whether mail for the service stays with the Message Transfer Agent.
    pub(super) fn keeps_mail(&mut self, exchange: ExchangeId) -> bool {
        let now = self.now();
        let server = &mut self.exchanges[exchange];
        let trouble = server.dx.trouble;
        if trouble.no_address {
            server.tell(now, &events::NO_ADDRESS, &["19", "271", "12"]);
        }
        trouble.no_address || trouble.damaged_queue
    }

    /// What was wrong with its queue is over: it takes what waited.
    pub(crate) fn queue_is_sound(&mut self, exchange: ExchangeId) {
        let server = &mut self.exchanges[exchange];
        server.dx.trouble.damaged_queue = false;
        server.dx.trouble.no_address = false;
        if server.services.runs(services::DX) {
            self.dx_goes_on(exchange);
        }
    }

    /// The service crashes.
    pub(super) fn dx_crashes(&mut self, exchange: ExchangeId) {
        self.halt(exchange, services::DX);
    }
}

impl Exchange {
    /// Behind a damaged message there may be others: the service tells of each requestor, and
    /// plans an import for it (Q175588).
    pub(super) fn tell_of_queue(&mut self, now: Moment) {
        if !self.dx.trouble.damaged_queue {
            return;
        }
        let names: Vec<_> = self.dx.remotes.keys().cloned().collect();
        for name in names {
            self.dx.server.owe_import(&name);
            let told = name.to_string();
            self.tell(now, &events::LOST_OR_DELAYED, &[&told]);
            self.tell(now, &events::IMPORT_REPLY, &[&told]);
        }
    }

    /// Whether a cycle comes to nothing; what was heard is kept for the next one, which is
    /// inferred.
    pub(super) fn cannot_work(&mut self, now: Moment) -> bool {
        let trouble = self.dx.trouble;
        if trouble.session_busy {
            self.tell(now, &events::SESSION_BUSY, &["MH_RC_SESSION_BUSY"]);
        } else if trouble.no_temporary_files {
            self.tell(now, &events::NO_TEMPORARY_FILE, &[]);
        } else if trouble.directory_limit {
            let limit = ["DS_Service_error", "DS_E_ADMIN_LIMIT_EXCEEDED"];
            self.tell(now, &events::DIRECTORY_ERROR, &limit);
            let heard = self
                .dx
                .heard
                .iter()
                .map(|it| it.from.postoffice.to_string());
            let heard: std::collections::BTreeSet<_> = heard.collect();
            for name in heard {
                self.tell(now, &events::NOT_UPDATED, &[&name]);
                self.tell(now, &events::STATE_NOT_STORED, &[&name]);
            }
        } else {
            return false;
        }
        true
    }
}
