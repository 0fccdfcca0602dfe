//! The streams as the commands use them: data, talk, and a person who may answer.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::render;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::words;
use runsheet_report::look::{Look, Tone, drawn};
use runsheet_report::screen::Screen;
use runsheet_step::Moment;
use runsheet_trust::shelf::{Lent, Shelf};

use crate::cut_short::UnderWay;
use crate::drivers::OWN;
use crate::person::Person;
use crate::surroundings::{Apart, Surroundings, Terminal};

/// How many diagnostics are told at once: nobody reads on, and a file may have any number.
const MOST_TOLD: usize = 500;

/// A stream that several may write to.
#[derive(Clone)]
pub(crate) struct Stream(Arc<Mutex<Box<dyn Write + Send>>>);

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .flush()
    }
}

/// The streams, and what else there is to know of the place.
pub(crate) struct Console {
    pub(crate) output: Stream,
    pub(crate) talk: Screen,
    pub(crate) person: Arc<Person>,
    pub(crate) terminal: Terminal,
    pub(crate) environment: BTreeMap<String, String>,
    pub(crate) folder: PathBuf,
    pub(crate) now: Moment,
    pub(crate) salt: u64,
    pub(crate) interrupts: bool,
    pub(crate) lab_program: Option<PathBuf>,
    /// Texts that came through pipes, by their paths.
    pub(crate) handed_over: Mutex<BTreeMap<PathBuf, Arc<str>>>,
    /// The kinds that are linked, and those that plugins add.
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) under_way: UnderWay,
}

/// Where lines go about how things go.
pub(crate) struct Notes {
    talk: Screen,
    look: Look,
}

impl Notes {
    /// One line, if anybody can hear it.
    pub(crate) fn note(&self, text: &str) {
        let text = self.look.paint(Tone::Faint, text);
        let _ = self.talk.tell(&drawn(&format!("{text}\n")));
    }
}

/// Keeps data clean of what plugins print in this process, from the first on.
fn before_loading(
    output: Stream,
    apart: Option<Apart>,
) -> Box<dyn Fn() -> io::Result<()> + Send + Sync> {
    let apart = Mutex::new(apart);
    Box::new(move || {
        let once = apart.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(apart) = once {
            let data = apart()?;
            *output.0.lock().unwrap_or_else(PoisonError::into_inner) = data;
        }
        Ok(())
    })
}

/// Columns where nobody says how many there are.
const WIDTH: usize = 100;

impl Console {
    pub(crate) fn new(surroundings: Surroundings) -> Console {
        let talk = Screen::new(surroundings.talk);
        let output = Stream(Arc::new(Mutex::new(surroundings.output)));
        let lent = Lent {
            host: surroundings.plugin_host,
            own_drivers: OWN.iter().map(|(name, _)| *name).collect(),
            before_loading: before_loading(output.clone(), surroundings.apart),
        };
        let (folder, environment) = (&surroundings.folder, &surroundings.environment);
        let shelf = Shelf::new(surroundings.kinds, folder, environment, lent);
        let shelf = Arc::new(shelf);
        let is_there = surroundings.terminal.input && surroundings.terminal.talk;
        Console {
            output,
            person: Arc::new(Person::new(surroundings.input, talk.clone(), is_there)),
            talk,
            terminal: surroundings.terminal,
            environment: surroundings.environment,
            folder: surroundings.folder,
            now: surroundings.now,
            salt: surroundings.salt,
            interrupts: surroundings.interrupts,
            lab_program: surroundings.lab_program,
            handed_over: Mutex::default(),
            shelf,
            under_way: UnderWay::default(),
        }
    }

    /// Data. A reader that has seen enough and went away is no failure.
    ///
    /// # Errors
    /// A disk that is full, or the like.
    pub(crate) fn data(&self, text: &str) -> io::Result<()> {
        let mut output = self.output.clone();
        match output
            .write_all(text.as_bytes())
            .and_then(|()| output.flush())
        {
            Err(trouble) if trouble.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }

    /// Talk. Where it cannot be heard there is nobody to tell so.
    pub(crate) fn say(&self, text: &str) {
        let _ = self.talk.tell(text);
    }

    /// How data is drawn.
    pub(crate) fn look(&self) -> Look {
        self.look_of(self.terminal.output)
    }

    /// How talk is drawn.
    pub(crate) fn talk_look(&self) -> Look {
        self.look_of(self.terminal.talk)
    }

    fn look_of(&self, is_terminal: bool) -> Look {
        let is_set = |name: &str| self.environment.get(name).is_some_and(|it| !it.is_empty());
        let is_dumb = self
            .environment
            .get("TERM")
            .is_some_and(|term| term == "dumb");
        let width = self.terminal.width;
        Look {
            colour: is_terminal && !is_set("NO_COLOR") && !is_dumb,
            width: if is_terminal && width > 0 {
                width
            } else {
                WIDTH
            },
            all: false,
        }
    }

    /// Diagnostics, on the stream for talk.
    pub(crate) fn diagnose(&self, found: &[Diagnostic], sources: &Sources) {
        if found.is_empty() {
            return;
        }
        let Look { colour, width, .. } = self.talk_look();
        let look = render::Look { colour, width };
        let told = &found[..found.len().min(MOST_TOLD)];
        self.say(&render::graphical(told, sources, look));
        if found.len() > told.len() {
            let more = words::count("thing", found.len() - told.len());
            self.note(&format!("{more} more like these: mend some, and ask again"));
        }
    }

    /// One line about how things go.
    pub(crate) fn note(&self, text: &str) {
        self.notes().note(text);
    }

    /// Where such lines go, for another thread.
    pub(crate) fn notes(&self) -> Notes {
        Notes {
            talk: self.talk.clone(),
            look: self.talk_look(),
        }
    }

    /// A path as people would type it: from the current folder, if it is below that.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.folder).ok();
        let below = below.filter(|it| !it.as_os_str().is_empty());
        below.unwrap_or(path).display().to_string()
    }

    /// A path as typed, from the current folder.
    pub(crate) fn resolve(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }
}
