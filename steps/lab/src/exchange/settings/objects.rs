//! Objects that the Administrator program makes and deletes: by them the service is the dir-sync
//! server, or a requestor, or neither.
//!
//! | object | what it is | sources |
//! | --- | --- | --- |
//! | `DX Server` | the service is the dir-sync server, at `$SYSTEM` | Q180297 |
//! | `Remote Dir-Sync Requestor NET/PO` | a postoffice that the server serves | Q180297 |
//! | `Dir-Sync Requestor NET/PO` | the service is a requestor of this postoffice, at the first of `SYSTEM1`, `SYSTEM2`, ... that is free in its site | Q150828 |
//! | `Hidden Recipient MS:NET/PO/$SYSTEM` | what an object that was deleted has left behind; it can only be deleted | Q151668, Q163625 |
//!
//! That the service begins anew in its other role, with no numbers and no lists, and that a server
//! is deleted after its requestors, is inferred.

use std::fmt;

use runsheet_formats::address::{Address, PostofficeName};

use super::{DX_SERVER, OWN_REQUESTOR, REQUESTOR, Settings};
use crate::blueprint::x400_of;
use crate::exchange::dx::requesting::Requesting;
use crate::exchange::dx::serving::{Recipient, Remote};
use crate::exchange::{Exchange, ExchangeId};
use crate::lab::Lab;
use crate::postoffice::PostofficeId;
use crate::server::Server;

/// A hidden recipient that nothing stands for any more; its address follows.
pub const HIDDEN_RECIPIENT: &str = "Hidden Recipient";

/// Why an object is not made or deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A word that tells which refusal it is, such as `c1030b35`.
    pub code: &'static str,
    /// What is said.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

fn refused<T>(code: &'static str, message: impl Into<String>) -> Result<T, Refusal> {
    let message = message.into();
    Err(Refusal { code, message })
}

/// A sort of object.
struct Sort {
    name: &'static str,
    is_there: fn(&Exchange, &str) -> bool,
    make: fn(&mut Lab, ExchangeId, &str) -> Result<(), Refusal>,
    delete: fn(&mut Exchange, &str) -> Result<(), Refusal>,
}

const SORTS: [Sort; 4] = [
    Sort {
        name: DX_SERVER,
        is_there: |server, name| name.is_empty() && server.dx.is_server(),
        make: |lab, exchange, _| lab.become_server(exchange),
        delete: |server, _| server.give_up_serving(),
    },
    Sort {
        name: REQUESTOR,
        is_there: |server, name| named(name).is_some_and(|it| server.dx.remotes.contains_key(&it)),
        make: Lab::add_remote,
        delete: |server, name| {
            server.forget_remote(name);
            Ok(())
        },
    },
    Sort {
        name: OWN_REQUESTOR,
        is_there: |server, name| {
            let own = server.dx.requesting.as_ref();
            own.is_some_and(|it| {
                name.is_empty() || named(name) == Some(it.server.postoffice.clone())
            })
        },
        make: Lab::become_requestor,
        delete: |server, _| {
            server.give_up_requesting();
            Ok(())
        },
    },
    Sort {
        name: HIDDEN_RECIPIENT,
        is_there: |server, name| named(name).is_some_and(|it| server.has_left(&it)),
        make: |_, _, name| {
            let message = format!("{HIDDEN_RECIPIENT} {name} cannot be made by itself");
            refused("not-supported", message)
        },
        delete: |server, name| {
            server.delete_hidden(name);
            Ok(())
        },
    },
];

/// The sort of an object, and the name that follows.
fn sort_of(object: &str) -> Option<(&'static Sort, &str)> {
    SORTS.iter().find_map(|sort| {
        let (head, rest) = object.split_at_checked(sort.name.len())?;
        let is_one = rest.is_empty() || rest.starts_with(' ');
        let is_one = is_one && head.eq_ignore_ascii_case(sort.name);
        is_one.then_some((sort, rest.trim()))
    })
}

/// A postoffice by NET/PO, with or without its mailbox, and with or without the type.
fn named(name: &str) -> Option<PostofficeName> {
    let name = name.strip_prefix("MS:").unwrap_or(name);
    PostofficeName::parse(name.trim_end_matches("/$SYSTEM")).ok()
}

/// Whether there is such an object; nothing where objects of this sort come and go otherwise.
#[must_use]
pub fn is_there(server: &Exchange, object: &str) -> Option<bool> {
    let (sort, name) = sort_of(object)?;
    Some((sort.is_there)(server, name))
}

impl Lab {
    /// Makes an object; one that is there stays.
    pub(crate) fn make_object(
        &mut self,
        exchange: ExchangeId,
        object: &str,
    ) -> Result<(), Refusal> {
        let Some((sort, name)) = sort_of(object) else {
            return unknown(object);
        };
        if (sort.is_there)(&self.exchanges[exchange], name) {
            return Ok(());
        }
        (sort.make)(self, exchange, name)
    }

    /// Deletes an object; one that is not there stays away.
    pub(crate) fn delete_object(
        &mut self,
        exchange: ExchangeId,
        object: &str,
    ) -> Result<(), Refusal> {
        let Some((sort, name)) = sort_of(object) else {
            return unknown(object);
        };
        if !(sort.is_there)(&self.exchanges[exchange], name) {
            return Ok(());
        }
        (sort.delete)(&mut self.exchanges[exchange], name)
    }

