//! Every event as a line of JSON.

use std::io::{self, Write};

use runsheet_record::observer::Observer;
use runsheet_record::{Event, State};

use crate::json;

/// Writes each event as a line of JSON.
pub struct JsonLines<W> {
    out: W,
    trouble: Option<io::Error>,
}

impl<W: Write> JsonLines<W> {
    /// Lines to this writer.
    pub fn new(out: W) -> JsonLines<W> {
        JsonLines { out, trouble: None }
    }

    /// The first thing that went wrong with writing, if anything did.
    pub fn trouble(&mut self) -> Option<io::Error> {
        self.trouble.take()
    }
}

impl<W: Write> Observer for JsonLines<W> {
    fn on(&mut self, event: &Event, _: &State) {
        let line = json::event(event).map_err(io::Error::other);
        let written = line.and_then(|line| writeln!(self.out, "{line}"));
        if let Err(trouble) = written {
            self.trouble.get_or_insert(trouble);
        }
    }
}
