//! DIRSYNC.LOG, written for people, and DSSERVER.LOG, written for the server (Q149271).

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use runsheet_step::Moment;

use super::Postoffice;

use runsheet_formats::log::{Message, Severity, dirsync, dsserver};
use runsheet_formats::stamp::Stamp;

/// The two logs a requestor's tools write.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Logs {
    /// DIRSYNC.LOG: everything since the postoffice was set up.
    pub dirsync: String,
    /// DSSERVER.LOG: what is to be reported with the next T1.
    pub dsserver: String,
    /// How often a tool has given up.
    pub fatal: u32,
    /// The clock of the machine the tools run on.
    pub clock: Clock,
}

/// The clock that the tools of a postoffice look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Clock {
    /// How far it is ahead of the site's.
    pub ahead: Duration,
    /// Whether the tools are those of before the year-2000 updates, which print the year 2000 as
    /// `100` (Q192158).
    pub unpatched: bool,
}

impl Clock {
    /// What the tools write for a moment.
    #[must_use]
    pub fn stamp(self, at: Moment) -> Stamp {
        let at = at.after(self.ahead);
        if self.unpatched {
            Stamp::unpatched(at)
        } else {
            Stamp::of(at)
        }
    }
}

impl Logs {
    /// Takes the report for the server away; a new one begins.
    pub fn take_report(&mut self) -> Arc<str> {
        std::mem::take(&mut self.dsserver).into()
    }
}

impl Postoffice {
    /// A tool writes a message into the logs that can be written.
    pub(crate) fn log(&mut self, at: Moment, message: Message) {
        let Self {
            logs, conditions, ..
        } = self;
        logs.fatal += u32::from(message.severity == Severity::Fatal);
        let stamp = logs.clock.stamp(at);
        if conditions.write(r"LOG\DSSERVER.LOG").is_ok() {
            let line = dsserver::Line::new(stamp, &message);
            let _ = writeln!(logs.dsserver, "{line}");
        }
        if conditions.write(r"LOG\DIRSYNC.LOG").is_ok() {
            let line = dirsync::Line::new(stamp, message);
            let _ = writeln!(logs.dirsync, "{line}");
        }
    }

    /// Puts text at the end of a log of another program, such as `LOG\CENTRAL.LOG`; whether it can
    /// be written.
    pub(crate) fn append(&mut self, path: &str, text: &str) -> bool {
        let usable = self.conditions.write(path).is_ok() && !self.disk_full;
        if usable {
            self.texts
                .entry(path.to_owned())
                .or_default()
                .push_str(text);
        }
        usable
    }

    /// A line without a number: a banner, a count.
    pub(crate) fn say(&mut self, at: Moment, text: &str) {
        self.log(at, Message::free(Severity::Status, text));
    }

    /// A numbered status line.
    pub(crate) fn status(&mut self, at: Moment, number: u16, arguments: &[&str]) {
        self.log(at, Message::new(Severity::Status, number, arguments));
    }

    /// A numbered warning.
    pub(crate) fn warning(&mut self, at: Moment, number: u16, arguments: &[&str]) {
        self.log(at, Message::new(Severity::Warning, number, arguments));
    }

    /// A numbered error.
    pub(crate) fn error(&mut self, at: Moment, number: u16, arguments: &[&str]) {
        self.log(at, Message::new(Severity::Error, number, arguments));
    }

    /// A numbered message that a tool gives up with.
    pub(crate) fn fatal(&mut self, at: Moment, number: u16, arguments: &[&str]) {
        self.log(at, Message::new(Severity::Fatal, number, arguments));
    }
}

#[cfg(test)]
mod tests {
    use runsheet_formats::address::Address;

    use super::*;

    #[test]
    fn lines_look_like_those_of_q149271() {
        let address = Address::parse("NORTH/SALES/$SYSTEM").unwrap();
        let mut sales = Postoffice::new("SALES", address.postoffice.clone(), address);
        let at = crate::clock::START;
        sales.say(at, "Microsoft (R) Mail DirSync Requestor V3.5.12");
        sales.status(at, 105, &["0"]);
        let logs = &sales.logs;
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
