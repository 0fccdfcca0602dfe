//! A screen that is drawn again as things happen: one line for each step of the outermost list,
//! however many instances are in it.

use std::io::{self, Write};

use runsheet_record::event::Ended;
use runsheet_record::observer::Observer;
use runsheet_record::state::{Instance, InstanceId};
use runsheet_record::{Event, State, Status, What};

use super::line;
use crate::look::{Look, Tone, clipped};
use crate::tally::{self, Tally};
use crate::time;

/// How many lines the screen has at most, so that it fits on a terminal.
const TALLEST: usize = 20;
/// How many of what is running are named on a line.
const NAMED: usize = 3;

/// Whether it is time to draw again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Not yet.
    Later,
    /// Yes.
    Now,
    /// Yes, and below what somebody else has written since.
    Afresh,
}

/// Draws the screen.
pub struct Live<W> {
    out: W,
    look: Look,
    due: Box<dyn FnMut() -> Due>,
    drawn: Vec<String>,
    trouble: Option<io::Error>,
}

impl<W: Write> Live<W> {
    /// A screen on this writer, drawn when `due` says so and at the end.
    pub fn new(out: W, look: Look, due: impl FnMut() -> Due + 'static) -> Live<W> {
        Live {
            out,
            look,
            due: Box::new(due),
            drawn: Vec::new(),
            trouble: None,
        }
    }

    /// The first thing that went wrong with writing, if anything did.
    pub fn trouble(&mut self) -> Option<io::Error> {
        self.trouble.take()
    }

    /// Writes what has changed at once, so that nothing flickers: back to the first line of the
    /// screen, what is to stay above it, then each line anew.
    fn draw(&mut self, above: Option<String>, lines: Vec<String>) {
        if above.is_none() && lines == self.drawn {
            return;
        }
        let mut text = String::new();
        if !self.drawn.is_empty() {
            text.push_str(&format!("\u{1b}[{}A\r", self.drawn.len()));
        }
        for line in above.iter().chain(&lines) {
            text.push_str(&format!("\u{1b}[2K{line}\n"));
        }
        text.push_str("\u{1b}[0J");
        let written = self.out.write_all(text.as_bytes());
        if let Err(trouble) = written.and_then(|()| self.out.flush()) {
            self.trouble.get_or_insert(trouble);
        }
        self.drawn = lines;
    }

    /// A line for each step of the outermost list; of many, those at work or gone wrong, and the
    /// others counted.
    fn screen(&self, state: &State) -> Vec<String> {
        let lists = [Some(state.main()), state.finally()];
        let tops = lists.into_iter().flatten();
        let steps: Vec<InstanceId> = tops
            .flat_map(|list| &state.instance(list).children)
            .copied()
            .collect();
        if steps.len() <= TALLEST {
            return steps.iter().map(|step| self.line(state, *step)).collect();
        }
        let is_quiet = |step: &InstanceId| {
            let status = state.instance(*step).status;
            matches!(
                status,
                Status::Succeeded | Status::Skipped | Status::Waiting
            )
        };
        let (quiet, loud): (Vec<_>, Vec<_>) = steps.into_iter().partition(is_quiet);
        let to_come = |step: &&InstanceId| state.instance(**step).status == Status::Waiting;
        let waiting = quiet.iter().filter(to_come).count();
        let mut lines = vec![format!("{} done", quiet.len() - waiting)];
        let shown = loud.iter().take(TALLEST - 2);
        lines.extend(shown.map(|step| self.line(state, *step)));
        lines.push(format!("{waiting} to come"));
        lines
    }

    fn line(&self, state: &State, id: InstanceId) -> String {
        let instance = state.instance(id);
        let status = instance.status;
        let word = self
            .look
            .paint(line::tone(status), &format!("{:<9}", status.word()));
        let mut about = format!("  {}", instance.address);
        let tally = Tally::of(state, id);
        if tally.total() > 1 && !matches!(status, Status::Waiting | Status::Skipped) {
            about.push_str(&format!(": {}", tally.words()));
        }
        if status == Status::Running {
            about.push_str(&running(state, id));
        }
        word + &clipped(&about, self.look.width.saturating_sub(10))
    }
}

/// What is running in a group: the first few by name.
fn running(state: &State, id: InstanceId) -> String {
    let mut names: Vec<String> = Vec::new();
    let own = state.instance(id).address.len();
    tally::steps(state, id, &mut |step: &Instance| {
        if step.status == Status::Running && step.address.len() > own {
            names.push(step.address[own..].trim_start_matches('.').to_owned());
        }
    });
    if names.is_empty() {
        return String::new();
    }
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(" ({}{more})", names.join(", "))
}

impl<W: Write> Observer for Live<W> {
    fn on(&mut self, event: &Event, state: &State) {
        let is_over = matches!(event.what, What::RunEnded(_));
        let above = stays(event)
            .then(|| line::of(event, state, self.look))
            .flatten()
            .map(|line| {
                format!(
                    "{}  {line}",
                    self.look.paint(Tone::Faint, &time::clock(event.at))
                )
            });
        let due = (self.due)();
        if due == Due::Afresh {
            self.drawn.clear();
        }
        if is_over || above.is_some() || due != Due::Later {
            let lines = if is_over {
                Vec::new()
            } else {
                self.screen(state)
            };
            self.draw(above, lines);
        }
    }
}

/// What stays on the screen above the lines that change: what a person must not miss.
fn stays(event: &Event) -> bool {
    match &event.what {
        What::Retried(_) | What::Confirmed(_) | What::CancelRequested | What::RunStarted(_) => true,
        What::Ended(Ended {
            status, warnings, ..
        }) => matches!(status, Status::Failed | Status::InDoubt) || !warnings.is_empty(),
        _ => false,
    }
}
