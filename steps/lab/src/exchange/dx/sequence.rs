//! The numbers of a requestor as the directory keeps them: attributes that are seen and changed in
//! raw mode (Q152231).
//!
//! The service reads them when it starts and writes them after each cycle, so a change that no
//! restart follows is lost at the next one; that it is lost is inferred.

use std::collections::BTreeMap;

use runsheet_formats::address::PostofficeName;

use super::Dx;

/// One of the four attributes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Sequence {
    /// `DXA-Req-Seq`: the last of the requestor's numbers.
    Request,
    /// `DXA-Svr-Seq`: the last of the server's numbers sent to it.
    Server,
    /// `DXA-Conf-Seq`: the last of the server's numbers it has acknowledged; below the one before
    /// between T2 and its next T1.
    Confirmed,
    /// `DXA-Imp-Seq`: the imports done.
    Import,
}

/// What was changed in raw mode since the service last read or wrote it.
pub type Changes = BTreeMap<Sequence, u32>;

impl Dx {
    /// A number of a requestor it serves, or of itself as a requestor of the server of this name.
    #[must_use]
    pub fn sequence(&self, name: &PostofficeName, which: Sequence) -> Option<u32> {
        let changed = self.changed.get(name).and_then(|it| it.get(&which));
        changed.copied().or_else(|| {
            let (numbers, confirmed) = match &self.requesting {
                Some(own) if own.server.postoffice == *name => (own.numbers, own.numbers.srv_sync),
                _ => {
                    let requestor = self.server.requestors.get(name)?;
                    (requestor.numbers, requestor.conf_sync)
                }
            };
            Some(match which {
                Sequence::Request => numbers.req_sync,
                Sequence::Server => numbers.srv_sync,
                Sequence::Confirmed => confirmed,
                Sequence::Import => numbers.imp_sync,
            })
        })
    }

    /// Changes a number in raw mode.
    pub fn change_sequence(&mut self, name: &PostofficeName, which: Sequence, to: u32) {
        let changes = self.changed.entry(name.clone()).or_default();
        changes.insert(which, to);
    }

    /// The service starts: what was changed is what it goes on with.
    pub(super) fn read_sequences(&mut self) {
        for (name, changes) in std::mem::take(&mut self.changed) {
            for (which, to) in changes {
                self.read_sequence(&name, which, to);
            }
        }
    }

    fn read_sequence(&mut self, name: &PostofficeName, which: Sequence, to: u32) {
        let (numbers, confirmed) = match &mut self.requesting {
            Some(own) if own.server.postoffice == *name => (&mut own.numbers, None),
            _ => match self.server.requestors.get_mut(name) {
                Some(requestor) => (&mut requestor.numbers, Some(&mut requestor.conf_sync)),
                None => return,
            },
        };
        match which {
            Sequence::Request => numbers.req_sync = to,
            Sequence::Server => numbers.srv_sync = to,
            Sequence::Import => numbers.imp_sync = to,
            Sequence::Confirmed => {
                if let Some(confirmed) = confirmed {
                    *confirmed = to;
                }
            }
        }
    }
}
