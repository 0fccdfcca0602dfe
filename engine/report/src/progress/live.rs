//! Lines that are drawn again as things happen and as time passes: one for each step of the
//! outermost list, however many instances are in it.

use std::io;
use std::sync::Arc;

use runsheet_language::bound::Bound;
use runsheet_record::event::Ended;
use runsheet_record::observer::Observer;
use runsheet_record::state::{Instance, InstanceId};
use runsheet_record::{Event, State, Status, What};
use runsheet_step::Moment;

use super::line;
use crate::look::{Look, clipped, drawn, one_line};
use crate::screen::Screen;
use crate::tally::{self, Tally};
use crate::time;

/// How many lines there are at most, so that they fit on a terminal.
const TALLEST: usize = 20;
/// How many of what is running are named on a line.
const NAMED: usize = 3;

/// Draws the lines.
pub struct Live {
    screen: Screen,
    look: Look,
    /// The run as its events tell it: lines are drawn between events too.
    state: State,
    trouble: Option<io::Error>,
}

impl Live {
    /// Lines at the foot of this screen.
    #[must_use]
    pub fn new(screen: Screen, look: Look, bound: Arc<Bound>) -> Live {
        Live {
            screen,
            look,
            state: State::new(bound),
            trouble: None,
        }
    }

    /// The first thing that went wrong with writing, if anything did.
    pub fn trouble(&mut self) -> Option<io::Error> {
        self.trouble.take()
    }

    /// Draws the run as it stands, when the clock of the site shows this.
    pub fn draw(&mut self, now: Moment) {
        let lines = if self.state.ended.is_some() {
            Vec::new()
        } else {
            self.lines(now)
        };
        let drawn = self.screen.draw(lines);
        self.note(drawn);
    }

    fn note(&mut self, written: io::Result<()>) {
        if let Err(trouble) = written {
            self.trouble.get_or_insert(trouble);
        }
    }

    /// A line for each step of the outermost list; of many, those at work or gone wrong, and the
    /// others counted.
    fn lines(&self, now: Moment) -> Vec<String> {
        let state = &self.state;
        let lists = [Some(state.main()), state.finally()];
        let tops = lists.into_iter().flatten();
        let steps: Vec<InstanceId> = tops
            .flat_map(|list| &state.instance(list).children)
            .copied()
            .collect();
        if steps.len() <= TALLEST {
            return steps.iter().map(|step| self.line(*step, now)).collect();
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
        lines.extend(shown.map(|step| self.line(*step, now)));
        lines.push(format!("{waiting} to come"));
        lines
    }

    fn line(&self, id: InstanceId, now: Moment) -> String {
        let state = &self.state;
        let instance = state.instance(id);
        let status = instance.status;
        let word = format!("{:<9}", line::word(status, instance.rescued));
        let word = self.look.paint(line::tone(status), &word);
        let mut about = format!("  {}", instance.address);
        if let Some(span) = elapsed(instance, now) {
            about.push_str(&format!(" ({span})"));
        }
        let tally = Tally::of(state, id);
        if tally.total() > 1 && !matches!(status, Status::Waiting | Status::Skipped) {
            about.push_str(&format!(": {}", tally.words()));
        }
        if status == Status::Running {
            about.push_str(&running(state, id));
        }
        let width = self.look.width.saturating_sub(10);
        drawn(&(word + &clipped(&one_line(&about), width)))
    }
}

/// How long it has taken so far, or took; nothing for a moment.
fn elapsed(instance: &Instance, now: Moment) -> Option<String> {
    let until = instance.ended.unwrap_or(now);
    let span = until.since(instance.started?);
    (span.as_secs() > 0).then(|| time::span(span))
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

impl Observer for Live {
    fn on(&mut self, event: &Event, _: &State) {
        self.state.apply(event);
        if stays(event)
            && let Some(line) = line::of(event, &self.state, self.look)
        {
            let told = self.screen.tell(&line);
            self.note(told);
        }
        if self.state.ended.is_some() {
            self.draw(event.at);
        }
    }
}

/// What stays on the screen above the lines that change: what a person must not miss.
fn stays(event: &Event) -> bool {
    match &event.what {
        What::Retried(_)
        | What::Confirmed(_)
        | What::CancelRequested
        | What::Rescuing(_)
        | What::RunStarted(_) => true,
        What::Ended(Ended {
            status, warnings, ..
        }) => matches!(status, Status::Failed | Status::InDoubt) || !warnings.is_empty(),
        _ => false,
    }
}
