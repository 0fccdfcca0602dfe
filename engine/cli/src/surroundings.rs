//! All that the program knows of where it runs: nothing else reads streams, environment or clock.

use std::collections::BTreeMap;
#[cfg(unix)]
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use runsheet_host::process::Program;
use runsheet_step::{Catalogue, Moment};

use crate::catalogue::catalogue;

/// Where the program runs.
pub struct Surroundings {
    /// What is typed.
    pub input: Box<dyn BufRead + Send>,
    /// Where data goes.
    pub output: Box<dyn Write + Send>,
    /// Where talk goes.
    pub talk: Box<dyn Write + Send>,
    /// Which of them are a terminal, and how wide it is.
    pub terminal: Terminal,
    /// The environment.
    pub environment: BTreeMap<String, String>,
    /// The current folder.
    pub folder: PathBuf,
    /// The time on this machine when the program began: it names a run.
    pub now: Moment,
    /// Any number that another run of the same second does not have.
    pub salt: u64,
    /// Whether Ctrl-C is listened to.
    pub interrupts: bool,
    /// The program that the machines of a lab on disk are given, if it is there.
    pub lab_program: Option<PathBuf>,
    /// The kinds and facilities there are, those of plugins aside.
    pub kinds: Catalogue,
    /// What hosts plugins in processes of their own, where that can be.
    pub plugin_host: Option<Program>,
    /// Has all that is printed in this process go where talk goes from then on, and gives the stream
    /// that data goes to. It is called once, before code of others runs here.
    pub apart: Option<Apart>,
}

/// What keeps data clean of what others print.
pub type Apart = fn() -> io::Result<Box<dyn Write + Send>>;

/// Which streams are a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// What is typed comes from one.
    pub input: bool,
    /// Data goes to one.
    pub output: bool,
    /// Talk goes to one.
    pub talk: bool,
    /// Its columns; 0: not known.
    pub width: usize,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> Surroundings {
        let size = terminal_size::terminal_size_of(std::io::stderr());
        let width = size
            .or_else(terminal_size::terminal_size)
            .map(|(width, _)| width.0.into());
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let nanos = u64::from(since.subsec_nanos());
        Surroundings {
            input: Box::new(BufReader::new(std::io::stdin())),
            output: Box::new(std::io::stdout()),
            talk: Box::new(std::io::stderr()),
            terminal: Terminal {
                input: std::io::stdin().is_terminal(),
                output: std::io::stdout().is_terminal(),
                talk: std::io::stderr().is_terminal(),
                width: width.unwrap_or(0),
            },
            environment: std::env::vars_os()
                .filter_map(|(name, value)| {
                    Some((name.into_string().ok()?, value.into_string().ok()?))
                })
                .collect(),
            folder: std::env::current_dir().unwrap_or_default(),
            now: Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX)),
            salt: nanos ^ u64::from(std::process::id()) << 12,
            interrupts: true,
            lab_program: lab_program(),
            kinds: catalogue(),
            plugin_host: Program::this("plugin-host").ok(),
            #[cfg(unix)]
            apart: Some(apart),
            #[cfg(not(unix))]
            apart: None,
        }
    }
}

/// Keeps the standard output for data: what prints to it by itself prints to the error output then.
#[cfg(unix)]
fn apart() -> io::Result<Box<dyn Write + Send>> {
    io::stdout().flush()?;
    // Not one of the first three numbers, and not for programs that are started.
    let data = rustix::io::fcntl_dupfd_cloexec(io::stdout(), 3)?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(Box::new(File::from(data)))
}

/// `runsheet-lab`, beside this program.
fn lab_program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let name = format!("runsheet-lab{}", std::env::consts::EXE_SUFFIX);
    let beside = own.with_file_name(name);
    beside.is_file().then_some(beside)
}
