//! The files of a postoffice, as its state says they must look (Q77926).
//!
//! A lab in memory keeps no bytes: what is seen of a file is worked out when it is asked for.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_formats::catalogue;

use super::Postoffice;
use super::condition::Condition;
use super::incoming::{Received, Resync};
use super::work_queue::WorkQueue;
use crate::directory::List;
use crate::path::parted;
use crate::tools::rebuild::{INDEX, RENAMED, SORTED};

/// What can be seen of a file from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFact {
    /// Its size in bytes.
    pub size: u64,
    /// Its text, if it holds text.
    pub text: Option<String>,
}

impl FileFact {
    pub(crate) fn binary(size: u64) -> Self {
        Self { size, text: None }
    }

    pub(crate) fn text(text: &str) -> Self {
        Self {
            size: text.len() as u64,
            text: Some(text.to_owned()),
        }
    }
}

/// The bytes of an envelope in P1.
const ENVELOPE: u64 =
    <runsheet_formats::files::p1::Envelope as runsheet_formats::files::block::Block>::SIZE as u64;

/// The logs that the tools of dir-sync keep.
const LOGS: [&str; 2] = [r"LOG\DIRSYNC.LOG", r"LOG\DSSERVER.LOG"];

/// How large a file is, if it is there.
type Size = fn(&Postoffice) -> Option<u64>;

/// The files that have names of their own.
const NAMED: &[(&str, Size)] = &[
    (r"GLB\CONTROL.GLB", |_| Some(8)),
    (r"GLB\DS_MSG.GLB", |_| Some(texts_size())),
    (r"GLB\ERRORADM.GLB", |_| Some(texts_size())),
    (r"GLB\FLAG.GLB", |_| Some(2)),
    (INDEX, |it| it.beside.as_ref().map(|_| 52 * 4)),
    (r"GLB\GALINDEX.GLB", |it| {
        Some(52 * 4 + 6 * it.gal.words(&it.name) as u64)
    }),
    (r"GLB\GALNETPO.GLB", |it| {
        Some(4 + 43 * it.gal.postoffices(&it.name) as u64)
    }),
    (r"GLB\GWTRANS.GLB", |it| {
        Some(it.size_in(WorkQueue::Gateways))
    }),
    (r"GLB\IGWTRANS.GLB", |it| {
        let size = || it.size_in(WorkQueue::Gateways);
        it.busy.importing.then(size)
    }),
    (r"GLB\INMETRAN.GLB", |it| {
        let size = || it.size_in(WorkQueue::Changes);
        it.busy.importing.then(size)
    }),
    (r"GLB\IUSRTRAN.GLB", |it| {
        let size = || it.size_in(WorkQueue::Names);
        it.busy.importing.then(size)
    }),
    (r"GLB\MASTER.GLB", |_| Some(176)),
    (r"GLB\MSTTRANS.GLB", Postoffice::msttrans_size),
    (r"GLB\NETPO.GLB", |it| {
        Some(4 + 43 * it.others().count() as u64)
    }),
    (r"GLB\NETWORK.GLB", |it| {
        let networks: BTreeSet<&str> = it.others().map(|(name, _)| name.network()).collect();
        Some(122 * networks.len() as u64)
    }),
    (r"GLB\NMETRANS.GLB", |it| {
        Some(it.size_in(WorkQueue::Changes))
    }),
    (r"GLB\PROCESS.GLB", |it| Some(it.schedule.size())),
    (r"GLB\REQCONF.GLB", |_| Some(512)),
    (r"GLB\REQTRANS.GLB", |it| Some(it.queue.size())),
    (r"GLB\RESYNC.GLB", |it| it.resync.as_ref().map(Resync::size)),
    (r"GLB\SORT0001.GLB", |it| {
        it.busy.importing.then(|| it.received_size())
    }),
    (r"GLB\SORTLOCK.GLB", |it| it.busy.importing.then_some(0)),
    (r"GLB\SRVCONF.GLB", Postoffice::srvconf_size),
    (r"GLB\SRVTRANS.GLB", |it| {
        Some(if it.busy.importing {
            0
        } else {
            it.received_size()
        })
    }),
    (r"GLB\SRVUPDS.GLB", Postoffice::srvupds_size),
    (r"GLB\TID.GLB", |_| Some(4)),
    (r"GLB\TMPTRANS.GLB", Postoffice::tmptrans_size),
    (r"GLB\USRTRANS.GLB", |it| Some(it.size_in(WorkQueue::Names))),
    (r"INF\ADMIN.INF", |_| Some(0)),
    (r"KEY\INQUEUE.KEY", |_| Some(560)),
    (r"KEY\INQUEUE3.KEY", |_| Some(560)),
    (r"KEY\SYSTEM.KEY", |_| Some(560)),
    (r"MBG\INQUEUE.MBG", |_| Some(0)),
    (r"MBG\INQUEUE3.MBG", |_| Some(0)),
    (r"MBG\SYSTEM.MBG", |it| Some(116 * it.system_slots as u64)),
    (r"NME\ADMIN.NME", Postoffice::admin_size),
    (r"NME\ADMINSHD.NME", Postoffice::admin_size),
    (r"NME\GAL.NME", |it| Some(45 * it.gal_entries() as u64)),
    (r"TPL\ADMIN.TPL", |_| Some(0)),
];

