//! DIRSYNC.LOG: what a postoffice's tools did, for people (Q149271).

use std::fmt;

use super::Message;
use super::head::Head;
use crate::stamp::Stamp;

/// A line: `03/22/94 15:43:45 | Warning[ 27] Alias already exists Doe, John D` (Q118447).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// When it was written.
    pub stamp: Stamp,
    /// What it says.
    pub message: Message,
    /// How severity and number are set.
    pub head: Head,
}

impl Line {
    /// The line that tools write: status messages without their number, others with it in three
    /// columns.
    #[must_use]
    pub fn new(stamp: Stamp, message: Message) -> Self {
        let head = Head::new(message.severity, message.number.is_some());
        Self {
            stamp,
            message,
            head,
        }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Says what is not as DIRSYNC.LOG has it: the stamp, the bar, the severity, the number, or a
    /// text that is not that number's.
    pub fn parse(line: &str) -> Result<Self, String> {
        let (stamp, rest) = super::begin(line)?;
        let (head, number, text) = Head::parse(rest)?;
        let message = head.message(number, text)?;
        Ok(Self {
            stamp,
            message,
            head,
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head.print(self.message.number.unwrap_or_default());
        let line = format!("{} | {head}{}", self.stamp, self.message.text);
        f.write_str(line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Severity, squeezed};

    #[test]
    fn lines_are_printed_as_they_were_read() {
        for line in [
            "03/22/94 15:43:25 | Status       Microsoft (R) Mail Import V3.2",
            "03/22/94 15:43:45 | Warning[ 27] Alias already exists Doe, John D",
            "06/12/95 16:52:23 | Fatal [ 7] Error renaming file: M:INF\\IMPORT.INF",
            "02/02/96 13:18 | Fatal [91] The database is locked by another process: ADMIN",
            "02/02/96 13:18 | Fatal [  ]   Mailbox name: Admin.",
            "02/02/96 13:18 | Error [ 081] No mailbox name",
            "01/01/100 10:50:31 | Status  Report from NETWORK/POSTOFFICE/$SYSTEM",
            "03/13/96 15:34:17 | Status",
            "06/05/94 02:00:01 | Warning [ 4] Error reading file: MSTTRANS",
            "06/05/94 02:00:01 | Error [ ] PCM:Net/PO",
            "06/05/94 02:00:01 | Fatal 113 Failure to send mail to NET/PO/$SYSTEM",
            "03/13/96 15:34:17 | Status       something nobody has written down",
        ] {
            let read = Line::parse(line).unwrap();
            assert_eq!(squeezed(&read.to_string()), squeezed(line));
        }
    }

    #[test]
    fn number_and_text_must_agree() {
        for wrong in [
            "03/22/94 15:43:45 | Warning[ 28] Alias already exists Doe, John D",
            "03/22/94 15:43:45 | Warning[ 27] Alias alredy exists Doe, John D",
            "03/22/94 15:43:45 | Warning[ 95] Alias already exists Doe, John D",
            "03/13/96 15:27:08 | Status       No requestor update to send",
            "03/22/94 15:43:45 Warning[ 27] Alias already exists Doe, John D",
            "03/22/94 15:43:45 | Warnin[ 27] Alias already exists Doe, John D",
            "03/22/94 15:43:45 | Warning[ 27]Alias already exists Doe, John D",
        ] {
            assert!(Line::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn tools_print_a_status_without_its_number() {
        let (stamp, _) = Stamp::begin("03/13/96 15:32:50").unwrap();
        let received = Message::new(Severity::Status, 105, &["0"]);
        assert_eq!(
            Line::new(stamp, received.clone()).to_string(),
            "03/13/96 15:32:50 | Status       Requestor updates received: 0"
        );
        let read = Line::parse("03/13/96 15:32:50 | Status Requestor updates received: 0");
        assert_eq!(read.unwrap().message, received);
    }
}
