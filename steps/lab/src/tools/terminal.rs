//! What a program sees of the world it runs in: its machine, its screen and its keyboard.

use crate::lab::{Lab, Role};
use crate::postoffice::{Postoffice, PostofficeId};

/// The screen and keyboard of a program at work, and the machine they stand at.
pub struct Terminal<'t> {
    place: Role,
    screen: String,
    keyboard: &'t mut dyn FnMut(&str) -> Option<String>,
    left: Option<i32>,
    /// How long the screen was when a question first got no answer.
    unanswered: Option<usize>,
    hangs: bool,
}

impl<'t> Terminal<'t> {
    /// A terminal whose keyboard is asked for a line where the program asks; it is given the
    /// question, and says nothing when nobody is there.
    pub(crate) fn new(place: Role, keyboard: &'t mut dyn FnMut(&str) -> Option<String>) -> Self {
        Self {
            place,
            screen: String::new(),
            keyboard,
            left: None,
            unanswered: None,
            hangs: false,
        }
    }

    /// The machine.
    #[must_use]
    pub fn place(&self) -> Role {
        self.place
    }

    /// Prints a line.
    pub fn say(&mut self, line: &str) {
        self.screen.push_str(line);
        self.screen.push('\n');
    }

    /// Asks, and gives what was typed; nothing where nobody answers.
    pub fn ask(&mut self, question: &str) -> Option<String> {
        self.screen.push_str(question);
        let typed = (self.keyboard)(question);
        if typed.is_none() {
            self.unanswered.get_or_insert(self.screen.len());
        }
        self.screen.push('\n');
        typed
    }

    /// Asks for yes or no; nobody's answer is no.
    pub fn confirms(&mut self, question: &str) -> bool {
        let typed = self.ask(question).unwrap_or_default();
        typed.trim_start().starts_with(['y', 'Y'])
    }

    /// Ends the program with this exit code: its later stages are not reached. A program that is
    /// not ended so ends with 0.
    pub fn leave(&mut self, exit: i32) {
        self.left.get_or_insert(exit);
    }

    /// The program does nothing any more, and does not end.
    pub(crate) fn hang(&mut self) {
        self.hangs = true;
    }

    pub(crate) fn hangs(&self) -> bool {
        self.hangs
    }

    pub(crate) fn left(&self) -> Option<i32> {
        self.left
    }

    /// How much stood on the screen when a question first got no answer, if that has been.
    pub(crate) fn unanswered(&self) -> Option<usize> {
        self.unanswered
    }

    pub(crate) fn into_screen(self) -> String {
        self.screen
    }
}

/// An act of a program on one postoffice.
pub(crate) type OnPostoffice = fn(&mut Lab, PostofficeId, &mut Terminal<'_>);

impl Lab {
    /// What programs on a machine have put into the queues of the postoffices it reaches came now.
    pub(crate) fn date_queues(&mut self, place: Role) {
        let now = self.now();
        for id in self.reached(place) {
            if !self.postoffices[id].queue.is_dated() {
                self.postoffices[id].queue.came(now);
            }
        }
    }

    /// The postoffices that a machine reaches: its own, and those its drives lead to.
    pub(crate) fn reached(&self, place: Role) -> Vec<PostofficeId> {
        let own = match place {
            Role::Postoffice(id) => Some(id),
            Role::Exchange(_) | Role::Workstation(_) => None,
        };
        let drives = self.drives.get(&place).into_iter().flatten();
        own.into_iter().chain(drives.map(|(_, id)| *id)).collect()
    }

    /// The postoffice that a drive letter leads to on a machine.
    #[must_use]
    pub fn on_drive(&self, place: Role, drive: char) -> Option<PostofficeId> {
        let drive = drive.to_ascii_uppercase();
        let own = match place {
            Role::Postoffice(id) => self
                .postoffices
                .get(id)
                .map(|it: &Postoffice| (it.drive, id)),
            Role::Exchange(_) | Role::Workstation(_) => None,
        };
        if let Some((letter, id)) = own
            && letter == drive
        {
            return Some(id);
        }
        self.drives.get(&place)?.get(&drive).copied()
    }
}
