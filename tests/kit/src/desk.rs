//! A place to type commands at: a folder, a clock that stands at one minute per command, and
//! streams that are no terminal. The program runs inside the test.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use runsheet_cli::Checked;
use runsheet_cli::catalogue::catalogue;
use runsheet_cli::exit::Exit;
use runsheet_cli::surroundings::{Surroundings, Terminal};
use runsheet_step::{Catalogue, Moment};

use crate::folder::Folder;
use crate::story::Stage;

/// 2026-01-23 08:15:00 UTC: when the first command is typed at any desk.
const BEGAN: Moment = Moment(1_769_156_100_000);

/// How much later each further one is typed.
const LATER: i64 = 60_000;

/// A folder to work in, and how the last command ended.
pub struct Desk {
    folder: Folder,
    kinds: Catalogue,
    typed: u32,
    last: u8,
}

/// What a command leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The screen: data and talk as they came.
    pub screen: String,
    /// The data alone.
    pub data: String,
    /// The exit code.
    pub code: u8,
}

impl Default for Desk {
    fn default() -> Desk {
        Desk::new()
    }
}

impl Desk {
    /// An empty one, with the kinds that are linked.
    #[must_use]
    pub fn new() -> Desk {
        Desk::knowing(catalogue())
    }

    /// An empty one, with these kinds and no others.
    #[must_use]
    pub fn knowing(kinds: Catalogue) -> Desk {
        Desk {
            folder: Folder::default(),
            kinds,
            typed: 0,
            last: 0,
        }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Runs the program with the arguments that a line gives, its own name left out.
    pub fn runsheet(&mut self, line: &str) -> Left {
        let (screen, data) = (Paper::default(), Paper::default());
        let surroundings = self.surroundings(&screen, &data);
        let exit: Exit = runsheet_cli::main(arguments(line), surroundings);
        self.typed += 1;
        self.last = exit.code();
        let (screen, data) = (screen.text(), data.text());
        Left {
            screen,
            data,
            code: exit.code(),
        }
    }

    /// What `check` finds with the arguments that a line gives; nothing where a file is missing.
    #[must_use]
    pub fn checked(&self, line: &str) -> Option<Checked> {
        let surroundings = self.surroundings(&Paper::default(), &Paper::default());
        runsheet_cli::checked(arguments(&format!("check {line}")), surroundings)
    }

    /// Runs a program of a lab with the arguments that a line gives, as [`Desk::runsheet`] does.
    pub fn runsheet_lab(&mut self, line: &str) -> Left {
        let (screen, data) = (Paper::default(), Paper::default());
        let surroundings = self.surroundings(&screen, &data);
        let own = "runsheet-lab".to_owned();
        let arguments = std::iter::once(own).chain(words(line));
        self.last = runsheet_cli::tools::main(arguments, surroundings);
        let (screen, data) = (screen.text(), data.text());
        Left {
            screen,
            data,
            code: self.last,
        }
    }

    fn surroundings(&self, screen: &Paper, data: &Paper) -> Surroundings {
        Surroundings {
            input: Box::new(Cursor::new(Vec::new())),
            output: Box::new(Both(screen.clone(), data.clone())),
            talk: Box::new(screen.clone()),
            terminal: Terminal::default(),
            environment: BTreeMap::new(),
            folder: self.folder.path().to_owned(),
            now: Moment(BEGAN.0 + LATER * i64::from(self.typed)),
            salt: u64::from(self.typed),
            interrupts: false,
            lab_program: Some("/opt/runsheet/runsheet-lab".into()),
            kinds: self.kinds.clone(),
            plugin_host: None,
            apart: None,
        }
    }

    /// Copies a folder here.
    #[must_use]
    pub fn with(self, folder: &Path) -> Desk {
        self.folder.copy(folder);
        self
    }
}

impl Stage for Desk {
    fn write(&mut self, name: &str, text: &str) {
        self.folder.write(name, text);
    }

    fn run(&mut self, command: &str) -> Result<String, String> {
        if command == "echo $?" {
            return Ok(self.last.to_string());
        }
        match command.split_once(' ') {
            Some(("runsheet", line)) => Ok(self.runsheet(line).screen),
            Some(("runsheet-lab", line)) => Ok(self.runsheet_lab(line).screen),
            _ => Err(format!("`{command}` is no command of a story")),
        }
    }
}

/// The name of the program, and the words of a line.
fn arguments(line: &str) -> Vec<String> {
    let mut arguments = vec!["runsheet".to_owned()];
    arguments.extend(words(line));
    arguments
}

/// The words of a command line; quotes hold several together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '\'' | '"') => quote = Some(c),
            None if c == ' ' => words.push(std::mem::take(&mut word)),
            _ => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// What is written on, by several.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn lock(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.lock()).into_owned()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Two papers written on at once.
struct Both(Paper, Paper);

impl Write for Both {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)?;
        self.1.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(
            words("apply a.yaml --set 'x=a b'"),
            ["apply", "a.yaml", "--set", "x=a b"]
        );
    }
}
