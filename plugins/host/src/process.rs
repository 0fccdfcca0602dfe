//! A library in a process of its own: what breaks in there breaks nothing here.
//!
//! The process is one of our own binary, which does what [`crate::serve`] says. It is started with
//! the plugin, and anew with the next message after it has died. Only where there is `poll`.

#[cfg(unix)]
mod child;
#[cfg(not(unix))]
#[path = "process/no_child.rs"]
mod child;
#[cfg(unix)]
pub(crate) mod death;
#[cfg(unix)]
mod pipes;
#[cfg(unix)]
mod words;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use runsheet_messages::method::Method;

use crate::frame::{self, Hello};
use crate::interrupt::Interrupt;
use crate::line::{LONGEST_ANSWER, Line, Trouble};
use child::Child;

/// What is started: it ends in [`crate::serve::serve`].
#[derive(Clone, Debug)]
pub struct Program {
    /// The whole path of the binary.
    pub path: PathBuf,
    /// What stands before `--memory BYTES FILE`.
    pub arguments: Vec<OsString>,
}

impl Program {
    /// This program, of which one command is a child host.
    ///
    /// # Errors
    /// The system does not say where it is.
    pub fn this(command: &str) -> io::Result<Program> {
        // On Linux that which runs, even if its file has been replaced meanwhile.
        let running = Path::new("/proc/self/exe");
        let path = match running.exists() {
            true => running.to_owned(),
            false => std::env::current_exe()?,
        };
        Ok(Program {
            path,
            arguments: vec![command.into()],
        })
    }
}

/// How far a plugin may go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long it may think about one message.
    pub deadline: Duration,
    /// How much memory its process may reserve, in bytes; none: as much as there is.
    pub memory: Option<u64>,
    /// After how many deaths, with no answer between them, it is not started again.
    pub deaths: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            deadline: Duration::from_secs(10),
            memory: Some(1 << 30),
            deaths: 3,
        }
    }
}

/// A library in a process of its own.
pub struct Process {
    program: Program,
    library: PathBuf,
    limits: Limits,
    hello: Hello,
    interrupt: Interrupt,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    child: Option<Child>,
    /// How often it has died since it last answered.
    deaths: u32,
}

impl Process {
    /// Starts the process of a library, whose path is a whole one.
    ///
    /// # Errors
    /// Why there is no plugin, in words: those of [`crate::library::Library::load`], or how the
    /// process ended.
    pub fn start(program: Program, library: &Path, limits: Limits) -> Result<Process, String> {
        Process::start_under(&Interrupt::default(), program, library, limits)
    }

    /// As [`Process::start`], with a hold on what it thinks about.
    ///
    /// # Errors
    /// As [`Process::start`], or that it was ended.
    pub fn start_under(
        interrupt: &Interrupt,
        program: Program,
        library: &Path,
        limits: Limits,
    ) -> Result<Process, String> {
        let started = Child::start(&program, library, &limits, interrupt);
        let (child, hello) = started.map_err(|trouble| trouble.to_string())?;
        let state = State {
            child: Some(child),
            deaths: 0,
        };
        Ok(Process {
            program,
            library: library.to_owned(),
            limits,
            hello,
            interrupt: interrupt.clone(),
            state: Mutex::new(state),
        })
    }

    /// The minor version that the library was built with.
    #[must_use]
    pub fn minor(&self) -> u32 {
        self.hello.minor
    }

    /// The child there is, or a new one in the place of one that has died.
    fn living<'s>(&self, state: &'s mut State) -> Result<&'s mut Child, Trouble> {
        if state.child.is_none() {
            if state.deaths >= self.limits.deaths {
                let deaths = state.deaths;
                return Err(Trouble::Gone(format!(
                    "its process has died {deaths} times in a row and is not started again"
                )));
            }
            let again = self.again();
            state.deaths += u32::from(matches!(again, Err(Trouble::Gone(_))));
            state.child = Some(again?);
        }
        let gone = || Trouble::Gone("its process is gone".to_owned());
        state.child.as_mut().ok_or_else(gone)
    }

    fn again(&self) -> Result<Child, Trouble> {
        let limits = &self.limits;
        let (child, hello) = Child::start(&self.program, &self.library, limits, &self.interrupt)?;
        match hello == self.hello {
            true => Ok(child),
            false => {
                let why = "started again, it is another plugin than before";
                Err(Trouble::Gone(why.to_owned()))
            }
        }
    }
}

impl Line for Process {
    fn answers(&self, method: Method) -> bool {
        self.hello.methods.contains(&(method as u8))
    }

    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        if message.len() > LONGEST_ANSWER {
            let mebibytes = message.len() >> 20;
            let why = format!("the message would be {mebibytes} MiB long");
            return Err(Trouble::Nonsense(why));
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let child = self.living(&mut state)?;
        let thought = self.interrupt.begin(child.who())?;
        let said = child.say(method, message);
        let stopped = thought.end();
        let heard = match said {
            Ok((mark, body)) => frame::understood(mark, body).map(hears),
            Err(_) if stopped => Err(Trouble::Stopped),
            Err(broken) => {
                let why = child.end(&broken);
                state.child = None;
                state.deaths += 1;
                return Err(Trouble::Gone(why));
            }
        };
        // Nobody knows how often it would have died of what it was not let think to its end.
        match stopped {
            true => state.child = None,
            false => state.deaths = 0,
        }
        heard
    }
}
