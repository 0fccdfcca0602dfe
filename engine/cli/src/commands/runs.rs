//! `runs`: all runs there have been, the latest last.

use runsheet_record::{Event, Status, What};
use runsheet_report::time;
use runsheet_runner::journal;
use runsheet_step::Name;
use serde::Serialize;

use crate::args::RunsArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::state_dir::{RunFolder, StateDir};

/// What is told of one.
#[derive(Serialize)]
struct Line {
    #[serde(rename = "runsheet-run")]
    version: u32,
    run: String,
    status: Option<Status>,
    workflow: Name,
    site: Name,
    /// How long it took on the clock of the site.
    took_millis: u64,
}

pub(super) fn runs(
    arguments: &RunsArguments,
    state: &StateDir,
    console: &Console,
) -> Result<Exit, Complaint> {
    let lines: Vec<Line> = state.runs()?.iter().filter_map(line).collect();
    if lines.is_empty() && !arguments.json {
        console.note("there has been no run yet: `runsheet apply WORKFLOW` makes one");
        return Ok(Exit::Done);
    }
    let wide = lines
        .iter()
        .map(|line| line.workflow.chars().count())
        .max()
        .unwrap_or(0);
    for line in &lines {
        let text = if arguments.json {
            serde_json::to_string(line)?
        } else {
            told(line, wide)
        };
        console.data(&format!("{text}\n"))?;
    }
    Ok(Exit::Done)
}

fn told(line: &Line, wide: usize) -> String {
    let status = line.status.map_or("not ended", Status::word);
    let took = time::span(std::time::Duration::from_millis(line.took_millis));
    let (run, workflow, site) = (&line.run, &line.workflow, &line.site);
    format!("{run}  {status:<9}  {workflow:<wide$}  {site}  {took}")
}

/// A journal without a beginning tells nothing.
fn line(folder: &RunFolder) -> Option<Line> {
    let events = journal::read(&folder.journal()).ok()?.events;
    let first: &Event = events.first()?;
    let last = events.last()?;
    let What::RunStarted(started) = &first.what else {
        return None;
    };
    let status = match &last.what {
        What::RunEnded(ended) => Some(ended.status),
        _ => None,
    };
    let took = last.at.since(first.at).as_millis();
    Some(Line {
        version: 1,
        run: folder.id.clone(),
        status,
        workflow: started.workflow.clone(),
        site: started.site.clone(),
        took_millis: u64::try_from(took).unwrap_or(u64::MAX),
    })
}
