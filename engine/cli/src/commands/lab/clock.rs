//! `lab clock`: what time it is in a lab; and time that passes, with what happens in it.

use std::time::Duration;

use runsheet_formats::stamp;
use runsheet_lab::lab::Lab;
use runsheet_step::{Moment, duration};

use super::at_hand::AtHand;
use super::show;
use super::table::{Cell, Page, Table};
use crate::args::lab::LabClockArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

/// How much time passes at once, at most: every minute of it is lived through.
const LONGEST: Duration = Duration::from_secs(10 * 366 * 24 * 60 * 60);

/// How far the clock is to go.
#[derive(Debug, PartialEq, Eq)]
enum Turn {
    /// Nowhere.
    Stand,
    /// So much further.
    By(Duration),
    /// Until then.
    Until(Moment),
}

pub(super) fn clock(arguments: &LabClockArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut words = arguments.words.clone();
    let lab = AtHand::open(&arguments.which, &mut words, console)?;
    let turn = turn(&words)?;
    if turn == Turn::Stand {
        let pace = lab.pace();
        let page = lab.look(|lab| Page::Tables(vec![show::clock::told(lab, pace)]))?;
        return lab.tell("clock", &page, arguments.which.json, console);
    }
    if lab.pace().is_some() {
        let complaint = Complaint::new("the clock of this lab goes by itself: it is being served");
        return Err(complaint.help("end `runsheet-lab serve` first"));
    }
    let page = lab.change(|lab| turned(lab, &turn))??;
    let exit = lab.tell("clock", &page, arguments.which.json, console)?;
    lab.tell_what_is_lost(console);
    Ok(exit)
}

fn turn(words: &[String]) -> Result<Turn, Complaint> {
    let line = words.join(" ");
    let wrong = || {
        let complaint = Complaint::new(format!("`{line}` is no turn of the clock"));
        let complaint = complaint.exit(Exit::Usage);
        complaint.help("write +10m, or until 1998-01-30 08:00")
    };
    if line.is_empty() {
        return Ok(Turn::Stand);
    }
    if let Some(moment) = line.strip_prefix("until ") {
        return stamp::parse(moment).map(Turn::Until).ok_or_else(wrong);
    }
    let span = line
        .strip_prefix('+')
        .and_then(|it| duration::parse(it).ok());
    span.map(Turn::By).ok_or_else(wrong)
}

/// Turns the clock, and tells what came of it.
fn turned(lab: &mut Lab, turn: &Turn) -> Result<Page, Complaint> {
    let before = (lab.now(), written(lab));
    let until = match turn {
        Turn::Stand => before.0,
        Turn::By(span) => before.0.after(*span),
        Turn::Until(moment) if *moment < before.0 => {
            let complaint = Complaint::new(format!("{moment} has passed: it is {}", before.0));
            return Err(complaint.help("no clock of a lab goes back"));
        }
        Turn::Until(moment) => *moment,
    };
    if until.since(before.0) > LONGEST {
        let complaint = Complaint::new(format!("{until} is more than ten years ahead"));
        return Err(complaint.help("let less time pass at once"));
    }
    lab.advance_to(until);
    let after = written(lab);
    let columns = &["from", "to", "events", "messages"];
    let mut table = Table::new("clock, UTC", columns, "");
    table.row([
        Cell::from(&before.0),
        Cell::from(&lab.now()),
        Cell::number(after.0 - before.1.0),
        Cell::number(after.1 - before.1.1),
    ]);
    Ok(Page::Tables(vec![table]))
}

/// How many events and messages to administrators there are.
fn written(lab: &Lab) -> (u64, u64) {
    let events = lab.exchanges.iter().map(|it| it.log.newest());
    let messages = lab.exchanges.iter().map(|it| it.inbox.newest());
    (events.sum(), messages.sum())
}

#[cfg(test)]
mod tests {
    use super::{Turn, turn};
    use runsheet_step::Moment;
    use std::time::Duration;

    fn read(line: &str) -> Option<Turn> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        turn(&words).ok()
    }

    #[test]
    fn the_clock_goes_on_by_a_span_or_until_a_moment() {
        assert_eq!(read(""), Some(Turn::Stand));
        assert_eq!(read("+10m"), Some(Turn::By(Duration::from_secs(600))));
        let start = Moment(886_060_800_000);
        assert_eq!(read("until 1998-01-29 08:00"), Some(Turn::Until(start)));
        for wrong in ["10m", "-10m", "+10", "until", "until tomorrow"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
