//! What a server notes while it works: postoffices write it into DIRSYNC.LOG, Exchange into the
//! Application log.

use std::sync::Arc;

use runsheet_formats::address::PostofficeName;

/// Something worth a line in a log, and about whom.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Note {
    /// The requestor.
    pub requestor: PostofficeName,
    /// What is to be said.
    pub what: What,
}

/// What is worth a line in a log.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum What {
    /// It is not registered here (Q99268).
    Unregistered,
    /// Its password is not the one registered (Q125917).
    WrongPassword,
    /// It asks for something nobody knows: this TASK.
    UnknownTask(Arc<str>),
    /// It is a server's reply, which this server is to receive as a requestor first (Q108844).
    Unprocessed,
    /// Its attachment could be read in part; the rest comes again in the next cycle (Q103421).
    BrokenAttachment,
    /// Nothing came from it before T2 (Q131509).
    NoTasks,
    /// Updates after this number are not kept any more: so many from the first to the last are
    /// lost to it (Q108067, Q113453).
    Gone {
        /// The last number it has applied.
        sync: u32,
        /// How many it will not get.
        missing: u32,
        /// The last it will not get, counted from 0 as the log does.
        last: u32,
    },
    /// Its import is above its limit and cannot be spread over cycles (Q133719, Q119450).
    OverLimit,
    /// It wants its updates in the body of the message, and they are more than the program has
    /// memory for (Q123857).
    OutOfMemory,
    /// It did not get the last import, which is made again (Q175588).
    MadeGood,
}
