//! RESYNC.GLB: every list the server has, with the numbers to go on from (Q119449, Q122751).
//!
//! Three lines name the numbers, ten digits each as in dir-sync mail (Q118298); records follow as in
//! every queue. That the lines stand before the records, in this order, is inferred.

use super::corrupt::Corrupt;
use super::field::Reader;
use super::record::{self, Broken, Record};

/// The file's name.
pub const FILE: &str = "RESYNC.GLB";
const KEYS: [&str; 3] = ["IMPSEQ", "REQSEQ", "SRVSEQ"];
const LINE: usize = 6 + 1 + 10 + 2;

/// RESYNC.GLB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resync {
    /// IMPSEQ: the imports done, with this one.
    pub imp_sync: u32,
    /// REQSEQ: the highest number any requestor has reached.
    pub req_sync: u32,
    /// SRVSEQ: the number the server has reached for itself.
    pub srv_sync: u32,
    /// The lists, as replacements and additions.
    pub records: Vec<Record>,
}

impl Resync {
    /// The bytes of the file.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let numbers = [self.imp_sync, self.req_sync, self.srv_sync];
        let lines = KEYS.iter().zip(numbers);
        let lines = lines.map(|(key, number)| format!("{key}={number:010}\r\n"));
        let mut bytes = lines.collect::<String>().into_bytes();
        bytes.extend(record::encode(&self.records));
        bytes
    }

    /// Reads the file.
    ///
    /// # Errors
    /// The first place that is not as it should be.
    pub fn decode(bytes: &[u8]) -> Result<Self, Corrupt> {
        let mut from = Reader::new(FILE, bytes);
        let mut numbers = [0; 3];
        for (number, key) in numbers.iter_mut().zip(KEYS) {
            *number = line(&mut from, key)?;
        }
        let head = from.at();
        let moved = |Broken { corrupt, .. }| Corrupt {
            offset: corrupt.offset + head as u64,
            ..corrupt
        };
        let [imp_sync, req_sync, srv_sync] = numbers;
        Ok(Self {
            imp_sync,
            req_sync,
            srv_sync,
            records: record::decode(FILE, &bytes[head..]).map_err(moved)?,
        })
    }
}

fn line(from: &mut Reader<'_>, key: &str) -> Result<u32, Corrupt> {
    let at = from.at();
    let wrong = |from: &Reader<'_>| from.corrupt_at(at, format!("a line `{key}=0000000000`"));
    let line = from.raw(LINE).map_err(|_| wrong(from))?;
    let line = std::str::from_utf8(line).map_err(|_| wrong(from))?;
    let digits = line.strip_prefix(key).and_then(|it| it.strip_prefix('='));
    let digits = digits.and_then(|it| it.strip_suffix("\r\n"));
    let digits = digits.filter(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|it| it.parse().ok());
    number.ok_or_else(|| wrong(from))
}
