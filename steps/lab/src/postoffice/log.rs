//! DIRSYNC.LOG, written for people, and DSSERVER.LOG, written for the server (Q149271).

use std::fmt::Write;
use std::sync::Arc;

use runsheet_step::Moment;

use runsheet_formats::log::{Message, Severity, dirsync, dsserver};
use runsheet_formats::stamp::Stamp;

/// The two logs a requestor's tools write.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Logs {
    /// DIRSYNC.LOG: everything since the postoffice was set up.
    pub dirsync: String,
    /// DSSERVER.LOG: what is to be reported with the next T1.
    pub dsserver: String,
}

impl Logs {
    /// Writes one message into both logs.
    pub fn write(&mut self, at: Moment, message: Message) {
        let stamp = Stamp::of(at);
        let line = dsserver::Line::new(stamp, &message);
        let _ = writeln!(self.dsserver, "{line}");
        let line = dirsync::Line::new(stamp, message);
        let _ = writeln!(self.dirsync, "{line}");
    }

    /// Writes a line that has no number.
    pub fn say(&mut self, at: Moment, text: &str) {
        self.write(at, Message::free(Severity::Status, text));
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
        let received = Message::new(Severity::Status, 105, &["0"]);
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
