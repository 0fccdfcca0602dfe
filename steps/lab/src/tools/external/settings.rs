//! What EXTERNAL is told: by its command line, and where that is silent by EXTERNAL.INI beside it
//! (Q96060).
//!
//! | key | switch | meaning |
//! | --- | --- | --- |
//! | `DrivesDirectPO` | `-d` | the drives of the postoffices it serves |
//! | `LogSent` | `-ms` | SENT.LOG |
//! | `LogReceive` | `-mr` | RECV.LOG |
//! | `LogSession` | `-l` | SESSION.LOG |
//! | `DriveHomePO`, `CommDisable`, `MinKDiskFull`, `MinKDiskNotFull` | | change nothing here |

use crate::lab::{Lab, Role};
use crate::tools::CommandLine;
use crate::tools::settings_file;

/// The program whose file it is.
const PROGRAM: &str = "External";

/// What EXTERNAL is told to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// Its drives, as they were written.
    pub(super) drives: String,
    /// Whether SENT.LOG is written.
    pub(super) sent: bool,
    /// Whether RECV.LOG is written.
    pub(super) received: bool,
    /// Whether SESSION.LOG is written.
    pub(super) session: bool,
}

impl Settings {
    /// What counts on a machine.
    pub(super) fn of(line: &CommandLine, lab: &Lab, place: Role) -> Self {
        let text = settings_file::text(PROGRAM, lab, place);
        let mut settings = Self::default();
        for (key, value) in settings_file::lines(&text, PROGRAM, settings_file::instance(line)) {
            settings.set(key, value);
        }
        for (key, value) in settings_file::typed(line) {
            settings.set(key, value);
        }
        if let Some(range) = line.value('d') {
            settings.drives = range.to_owned();
        }
        settings.sent |= line.has_value('m', "s");
        settings.received |= line.has_value('m', "r");
        settings.session |= line.has('l');
        settings
    }

    fn set(&mut self, key: &str, value: &str) {
        let on = !value.eq_ignore_ascii_case("no");
        match key.to_ascii_lowercase().as_str() {
            "drivesdirectpo" => self.drives = value.to_owned(),
            "logsent" => self.sent = on,
            "logreceive" => self.received = on,
            "logsession" => self.session = on,
            _ => {}
        }
    }
}
