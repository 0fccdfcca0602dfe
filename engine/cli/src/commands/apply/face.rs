//! Who is told what happens: the ledger of the verdict, and one face for whoever looks on.

use std::io;
use std::time::{Duration, Instant};

use runsheet_record::observer::Observer;
use runsheet_record::{Event, State};
use runsheet_report::ledger::Ledger;
use runsheet_report::progress::{Due, JsonLines, Live, Plain};

use crate::console::{Console, Stream};

/// How often a screen is drawn at most.
const PAUSE: Duration = Duration::from_millis(80);

/// How progress is shown.
pub(super) enum Face {
    /// A screen that is drawn again.
    Live(Live<Stream>),
    /// Plain lines.
    Plain(Plain<Stream>),
    /// JSON lines, as data.
    Json(JsonLines<Stream>),
}

impl Face {
    /// The face that fits the streams. What is logged would tear a screen, so then lines are
    /// written.
    pub(super) fn of(json: bool, verbose: u8, console: &Console) -> Face {
        let look = console.talk_look();
        if json {
            Face::Json(JsonLines::new(console.output.clone()))
        } else if console.terminal.talk && look.colour && verbose == 0 {
            let person = console.person.clone();
            let mut last: Option<Instant> = None;
            let due = move || {
                if person.was_asked() {
                    return Due::Afresh;
                }
                if last.is_some_and(|last| last.elapsed() < PAUSE) {
                    return Due::Later;
                }
                last = Some(Instant::now());
                Due::Now
            };
            Face::Live(Live::new(console.talk.clone(), look, due))
        } else {
            Face::Plain(Plain::new(console.talk.clone(), look))
        }
    }
}

/// The ledger and the face.
pub(super) struct Told {
    pub(super) ledger: Ledger,
    face: Face,
}

impl Told {
    pub(super) fn new(ledger: Ledger, face: Face) -> Told {
        Told { ledger, face }
    }
}

impl Told {
    /// What went wrong with telling, if anything did that matters.
    pub(super) fn trouble(&mut self) -> Option<io::Error> {
        let trouble = match &mut self.face {
            Face::Live(live) => live.trouble(),
            Face::Plain(plain) => plain.trouble(),
            Face::Json(lines) => lines.trouble(),
        };
        trouble.filter(|trouble| trouble.kind() != io::ErrorKind::BrokenPipe)
    }
}

impl Observer for Told {
    fn on(&mut self, event: &Event, state: &State) {
        self.ledger.on(event, state);
        match &mut self.face {
            Face::Live(live) => live.on(event, state),
            Face::Plain(plain) => plain.on(event, state),
            Face::Json(lines) => lines.on(event, state),
        }
    }
}
