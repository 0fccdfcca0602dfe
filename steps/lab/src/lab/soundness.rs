//! Whether a lab that was read from files hangs together: every place in a list that is named in it
//! is there. Files are open to a person's hands, and a place that is not there would be met late.

use super::{Due, Lab, Role};
use crate::exchange::mta::MtaId;
use crate::exchange::{Exchange, ExchangeId};
use crate::postoffice::PostofficeId;

impl Lab {
    /// What leads nowhere, if anything does.
    pub(crate) fn astray(&self) -> Option<String> {
        let hosts = self.hosts.iter();
        let mut hosts = hosts.filter(|(host, role)| !self.is_host(host, **role));
        if let Some((host, _)) = hosts.next() {
            return Some(format!("the host {host} has no state"));
        }
        let roles = self.drives.keys().chain(self.processes.keys());
        let roles = roles.copied().all(|it| self.has_role(it));
        let drives = self.drives.values().flat_map(|it| it.values());
        let named = self.names.values().chain(drives);
        let due = self.due.iter().all(|(_, due)| self.can_happen(due));
        let transits = self.transits.values().all(|it| {
            let mta = it.mta();
            self.has_mta(mta) && it.postoffices().all(|id| self.has_postoffice(id))
        });
        let exchanges = self.exchanges.iter().flat_map(Exchange::postoffices);
        let wrong = [
            ("a drive or a process", roles),
            ("a name", named.copied().all(|it| self.has_postoffice(it))),
            ("something that is due", due),
            ("mail in transit", transits),
            (
                "an Exchange server",
                exchanges.clone().all(|it| self.has_postoffice(it)),
            ),
        ];
        let found = wrong.into_iter().find(|(_, sound)| !sound);
        found.map(|(what, _)| format!("{what} leads to a machine that is not there"))
    }

    fn is_host(&self, host: &str, role: Role) -> bool {
        let name = match role {
            Role::Postoffice(id) => self.postoffices.get(id).map(|it| &it.host),
            Role::Exchange(id) => self.exchanges.get(id).map(|it| &it.host),
            Role::Workstation(id) => self.workstations.get(id).map(|it| &it.host),
        };
        name.is_some_and(|name| name.to_uppercase() == host)
    }

    fn has_role(&self, role: Role) -> bool {
        match role {
            Role::Postoffice(id) => self.has_postoffice(id),
            Role::Exchange(id) => id < self.exchanges.len(),
            Role::Workstation(id) => id < self.workstations.len(),
        }
    }

    fn has_postoffice(&self, id: PostofficeId) -> bool {
        id < self.postoffices.len()
    }

    fn has_mta(&self, (exchange, mta): (ExchangeId, MtaId)) -> bool {
        let server = self.exchanges.get(exchange);
        server.is_some_and(|it| mta < it.mtas.len())
    }

    fn can_happen(&self, due: &Due) -> bool {
        match due {
            Due::Stage(role, ..) => self.has_role(*role),
            Due::Poll(exchange, mta) => self.has_mta((*exchange, *mta)),
            Due::Settle(exchange, _)
            | Due::Interchange(exchange)
            | Due::Cycle(exchange)
            | Due::Hour(exchange) => *exchange < self.exchanges.len(),
            Due::Delivery(postoffice) => self.has_postoffice(*postoffice),
            Due::Arrival(_) | Due::Fault => true,
        }
    }
}

impl Exchange {
    /// Every postoffice that something of this server leads to.
    fn postoffices(&self) -> impl Iterator<Item = PostofficeId> + Clone {
        let mtas = self.mtas.iter().flat_map(|it| {
            let other = it.same_serial.iter();
            it.serves.iter().chain(other).copied()
        });
        let mailbags = self.connector.outbound.keys();
        let mailbags = mailbags.chain(self.connector.mailbags.keys()).copied();
        let remotes = self.dx.remotes.values().map(|it| it.postoffice);
        let requesting = self.dx.requesting.iter().map(|it| it.postoffice);
        let outgoing = self.dx.outgoing.iter().map(|(id, _)| *id);
        mtas.chain(mailbags)
            .chain(remotes)
            .chain(requesting)
            .chain(outgoing)
    }
}
