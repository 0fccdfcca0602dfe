//! A journal that can be looked at, and one whose disk is full.

use std::io;
use std::sync::{Arc, Mutex};

use runsheet_record::event::{Event, What};
use runsheet_record::line;
use runsheet_step::Request;

use crate::journal::Journal;

/// The lines of a journal, shared with the site.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    events: Vec<Event>,
    synced: usize,
    handed_over: usize,
    syncs: usize,
    /// How many lines there is room for.
    room: Option<usize>,
    refused: bool,
}

impl Lines {
    pub(crate) fn with_room_for(lines: usize) -> Lines {
        let all = Lines::default();
        all.kept().room = Some(lines);
        all
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().expect("nobody panics while holding it")
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.kept().events.clone()
    }

    pub(crate) fn text(&self) -> String {
        let events = self.events();
        let lines = events.iter().map(|event| line::write(event).expect("JSON"));
        lines.collect()
    }

    /// How often it was synced.
    pub(crate) fn syncs(&self) -> usize {
        self.kept().syncs
    }

    /// Whether the question of a step is as safe as a site needs it.
    pub(crate) fn is_safe(&self, address: &str, request: &Request, fleeting: bool) -> bool {
        let kept = self.kept();
        let safe = if fleeting {
            kept.handed_over
        } else {
            kept.synced
        };
        kept.events[..safe].iter().any(|event| match &event.what {
            What::Asked(asked) => {
                let is = |request: &Request, key: &Request| request.key() == key.key();
                let mut questions = asked.questions.iter();
                &*asked.address == address && questions.any(|one| is(&one.request, request))
            }
            _ => false,
        })
    }

    pub(crate) fn was_refused(&self) -> bool {
        self.kept().refused
    }
}

impl Journal for Lines {
    fn append(&mut self, event: &Event) -> io::Result<()> {
        let mut kept = self.kept();
        if kept.room.is_some_and(|room| kept.events.len() >= room) {
            kept.refused = true;
            return Err(io::ErrorKind::StorageFull.into());
        }
        // What is kept is what can be read back.
        let line = line::write(event).expect("an event is JSON");
        kept.events.push(line::event(&line).expect("and back"));
        Ok(())
    }

    fn hand_over(&mut self) -> io::Result<()> {
        let mut kept = self.kept();
        kept.handed_over = kept.events.len();
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut kept = self.kept();
        kept.synced = kept.events.len();
        kept.syncs += 1;
        Ok(())
    }
}
