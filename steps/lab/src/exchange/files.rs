//! The files of an Exchange server: those of its connector postoffice, and what the Directory
//! Synchronization service keeps in Dxadata.

use crate::path::parted;
use crate::postoffice::files::FileFact;

use super::Exchange;
use super::connector::Connector;

/// Where the connector postoffice is (Q149451).
const MAILDATA: &str = r"CONNECT\MSMCON\MAILDATA\";
/// Where the service leaves and looks for a RESYNC.GLB, if `DXADataPath` says nothing else (Q150976,
/// Q156124).
pub(crate) const RESYNC: &str = r"DXADATA\RESYNC.GLB";

/// The bytes of a message's header in a mailbag.
const HEADER: u64 = 116;

/// Files of the connector postoffice whose size never changes; there is no PROCESS.GLB (Q149451).
const FIXED: [(&str, u64); 6] = [
    (r"GLB\CONTROL.GLB", 8),
    (r"GLB\FLAG.GLB", 2),
    (r"GLB\MASTER.GLB", 176),
    (r"GLB\TID.GLB", 4),
    (r"KEY\INQUEUE.KEY", 560),
    (r"KEY\INQUEUE3.KEY", 560),
];

impl Exchange {
    /// A path below the directory of Exchange: upper case, without drive, machine and share.
    #[must_use]
    pub(crate) fn normal(&self, path: &str) -> String {
        let path = path.replace('/', r"\").to_ascii_uppercase();
        let share = format!(r"\\{}\MAILDAT$\", self.host.to_ascii_uppercase());
        if let Some(rest) = path.strip_prefix(&share) {
            return format!("{MAILDATA}{rest}");
        }
        let path = parted(&path).rest;
        let below = path.strip_prefix(r"EXCHSRVR\").map(str::to_owned);
        below.unwrap_or(path)
    }

    /// Every file there is, by its path.
    #[must_use]
    pub fn files(&self) -> Vec<(String, FileFact)> {
        let connector = self.connector.files().into_iter();
        let mut files: Vec<_> = connector
            .map(|(path, fact)| (format!("{MAILDATA}{path}"), fact))
            .collect();
        if let Some(resync) = &self.dx.resync {
            files.push((RESYNC.to_owned(), FileFact::binary(resync.size())));
        }
        let texts = self.texts.iter();
        files.extend(texts.map(|(path, text)| (path.clone(), FileFact::text(text))));
        files
    }

    /// Writes a file anew. Where the place is none, nothing is written; inferred.
    pub(crate) fn write_text(&mut self, path: &str, text: &str) {
        let path = self.normal(path);
        let is_place =
            !path.is_empty() && path.split('\\').all(|it| !["", ".", ".."].contains(&it));
        if is_place && self.file(&path).is_none_or(|it| it.text.is_some()) {
            self.texts.insert(path, text.to_owned());
        }
    }

    /// A file, if it is there.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileFact> {
        let path = self.normal(path);
        let mut files = self.files().into_iter();
        files.find(|(it, _)| *it == path).map(|(_, fact)| fact)
    }

    /// The files of a directory, by their names; nothing where there is no such directory.
    #[must_use]
    pub fn folder(&self, path: &str) -> Option<Vec<(String, FileFact)>> {
        let inside = format!(r"{}\", self.normal(path).trim_end_matches('\\'));
        let files = self.files().into_iter();
        let below = files.filter_map(|(path, fact)| {
            let name = path.strip_prefix(&inside)?;
            (!name.contains('\\')).then(|| (name.to_owned(), fact))
        });
        let below: Vec<_> = below.collect();
        let is_there =
            !below.is_empty() || inside == r"DXADATA\" || inside == format!(r"{MAILDATA}P1\");
        is_there.then_some(below)
    }
}

impl Connector {
    /// The files of the connector postoffice, by their path below its root.
    fn files(&self) -> Vec<(String, FileFact)> {
        let mut files = Vec::new();
        for (path, size) in FIXED {
            files.push((path.to_owned(), FileFact::binary(size)));
        }
        let bag = |count: usize| FileFact::binary(HEADER * count as u64);
        files.push((r"MBG\INQUEUE.MBG".to_owned(), bag(0)));
        files.push((r"MBG\INQUEUE3.MBG".to_owned(), bag(self.inbound.len())));
        let special = self.mailbags.keys();
        let mailbags: std::collections::BTreeSet<_> = self.outbound.keys().chain(special).collect();
        for postoffice in mailbags {
            let special = self.mailbags.get(postoffice).copied().unwrap_or_default();
            if special.missing {
                continue;
            }
            let number = Self::mailbag_number(*postoffice);
            let waiting = self.outbound.get(postoffice).map_or(0, Vec::len);
            files.push((format!(r"KEY\{number:08X}.KEY"), FileFact::binary(560)));
            let mailbag = bag(waiting + special.others);
            files.push((format!(r"MBG\{number:08X}.MBG"), mailbag));
        }
        for mail in self.inbound.iter().chain(self.outbound.values().flatten()) {
            let path = format!(r"MAI\MA{:X}\{}.MAI", mail.id % 16, mail.number());
            files.push((path, FileFact::binary(mail.size())));
        }
        for (path, text) in [
            (r"LOG\SENT.LOG", &self.sent),
            (r"LOG\RECV.LOG", &self.received),
        ] {
            if !text.is_empty() {
                files.push((path.to_owned(), FileFact::text(text)));
            }
        }
        let there = |(path, _): &(String, FileFact)| {
            use crate::postoffice::condition::Condition::Missing;
            self.conditions.of(path) != Some(&Missing)
        };
        files.into_iter().filter(there).collect()
    }
}
