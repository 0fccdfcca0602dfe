//! The files of a postoffice, as its state says they must look (Q77926).
//!
//! In this first form the lab keeps no disk: every file is computed when it is asked for.

use std::collections::BTreeMap;

use super::Postoffice;
use crate::directory::List;

/// What can be seen of a file from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFact {
    /// Its size in bytes.
    pub size: u64,
    /// Its text, if it holds text.
    pub text: Option<String>,
}

impl FileFact {
    fn binary(size: u64) -> Self {
        Self { size, text: None }
    }

    fn text(text: &str) -> Self {
        Self {
            size: text.len() as u64,
            text: Some(text.to_owned()),
        }
    }
}

impl Postoffice {
    /// A file by its path: `GLB\REQCONF.GLB`, with or without the postoffice's drive, slashes
    /// either way, case not minded.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileFact> {
        let path = self.normal(path)?;
        if let Some(name) = path.strip_prefix(r"LOG\") {
            return self.log_file(name);
        }
        let size = self
            .fixed_size(&path)
            .or_else(|| self.sizes().remove(&path))?;
        Some(FileFact::binary(size))
    }

    /// Every file, with its path from the root of the postoffice.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, FileFact> {
        let mut files = BTreeMap::new();
        for path in FIXED.iter().map(|(path, _)| (*path).to_owned()) {
            let size = self.fixed_size(&path).unwrap_or_default();
            files.insert(path, FileFact::binary(size));
        }
        for (path, size) in self.sizes() {
            files.insert(path, FileFact::binary(size));
        }
        for name in ["DIRSYNC.LOG", "DSSERVER.LOG"] {
            if let Some(file) = self.log_file(name) {
                files.insert(format!(r"LOG\{name}"), file);
            }
        }
        files
    }

    /// The path as files are kept under: no drive, backslashes, upper case. Nothing for a path on
    /// another drive.
    pub(crate) fn normal(&self, path: &str) -> Option<String> {
        let path = path.replace('/', r"\").to_ascii_uppercase();
        let path = match path.split_once(':') {
            Some((drive, rest)) if drive == self.drive.to_string() => rest.to_owned(),
            Some(_) => return None,
            None => path,
        };
        Some(path.trim_start_matches('\\').to_owned())
    }

    fn fixed_size(&self, path: &str) -> Option<u64> {
        let fixed = FIXED.iter().find(|(fixed, _)| *fixed == path);
        fixed.map(|(_, size)| *size)
    }

    fn log_file(&self, name: &str) -> Option<FileFact> {
        let text = match name {
            "DIRSYNC.LOG" => &self.logs.dirsync,
            "DSSERVER.LOG" => &self.logs.dsserver,
            _ => return None,
        };
        (!self.logs.dirsync.is_empty()).then(|| FileFact::text(text))
    }

    fn sizes(&self) -> BTreeMap<String, u64> {
        let mut sizes = BTreeMap::new();
        let mut put = |path: &str, size: u64| sizes.insert(path.to_owned(), size);
        put(r"GLB\REQTRANS.GLB", self.queue.size());
        let received: u64 = self.received.iter().map(|it| it.updates.size()).sum();
        put(
            r"GLB\SRVTRANS.GLB",
            if self.busy.importing { 0 } else { received },
        );
        put(
            r"GLB\USRTRANS.GLB",
            if self.busy.importing { received } else { 0 },
        );
        put(r"NME\ADMIN.NME", 45 * self.users.len() as u64);
        put(r"NME\GAL.NME", 45 * self.gal_entries() as u64);
        put(r"GLB\GALINDEX.GLB", 52 * 4 + 6 * self.gal_words());
        put(
            r"GLB\GALNETPO.GLB",
            4 + 43 * self.gal.others.postoffices() as u64,
        );
        put(r"GLB\NETPO.GLB", 4 + 43 * self.others().count() as u64);
        put(r"MBG\SYSTEM.MBG", 116 * self.system_slots as u64);
        if self.busy.importing {
            put(r"GLB\SORTLOCK.GLB", 0);
        }
        if self.busy.rebuilding {
            put(r"NME\TMP00001.NME", 45 * self.gal_entries() as u64);
            put(r"GLB\GALINDE$.GLB", 52 * 4);
        }
        for (number, (_, list)) in self.others().enumerate() {
            put(
                &format!(r"USR\{:08X}.USR", number + 1),
                53 * list.len() as u64,
            );
        }
        for mail in &self.outgoing {
            put(&format!(r"P1\{:08X}.P1", mail.id), mail.size());
        }
        sizes
    }

    /// The words of all full names in the Global Address List: what GALINDEX indexes (Q86375).
    fn gal_words(&self) -> u64 {
        let words = |list: &List| -> usize {
            let names = list.values();
            names.map(|name| name.split_whitespace().count()).sum()
        };
        let others = self.gal.others.lists();
        let others = others.filter(|(name, _)| **name != self.name);
        let others: usize = others.map(|(_, list)| words(list)).sum();
        (words(&self.gal.own) + others) as u64
    }
}

/// Files whose size never changes, and queues that stay empty here: no gateway is simulated.
const FIXED: [(&str, u64); 13] = [
    (r"GLB\CONTROL.GLB", 8),
    (r"GLB\FLAG.GLB", 2),
    (r"GLB\GWTRANS.GLB", 0),
    (r"GLB\MASTER.GLB", 176),
    (r"GLB\NMETRANS.GLB", 0),
    (r"GLB\PROCESS.GLB", 512),
    (r"GLB\REQCONF.GLB", 512),
    (r"GLB\TID.GLB", 4),
    (r"KEY\INQUEUE.KEY", 560),
    (r"KEY\INQUEUE3.KEY", 560),
    (r"KEY\SYSTEM.KEY", 560),
    (r"MBG\INQUEUE.MBG", 0),
    (r"MBG\INQUEUE3.MBG", 0),
];
