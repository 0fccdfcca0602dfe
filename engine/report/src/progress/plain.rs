//! Plain lines, for logs and pipes: one when a step starts to act or wait, and one when it ends,
//! each with the time on the clock of the site.

use std::collections::BTreeSet;
use std::io::{self, Write};

use runsheet_record::observer::Observer;
use runsheet_record::{Event, State, What};
use runsheet_step::Name;

use super::line;
use crate::look::Look;

/// Writes plain lines.
pub struct Plain<W> {
    out: W,
    look: Look,
    /// Steps whose beginning has been told.
    begun: BTreeSet<Name>,
    trouble: Option<io::Error>,
}

impl<W: Write> Plain<W> {
    /// Lines to this writer.
    pub fn new(out: W, look: Look) -> Plain<W> {
        Plain {
            out,
            look,
            begun: BTreeSet::new(),
            trouble: None,
        }
    }

    /// The first thing that went wrong with writing, if anything did.
    pub fn trouble(&mut self) -> Option<io::Error> {
        self.trouble.take()
    }

    /// Whether an event tells of a beginning that has been told.
    fn is_known(&mut self, event: &Event) -> bool {
        match &event.what {
            What::Asked(asked) if line::begins(asked) => !self.begun.insert(asked.address.clone()),
            What::Retried(retried) => {
                self.begun.remove(&retried.address);
                false
            }
            _ => false,
        }
    }
}

impl<W: Write> Observer for Plain<W> {
    fn on(&mut self, event: &Event, state: &State) {
        if self.is_known(event) {
            return;
        }
        let Some(line) = line::of(event, state, self.look) else {
            return;
        };
        if let Err(trouble) = self.out.write_all(line.as_bytes()) {
            self.trouble.get_or_insert(trouble);
        }
    }
}
