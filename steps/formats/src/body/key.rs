//! The settings of a dir-sync message, and what each may say (Q118298, Q106623, Q159294).

use crate::import_file::kind;
use crate::import_file::refusal::Refusal;

/// A setting. The manual that lists them all is lost; PASSWORD and VERSION are inferred from the
/// messages 156 and 157 that are about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// What is asked for.
    Task,
    /// Who asks, in an import request.
    Name,
    /// Who asks, in an export.
    ReqName,
    /// The types of addresses that are asked for, with bars between.
    Types,
    /// Whether templates are asked for.
    Template,
    /// The server number that the requestor has.
    SrvSeq,
    /// The requestor's newest number.
    ReqSeq,
    /// The imports up to now.
    ImpSeq,
    /// Where the transactions are.
    Transactions,
    /// The requestor's password.
    Password,
    /// The version of the requestor's software.
    Version,
}

/// Every setting with its name.
const NAMES: [(Key, &str); 11] = [
    (Key::Task, "TASK"),
    (Key::Name, "NAME"),
    (Key::ReqName, "REQNAME"),
    (Key::Types, "TYPES"),
    (Key::Template, "TEMPLATE"),
    (Key::SrvSeq, "SRVSEQ"),
    (Key::ReqSeq, "REQSEQ"),
    (Key::ImpSeq, "IMPSEQ"),
    (Key::Transactions, "TRANSACTIONS"),
    (Key::Password, "PASSWORD"),
    (Key::Version, "VERSION"),
];

/// What may be asked for: the first two are documented, the server's answers inferred.
const TASKS: [&str; 4] = ["IMPORTREQ", "EXPORT", "UPDATE", "IMPORTREPLY"];
/// Where transactions may be; `internal` is as in GLB files (Q159294).
const PLACES: [&str; 3] = ["INATTACHMENT", "INBODY", "INTERNAL"];

impl Key {
    /// The setting of a name, in capitals or not.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = NAMES.iter().find(|(_, it)| it.eq_ignore_ascii_case(name));
        found.map(|(key, _)| *key)
    }

    /// Its name, in capitals.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(key, _)| *key == self);
        found.map_or("", |(_, name)| name)
    }

    /// Checks a value.
    ///
    /// # Errors
    /// 155 for a task nobody knows (Q96004), 124 for anything else.
    pub fn check(self, value: &str) -> Result<(), Refusal> {
        let among = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(value));
        let number = |width| value.len() == width && value.bytes().all(|it| it.is_ascii_digit());
        let right = match self {
            Self::Task if !among(&TASKS) => return Err(Refusal::new(155, value)),
            Self::Task => true,
            Self::Name | Self::ReqName => is_requestor(value),
            Self::Types => value.split('|').all(|it| kind::named(it).is_some()),
            Self::Template => among(&["YES", "NO"]),
            Self::SrvSeq | Self::ReqSeq | Self::ImpSeq => number(10),
            Self::Transactions => among(&PLACES),
            Self::Password => value.chars().count() <= 10,
            Self::Version => !value.is_empty(),
        };
        let refused = || Refusal::new(124, &format!("{}={value}", self.name()));
        right.then_some(()).ok_or_else(refused)
    }
}

/// `PCM:NETWORK/POSTOFFICE`.
fn is_requestor(value: &str) -> bool {
    value.split_once(':').is_some_and(|(name, list)| {
        let kind = kind::named(name);
        kind.is_some_and(|kind| !list.is_empty() && kind.check_list(list).is_ok())
    })
}
