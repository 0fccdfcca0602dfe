//! RESYNC.GLB in Dxadata: made for requestors that have to begin anew, or left there for Exchange
//! itself as a requestor.

use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_step::Moment;

use crate::directory::merge::Rules;
use crate::exchange::registry::service_key;
use crate::exchange::{Exchange, ExchangeId, services};
use crate::lab::Lab;
use crate::postoffice::incoming::Resync;
use crate::reply::Updates;

/// The registry value that names the requestors to be resynchronized (Q150976).
const NAMES: &str = "ResyncConnectionRDNs";

impl Lab {
    /// The service starts: as the server it makes what the registry asks for, as a requestor it
    /// takes what lies in Dxadata (Q156124).
    pub(super) fn resync(&mut self, exchange: ExchangeId) {
        let now = self.now();
        if self.exchanges[exchange].dx.requesting.is_some() {
            self.take_resync(exchange);
        } else {
            self.exchanges[exchange].make_resync(now);
        }
    }

    fn take_resync(&mut self, exchange: ExchangeId) {
        let dx = &mut self.exchanges[exchange].dx;
        let (Some(own), Some(resync)) = (&mut dx.requesting, dx.resync.take()) else {
            return;
        };
        resync.bring(&mut own.numbers, &mut own.queue);
        let updates = Updates::new(Some(resync.lists), Arc::default(), 0, 0);
        let rules = Rules::everything();
        own.lists = self.imports.import(&own.lists, &updates, &rules).lists;
    }
}

impl Exchange {
    /// Writes RESYNC.GLB for the requestors that the value names, and deletes the value (Q150976,
    /// Q156063). Its REQSEQ is the highest number of those, or of all where `GlobalMaxSeqInResync`
    /// says so; one too low makes IMPORT fail with message 14 (Q215505).
    fn make_resync(&mut self, now: Moment) {
        let key = service_key(services::DX);
        let names = self.registry.strings(&key, NAMES);
        if names.is_empty() {
            return;
        }
        self.registry.delete(now, &key, NAMES);
        let is_named = |name: &&PostofficeName| {
            let (full, short) = (name.to_string(), name.postoffice());
            let mut names = names.iter().map(|it| it.trim_end_matches("/$SYSTEM"));
            names.any(|it| it.eq_ignore_ascii_case(&full) || it.eq_ignore_ascii_case(short))
        };
        let server = &self.dx.server;
        let listed: Vec<_> = server.requestors.keys().filter(is_named).cloned().collect();
        if listed.is_empty() {
            return;
        }
        let listed = (!self.dx.options.global_max_seq).then_some(listed.as_slice());
        let numbers = server.resync(self.dx.lists.upto, listed);
        self.dx.resync = Some(Resync {
            imp: numbers.imp_sync,
            req: numbers.req_sync,
            srv: numbers.srv_sync,
            lists: self.dx.lists.lists.clone(),
            lines: Arc::from(""),
        });
    }
}
