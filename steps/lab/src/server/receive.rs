//! T2, first half: what requestors sent is taken in.

use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_step::Moment;

use super::note::{Note, What};
use super::terms::Terms;
use super::{Requestor, Server, Version};
use crate::mail::{Content, Mail};
use crate::reply::{ImportRequest, Request};

/// What a requestor wants to be told, from all it sent since the last T2.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Wish {
    /// The number to echo.
    pub(super) r: u32,
    /// The last of the server's numbers it has applied.
    pub(super) s: u32,
    /// Whether it is to get whole lists.
    pub(super) import: bool,
    /// How many imports it says to have had, where it asked for one.
    pub(super) imports: u32,
    /// Whether this import was made before and has not reached it.
    pub(super) again: bool,
    pub(super) terms: Terms,
}

impl Server {
    /// Takes in one message. A status report says nothing of what its sender wants: it only feeds
    /// CENTRAL.LOG.
    ///
    /// # Errors
    /// What keeps the message, or the end of it, from being taken in.
    pub fn receive(&mut self, at: Moment, mail: &Mail) -> Result<(), Note> {
        let name = &mail.from.postoffice;
        let taken = match &mail.content {
            Content::Status(_) | Content::NonDelivery(_) => Ok(()),
            Content::Reply(_) => Err(What::Unprocessed),
            Content::Command(task) => Err(What::UnknownTask(task.clone())),
            Content::ImportRequest(request) => self.hear_import_request(name, request),
            Content::Request(request) => self.hear(at, name, request),
        };
        taken.map_err(|what| Note {
            requestor: name.clone(),
            what,
        })
    }

    fn admitted(&mut self, name: &PostofficeName, terms: &Terms) -> Result<&mut Requestor, What> {
        let asked = self.password_of(name);
        let requestor = self.requestors.get_mut(name).ok_or(What::Unregistered)?;
        let given = terms.password.as_deref().unwrap_or_default();
        if asked.is_some_and(|asked| !asked.eq_ignore_ascii_case(given)) {
            return Err(What::WrongPassword);
        }
        requestor.last_cycle = self.cycle + 1;
        Ok(requestor)
    }

    /// The password that the mail of a requestor must carry.
    fn password_of(&self, name: &PostofficeName) -> Option<Arc<str>> {
        let own = name.to_string();
        let mut requestors = self.requestors.iter();
        let found = requestors.find(|(it, _)| match self.version {
            Version::V32a => own.starts_with(&it.to_string()),
            Version::V30 | Version::V35 => *it == name,
        });
        found.and_then(|(_, it)| it.password.clone())
    }

    fn hear_import_request(
        &mut self,
        name: &PostofficeName,
        request: &ImportRequest,
    ) -> Result<(), What> {
        let requestor = self.admitted(name, &request.terms)?;
        let known = requestor.numbers;
        let wish = requestor.wish.get_or_insert_with(|| Wish {
            r: known.req_sync,
            s: known.srv_sync,
            ..Wish::default()
        });
        wish.import = true;
        wish.imports = request.i;
        wish.terms = request.terms.clone();
        Ok(())
    }

    /// A requestor nothing was ever exchanged with is given whole lists unasked. One whose import
    /// was above its limit waits for them until it has been resynchronized by hand; this is
    /// inferred.
    fn hear(&mut self, at: Moment, name: &PostofficeName, request: &Request) -> Result<(), What> {
        let makes_good = self.makes_good;
        let whole = request.readable >= request.updates.len();
        let all_or_nothing = self.version == Version::V30;
        let requestor = self.admitted(name, &request.terms)?;
        if !whole && all_or_nothing {
            return Err(What::BrokenAttachment);
        }
        let known = requestor.numbers;
        let nothing = known.srv_sync == 0 && request.s == 0;
        let first = nothing && (known.req_sync == 0 || requestor.import_refused);
        let again = makes_good && request.i < known.imp_sync;
        requestor.conf_sync = request.s;
        let owed = requestor.owed;
        let wish = requestor.wish.get_or_insert_default();
        wish.s = request.s;
        wish.import |= first || again || owed;
        wish.again |= again;
        wish.terms = request.terms.clone();
        let read = request.updates[..request.readable.min(request.updates.len())].last();
        wish.r = match read {
            _ if whole => request.r,
            Some(last) => last.number,
            None => known.req_sync,
        };
        self.take_in(at, name, request);
        if whole {
            Ok(())
        } else {
            Err(What::BrokenAttachment)
        }
    }

    /// Numbers a requestor's new transactions for the whole system; what was received before is
    /// dropped. Of an attachment that breaks off, what can be read is taken (Q103421).
    fn take_in(&mut self, at: Moment, name: &PostofficeName, request: &Request) {
        let Some(requestor) = self.requestors.get_mut(name) else {
            return;
        };
        let known = &mut requestor.numbers.req_sync;
        let readable = request.updates.iter().take(request.readable);
        let new = readable.filter(|it| it.number > *known);
        let new: Vec<_> = new.cloned().collect();
        let Some(last) = new.last() else { return };
        *known = last.number;
        requestor.last_update = Some(at);
        for update in new {
            self.append(at, update.transaction);
        }
    }
}
