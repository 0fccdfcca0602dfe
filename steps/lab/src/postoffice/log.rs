//! DIRSYNC.LOG, written for people, and DSSERVER.LOG, written for the server (Q149271).

use std::fmt::Write;
use std::sync::Arc;

use runsheet_step::Moment;

use runsheet_formats::stamp::log_stamp;

/// The two logs a requestor's tools write.
#[derive(Debug, Clone, Default)]
pub struct Logs {
    /// DIRSYNC.LOG: everything since the postoffice was set up.
    pub dirsync: String,
    /// DSSERVER.LOG: what is to be reported with the next T1.
    pub dsserver: String,
}

/// How bad a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// All is well.
    Status,
    /// It will not work.
    Fatal,
}

/// A numbered message of the dir-sync tools (Q96001 to Q96004).
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// How bad it is.
    pub severity: Severity,
    /// Its number in the catalogue; -1 for free text.
    pub number: i32,
    /// What a person reads.
    pub text: &'a str,
    /// What the server reads.
    pub arguments: &'a str,
}

impl Logs {
    /// Writes one message into both logs.
    pub fn write(&mut self, at: Moment, message: Message<'_>) {
        let stamp = log_stamp(at);
        let (word, digit) = match message.severity {
            Severity::Status => ("Status       ".to_owned(), 1),
            Severity::Fatal => (format!("Fatal [{:>3}] ", message.number), 2),
        };
        let line = format!("{stamp} | {word}{}", message.text);
        let _ = writeln!(self.dirsync, "{}", line.trim_end());
        let Message {
            number, arguments, ..
        } = message;
        let line = format!("{stamp} | {digit} {number:>3} {arguments}");
        let _ = writeln!(self.dsserver, "{}", line.trim_end());
    }

    /// Writes a line that has no number.
    pub fn say(&mut self, at: Moment, text: &str) {
        let message = Message {
            severity: Severity::Status,
            number: -1,
            text,
            arguments: text,
        };
        self.write(at, message);
    }

    /// Takes the report for the server away; a new one begins.
    pub fn take_report(&mut self) -> Arc<str> {
        std::mem::take(&mut self.dsserver).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_look_like_those_of_q149271() {
        let mut logs = Logs::default();
        let at = crate::clock::START;
        logs.say(at, "Microsoft (R) Mail DirSync Requestor V3.5.12");
        let received = Message {
            severity: Severity::Status,
            number: 105,
            text: "Requestor updates received: 0",
            arguments: "0",
        };
        logs.write(at, received);
        assert_eq!(
            logs.dirsync,
            "01/29/98 08:00:00 | Status       Microsoft (R) Mail DirSync Requestor V3.5.12\n\
             01/29/98 08:00:00 | Status       Requestor updates received: 0\n"
        );
        assert_eq!(
            logs.dsserver,
            "01/29/98 08:00:00 | 1  -1 Microsoft (R) Mail DirSync Requestor V3.5.12\n\
             01/29/98 08:00:00 | 1 105 0\n"
        );
    }
}
