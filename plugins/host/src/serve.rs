//! The other side of [`crate::process`]: a child host, which loads one library, hands it the
//! messages that come, and lives no longer than its parent.

mod confine;
mod doubt;

use std::io::{self, Write};
use std::path::Path;

use runsheet_messages::method::Method;

use crate::frame::{self, ANSWER, Broken, Frames, Hello, REFUSED};
use crate::library::{self, Library};
use crate::line::{LONGEST_ANSWER, Line, Trouble};
use crate::thinking;
use confine::Ends;
use doubt::Doubt;

/// Serves the library of a file over the pipes that this process has for its input and output,
/// until they are closed. `memory` is how much the process may reserve, in bytes;
/// `forbidden` are calls of the system that end it once the library is loaded, see
/// [`crate::thinking`].
///
/// Call it first thing: nobody else may use these two, and what is printed afterwards is printed
/// with the errors.
///
/// # Errors
/// There are no such pipes, or the process cannot be confined.
pub fn serve(path: &Path, memory: Option<u64>, forbidden: Option<&str>) -> io::Result<()> {
    let ends = confine::away()?;
    confine::limit(memory)?;
    confine::die_with(&ends)?;
    library::log_by(print);
    let mut frames = Frames::new(ends);
    let served = match Library::load(path) {
        Ok(library) => {
            if let Some(calls) = forbidden {
                thinking::forbid(calls)?;
            }
            answer_all(&mut frames, &library)
        }
        Err(why) => frames.send(REFUSED, why.as_bytes()),
    };
    match served {
        Ok(()) | Err(Broken::Ended) => confine::end(),
        Err(broken) => Err(io::Error::other(format!("{broken:?}"))),
    }
}

fn answer_all(frames: &mut Frames<Ends>, library: &Library) -> Result<(), Broken> {
    frames.send(ANSWER, &hello(library))?;
    let mut doubt = Doubt::default();
    loop {
        let (number, message) = frames.receive(LONGEST_ANSWER)?;
        let answer = match Method::of(number) {
            Some(Method::Turn) if doubt.takes(message) => twice(library, message),
            Some(method) => library.say(method, message),
            None => Err(Trouble::Unsupported),
        };
        let (mark, body) = frame::sent(&answer);
        frames.send(mark, body)?;
    }
}

/// A turn of a step, asked for twice: nobody has vouched for this library, and a question that is
/// another the second time had better not be asked at all.
fn twice(library: &Library, message: &[u8]) -> Result<Vec<u8>, Trouble> {
    let turn = library.say(Method::Turn, message)?;
    let again = library.say(Method::Turn, message)?;
    match turn == again || same(&turn, &again) {
        true => Ok(turn),
        false => Err(Trouble::Wavered(
            "asked twice, it gives two different turns".to_owned(),
        )),
    }
}

/// Whether two texts differ only in how they are written.
fn same(one: &[u8], other: &[u8]) -> bool {
    let read = |text| serde_json::from_slice::<serde_json::Value>(text);
    matches!((read(one), read(other)), (Ok(one), Ok(other)) if one == other)
}

fn hello(library: &Library) -> Vec<u8> {
    let answered = Method::ALL
        .into_iter()
        .filter(|method| library.answers(*method));
    let hello = Hello {
        minor: library.minor,
        methods: answered.map(|method| method as u8).collect(),
    };
    serde_json::to_vec(&hello).unwrap_or_default()
}

/// A line of the log, with its level for the host.
fn print(level: i32, line: &str) {
    let level = level.clamp(1, 4);
    let line = line.replace('\n', " ");
    let _ = writeln!(io::stderr(), "<{level}>{line}");
}
