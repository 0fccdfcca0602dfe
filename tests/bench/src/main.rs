//! Time and memory of the flagship for many postoffices of two users each, from reading it to whole
//! cycles, of a large variant, of a key in an editor, of what refusing hostile files takes, and of a
//! turn of a plugin, against their bars. It measures; it does not test what comes out.
//!
//! Each command is run in a process of its own, which is this program once more, so that one does
//! not pay for the memory of another.

mod hostile;
mod keystroke;
mod memory;
mod site;
mod turns;
mod variant;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use runsheet_kit::desk::Desk;

/// The first argument of a process that is to measure one row of the table.
const MEASURE: &str = "measure";

/// The rows that are no command.
const KEYSTROKE: &str = "keystroke";
const TURNS: &str = "turns";
const VARIANT: &str = "variant";

/// One thing to be measured, and its bars.
struct Row {
    name: &'static str,
    postoffices: usize,
    /// What the lab of the site is given beside its profile.
    lab: &'static str,
    command: &'static str,
    most_ms: u128,
    /// At the peak, in MiB; none where only time counts.
    most_mib: Option<u64>,
}

const FLAGSHIP: &str = "workflows/manual-dirsync-exchange-server.yaml --site large.yaml";

const ROWS: [Row; 5] = [
    Row {
        name: "check",
        postoffices: 1000,
        lab: "users: 2",
        command: "check",
        most_ms: 1000,
        most_mib: Some(150),
    },
    Row {
        name: "plan",
        postoffices: 1000,
        lab: "users: 2",
        command: "plan",
        most_ms: 1000,
        most_mib: Some(150),
    },
    Row {
        name: "the first full cycle",
        postoffices: 1000,
        lab: "users: 2",
        command: "apply",
        most_ms: 10_000,
        most_mib: Some(600),
    },
    Row {
        name: "a cycle with 10 changes",
        postoffices: 1000,
        lab: "users: 2, history: true, changes: {CHANGED}",
        command: "apply --set prepare_lists=false",
        most_ms: 5000,
        most_mib: Some(600),
    },
    Row {
        name: "a full cycle of 50",
        postoffices: 50,
        lab: "users: 2",
        command: "apply",
        most_ms: 1000,
        most_mib: None,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    let done = match (argument(0), argument(1)) {
        (Some(turns::PLUGIN_HOST), _) => turns::host(&arguments[1..]),
        (Some(MEASURE), Some(TURNS)) => turns::measure(),
        (Some(MEASURE), Some(VARIANT)) => variant::measure(),
        (Some(MEASURE), Some(KEYSTROKE)) => keystroke::measure(runsheet_cli::catalogue::catalogue),
        (Some(MEASURE), Some(name)) if hostile::has(name) => hostile::measure(name),
        (Some(MEASURE), Some(name)) => match ROWS.iter().find(|row| row.name == name) {
            Some(row) => measure(row),
            None => Err(io::Error::other(format!("there is no row `{name}`"))),
        },
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

/// Measures every row in a process of its own. Gives whether all kept their bars.
fn measure_all() -> io::Result<bool> {
    let this = env::current_exe()?;
    let mut all = true;
    let names = ROWS.iter().map(|row| row.name);
    for name in names
        .chain([VARIANT, KEYSTROKE, TURNS])
        .chain(hostile::names())
    {
        let measured = Command::new(&this).args([MEASURE, name]).status()?;
        all &= measured.success();
    }
    Ok(all)
}

/// Runs one command here and tells what it took. Gives whether it kept its bars.
fn measure(row: &Row) -> io::Result<bool> {
    let workflows = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../workflows");
    let mut desk = Desk::new().with(&workflows.canonicalize()?);
    let site = site::of(row.postoffices, row.lab);
    desk.folder().write("large.yaml", &site);
    let (verb, options) = row.command.split_once(' ').unwrap_or((row.command, ""));
    let began = Instant::now();
    let left = desk.runsheet(&format!("{verb} {FLAGSHIP} {options}"));
    let took = began.elapsed().as_millis();
    if left.code != 0 {
        return Err(io::Error::other(left.screen));
    }
    let peak = memory::peak().map(|kib| kib / 1024);
    let small = match (peak, row.most_mib) {
        (Some(peak), Some(most)) => peak <= most,
        _ => true,
    };
    let kept = took <= row.most_ms && small;
    let shown = |mib: Option<u64>| mib.map_or("-".to_owned(), |mib| mib.to_string());
    writeln!(
        io::stdout(),
        "{:<24} {:>4} postoffices {took:>6} of {:>6} ms  {:>4} of {:>4} MiB  {}",
        row.name,
        row.postoffices,
        row.most_ms,
        shown(peak),
        shown(row.most_mib),
        if kept { "kept" } else { "MISSED" },
    )?;
    Ok(kept)
}
