//! What DISPATCH is told: by its command line, and where that is silent by DISPATCH.INI beside it
//! (Q96060).
//!
//! | key | switch | meaning |
//! | --- | --- | --- |
//! | `DriveHomePO` | | the drive of the postoffice that has DISPATCH.LOG; otherwise the first |
//! | `DrivesDirectPO` | `-d` | the drives of the postoffices it looks at |
//! | `DrivesDynamic` | | the letters that shares are connected to, as many as are free at once (Q249246) |
//! | `DrivesUNC` | | a share, of a postoffice that has no letter; the key stands once for each (Q249246) |
//! | `LogSession` | | `No`: no DISPATCH.LOG is written |
//! | `IdleProcess` | `-i` | what runs where nothing is due |
//! | `IdleProcessMaxPeriod` | `-tu` | for how many minutes it runs at most: 60 (Q134225) |
//! | `IdleProcessMinPeriod` | `-tl` | for how many at least; changes nothing here |
//! | `IdleTime` | `-n` | how long it waits between; one pass does not wait |
//!
//! Letters are written as on the command line, with or without a colon. That one line may name
//! several shares is inferred.

use std::time::Duration;

use crate::lab::{Lab, Role};
use crate::tools::CommandLine;
use crate::tools::external::drives::{connected, drives};
use crate::tools::settings_file::{self, unquoted};

/// The program whose file it is.
const PROGRAM: &str = "Dispatch";
/// How many minutes the idle process runs at most, if nobody says otherwise; and the most that can be
/// said, a week (Q134225).
const MINUTES: (u16, u16) = (60, 10_080);

/// What DISPATCH is told to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// The drive of its home.
    pub(super) home: Option<char>,
    /// The drives it is to look at, as they were written.
    direct: String,
    /// The drives it looks at.
    pub(super) drives: Vec<char>,
    /// The machines whose shares it connects to.
    pub(super) machines: Vec<String>,
    /// The letters it has to connect them to.
    pub(super) dynamic: Vec<char>,
    /// Whether it keeps no log.
    pub(super) mute: bool,
    /// What it runs where nothing is due.
    pub(super) idle: Vec<String>,
    /// For how many minutes that runs at most, if it is said.
    most: Option<u16>,
}

impl Settings {
    /// What counts on a machine for an instance.
    pub(super) fn of(line: &CommandLine, lab: &Lab, place: Role) -> Self {
        let mut settings = Self::default();
        let text = settings_file::text(PROGRAM, lab, place);
        for (key, value) in settings_file::lines(&text, PROGRAM, settings_file::instance(line)) {
            settings.set(key, value);
        }
        for (key, value) in settings_file::typed(line) {
            settings.set(key, value);
        }
        if let Some(range) = line.value('d') {
            settings.direct = range.to_owned();
        }
        if let Some(command) = line.value('i') {
            settings.idle = words(command);
        }
        let most = line.values('t').find_map(|it| it.strip_prefix(['u', 'U']));
        settings.limit(most.unwrap_or_default());
        settings.drives = connected(&settings.direct, lab, place);
        settings
    }

    /// Takes the most minutes of the idle process, if they are a number.
    fn limit(&mut self, minutes: &str) {
        self.most = minutes.trim().parse().ok().or(self.most);
    }

    /// How long the idle process runs at most.
    pub(super) fn idle_for(&self) -> Duration {
        let (usual, most) = MINUTES;
        let minutes = self.most.unwrap_or(usual).clamp(1, most);
        Duration::from_secs(60 * u64::from(minutes))
    }

    fn set(&mut self, key: &str, value: &str) {
        match key.to_ascii_lowercase().as_str() {
            "drivehomepo" => self.home = drives(value).first().copied(),
            "drivesdirectpo" => self.direct = value.to_owned(),
            "drivesdynamic" => self.dynamic = drives(value),
            "drivesunc" => {
                let shares = value.split([' ', ',', ';']).filter_map(machine);
                self.machines.extend(shares);
            }
            "logsession" => self.mute = value.eq_ignore_ascii_case("no"),
            "idleprocess" => self.idle = words(value),
            "idleprocessmaxperiod" => self.limit(value),
            _ => {}
        }
    }
}

/// The machine of `\\machine\share`.
fn machine(share: &str) -> Option<String> {
    let machine = share.strip_prefix(r"\\")?.split('\\').next()?;
    Some(machine.to_ascii_uppercase()).filter(|it| !it.is_empty())
}

/// A command as its words; quotes around all of it do not count, those around a word hold it
/// together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for letter in unquoted(command.trim()).chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' | '\t' if !quoted => words.push(std::mem::take(&mut word)),
            letter => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|it| !it.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_by_their_machines() {
        let mut settings = Settings::default();
        settings.set("DrivesUNC", r"\\sales\maildata, \\Plant\MAILDATA nowhere");
        settings.set("drivesunc", r"\\OFFICE\MAILDATA");
        settings.set("DrivesDynamic", "tv");
        assert_eq!(settings.machines, ["SALES", "PLANT", "OFFICE"]);
        assert_eq!(settings.dynamic, ['T', 'U', 'V']);
    }

    #[test]
    fn an_idle_process_runs_for_an_hour_at_most_or_as_long_as_is_said() {
        let minutes = |said: &[&str]| {
            let mut settings = Settings::default();
            said.iter().for_each(|it| settings.limit(it));
            settings.idle_for().as_secs() / 60
        };
        assert_eq!(minutes(&[]), 60);
        assert_eq!(minutes(&["10", ""]), 10);
        assert_eq!(minutes(&["0"]), 1);
        assert_eq!(minutes(&["20000", "soon"]), 10_080);
    }

    #[test]
    fn quotes_count_where_they_do_not_stand_around_all() {
        assert_eq!(words(r#""external -dMN -0""#), ["external", "-dMN", "-0"]);
        let inner = words(r#"import -dM admin -f"C:\MY FILES\NEW.TXT""#);
        assert_eq!(inner, ["import", "-dM", "admin", r"-fC:\MY FILES\NEW.TXT"]);
        let two = words(r#""C:\MAIL EXE\external" -l"A LOG""#);
        assert_eq!(two, [r"C:\MAIL EXE\external", "-lA LOG"]);
    }
}
