//! REQCONF.GLB: how far a requestor has come, and what it has set (Q96060, Q77926).

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::text::Text;
use crate::address::PostofficeName;

/// The address types a requestor can ask for, in the order of their bits.
pub const TYPES: [&str; 12] = [
    "PCM", "SNADS", "PROFS", "OV", "MCI", "X400", "SMTP", "MHS", "MSMAIL", "FAX", "CSI", "MS",
];

/// The bit of MS Mail's own addresses.
pub const PCM: u16 = 1;

/// REQCONF.GLB: 512 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReqConf {
    /// The last of its own numbers the server has acknowledged.
    pub req_sync: u32,
    /// The last of the server's numbers it has applied.
    pub srv_sync: u32,
    /// How many imports it has had.
    pub imp_sync: u32,
    /// The dir-sync server; none before it is registered.
    pub server: Option<PostofficeName>,
    /// The mailbox there; `$SYSTEM`, or `SYSTEM1` of an Exchange server (Q150828).
    pub server_mailbox: Text<10>,
    /// The password the server knows it by.
    pub password: Text<10>,
    /// The address types it wants: a bit for each of [`TYPES`].
    pub types: u16,
    /// What is ticked under Options.
    pub options: Options,
    /// The most updates it takes in one reply; 0 for as many as there are (Q133719).
    pub limit: u32,
    /// When ADMIN last asked for an import, in seconds since 1970.
    pub last_import: u32,
    /// When ADMIN last exported.
    pub last_export: u32,
    /// Where SRVTRANS, USRTRANS, GWTRANS and NMETRANS are being read (Q112301).
    pub queues: [Option<u32>; 4],
}

/// The requestor options that are ticked or not (Q96060, Q105965, Q156714).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Templates are sent.
    pub templates_send: bool,
    /// Templates are received.
    pub templates_receive: bool,
    /// REBUILD makes the Global Address List.
    pub rebuild: bool,
    /// IMPORT makes networks and postoffices it does not know.
    pub create_postoffices: bool,
    /// It wants updates, and does not only send its own.
    pub receive_updates: bool,
}

impl Options {
    fn flags(self) -> [bool; 5] {
        [
            self.templates_send,
            self.templates_receive,
            self.rebuild,
            self.create_postoffices,
            self.receive_updates,
        ]
    }
}

impl Block for ReqConf {
    const FILE: &'static str = "REQCONF.GLB";
    const SIZE: usize = 512;
    const SEALED: bool = true;

    fn write(&self, into: &mut Writer) {
        into.raw(b"REQC").long(self.req_sync);
        into.long(self.srv_sync).long(self.imp_sync);
        into.postoffice(self.server.as_ref());
        into.text(&self.server_mailbox).text(&self.password);
        into.word(self.types).long(self.limit);
        for flag in self.options.flags() {
            into.byte(flag.into());
        }
        into.long(self.last_import).long(self.last_export);
        for queue in self.queues {
            into.pointer(queue);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        from.magic(b"REQC")?;
        let [req_sync, srv_sync, imp_sync] = [from.long()?, from.long()?, from.long()?];
        let server = from.some_postoffice()?;
        let (server_mailbox, password) = (from.text()?, from.text()?);
        let (types, limit) = (from.word()?, from.long()?);
        let options = Options {
            templates_send: from.flag()?,
            templates_receive: from.flag()?,
            rebuild: from.flag()?,
            create_postoffices: from.flag()?,
            receive_updates: from.flag()?,
        };
        let (last_import, last_export) = (from.long()?, from.long()?);
        let queues = [
            from.pointer()?,
            from.pointer()?,
            from.pointer()?,
            from.pointer()?,
        ];
        Ok(Self {
            req_sync,
            srv_sync,
            imp_sync,
            server,
            server_mailbox,
            password,
            types,
            options,
            limit,
            last_import,
            last_export,
            queues,
        })
    }
}
