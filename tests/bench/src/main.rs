//! Time and memory of reading and planning the flagship for 1,000 postoffices of two users each,
//! against their bars. It measures; it does not test what comes out.
//!
//! Each command is run in a process of its own, which is this program once more, so that one does
//! not pay for the memory of another.

mod memory;
mod site;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use runsheet_kit::desk::Desk;

/// How many postoffices.
const POSTOFFICES: usize = 1000;

/// How long a command may take.
const MOST_TIME: Duration = Duration::from_secs(1);

/// How much memory it may need at its peak, in KiB.
const MOST_MEMORY: u64 = 150 * 1024;

/// The first argument of a process that is to measure one command.
const MEASURE: &str = "measure";

const COMMANDS: [&str; 2] = [
    "check workflows/manual-dirsync-exchange-server.yaml --site large.yaml",
    "plan workflows/manual-dirsync-exchange-server.yaml --site large.yaml",
];

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let done = match (arguments.next().as_deref(), arguments.next()) {
        (Some(MEASURE), Some(line)) => measure(&line),
        _ => measure_all(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            let _ = writeln!(io::stderr(), "error: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// Measures every command in a process of its own. Gives whether all kept their bars.
fn measure_all() -> io::Result<bool> {
    let this = env::current_exe()?;
    let mut all = true;
    writeln!(io::stdout(), "{POSTOFFICES} postoffices")?;
    for line in COMMANDS {
        all &= Command::new(&this)
            .args([MEASURE, line])
            .status()?
            .success();
    }
    Ok(all)
}

/// Runs one command here and tells what it took. Gives whether it kept its bars.
fn measure(line: &str) -> io::Result<bool> {
    let workflows = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../workflows");
    let mut desk = Desk::new().with(&workflows.canonicalize()?);
    desk.folder().write("large.yaml", &site::of(POSTOFFICES));
    let began = Instant::now();
    let left = desk.runsheet(line);
    let took = began.elapsed();
    if left.code != 0 {
        return Err(io::Error::other(left.screen));
    }
    let peak = memory::peak();
    let kept = took <= MOST_TIME && peak.is_none_or(|peak| peak <= MOST_MEMORY);
    let name = line.split(' ').next().unwrap_or(line);
    let memory = peak.map_or("not known here".to_owned(), |peak| {
        format!("{} MiB", peak / 1024)
    });
    let verdict = if kept { "kept" } else { "MISSED" };
    writeln!(
        io::stdout(),
        "{name:<6} {:>5} ms of {} ms, peak memory {memory} of {} MiB: {verdict}",
        took.as_millis(),
        MOST_TIME.as_millis(),
        MOST_MEMORY / 1024,
    )?;
    Ok(kept)
}
