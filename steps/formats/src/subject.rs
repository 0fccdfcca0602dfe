//! Subjects of dir-sync mail, with the numbers an operator compares (Q147464, Q162841).

pub mod numbers;

use std::fmt;

use crate::address::PostofficeName;
use crate::form::Form;
use crate::sentence::Sentence;
use numbers::Numbers;

/// A header keeps this many characters of a subject (Q156844, Q97025).
const HEADER: usize = 40;

/// The subject of a requestor's updates, spaced and punctuated as in Q147464.
///
/// `r` is the newest number in REQTRANS, `was` the acknowledged one, `s` and `i` come from REQCONF.
#[must_use]
pub fn request(r: u32, was: u32, s: u32, i: u32, sent: usize) -> String {
    format!("ReqTx R={r} (was {was}), S={s}, I={i}, {sent} sent")
}

/// The subject of the server's reply, punctuated as a real one in Q162841.
///
/// `r` echoes the request, `s` is the new server number, `was` the one the requestor had.
#[must_use]
pub fn reply(r: u32, s: u32, was: u32, i: u32, sent: usize) -> String {
    format!("SrvTx R={r} S={s} (was {was}), I={i} {sent} sent")
}

/// The subject of a status report.
#[must_use]
pub fn status(from: &PostofficeName) -> String {
    format!("Status report from {from}")
}

/// The subject of an import request. Inferred: no article prints it.
#[must_use]
pub fn import_request(from: &PostofficeName) -> String {
    format!("Import request from {from}")
}

/// What a header keeps of a subject: its first 40 characters.
#[must_use]
pub fn cut(subject: &str) -> &str {
    match subject.char_indices().nth(HEADER) {
        Some((end, _)) => &subject[..end],
        None => subject,
    }
}

/// Subjects without numbers: status report (Q133428), the import request of a gateway (Q118298)
/// and of our tools.
const OTHERS: &[Form] = &[
    Form("Status report from {po}"),
    Form("$SYSTEM Status report from {po}"),
    Form("Directory Exchange Profile"),
    Form("Import request from {po}"),
];

/// The subject of a dir-sync message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Of a request or a reply.
    Numbers(Numbers),
    /// Of any other message.
    Other(Sentence),
}

impl Subject {
    /// Reads a subject, as it stands in a header or as queues show it.
    ///
    /// # Errors
    /// Says that it is the subject of no dir-sync message.
    pub fn parse(text: &str) -> Result<Self, String> {
        match Sentence::read(OTHERS, text) {
            Ok(sentence) => Ok(Self::Other(sentence)),
            Err(_) => Numbers::parse(text).map(Self::Numbers),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbers(numbers) => numbers.fmt(f),
            Self::Other(sentence) => sentence.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let sales = PostofficeName::parse("NORTH/SALES").unwrap();
        let subjects = [
            request(8, 5, 40, 1, 3),
            reply(8, 53, 40, 1, 13),
            status(&sales),
            import_request(&sales),
            cut(&reply(3, 87_298, 0, 2, 15_603)).to_owned(),
        ];
        for subject in subjects {
            assert_eq!(Subject::parse(&subject).unwrap().to_string(), subject);
        }
        assert!(Subject::parse("Status report form NORTH/SALES").is_err());
        assert!(Subject::parse("Lunch?").is_err());
    }

    #[test]
    fn a_long_reply_is_cut_as_in_q162841() {
        let subject = reply(3, 87_298, 0, 2, 15_603);
        assert_eq!(subject, "SrvTx R=3 S=87298 (was 0), I=2 15603 sent");
        assert_eq!(cut(&subject), "SrvTx R=3 S=87298 (was 0), I=2 15603 sen");
    }

    #[test]
    fn a_request_of_small_numbers_fits() {
        let subject = request(8, 5, 40, 1, 3);
        assert_eq!(subject, "ReqTx R=8 (was 5), S=40, I=1, 3 sent");
        assert_eq!(cut(&subject), subject);
    }
}
