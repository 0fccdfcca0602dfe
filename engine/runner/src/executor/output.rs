//! What a driver tells beside the answer, on its way to reporters: a sign of life, and without
//! secrets.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use runsheet_step::driver::{CallKey, Clock, Sink};
use runsheet_step::{Moment, Name};

use crate::vault::Vault;

/// How much of a line is kept back at most while its end is awaited.
const LINE: usize = 64 * 1024;

/// When each step last gave a sign of life.
#[derive(Default)]
pub(super) struct Signs(Mutex<HashMap<Name, Moment>>);

impl Signs {
    pub(super) fn last(&self, address: &Name) -> Option<Moment> {
        free(&self.0).get(address).copied()
    }

    fn seen(&self, address: &Name, now: Moment) {
        free(&self.0).insert(address.clone(), now);
    }
}

/// The sink of one call. Where there are secrets it hands on whole lines, so that one that comes
/// in two pieces is found too.
pub(super) struct Tidied<'d> {
    sink: &'d dyn Sink,
    vault: &'d Vault,
    signs: &'d Signs,
    clock: &'d dyn Clock,
    held: Mutex<Vec<u8>>,
}

impl<'d> Tidied<'d> {
    pub(super) fn new(
        sink: &'d dyn Sink,
        vault: &'d Vault,
        signs: &'d Signs,
        clock: &'d dyn Clock,
    ) -> Tidied<'d> {
        Tidied {
            sink,
            vault,
            signs,
            clock,
            held: Mutex::default(),
        }
    }

    /// Nothing more comes.
    pub(super) fn end(&self, key: &CallKey) {
        let rest = std::mem::take(&mut *free(&self.held));
        if !rest.is_empty() {
            self.sink.output(key, &self.vault.tidy_bytes(&rest));
        }
    }
}

impl Sink for Tidied<'_> {
    fn output(&self, key: &CallKey, chunk: &[u8]) {
        self.signs.seen(&key.address, self.clock.now());
        if self.vault.is_empty() {
            return self.sink.output(key, chunk);
        }
        let mut held = free(&self.held);
        held.extend(chunk);
        let lines = held.iter().rposition(|byte| *byte == b'\n');
        let whole = match lines {
            Some(end) => end + 1,
            None if held.len() > LINE => held.len(),
            None => return,
        };
        let rest = held.split_off(whole);
        let lines = std::mem::replace(&mut *held, rest);
        drop(held);
        self.sink.output(key, &self.vault.tidy_bytes(&lines));
    }
}

fn free<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
