//! One run of IMPORT: where it works, what it was told, and where its words go.

use std::fmt::Write;

use runsheet_formats::log::{Message, Severity, dirsync};
use runsheet_formats::transaction::Transaction;

use super::switches::Switches;
use crate::directory::merge::{Creation, Remark, Rules};
use crate::lab::Lab;
use crate::postoffice::condition::Condition;
use crate::postoffice::{Postoffice, PostofficeId};
use crate::tools::terminal::Terminal;

/// The log `-l` writes if it names none (Q102926).
const OWN_LOG: &str = r"LOG\IMPORT.LOG";
/// Directories of a postoffice that a log may be written into; another path is silently ignored
/// (Q102926), and so is that of a file which is no text (inferred).
const DIRECTORIES: [&str; 5] = ["", "LOG", "GLB", "MAILEXE", "TMP"];
/// The texts of all messages.
const TEXTS: &str = r"GLB\DS_MSG.GLB";

/// A run of IMPORT at one of its acts.
pub(super) struct Session<'s, 't> {
    /// The postoffice.
    pub(super) id: PostofficeId,
    /// The switches that count.
    pub(super) switches: &'s Switches,
    /// Screen and keyboard.
    pub(super) terminal: &'s mut Terminal<'t>,
}

impl Session<'_, '_> {
    /// The postoffice it works on.
    pub(super) fn postoffice<'l>(&self, lab: &'l mut Lab) -> &'l mut Postoffice {
        &mut lab.postoffices[self.id]
    }

    /// Writes a message wherever the switches say.
    pub(super) fn tell(&mut self, lab: &mut Lab, message: Message) {
        let now = lab.now();
        let postoffice = &mut lab.postoffices[self.id];
        let message = spoken(postoffice, message);
        let stamp = postoffice.logs.clock.stamp(now);
        let line = dirsync::Line::new(stamp, message.clone()).to_string();
        if self.switches.plain {
            self.terminal.say(&line);
        }
        if let Some(path) = &self.switches.log {
            postoffice.write_own_log(path, &line);
        }
        postoffice.log(now, message);
    }

    /// A line without a number.
    pub(super) fn say(&mut self, lab: &mut Lab, text: &str) {
        self.tell(lab, Message::free(Severity::Status, text));
    }

    /// A numbered message.
    pub(super) fn number(
        &mut self,
        lab: &mut Lab,
        severity: Severity,
        number: u16,
        arguments: &[&str],
    ) {
        self.tell(lab, Message::new(severity, number, arguments));
    }

    /// What was said of single records. Nothing is said of those of the postoffice's own users, which
    /// are ignored (Q96060, message 66).
    pub(super) fn remarks(&mut self, lab: &mut Lab, remarks: &[Remark]) {
        let own = lab.postoffices[self.id].name.clone();
        for remark in remarks {
            match &remark.about {
                Some(about) if *about == own => {}
                _ => self.tell(lab, remark.message.clone()),
            }
        }
    }

    /// With `-v`, each record of the postoffice's own users is told to be ignored (Q96060). That it is
    /// not told without is inferred: no log that is printed has it.
    pub(super) fn own_records<'r>(
        &mut self,
        lab: &mut Lab,
        records: impl Iterator<Item = &'r Transaction>,
    ) {
        let own = lab.postoffices[self.id].name.clone();
        let ignored = records.flat_map(Transaction::steps).filter(|it| match it {
            Transaction::Replace(list) => *list == own,
            Transaction::Add(address, _) | Transaction::Delete(address, _) => {
                address.postoffice == own
            }
            Transaction::Placeholder | Transaction::Record(_) => false,
        });
        for _ in 0..ignored.count() {
            self.number(lab, Severity::Warning, 66, &[]);
        }
    }

    /// It is done, well or not: the last line is always the same (Q118447, Q148705).
    pub(super) fn finish(&mut self, lab: &mut Lab) {
        self.close(lab);
        self.terminal.leave(0);
    }

    /// It is done, and the program ends in its own time.
    pub(super) fn close(&mut self, lab: &mut Lab) {
        lab.postoffices[self.id].busy.importing = false;
        self.say(lab, "Import is finished.");
    }

    /// FLAG.GLB must be free: ADMIN holds it while somebody works in it (Q148705). Says so and
    /// finishes if it is not.
    pub(super) fn has_database(&mut self, lab: &mut Lab) -> bool {
        let flag = lab.postoffices[self.id].conditions.write(r"GLB\FLAG.GLB");
        let Err(condition) = flag else {
            return true;
        };
        let by = match &condition {
            Condition::Locked(by) => by.to_string(),
            _ => "FLAG.GLB".to_owned(),
        };
        self.number(lab, Severity::Fatal, 91, &[&by]);
        for line in [
            "Mailbox name: Admin.",
            "Full name: Administrator.",
            "FLAG.GLB is locked open.",
        ] {
            self.tell(lab, Message::free(Severity::Fatal, line));
        }
        self.finish(lab);
        false
    }
}

/// The message as it can be told: without DS_MSG.GLB only its number is known (Q130064).
fn spoken(postoffice: &Postoffice, message: Message) -> Message {
    let Some(number) = message.number else {
        return message;
    };
    if postoffice.conditions.read(TEXTS).is_ok() {
        return message;
    }
    Message {
        text: format!("Error Obtaining Message #: {number}"),
        ..message
    }
}

impl Postoffice {
    fn write_own_log(&mut self, path: &str, line: &str) {
        let path = if path.is_empty() { OWN_LOG } else { path };
        let Some(path) = self.normal(path) else {
            return;
        };
        let directory = path
            .rsplit_once('\\')
            .map_or("", |(directory, _)| directory);
        let is_text = self.texts.contains_key(&path) || self.file(&path).is_none();
        let usable = is_text && self.conditions.write(&path).is_ok();
        if DIRECTORIES.contains(&directory) && usable {
            let _ = writeln!(self.texts.entry(path).or_default(), "{line}");
        }
    }

    /// What this postoffice lets into its lists.
    pub(super) fn rules(&self) -> Rules {
        let creation = if !self.requestor.create_postoffices {
            Creation::Off
        } else if self.server.is_none() {
            Creation::Nameless
        } else if self.is_in_use("XTN") {
            Creation::Busy
        } else {
            Creation::Done
        };
        Rules {
            local: self.requestor.types.contains("PCM"),
            gateways: self.gateways.clone(),
            creation,
            templates: self.requestor.templates_receive,
        }
    }

    /// Whether a directory, or a file in it, cannot be written.
    pub(super) fn is_in_use(&self, directory: &str) -> bool {
        let inside =
            |path: &str| path.starts_with(directory) && path[directory.len()..].starts_with('\\');
        let mut conditions = self.conditions.iter();
        conditions.any(|(path, _)| path == directory || inside(path))
    }
}