    /// The service becomes the dir-sync server, whose address must be `$SYSTEM` (Q150828). Its page
    /// names no administrator yet (Q174741).
    fn become_server(&mut self, exchange: ExchangeId) -> Result<(), Refusal> {
        let address = self.exchanges[exchange].address.postoffice.system();
        if let Some(other) = self.holder_of(exchange, &address) {
            let message =
                format!("{other} has the address {address}, which a dir-sync server needs");
            return refused("address-taken", message);
        }
        let server = &mut self.exchanges[exchange];
        if server.dx.requesting.is_some() {
            let message = format!(
                "{} is a dir-sync requestor: delete that object first",
                server.host
            );
            return refused("other-role", message);
        }
        server.address = address;
        server.dx.unassigned = false;
        server.dx.server = Server::default();
        server.dx.server.makes_good = true;
        server.settings = Settings::default();
        Ok(())
    }

    /// A postoffice becomes a requestor that the server serves. The recipient that an earlier
    /// object has left makes a second one of it (Q163625).
    fn add_remote(&mut self, exchange: ExchangeId, name: &str) -> Result<(), Refusal> {
        let (name, id) = self.postoffice_named(name)?;
        let server = &mut self.exchanges[exchange];
        if !server.dx.is_server() {
            let message = format!(
                "{} is no dir-sync server: make its DX Server first",
                server.host
            );
            return refused("no-server", message);
        }
        let x400 = x400_of(&name.system(), &server.address);
        let mut remote = Remote::at(id, x400.into());
        if server.dx.left.contains(&name) {
            remote.recipient = Recipient::Twice;
        }
        server.dx.server.register(name.clone(), None);
        server.dx.remotes.insert(name, remote);
        Ok(())
    }

    /// The service becomes a requestor, at an address that leaves `$SYSTEM` to a server of its site
    /// (Q150828). A recipient with the server's address that is there already is in the way
    /// (Q151668, Q201084).
    fn become_requestor(&mut self, exchange: ExchangeId, name: &str) -> Result<(), Refusal> {
        let (name, id) = self.postoffice_named(name)?;
        let taken = self.exchanges.iter().any(|it| it.knows_recipient(&name));
        if taken {
            let message = "An error occurred while processing an e-mail address. Microsoft \
                           Exchange Administrator ID No: c1030b35";
            return refused("c1030b35", message);
        }
        let server = &self.exchanges[exchange];
        if server.dx.is_server() {
            let message = format!(
                "{} is the dir-sync server: delete its DX Server first",
                server.host
            );
            return refused("other-role", message);
        }
        let site = server.address.postoffice.clone();
        let mut addresses = (1..).map(|number| site.mailbox(&format!("SYSTEM{number}")));
        let free = addresses.find(|it| self.holder_of(exchange, it).is_none());
        let server = &mut self.exchanges[exchange];
        server.address = free.unwrap_or_else(|| server.address.clone());
        server.dx.unassigned = false;
        server.dx.requesting = Some(Box::new(Requesting::of(name.system(), id)));
        Ok(())
    }

    fn postoffice_named(&self, name: &str) -> Result<(PostofficeName, PostofficeId), Refusal> {
        let found = named(name).and_then(|name| Some((name.clone(), self.named(&name)?)));
        match found {
            Some(found) => Ok(found),
            None => refused("no-such-postoffice", format!("`{name}` is no postoffice")),
        }
    }

    /// The other Exchange server that has an address.
    fn holder_of(&self, own: ExchangeId, address: &Address) -> Option<&str> {
        let mut others = self.exchanges.iter().enumerate();
        let holder = others.find(|(id, it)| *id != own && it.address == *address);
        holder.map(|(_, it)| &*it.host)
    }
}

fn unknown(object: &str) -> Result<(), Refusal> {
    let message = format!("{object} is nothing that can be made or deleted here");
    refused("no-such-object", message)
}

impl Exchange {
    /// Requestors are deleted before the server that serves them.
    fn give_up_serving(&mut self) -> Result<(), Refusal> {
        if let Some(name) = self.dx.remotes.keys().next() {
            let message = format!("{REQUESTOR} {name} is to be deleted before the server");
            return refused("has-requestors", message);
        }
        self.dx.server = Server::default();
        self.begin_anew();
        Ok(())
    }

    fn give_up_requesting(&mut self) {
        if let Some(own) = self.dx.requesting.take() {
            self.dx.left.insert(own.server.postoffice);
            self.begin_anew();
        }
    }

    /// The service has no role, and nothing is left of what it learnt in the last.
    fn begin_anew(&mut self) {
        self.dx.unassigned = true;
        self.dx.lists = Default::default();
        self.dx.exported = Default::default();
        self.dx.heard.clear();
        self.dx.changed.clear();
    }

    fn forget_remote(&mut self, name: &str) {
        let Some(name) = named(name) else {
            return;
        };
        self.dx.remotes.remove(&name);
        self.dx.server.unregister(&name);
        self.settings.export_next.remove(&name);
        self.dx.left.insert(name);
    }

    /// Whether an object that was deleted has left the recipient of a postoffice's `$SYSTEM`.
    fn has_left(&self, name: &PostofficeName) -> bool {
        let remote = self.dx.remotes.get(name);
        let twice = remote.is_some_and(|it| it.recipient == Recipient::Twice);
        twice || self.dx.left.contains(name)
    }

    /// Whether the directory has a recipient of a postoffice's `$SYSTEM`.
    fn knows_recipient(&self, name: &PostofficeName) -> bool {
        let own = self.dx.requesting.as_ref();
        self.has_left(name)
            || self.dx.replicated.contains(name)
            || self.dx.remotes.contains_key(name)
            || own.is_some_and(|it| it.server.postoffice == *name)
    }

    fn delete_hidden(&mut self, name: &str) {
        let Some(name) = named(name) else {
            return;
        };
        self.dx.left.remove(&name);
        if let Some(remote) = self.dx.remotes.get_mut(&name)
            && remote.recipient == Recipient::Twice
        {
            remote.recipient = Recipient::Known;
        }
    }
}

#[cfg(test)]
mod tests;
