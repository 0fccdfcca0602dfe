//! A desk to run commands at: a folder of its own, and maybe a person.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use runsheet_cli::catalogue::catalogue;
use runsheet_cli::exit::Exit;
use runsheet_cli::surroundings::{Surroundings, Terminal};
use runsheet_host::process::Program;
use runsheet_step::Moment;

/// Who sits at the desk.
pub(crate) enum Person {
    /// Nobody, and there is no terminal.
    Nobody,
    /// Somebody who types this.
    Types(&'static str),
}

/// What came of a command.
pub(crate) struct Outcome {
    pub(crate) exit: Exit,
    pub(crate) data: String,
    pub(crate) talk: String,
}

/// A folder that goes with its test.
pub(crate) struct Desk(PathBuf);

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Paper {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("nobody panicked")).into_owned()
    }
}

impl Desk {
    pub(crate) fn new(name: &str) -> Desk {
        let folder = format!("runsheet-cli-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&path).expect("a folder of our own");
        Desk(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("room");
        #[cfg(unix)]
        self.mode(name, 0o644);
    }

    /// Nobody but its owner can read this file any more.
    pub(crate) fn close_to_others(&self, name: &str) {
        #[cfg(unix)]
        self.mode(name, 0o600);
    }

    #[cfg(unix)]
    fn mode(&self, name: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(self.path(name), mode).expect("it is ours");
    }

    /// A home of its own, whose files nobody else sees.
    fn environment(&self) -> BTreeMap<String, String> {
        let home = self.path(".home").display().to_string();
        BTreeMap::from([("NO_COLOR".into(), "1".into()), ("HOME".into(), home)])
    }

    /// Runs a command; its words are parted by spaces.
    pub(crate) fn run(&self, command: &str, person: Person) -> Outcome {
        let (data, talk) = (Paper::default(), Paper::default());
        let (typed, is_there) = match person {
            Person::Nobody => ("", false),
            Person::Types(text) => (text, true),
        };
        let count = std::fs::read_dir(self.path(".runsheet/runs")).map_or(0, Iterator::count);
        let count = u32::try_from(count).expect("few runs");
        let surroundings = Surroundings {
            input: Box::new(BufReader::new(Cursor::new(typed))),
            output: Box::new(data.clone()),
            talk: Box::new(talk.clone()),
            terminal: Terminal {
                input: is_there,
                talk: is_there,
                ..Terminal::default()
            },
            environment: self.environment(),
            folder: self.0.clone(),
            now: Moment(886_060_800_000 + i64::from(count)),
            // Names of one second are in no order.
            salt: u64::from(31 - count),
            interrupts: false,
            lab_program: None,
            kinds: catalogue(),
            plugin_host: Some(Program {
                path: env!("CARGO_BIN_EXE_runsheet").into(),
                arguments: vec!["plugin-host".into()],
            }),
            apart: None,
        };
        let words = ["runsheet"].into_iter().chain(command.split(' '));
        let exit = runsheet_cli::main(words, surroundings);
        Outcome {
            exit,
            data: data.text(),
            talk: talk.text(),
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
