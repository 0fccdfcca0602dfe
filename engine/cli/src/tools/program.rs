//! A program of a lab run as a process: stage by stage, each stage one action on the lab, with
//! the keyboard and the screen of this process.

use runsheet_lab::disk::serving;
use runsheet_lab::performance::{Asked, Performance};
use runsheet_lab::process::NotStarted;

use super::OF_EXCHANGE;
use super::place::{Named, Place};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::runtime::runtime;

/// Ctrl+C is displayed by these, and ignored (Q93569).
const DEAF: [&str; 3] = ["import", "reqmain", "srvmain"];

/// Runs it, and returns its exit code.
///
/// # Errors
/// Where there is no lab, no machine or no such program there.
pub(super) fn run(
    name: &str,
    arguments: &[String],
    named: &Named,
    console: &Console,
) -> Result<u8, Complaint> {
    let mut place = Place::find(named, console)?;
    let mut argv = vec![name.to_owned()];
    argv.extend_from_slice(arguments);
    let ready = place
        .disk
        .look(|lab| Performance::ready(lab, &place.host, &argv, &place.cwd))?;
    let mut run = Run {
        performance: ready.map_err(|why| not_started(why, name, &place, console))?,
        shown: 0,
        console,
    };
    let runtime = runtime()?;
    let _deaf = is_deaf(&argv).then(|| runtime.block_on(async { deaf(console) }));
    runtime.block_on(run.finish(&mut place))?;
    let exit = run.performance.exit().unwrap_or(0);
    // What does not fit into the system's exit codes is cut as the system cuts it.
    Ok(exit.to_le_bytes()[0])
}

/// Whether it does not heed Ctrl+C, by itself or started by FORCEDOS.
fn is_deaf(argv: &[String]) -> bool {
    let is_one = |name: &String| DEAF.iter().any(|it| name.eq_ignore_ascii_case(it));
    let by_forcedos = argv[0].eq_ignore_ascii_case("forcedos");
    argv.get(usize::from(by_forcedos)).is_some_and(is_one)
}

/// Takes Ctrl+C, for nothing.
#[cfg(unix)]
fn deaf(console: &Console) -> Option<tokio::signal::unix::Signal> {
    use tokio::signal::unix::{SignalKind, signal};
    console
        .interrupts
        .then(|| signal(SignalKind::interrupt()).ok())
        .flatten()
}

#[cfg(not(unix))]
fn deaf(_: &Console) {}

/// A program at work, and how much of its screen has been shown.
struct Run<'c> {
    performance: Performance,
    shown: usize,
    console: &'c Console,
}

impl Run<'_> {
    async fn finish(&mut self, place: &mut Place) -> Result<(), Complaint> {
        while let Some(works_for) = self.performance.works_for() {
            if let Some(pace) = serving::pace(place.disk.root()) {
                tokio::time::sleep(pace.here(works_for)).await;
            }
            self.stage(place).await?;
            let screen = self.performance.screen().to_owned();
            self.show(&screen)?;
        }
        Ok(())
    }

    /// One stage. Where it asks, what it has done is dropped, a line is read, and it is done
    /// again: a person who thinks keeps nobody else from the lab.
    async fn stage(&mut self, place: &mut Place) -> Result<(), Complaint> {
        let mut typed = Vec::new();
        loop {
            let performance = &mut self.performance;
            let done = place
                .disk
                .try_change(|lab| performance.stage(lab, &typed))?;
            let Err(Asked { screen }) = done else {
                return Ok(());
            };
            self.show(&screen)?;
            let line = self.console.person.line().await?;
            if self.console.terminal.input && line.is_some() {
                // The key that ended the line has moved the screen on.
                self.shown += 1;
            }
            typed.push(line);
        }
    }

    /// Shows what is new on the screen.
    fn show(&mut self, screen: &str) -> Result<(), Complaint> {
        if let Some(new) = screen.get(self.shown..).filter(|new| !new.is_empty()) {
            self.console.data(new)?;
            self.shown = screen.len();
        }
        Ok(())
    }
}

fn not_started(why: NotStarted, name: &str, place: &Place, console: &Console) -> Complaint {
    let Place {
        host, cwd, disk, ..
    } = place;
    match why {
        NotStarted::NoSuchHost => Complaint::new(format!("no programs run at {host}")),
        NotStarted::NotFound if place.is_exchange => {
            let complaint = Complaint::new(format!("{host} is an Exchange server without {name}"));
            complaint.help(format!("its programs are {}", OF_EXCHANGE.join(", ")))
        }
        NotStarted::NotFound => {
            let complaint = Complaint::new(format!("{name} is not found from {cwd} at {host}"));
            let home = disk.root().join(host).join("MAILEXE");
            complaint.help(format!(
                "a program is run from its own directory: cd {}",
                console.shown(&home)
            ))
        }
    }
}
