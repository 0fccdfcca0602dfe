//! DSSCHED: lists PROCESS.GLB, or writes its times into a file (`-x`) or takes them from one (`-i`),
//! a line each: `T1 Sat 13:45` (Q96060, Q119590).
//!
//! Postoffices that are not the server take no T2. `-v` tells more of each time; that this is what
//! Q148718 shows and Q96060 does not is inferred.

use std::sync::Arc;

use runsheet_formats::files::process::Task;
use runsheet_formats::listing::banner;
use runsheet_formats::stamp::long;
use runsheet_step::Moment;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::disk::postoffice::{Found, notice};
use crate::lab::{Lab, Role};
use crate::postoffice::schedule::{PROCESS, Time};
use crate::postoffice::{Postoffice, PostofficeId};

const REFUSED: &str = "Bad ID or Password";
/// Its own version (Q96060).
const VERSION: &str = "3.2";

/// Readies a listing, an import or an export. That a wrong password is told as IMPORT does is
/// inferred.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice_or_m(lab, place) else {
        return Program::ending("", 1);
    };
    if !lab.postoffices[id].admits(line) {
        return Program::ending(REFUSED, 1);
    }
    let (from, into) = (line.value('i'), line.value('x'));
    let (from, into) = (from.map(str::to_owned), into.map(str::to_owned));
    let talks = line.has('v');
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        let done = match (&from, &into) {
            (Some(file), _) => take(lab, id, file),
            (None, Some(file)) => give(&mut lab.postoffices[id], file),
            (None, None) => list(&lab.postoffices[id], talks, terminal),
        };
        if let Err(why) = done {
            terminal.say(&why);
            terminal.leave(1);
        }
    };
    let lasts = lab.postoffices[id].pace.admin;
    Program::acting(lasts, vec![Arc::new(act)])
}

fn usable(postoffice: &Postoffice) -> Result<(), String> {
    let usable = postoffice.conditions.write(PROCESS);
    usable.map_err(|_| r"Error opening file: GLB\PROCESS.GLB".to_owned())
}

fn take(lab: &mut Lab, id: PostofficeId, file: &str) -> Result<(), String> {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    usable(postoffice)?;
    let path = postoffice.normal(file);
    let text = path.and_then(|path| postoffice.texts.get(&path));
    let text = text.ok_or_else(|| format!("Error opening file: {file}"))?;
    let mut times = Vec::new();
    for line in text.lines().filter(|it| !it.trim().is_empty()) {
        times.push(Time::parse(line, now).ok_or_else(|| format!("Invalid line: {line}"))?);
    }
    if postoffice.serving.is_none() {
        times.retain(|it| it.part != Task::T2 as u8);
    }
    for part in [Task::T1, Task::T2, Task::T3] {
        let of_part = times.iter().filter(|it| it.part == part as u8);
        let of_part: Vec<Time> = of_part.cloned().collect();
        if !of_part.is_empty() {
            postoffice.schedule.put(part, of_part);
        }
    }
    Ok(())
}

fn give(postoffice: &mut Postoffice, file: &str) -> Result<(), String> {
    usable(postoffice)?;
    let failed = || format!("Error opening file: {file}");
    let path = postoffice.normal(file).ok_or_else(failed)?;
    let lines = postoffice.schedule.times.iter().map(|it| it.line() + "\n");
    let text: String = lines.collect();
    postoffice.conditions.write(&path).map_err(|_| failed())?;
    notice(postoffice, &path, &Found::File(text.into_bytes()));
    Ok(())
}

fn list(postoffice: &Postoffice, talks: bool, terminal: &mut Terminal<'_>) -> Result<(), String> {
    usable(postoffice)?;
    terminal.say(&banner("DSSched", VERSION));
    terminal.say(&format!(
        "Examining {} Dir-Sync process times",
        postoffice.name
    ));
    let window = postoffice.schedule.run_window;
    for (number, time) in (1..).zip(&postoffice.schedule.times) {
        let lines = lines(number, time, window).into_iter();
        let told = lines
            .enumerate()
            .filter(|(at, _)| talks || SHORT.contains(at));
        told.for_each(|(_, line)| terminal.say(&line));
    }
    Ok(())
}

/// The lines of a record that are told without `-v`: the empty one before it, its number, what runs,
/// and when (Q96060).
const SHORT: [usize; 4] = [0, 1, 3, 4];

/// What is said of one record.
fn lines(number: usize, time: &Time, window: u32) -> Vec<String> {
    let (next, switch, hours) = (long::print(time.next), time.switch(), window / 3600);
    let last = long::print(Moment(time.next.0 + i64::from(window) * 1000));
    vec![
        String::new(),
        format!("   Record number {number}"),
        format!("ID = {}", time.part),
        what(time).to_owned(),
        format!("Current time to run NSDA {switch}: {next}"),
        format!("Run window is {hours} hours ({window} seconds)"),
        format!("Time after which this process will not run: {last}"),
        "If this time is exceeded, an error (missed run window) is recorded.".to_owned(),
        "Next scheduled time is used instead of this time.".to_owned(),
        format!("This instance next runs on {next}"),
        "Process comment: <null>".to_owned(),
    ]
}

fn what(time: &Time) -> &'static str {
    match time.part {
        1 => "Requestor sends updates (Dispatch runs NSDA -RT)",
        2 => "Server process (Dispatch runs NSDA -S)",
        _ => "Requestor processes updates (Dispatch runs NSDA -RR)",
    }
}
