//! A driver that takes notes of all it is asked, and lets another one answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use runsheet_step::driver::{Call, CallKey, Driver, Pending, ReadRequest, Reader, Reply};
use runsheet_step::{Answer, Request};

/// Notes that several drivers write into.
#[derive(Clone, Debug, Default)]
pub struct Notes(Arc<Mutex<Vec<Note>>>);

/// One question that reached a driver.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The question.
    pub request: Request,
    /// Whether it came through the half of the driver that only looks.
    pub looked: bool,
}

impl Notes {
    /// All questions so far, in order.
    #[must_use]
    pub fn all(&self) -> Vec<Note> {
        self.lock().clone()
    }

    fn add(&self, request: &Request, looked: bool) {
        let request = request.clone();
        self.lock().push(Note { request, looked });
    }

    /// A test that panicked elsewhere leaves notes that are still true.
    fn lock(&self) -> MutexGuard<'_, Vec<Note>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A driver in front of another one.
pub struct Recorder {
    inner: Arc<dyn Driver>,
    notes: Notes,
}

impl Recorder {
    /// Takes notes of what this driver is asked.
    #[must_use]
    pub fn before(inner: Arc<dyn Driver>, notes: &Notes) -> Recorder {
        let notes = notes.clone();
        Recorder { inner, notes }
    }
}

impl Driver for Recorder {
    fn perform<'a>(&'a self, call: &'a Call<'a>) -> Pending<'a, Reply> {
        self.notes.add(&call.request, false);
        self.inner.perform(call)
    }

    fn interrupt<'a>(&'a self, key: &'a CallKey) -> Pending<'a, ()> {
        self.inner.interrupt(key)
    }

    fn follows_site_clock(&self) -> bool {
        self.inner.follows_site_clock()
    }

    fn outlasts_process(&self) -> bool {
        self.inner.outlasts_process()
    }

    fn reader(&self) -> Option<&dyn Reader> {
        self.inner.reader().map(|_| self as &dyn Reader)
    }
}

impl Reader for Recorder {
    fn read<'a>(&'a self, request: &'a ReadRequest) -> Pending<'a, Answer> {
        self.notes.add(request.request(), true);
        match self.inner.reader() {
            Some(reader) => reader.read(request),
            None => Box::pin(std::future::ready(Answer::Absent)),
        }
    }
}
