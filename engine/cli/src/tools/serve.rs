//! `runsheet-lab serve`: a lab whose clock goes by itself, with everything at work in it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use runsheet_lab::disk::Disk;
use runsheet_lab::disk::serving::{Pace, Serving};
use runsheet_lab::lab::Lab;
use runsheet_report::look::one_line;
use runsheet_step::duration;

use super::place::{self, Named};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::runtime::runtime;
use crate::signals::Signals;

/// How long nobody looks whether something is due: others may have begun something sooner.
const NAP: Duration = Duration::from_millis(20);

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    folder: Option<PathBuf>,
    clock: Option<u32>,
    for_so_long: Option<Duration>,
    quiet: bool,
}

pub(super) fn serve(
    arguments: &[String],
    named: &Named,
    console: &Console,
) -> Result<Exit, Complaint> {
    let asked = read(arguments)?;
    let folder: Option<&Path> = asked.folder.as_deref().or(named.lab.as_deref());
    let mut disk = place::lab(folder, console)?;
    let speed = asked.clock.unwrap_or(1);
    let start = disk.look(Lab::now)?;
    let serving = Serving::begin(disk.root(), Pace::from(start, speed))?;
    let place = disk.root().display();
    console.data(&format!(
        "serving {place} from {start} UTC, {speed} times as fast as here; Ctrl-C ends it\n"
    ))?;
    let quiet = asked.quiet;
    let ended = runtime()?.block_on(async {
        let mut signals = Signals::listen(console);
        let work = go_on(&mut disk, serving.pace(), quiet, console);
        tokio::select! {
            done = work => done,
            () = signals.heard_one() => Ok(()),
            () = over(asked.for_so_long) => Ok(()),
        }
    });
    ended?;
    let now = serving.pace().now();
    disk.change(|lab| lab.advance_to(now))?;
    drop(serving);
    console.data(&format!("stopped at {now} UTC\n"))?;
    Ok(Exit::Done)
}

async fn over(span: Option<Duration>) {
    match span {
        Some(span) => tokio::time::sleep(span).await,
        None => std::future::pending().await,
    }
}

/// Does what is due, when it is due; never done.
async fn go_on(
    disk: &mut Disk,
    pace: Pace,
    quiet: bool,
    console: &Console,
) -> Result<(), Complaint> {
    let mut told = disk.look(newest)?;
    loop {
        let now = pace.now();
        let due = disk.look(Lab::next_due)?;
        if due.is_some_and(|due| due <= now) {
            disk.change(|lab| lab.advance_to(now))?;
        }
        if !quiet {
            let lines = disk.look(|lab| news(lab, &mut told))?;
            console.data(&lines)?;
        }
        tokio::time::sleep(NAP).await;
    }
}

/// The number of the newest event of each log.
fn newest(lab: &Lab) -> Vec<u64> {
    lab.exchanges.iter().map(|it| it.log.newest()).collect()
}

/// A line for every event that is new.
fn news(lab: &Lab, told: &mut [u64]) -> String {
    let mut lines = String::new();
    for (server, told) in lab.exchanges.iter().zip(told) {
        for record in server.log.after(*told) {
            let (from, to) = (record.field("FROM"), record.field("TO"));
            let about = match (from, to) {
                (Some(from), Some(to)) => format!("{from} to {to}"),
                _ => record.message(),
            };
            let (at, id, category) = (record.at, record.id, &record.category);
            let (host, source) = (&server.host, &record.source);
            let line = format!("{at}  {host}  {source} {id} {category}: {about}");
            lines.push_str(&one_line(&line));
            lines.push('\n');
        }
        *told = server.log.newest();
    }
    lines
}

fn read(arguments: &[String]) -> Result<Asked, Complaint> {
    let wrong = |what: &str| {
        let complaint = Complaint::new(format!("serve does not understand `{what}`"));
        complaint
            .help("write runsheet-lab serve DIR --clock 60 --for 10m")
            .exit(Exit::Usage)
    };
    let mut asked = Asked::default();
    let mut rest = arguments.iter();
    while let Some(word) = rest.next() {
        let (name, glued) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word.as_str(), None),
        };
        match name {
            "--quiet" => asked.quiet = true,
            "--clock" | "--for" => {
                let value = glued.or_else(|| rest.next().map(String::as_str));
                let value = value.ok_or_else(|| wrong(word))?;
                if name == "--clock" {
                    let speed = value.parse().ok().filter(|it| *it > 0);
                    asked.clock = Some(speed.ok_or_else(|| wrong(value))?);
                } else {
                    let span = duration::parse(value).map_err(|_| wrong(value))?;
                    asked.for_so_long = Some(span);
                }
            }
            name if name.starts_with('-') || asked.folder.is_some() => return Err(wrong(word)),
            folder => asked.folder = Some(folder.into()),
        }
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::{Asked, read};
    use std::time::Duration;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_lab_is_served_as_fast_and_as_long_as_is_said() {
        let asked = read(&words("labs/small --clock 60 --for=10m")).unwrap();
        let expected = Asked {
            folder: Some("labs/small".into()),
            clock: Some(60),
            for_so_long: Some(Duration::from_secs(600)),
            quiet: false,
        };
        assert_eq!(asked, expected);
        for wrong in [
            "--clock",
            "--clock 0",
            "--clock fast",
            "--for 10",
            "a b",
            "--loud",
        ] {
            assert!(read(&words(wrong)).is_err(), "{wrong}");
        }
    }
}
