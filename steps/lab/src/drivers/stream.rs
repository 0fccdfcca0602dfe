//! Streams, and waits that search along them.

use runsheet_step::driver::Reply;
use runsheet_step::request::Wait;
use runsheet_step::{Answer, Cursor, Facility, Name, Value};

/// A stream of items, for as long as the lab is looked at.
pub(super) struct Stream<'l> {
    /// Its name: where and what it is.
    pub(super) name: Name,
    /// The position after its last item.
    pub(super) end: u64,
    /// Its items from a position on that one of the filters may mean; it may give too many.
    pub(super) items: Box<Items<'l>>,
}

/// The items from a position on that one of the filters may mean.
type Items<'l> = dyn Fn(u64, &[&Value]) -> Found<'l> + 'l;

/// Items, made one by one as they are looked at.
pub(super) type Found<'l> = Box<dyn Iterator<Item = Item> + 'l>;

/// An item of a stream, and its position.
pub(super) struct Item {
    pub(super) position: u64,
    pub(super) value: Value,
}

impl Stream<'_> {
    pub(super) fn cursor(&self, position: u64) -> Cursor {
        Cursor {
            stream: self.name.clone(),
            position,
        }
    }
}

/// The search of a wait along a stream: each item is looked at once.
pub(super) struct Search<'w> {
    wait: &'w Wait,
    next: u64,
    found: Vec<Item>,
    matches: u32,
    aborted: bool,
}

impl<'w> Search<'w> {
    pub(super) fn new(wait: &'w Wait) -> Self {
        Self {
            wait,
            next: wait.since.as_ref().map_or(0, |it| it.position),
            found: Vec::new(),
            matches: 0,
            aborted: false,
        }
    }

    pub(super) fn go_on(&mut self, stream: &Stream<'_>, facility: &dyn Facility) {
        if stream.end <= self.next {
            return;
        }
        let mut filters = vec![&self.wait.filter];
        filters.extend(&self.wait.abort);
        for item in (stream.items)(self.next, &filters) {
            if self.answer_is_complete() {
                return;
            }
            let matches = facility.matches(&self.wait.filter, &item.value);
            let abort = self.wait.abort.as_ref();
            let aborts = !matches && abort.is_some_and(|it| facility.matches(it, &item.value));
            self.matches += u32::from(matches);
            self.aborted |= aborts;
            if matches || aborts {
                self.found.push(item);
            }
        }
        self.next = stream.end;
    }

    fn answer_is_complete(&self) -> bool {
        self.aborted || self.matches >= self.wait.count.max(1)
    }

    /// Every item that counts, those of the abort among them, in the order of the stream.
    pub(super) fn answer(&self) -> Option<Reply> {
        self.answer_is_complete().then(|| self.all())
    }

    /// What was found so far, whether or not it suffices.
    pub(super) fn all(&self) -> Reply {
        let items = self.found.iter().map(|it| it.value.clone());
        Reply::Answer(Answer::Value(Value::list(items)))
    }

    /// Where to ask on: not past what was found but did not suffice.
    pub(super) fn resume_at(&self) -> u64 {
        self.found.first().map_or(self.next, |it| it.position)
    }
}
