//! SRVCONF.GLB: the dir-sync server's record, and one for each requestor (Q96060, Q77926).
//!
//! 1,024 bytes, and 1,024 more with each requestor.

use super::block::{Block, rows};
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::text::Text;
use crate::address::PostofficeName;

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SrvConf {
    /// The server's own record.
    pub server: Server,
    /// One record for each requestor.
    pub requestors: Vec<Requestor>,
}

impl SrvConf {
    /// The bytes of the file.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.server.encode();
        bytes.extend(rows::encode(&self.requestors));
        bytes
    }

    /// Reads the file.
    ///
    /// # Errors
    /// The first place that is not as it should be.
    pub fn decode(bytes: &[u8]) -> Result<Self, Corrupt> {
        let head = &bytes[..bytes.len().min(Server::SIZE)];
        Ok(Self {
            server: Server::decode(head)?,
            requestors: rows::decode(bytes, Server::SIZE)?,
        })
    }
}

/// The server's own record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Server {
    /// The highest number in the master list: `Highest SrvSync`.
    pub sync: u32,
    /// `Current Dirsync Cycle`.
    pub cycle: u32,
    /// How many days transactions are kept: 14 unless set (Q257740).
    pub keep_updates: u16,
    /// The mailbox of its administrator; empty where none is chosen.
    pub administrator: Text<32>,
}

/// A requestor's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requestor {
    /// Who it is.
    pub name: PostofficeName,
    /// The mailbox replies go to: `$SYSTEM`, or `SYSTEM1` of an Exchange server (Q150828).
    pub mailbox: Text<10>,
    /// Its password; with none, any is accepted (Q116435).
    pub password: Text<10>,
    /// The last of its numbers that was taken in.
    pub req_sync: u32,
    /// The last number it was sent.
    pub srv_sync: u32,
    /// How many imports it has had.
    pub imp_sync: u32,
    /// The cycle in which it was last heard from.
    pub last_cycle: u32,
    /// When that was, in seconds since 1970.
    pub last_update: u32,
    /// The address types it asked for.
    pub types: u16,
    /// The most updates it takes in one reply; 0 for as many as there are.
    pub limit: u32,
    /// What it said since the last T2; SRVMAIN writes it down between `-r` and `-t`. Inferred.
    pub heard: Option<Heard>,
}

/// The numbers of a requestor's last message, to which the reply answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// Its newest number, to be echoed.
    pub r: u32,
    /// The server's number it has.
    pub s: u32,
    /// The imports it has had.
    pub i: u32,
    /// Whether it asks for an import.
    pub import: bool,
    /// Whether it wants its updates in the body (Q123857).
    pub in_body: bool,
}

impl Block for Server {
    const FILE: &'static str = "SRVCONF.GLB";
    const SIZE: usize = 1024;
    const SEALED: bool = true;

    fn write(&self, into: &mut Writer) {
        into.raw(b"SRVC").long(self.sync).long(self.cycle);
        into.word(self.keep_updates).text(&self.administrator);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        from.magic(b"SRVC")?;
        Ok(Self {
            sync: from.long()?,
            cycle: from.long()?,
            keep_updates: from.word()?,
            administrator: from.text()?,
        })
    }
}

impl Block for Requestor {
    const FILE: &'static str = "SRVCONF.GLB";
    const SIZE: usize = 1024;
    const SEALED: bool = true;

    fn write(&self, into: &mut Writer) {
        into.raw(b"REQR").postoffice(Some(&self.name));
        into.text(&self.mailbox).text(&self.password);
        into.long(self.req_sync).long(self.srv_sync);
        into.long(self.imp_sync).long(self.last_cycle);
        into.long(self.last_update).word(self.types);
        into.long(self.limit).byte(self.heard.is_some().into());
        if let Some(heard) = self.heard {
            into.long(heard.r).long(heard.s).long(heard.i);
            into.byte(heard.import.into()).byte(heard.in_body.into());
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        from.magic(b"REQR")?;
        Ok(Self {
            name: from.postoffice()?,
            mailbox: from.text()?,
            password: from.text()?,
            req_sync: from.long()?,
            srv_sync: from.long()?,
            imp_sync: from.long()?,
            last_cycle: from.long()?,
            last_update: from.long()?,
            types: from.word()?,
            limit: from.long()?,
            heard: if from.flag()? {
                Some(Heard {
                    r: from.long()?,
                    s: from.long()?,
                    i: from.long()?,
                    import: from.flag()?,
                    in_body: from.flag()?,
                })
            } else {
                None
            },
        })
    }
}
