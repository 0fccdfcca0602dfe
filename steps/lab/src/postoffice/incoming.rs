//! What waits for IMPORT: updates in SRVTRANS.GLB, and whole lists in RESYNC.GLB.

use std::sync::Arc;

use super::Numbers;
use super::request_queue::RequestQueue;
use crate::directory::Directory;
use crate::reply::Reply;

/// Updates in SRVTRANS.GLB.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub enum Received {
    /// The server's reply.
    Reply(Reply),
    /// Lines of an import file, among which there may be some that IMPORT refuses.
    Lines(Arc<str>),
}

impl Received {
    /// The bytes it takes.
    #[must_use]
    pub fn size(&self) -> u64 {
        match self {
            Self::Reply(reply) => reply.updates.size(),
            Self::Lines(lines) => size_of(lines),
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn records(&self) -> usize {
        match self {
            Self::Reply(reply) => reply.updates.sent(),
            Self::Lines(lines) => lines.lines().count(),
        }
    }
}

/// The server's lists as a whole, with the numbers they bring a requestor to (Q119449).
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Resync {
    /// IMPSEQ: the imports.
    pub imp: u32,
    /// REQSEQ: the highest number the server has acknowledged to anybody.
    pub req: u32,
    /// SRVSEQ: the server's own number.
    pub srv: u32,
    /// The lists.
    pub lists: Arc<Directory>,
    /// More lines, among which there may be some that IMPORT refuses.
    pub lines: Arc<str>,
}

impl Resync {
    /// Brings a requestor to its numbers: those it had are overwritten, and its queue keeps the
    /// acknowledged one (Q119449, Q119452).
    pub(crate) fn bring(&self, numbers: &mut Numbers, queue: &mut RequestQueue) {
        *numbers = Numbers {
            req_sync: self.req,
            srv_sync: self.srv,
            imp_sync: self.imp,
        };
        if queue.pending(self.req).is_empty() {
            *queue = RequestQueue::acknowledged(self.req);
        } else {
            queue.acknowledge(self.req);
        }
    }

    /// The bytes of RESYNC.GLB: three lines with the numbers, and records.
    #[must_use]
    pub fn size(&self) -> u64 {
        const NUMBERS: u64 = 3 * 19;
        NUMBERS + self.lists.size() + size_of(&self.lines)
    }
}

/// The bytes that lines take as records: as many as transactions would.
fn size_of(lines: &str) -> u64 {
    const AROUND: u64 = 25;
    lines.lines().map(|line| line.len() as u64 + AROUND).sum()
}
