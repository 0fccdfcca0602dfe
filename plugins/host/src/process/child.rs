//! One process with one library in it.

use std::io::{PipeReader, PipeWriter};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{self, Command, Stdio};
use std::time::Duration;

use runsheet_messages::method::Method;

use crate::frame::{self, Broken, Frames, Hello};
use crate::interrupt::{Interrupt, Who};
use crate::line::{LONGEST_ANSWER, Trouble};
use crate::process::death::{Ending, put_down};
use crate::process::pipes::Pipes;
use crate::process::words::Words;
use crate::process::{Limits, Program};

/// Where the loader of the system looks for what a library leans on. Nothing else of our
/// environment is handed on: a plugin has no business there.
const KEPT: [&str; 2] = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

pub(crate) struct Child {
    /// None once it has been seen off.
    process: Option<process::Child>,
    number: u32,
    frames: Frames<Pipes>,
    words: Words,
    deadline: Duration,
}

impl Child {
    /// Starts it and hears its first frame.
    pub(crate) fn start(
        program: &Program,
        library: &Path,
        limits: &Limits,
        interrupt: &Interrupt,
    ) -> Result<(Child, Hello), Trouble> {
        let told = |error| Trouble::Gone(format!("its process cannot be started: {error}"));
        let (ours, input, output) = Pipes::new().map_err(told)?;
        let mut command = command(program, library, limits, (input, output));
        let mut process = command.spawn().map_err(told)?;
        // Else our own copies of its ends would keep the pipes open when it is gone.
        drop(command);
        let mut child = Child {
            words: Words::of(process.stderr.take()),
            number: process.id(),
            process: Some(process),
            frames: Frames::new(ours),
            deadline: limits.deadline,
        };
        let thought = interrupt.begin(child.who())?;
        let said = child.hello();
        if thought.end() {
            return Err(Trouble::Stopped);
        }
        match said {
            Ok(Ok(hello)) => Ok((child, hello)),
            Ok(Err(why)) => Err(Trouble::Gone(why)),
            Err(broken) => Err(Trouble::Gone(child.end(&broken))),
        }
    }

    /// Who thinks, when this does.
    pub(crate) fn who(&self) -> Who {
        Who::Apart(self.number)
    }

    /// Its first frame, or why there is no plugin.
    fn hello(&mut self) -> Result<Result<Hello, String>, Broken> {
        self.frames.stream.within(self.deadline);
        let (mark, body) = self.frames.receive(LONGEST_ANSWER)?;
        Ok(match frame::understood(mark, body) {
            Ok(hello) => serde_json::from_slice(hello)
                .map_err(|error| format!("its process is none of ours: {error}")),
            Err(Trouble::Refused(why)) => Err(why),
            Err(trouble) => Err(trouble.to_string()),
        })
    }

    /// One message, one answer.
    pub(crate) fn say(&mut self, method: Method, message: &[u8]) -> Result<(u8, &[u8]), Broken> {
        self.frames.stream.within(self.deadline);
        self.frames.send(method as u8, message)?;
        self.frames.receive(LONGEST_ANSWER)
    }

    /// Ends it, after which it is of no more use, and says in words how it came to that.
    pub(crate) fn end(&mut self, broken: &Broken) -> String {
        let closed = matches!(broken, Broken::Ended);
        let ending = self.process.take().map(|it| Ending::of(it, closed));
        let ended = ending.map_or_else(|| "its process is gone".to_owned(), |it| it.to_string());
        let seconds = self.deadline.as_secs_f64();
        let why = match broken {
            Broken::Ended => ended,
            Broken::Late => format!("it did not answer within {seconds} s, and was ended"),
            Broken::TooLong(bytes) => {
                let mebibytes = bytes >> 20;
                format!("its answer would be {mebibytes} MiB long, and it was ended")
            }
            Broken::Chatter => "it wrote into the pipe to its host, and was ended".to_owned(),
            Broken::Pipe(error) => format!("the pipe to its process broke: {error}"),
        };
        match self.words.last() {
            Some(words) => format!("{why}; its last words: {words}"),
            None => why,
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.process.take().map(put_down);
    }
}

fn command(
    program: &Program,
    library: &Path,
    limits: &Limits,
    (input, output): (PipeReader, PipeWriter),
) -> Command {
    let mut command = Command::new(&program.path);
    command.args(&program.arguments);
    if let Some(memory) = limits.memory {
        command.arg("--memory").arg(memory.to_string());
    }
    let kept = KEPT.iter().filter_map(|name| {
        let value = std::env::var_os(name)?;
        Some((name, value))
    });
    command
        .arg(library)
        .env_clear()
        .envs(kept)
        .current_dir("/")
        // Ctrl-C at the terminal is for us: it must not take a plugin out of the middle of a run.
        .process_group(0)
        .stdin(input)
        .stdout(output)
        .stderr(Stdio::piped());
    command
}
