//! DEBUG: how the articles reset a file byte by byte, above all the index of a mailbag.
//!
//! `debug SYSTEM.KEY`, then `F 100,L 230,0`, `W` and `Q` fill it with 560 zeros; `-rcx` and `:230`
//! before that set its length (Q104279, Q108844). Other commands of DEBUG are not known here.

use std::sync::Arc;

use super::Program;
use super::command::path::Place;
use super::terminal::Terminal;
use crate::disk::postoffice::{Found, content, notice};
use crate::lab::{Lab, Role};

/// Where DEBUG loads a file.
const LOADED_AT: usize = 0x100;
/// What it answers to a line it cannot read.
const WRONG: &str = "  ^ Error";

/// Readies a session on one file, which is found from everywhere.
pub(crate) fn launch(arguments: &[String], cwd: &str, _: &Lab, at: Role) -> Program {
    let (place, path) = (Place::new(at, cwd), arguments.first().cloned());
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        let target = path.as_ref().and_then(|it| place.target(lab, it));
        let Some(target) = target else {
            terminal.say("File not found");
            return terminal.leave(1);
        };
        let bytes = content(&lab.postoffices[target.postoffice], &target.path);
        let mut session = Session {
            length: bytes.as_ref().map_or(0, Vec::len),
            memory: bytes.unwrap_or_default(),
        };
        while let Some(line) = terminal.ask("-") {
            match session.obey(&line, terminal) {
                After::More => {}
                After::Write => {
                    let found = Found::File(session.written());
                    let postoffice = &mut lab.postoffices[target.postoffice];
                    if postoffice
                        .conditions
                        .write(&target.path)
                        .is_err_and(|it| it.holds())
                    {
                        terminal.say("File creation error");
                        continue;
                    }
                    notice(postoffice, &target.path, &found);
                    terminal.say(&format!("Writing {:05X} bytes", session.length));
                }
                After::Quit => return,
            }
        }
    };
    Program::acting(std::time::Duration::from_secs(2), vec![Arc::new(act)])
}

/// What follows a line.
enum After {
    More,
    Write,
    Quit,
}

struct Session {
    memory: Vec<u8>,
    length: usize,
}

impl Session {
    /// The file as it is written: CX says how much of the memory.
    fn written(&self) -> Vec<u8> {
        let mut bytes = self.memory.clone();
        bytes.resize(self.length, 0);
        bytes
    }

    fn obey(&mut self, line: &str, terminal: &mut Terminal<'_>) -> After {
        let line = line.trim().trim_start_matches('-').to_ascii_uppercase();
        match line.split_at_checked(1) {
            Some(("Q", "")) => return After::Quit,
            Some(("W", "")) => return After::Write,
            Some(("F", range)) if self.fill(range).is_some() => return After::More,
            Some(("R", "CX")) => {
                terminal.say(&format!("CX {:04X}", self.length));
                let typed = terminal.ask(":").unwrap_or_default();
                let typed = typed.trim().trim_start_matches(':');
                // CX has sixteen bits.
                match u16::from_str_radix(typed, 16) {
                    Ok(length) => self.length = length.into(),
                    Err(_) => terminal.say(WRONG),
                }
                return After::More;
            }
            _ => {}
        }
        terminal.say(WRONG);
        After::More
    }

    /// `100,32F,0` or `100,L 230,0`: from an address to another, or for a length.
    fn fill(&mut self, range: &str) -> Option<()> {
        let hex = |text: &str| u16::from_str_radix(text.trim(), 16).ok().map(usize::from);
        let mut parts = range.split(',').map(str::trim);
        let start = hex(parts.next()?)?.checked_sub(LOADED_AT)?;
        let until = parts.next()?;
        let end = match until.strip_prefix('L') {
            Some(length) => start + hex(length)?,
            None => (hex(until)? + 1).checked_sub(LOADED_AT)?,
        };
        let byte = u8::try_from(hex(parts.next()?)?).ok()?;
        let sound = start <= end && end <= 0xF000 && parts.next().is_none();
        sound.then_some(())?;
        if self.memory.len() < end {
            self.memory.resize(end, 0);
        }
        self.memory[start..end].fill(byte);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> (Vec<u8>, String) {
        let mut session = Session {
            memory: vec![7; 4],
            length: 4,
        };
        let mut typed = lines.iter().skip(1).map(|it| (*it).to_owned());
        let mut keyboard = |_: &str| typed.next();
        let mut terminal = Terminal::new(Role::Postoffice(0), &mut keyboard);
        session.obey(lines[0], &mut terminal);
        (session.written(), terminal.into_screen())
    }

    #[test]
    fn a_range_is_filled_to_its_end_or_for_its_length() {
        assert_eq!(told(&["F 100,102,0"]).0, [0, 0, 0, 7]);
        assert_eq!(told(&["f100,L 2,0"]).0, [0, 0, 7, 7]);
        assert_eq!(told(&["rcx", ":6"]).0, [7, 7, 7, 7, 0, 0]);
    }

    #[test]
    fn numbers_that_no_register_holds_are_refused() {
        for line in [
            "F 100,L FFFFFFFFFFFFFFFF,0",
            "F FFFFFFFFFFFFFFFF,L 1,0",
            "F 100,FFFFFFFFFFFFFFFF,0",
            "F 0,1,0",
        ] {
            let (bytes, screen) = told(&[line]);
            assert!(
                bytes == [7; 4] && screen.contains("Error"),
                "{line}: {screen}"
            );
        }
        let (bytes, screen) = told(&["RCX", "FFFFFFFFFFFFFFFF"]);
        assert!(bytes == [7; 4] && screen.contains("Error"), "{screen}");
    }
}
