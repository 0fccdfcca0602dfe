//! `runs`: all runs there have been, the latest last.

use runsheet_record::{Status, What};
use runsheet_report::look::one_line;
use runsheet_report::time;
use runsheet_runner::journal::{self, Recorded};
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
    /// How it ended; nothing: it has not, or nobody knows.
    status: Option<Status>,
    /// Whether some process is at it.
    at_work: bool,
    workflow: Name,
    site: Name,
    /// How long it took on the clock of the site.
    took_millis: u64,
    /// Why its journal cannot be read, if it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    unreadable: Option<String>,
}

pub(super) fn runs(
    arguments: &RunsArguments,
    state: &StateDir,
    console: &Console,
) -> Result<Exit, Complaint> {
    let lines: Vec<Line> = state.runs()?.iter().map(line).collect();
    if lines.is_empty() && !arguments.json {
        let folder = state.shown(console);
        console.note(&format!(
            "no run is kept in {folder} yet: `runsheet apply WORKFLOW` makes one"
        ));
        return Ok(Exit::Done);
    }
    let widest = |of: fn(&Line) -> &Name| {
        let lengths = lines.iter().map(|line| of(line).chars().count());
        lengths.max().unwrap_or(0)
    };
    let wide = (widest(|it| &it.workflow), widest(|it| &it.site));
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

fn told(line: &Line, (wide, site_wide): (usize, usize)) -> String {
    let run = &line.run;
    if let Some(why) = &line.unreadable {
        return one_line(&format!("{run}  unreadable: {why}"));
    }
    let status = match line.status {
        Some(status) => status.word(),
        None if line.at_work => "at work",
        None => "not ended",
    };
    let took = time::span(std::time::Duration::from_millis(line.took_millis));
    let (workflow, site) = (&line.workflow, &line.site);
    one_line(&format!(
        "{run}  {status:<9}  {workflow:<wide$}  {site:<site_wide$}  {took}"
    ))
}

fn line(folder: &RunFolder) -> Line {
    let mut line = Line {
        version: 1,
        run: folder.id.clone(),
        status: None,
        at_work: folder.is_at_work(),
        workflow: "".into(),
        site: "".into(),
        took_millis: 0,
        unreadable: None,
    };
    match journal::read(&folder.journal()) {
        Ok(recorded) => line.fill(&recorded),
        Err(error) => line.unreadable = Some(error.to_string()),
    }
    line
}

impl Line {
    fn fill(&mut self, recorded: &Recorded) {
        let events = &recorded.events;
        let (Some(first), Some(last)) = (events.first(), events.last()) else {
            self.unreadable = Some("its journal ends before it begins".to_owned());
            return;
        };
        if let What::RunStarted(started) = &first.what {
            self.workflow = started.workflow.clone();
            self.site = started.site.clone();
        }
        if let What::RunEnded(ended) = &last.what {
            self.status = Some(ended.status);
        }
        let took = last.at.since(first.at).as_millis();
        self.took_millis = u64::try_from(took).unwrap_or(u64::MAX);
    }
}
