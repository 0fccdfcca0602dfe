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
//! | `IdleTime` | `-n` | how long it waits between; one pass does not wait |
//!
//! Letters are written as on the command line, `TV` or `T-V`, with or without a colon. Q249246 shows
//! the heading `[dispatch]` and lines `key=value`; that a heading may also be the name of an
//! instance, that one line may name several shares, and where the file lies is inferred.

use crate::lab::{Lab, Role};
use crate::tools::CommandLine;
use crate::tools::external::drives;

/// Where it lies, on a postoffice.
const FILE: &str = r"MAILEXE\DISPATCH.INI";
/// The heading of what is for every instance.
const ALL: &str = "Dispatch";

/// What DISPATCH is told to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// The drive of its home.
    pub(super) home: Option<char>,
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
}

impl Settings {
    /// What counts on a machine for an instance.
    pub(super) fn of(line: &CommandLine, lab: &Lab, place: Role, instance: &str) -> Self {
        let mut settings = Self::default();
        for (key, value) in lines(&file(lab, place).unwrap_or_default(), instance) {
            settings.set(key, value);
        }
        if let Some(range) = line.value('d') {
            settings.drives = drives(range);
        }
        if let Some(command) = line.value('i') {
            settings.idle = words(command);
        }
        settings
    }

    fn set(&mut self, key: &str, value: &str) {
        match key.to_ascii_lowercase().as_str() {
            "drivehomepo" => self.home = drives(value).first().copied(),
            "drivesdirectpo" => self.drives = drives(value),
            "drivesdynamic" => self.dynamic = drives(value),
            "drivesunc" => {
                let shares = value.split([' ', ',', ';']).filter_map(machine);
                self.machines.extend(shares);
            }
            "logsession" => self.mute = value.eq_ignore_ascii_case("no"),
            "idleprocess" => self.idle = words(value),
            _ => {}
        }
    }
}

/// The machine of `\\machine\share`.
fn machine(share: &str) -> Option<String> {
    let machine = share.strip_prefix(r"\\")?.split('\\').next()?;
    Some(machine.to_ascii_uppercase()).filter(|it| !it.is_empty())
}

/// A value without the quotes around all of it; one that is only at its end belongs to it.
fn unquoted(value: &str) -> &str {
    let inner = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.filter(|it| !it.contains('"')).unwrap_or(value)
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

/// DISPATCH.INI of a machine: of the postoffice, or of the first of a workstation's that has one.
fn file(lab: &Lab, place: Role) -> Option<String> {
    let text = |id: usize| {
        let postoffice = &lab.postoffices[id];
        let text = postoffice.texts.get(FILE)?;
        postoffice.conditions.read(FILE).ok()?;
        Some(text.clone())
    };
    match place {
        Role::Postoffice(id) => text(id),
        _ => ('A'..='Z').find_map(|letter| text(lab.on_drive(place, letter)?)),
    }
}

/// The lines that are for an instance: first those for all, so that its own win wherever they stand.
fn lines<'t>(text: &'t str, instance: &str) -> Vec<(&'t str, &'t str)> {
    let mut own = false;
    let mut mine = true;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        let heading = line.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        if let Some(name) = heading {
            own = name.trim().eq_ignore_ascii_case(instance);
            mine = own || name.trim().eq_ignore_ascii_case(ALL);
        } else if let Some((key, value)) = line.split_once('=')
            && mine
            && !line.starts_with(';')
        {
            found.push((own, (key.trim(), unquoted(value.trim()))));
        }
    }
    found.sort_by_key(|(own, _)| *own);
    found.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_is_for_all_and_what_for_one() {
        let text = "[Dispatch]\r\nDriveHomePO=M\r\n; LogSession=No\r\n[Night]\r\nLogSession = no\r\n\
            [Day]\r\nDrivesDirectPO=MN\r\nIdleProcess=\"external -dMN -0\"\r\n";
        let of = |instance| {
            let mut settings = Settings::default();
            for (key, value) in lines(text, instance) {
                settings.set(key, value);
            }
            settings
        };
        let day = of("day");
        assert_eq!(
            (day.home, day.drives.as_slice()),
            (Some('M'), &['M', 'N'][..])
        );
        assert_eq!(day.idle, ["external", "-dMN", "-0"]);
        assert!(!day.mute && of("NIGHT").mute);
        assert!(of("NIGHT").drives.is_empty());
    }

    #[test]
    fn what_is_for_one_wins_wherever_what_is_for_all_stands() {
        let text = "[Night]\nDriveHomePO=N\n[Dispatch]\nDriveHomePO=M\nLogSession=No\n";
        let wanted = [
            ("DriveHomePO", "M"),
            ("LogSession", "No"),
            ("DriveHomePO", "N"),
        ];
        assert_eq!(lines(text, "night"), wanted);
        assert_eq!(lines(text, "day"), wanted[..2]);
    }

    #[test]
    fn shares_are_told_by_their_machines() {
        let mut settings = Settings::default();
        settings.set("DrivesUNC", r"\\sales\maildata, \\Plant\MAILDATA nowhere");
        settings.set("drivesunc", r"\\OFFICE\MAILDATA");
        settings.set("DrivesDynamic", "tv");
        assert_eq!(settings.machines, ["SALES", "PLANT", "OFFICE"]);
        assert_eq!(settings.dynamic, ['T', 'V']);
    }

    #[test]
    fn quotes_count_where_they_do_not_stand_around_all() {
        assert_eq!(words(r#""external -dMN -0""#), ["external", "-dMN", "-0"]);
        let inner = words(r#"import -dM admin -f"C:\MY FILES\NEW.TXT""#);
        assert_eq!(inner, ["import", "-dM", "admin", r"-fC:\MY FILES\NEW.TXT"]);
        let two = words(r#""C:\MAIL EXE\external" -l"A LOG""#);
        assert_eq!(two, [r"C:\MAIL EXE\external", "-lA LOG"]);
        let line = lines("LogSession=\"No\"\nDriveHomePO=\"M:\"", "x");
        assert_eq!(line, [("LogSession", "No"), ("DriveHomePO", "M:")]);
    }
}
