//! EXTERNAL: the MTA of Microsoft Mail, which carries mail between postoffices.
//!
//! `external -0 -dMNP` makes one pass over the postoffices on drives M, N and P and ends. A pass
//! first delivers what lies in the mailbags of other postoffices, then sorts P1 into them; so a
//! message needs two passes (Q96060, Q134382). Under Windows NT it was not supported (Q118620); the
//! lab lets it run on any machine that has the drives.

use std::sync::Arc;
use std::time::Duration;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;

/// How long a pass takes.
const PASS: Duration = Duration::from_secs(10);

/// Readies one pass. Without `-0` the program would run until it is ended.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let drives: Vec<char> = drives(line.value('d').unwrap_or_default());
    let found: Vec<PostofficeId> = drives
        .iter()
        .filter_map(|letter| lab.on_drive(place, *letter))
        .collect();
    if !line.has('0') || found.is_empty() || found.len() < drives.len() {
        return Program::ending("", 1);
    }
    let pass = move |lab: &mut Lab, _: &mut Terminal<'_>| lab.pass(&found);
    Program::acting(PASS, vec![Arc::new(pass)])
}

/// The letters of a range: `M`, `MNP`, `M-P`.
pub(crate) fn drives(range: &str) -> Vec<char> {
    let letters: Vec<char> = range.to_ascii_uppercase().chars().collect();
    let mut drives = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        match (letter, at.checked_sub(1), letters.get(at + 1)) {
            ('-', Some(before), Some(last)) => {
                let after_first = (letters[before]..*last).skip(1);
                drives.extend(after_first);
            }
            (letter, ..) if letter.is_ascii_alphabetic() => drives.push(*letter),
            _ => {}
        }
    }
    drives
}

impl Lab {
    /// One pass over these postoffices.
    pub(crate) fn pass(&mut self, reached: &[PostofficeId]) {
        for id in reached {
            self.deliver_mailbags(*id, reached);
        }
        for id in reached {
            self.sort(*id);
        }
    }

    /// Delivers the mail that was sorted at a postoffice, to those of `reached` it is for.
    fn deliver_mailbags(&mut self, id: PostofficeId, reached: &[PostofficeId]) {
        for (name, mailbag) in std::mem::take(&mut self.postoffices[id].mailbags) {
            match self.named(&name).filter(|to| reached.contains(to)) {
                Some(to) => {
                    for mail in mailbag {
                        self.deliver(to, mail);
                    }
                }
                None => drop(self.postoffices[id].mailbags.insert(name, mailbag)),
            }
        }
    }

    /// Sorts a postoffice's P1 into the mailbags of other postoffices; its mail to itself is
    /// delivered.
    fn sort(&mut self, id: PostofficeId) {
        let now = self.now();
        let postoffice = &mut self.postoffices[id];
        for mail in postoffice.take_outgoing(now, |_| true) {
            let postoffice = &mut self.postoffices[id];
            let to = mail.to.postoffice.clone();
            if to == postoffice.name {
                self.deliver(id, mail);
            } else {
                postoffice.mailbags.entry(to).or_default().push(mail);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_drives_is_letters_and_stretches_of_letters() {
        assert_eq!(drives("m"), ['M']);
        assert_eq!(drives("MNP"), ['M', 'N', 'P']);
        assert_eq!(drives("m-p"), ['M', 'N', 'O', 'P']);
        assert_eq!(drives("FM-O"), ['F', 'M', 'N', 'O']);
    }
}