/// The bytes of a file with the texts of all messages, each ended by a zero. Inferred: no article
/// tells its form.
fn texts_size() -> u64 {
    let texts = catalogue::entries().iter().flat_map(|entry| entry.texts);
    texts.map(|text| text.len() as u64 + 1).sum()
}

impl Postoffice {
    /// A file by its path: `GLB\REQCONF.GLB`, with or without the postoffice's drive, slashes
    /// either way, case not minded.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileFact> {
        let path = self.normal(path)?;
        if self.is_missing(&path) {
            return None;
        }
        if self.conditions.of(&path) == Some(&Condition::Empty) {
            return Some(FileFact::binary(0));
        }
        let fact = self.sound_file(&path)?;
        Some(self.as_conditioned(&path, fact))
    }

    /// A file as it is if nothing is wrong with it.
    fn sound_file(&self, path: &str) -> Option<FileFact> {
        if let Some(fact) = self.log_file(path).or_else(|| self.text_file(path)) {
            return Some(fact);
        }
        if let Some(size) = self.leftovers.get(path) {
            return Some(FileFact::binary(*size));
        }
        let named = NAMED.iter().find(|(name, _)| *name == path);
        let size = match named {
            Some((_, size)) => size(self)?,
            None => self.numbered_size(path)?,
        };
        Some(FileFact::binary(size))
    }

    /// A file as it looks with what is wrong with it. A corrupt one has the size of what was put
    /// there; it is never empty.
    fn as_conditioned(&self, path: &str, fact: FileFact) -> FileFact {
        match (self.conditions.of(path), self.conditions.found(path)) {
            (Some(Condition::Empty), _) => FileFact::binary(0),
            (Some(Condition::Corrupt), Some(found)) => FileFact::binary(found.len() as u64),
            (Some(Condition::Corrupt), None) if fact.size == 0 => FileFact::binary(1),
            _ => fact,
        }
    }

    /// Every file, with its path from the root of the postoffice.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, FileFact> {
        let named = NAMED
            .iter()
            .filter_map(|(name, size)| Some(((*name).to_owned(), size(self)?)));
        let sizes = named.chain(self.numbered());
        let binary = sizes.map(|(name, size)| (name, FileFact::binary(size)));
        let left = self.leftovers.iter();
        let left = left.map(|(name, size)| (name.clone(), FileFact::binary(*size)));
        let logs = LOGS.iter();
        let logs = logs.filter_map(|name| Some(((*name).to_owned(), self.log_file(name)?)));
        let texts = self.texts.iter();
        let texts = texts.map(|(name, text)| (name.clone(), FileFact::text(text)));
        let all = binary.chain(left).chain(logs).chain(texts);
        let there = all.filter(|(path, _)| !self.is_missing(path));
        let now = there.map(|(path, fact)| {
            let fact = self.as_conditioned(&path, fact);
            (path, fact)
        });
        now.collect()
    }

    fn is_missing(&self, path: &str) -> bool {
        self.conditions.of(path) == Some(&Condition::Missing)
    }

    /// The path as files are kept under: no drive, backslashes, upper case. Nothing for a path on
    /// another drive.
    pub(crate) fn normal(&self, path: &str) -> Option<String> {
        let path = parted(path);
        let own = self.drive.to_string();
        let is_here = path.drive.is_none_or(|drive| drive == own);
        is_here.then_some(path.rest)
    }

    fn log_file(&self, path: &str) -> Option<FileFact> {
        let text = match path {
            r"LOG\DIRSYNC.LOG" => &self.logs.dirsync,
            r"LOG\DSSERVER.LOG" => &self.logs.dsserver,
            _ => return None,
        };
        (!self.logs.dirsync.is_empty()).then(|| FileFact::text(text))
    }

    fn text_file(&self, path: &str) -> Option<FileFact> {
        self.texts.get(path).map(|text| FileFact::text(text))
    }

    /// The files whose names are numbers: a list for each other postoffice, an envelope for each
    /// message in P1, and the list REBUILD is writing.
    fn numbered(&self) -> impl Iterator<Item = (String, u64)> {
        let lists = self.others().zip(1..);
        let lists = lists.map(|((_, list), n)| (format!(r"USR\{n:08X}.USR"), list_size(list)));
        let envelopes = self.outgoing.iter();
        let envelopes = envelopes.map(|mail| (format!(r"P1\{:08X}.P1", mail.id), ENVELOPE));
        let rebuilt = self.rebuilt_size();
        let rebuilt = rebuilt.map(|size| (SORTED.to_owned(), size));
        lists.chain(envelopes).chain(rebuilt)
    }

    /// How large one of them is. A site asks for many files, so not all of them are gone through.
    fn numbered_size(&self, path: &str) -> Option<u64> {
        if path == SORTED {
            return self.rebuilt_size();
        }
        if let Some(id) = number(path, r"P1\", ".P1") {
            let is_there = self.outgoing.iter().any(|mail| mail.id == id);
            return is_there.then_some(ENVELOPE);
        }
        let number = number(path, r"USR\", ".USR")?;
        let before = usize::try_from(number).ok()?.checked_sub(1)?;
        self.others().nth(before).map(|(_, list)| list_size(list))
    }

    fn rebuilt_size(&self) -> Option<u64> {
        let recovered = self.leftovers.contains_key(RENAMED[0].1);
        let rebuilt = self.beside.as_ref().filter(|_| !recovered)?;
        Some(45 * rebuilt.entries(&self.name) as u64)
    }

    /// The Postoffice Address List: its users, and the others somebody put there.
    fn admin_size(&self) -> Option<u64> {
        Some(45 * (self.users.len() + self.external_names.len()) as u64)
    }

    fn received_size(&self) -> u64 {
        self.received.iter().map(Received::size).sum()
    }
}

/// The list of another postoffice.
fn list_size(list: &List) -> u64 {
    53 * list.len() as u64
}

/// The number that is the name of a file, in hexadecimal: `P1\0000001A.P1`.
fn number(path: &str, folder: &str, extension: &str) -> Option<u32> {
    let name = path.strip_prefix(folder)?.strip_suffix(extension)?;
    let is_number = name.len() == 8 && name.bytes().all(|it| it.is_ascii_hexdigit());
    is_number.then(|| u32::from_str_radix(name, 16).ok())?
}
