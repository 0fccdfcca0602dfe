//! Who is told what happens: the ledger of the verdict, and one face for whoever looks on.

use std::cell::RefCell;
use std::convert::Infallible;
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use runsheet_language::bound::Bound;
use runsheet_record::observer::Observer;
use runsheet_record::{Event, State};
use runsheet_report::ledger::Ledger;
use runsheet_report::progress::{JsonLines, Live, Plain};
use runsheet_report::screen::Screen;
use runsheet_step::driver::Clock;

use crate::console::{Console, Stream};

/// How often lines that change are drawn again.
const PAUSE: Duration = Duration::from_millis(100);

/// How progress is shown.
pub(super) enum Face {
    /// Lines that are drawn again.
    Live(Rc<RefCell<Live>>),
    /// Plain lines.
    Plain(Plain<Screen>),
    /// JSON lines, as data.
    Json(JsonLines<Stream>),
}

impl Face {
    /// The face that fits the streams. What is logged is better read among plain lines.
    pub(super) fn of(json: bool, verbose: u8, bound: Arc<Bound>, console: &Console) -> Face {
        let look = console.talk_look();
        if json {
            Face::Json(JsonLines::new(console.output.clone()))
        } else if console.terminal.talk && look.colour && verbose == 0 {
            let live = Live::new(console.talk.clone(), look, bound);
            Face::Live(Rc::new(RefCell::new(live)))
        } else {
            Face::Plain(Plain::new(console.talk.clone(), look))
        }
    }

    /// Draws what changes with time; never done.
    pub(super) fn keep_drawn(
        &self,
        clock: Arc<dyn Clock>,
    ) -> impl Future<Output = Infallible> + use<> {
        let live = match self {
            Face::Live(live) => Some(live.clone()),
            Face::Plain(_) | Face::Json(_) => None,
        };
        async move {
            let Some(live) = live else {
                return std::future::pending().await;
            };
            loop {
                live.borrow_mut().draw(clock.now());
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// The ledger and the face.
pub(super) struct Told {
    pub(super) ledger: Ledger,
    pub(super) face: Face,
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
            Face::Live(live) => live.borrow_mut().trouble(),
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
            Face::Live(live) => live.borrow_mut().on(event, state),
            Face::Plain(plain) => plain.on(event, state),
            Face::Json(lines) => lines.on(event, state),
        }
    }
}
