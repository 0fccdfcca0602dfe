//! A lab on its bench: shared by drivers, clock and whoever looks on.
//!
//! Drivers never sleep. A wait looks, and if it sees nothing it is woken after the next change; the
//! clock turns when the engine says that nothing but waits is outstanding.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use runsheet_step::Moment;
use runsheet_step::driver::{Clock, Pending};

use crate::lab::Lab;

/// A lab, and who waits for a change of it.
#[derive(Debug)]
pub struct Bench {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    lab: Lab,
    waiting: Vec<Waker>,
    sleepers: BTreeMap<u64, Moment>,
    sleeper_count: u64,
}

impl Bench {
    /// Puts a lab on a bench.
    #[must_use]
    pub fn new(lab: Lab) -> Arc<Self> {
        let state = State {
            lab,
            waiting: Vec::new(),
            sleepers: BTreeMap::new(),
            sleeper_count: 0,
        };
        Arc::new(Self {
            state: Mutex::new(state),
        })
    }

    /// Looks at the lab.
    pub fn look<T>(&self, look: impl FnOnce(&Lab) -> T) -> T {
        look(&self.state().lab)
    }

    /// Changes the lab, and wakes all who wait for a change.
    pub fn change<T>(&self, change: impl FnOnce(&mut Lab) -> T) -> T {
        let mut state = self.state();
        let changed = change(&mut state.lab);
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        for waker in waiting {
            waker.wake();
        }
        changed
    }

    /// Done when `look` sees something; it is asked now and after every change.
    pub(crate) async fn until<T>(&self, mut look: impl FnMut(&Lab) -> Option<T>) -> T {
        poll_fn(|context| {
            let mut state = self.state();
            if let Some(seen) = look(&state.lab) {
                return Poll::Ready(seen);
            }
            let waker = context.waker();
            if !state.waiting.last().is_some_and(|it| it.will_wake(waker)) {
                state.waiting.push(waker.clone());
            }
            Poll::Pending
        })
        .await
    }

    /// The clock does not turn past this moment as long as the sleeper is there.
    pub(crate) fn sleeper(&self, moment: Moment) -> Sleeper<'_> {
        Sleeper::new(self, moment)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who sleeps: the clock does not turn past the moment of waking.
pub(crate) struct Sleeper<'b> {
    bench: &'b Bench,
    number: u64,
}

impl<'b> Sleeper<'b> {
    fn new(bench: &'b Bench, moment: Moment) -> Self {
        let mut state = bench.state();
        state.sleeper_count += 1;
        let number = state.sleeper_count;
        state.sleepers.insert(number, moment);
        Self { bench, number }
    }
}

impl Drop for Sleeper<'_> {
    fn drop(&mut self) {
        self.bench.state().sleepers.remove(&self.number);
    }
}

impl Clock for Bench {
    fn now(&self) -> Moment {
        self.look(Lab::now)
    }

    fn sleep_until(&self, moment: Moment) -> Pending<'_, ()> {
        Box::pin(async move {
            let _sleeper = Sleeper::new(self, moment);
            self.until(|lab| (lab.now() >= moment).then_some(())).await;
        })
    }

    fn idle(&self, until: Option<Moment>) -> bool {
        let state = self.state();
        let due = state.lab.next_due();
        let asleep = state.sleepers.values().min().copied();
        drop(state);
        let Some(next) = [due, asleep, until].into_iter().flatten().min() else {
            return false;
        };
        self.change(|lab| lab.advance_to(next));
        true
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::Context;
    use std::time::Duration;

    use super::*;
    use crate::blueprint::Blueprint;
    use crate::clock::START;

    #[test]
    fn the_clock_turns_to_the_next_sleeper_and_no_further() {
        let bench = Bench::new(Lab::build(&Blueprint::default()));
        let soon = START.after(Duration::from_secs(5));
        let mut sleep = pin!(bench.sleep_until(soon));
        let mut context = Context::from_waker(Waker::noop());
        assert!(sleep.as_mut().poll(&mut context).is_pending());
        assert!(bench.idle(Some(START.after(Duration::from_secs(60)))));
        assert_eq!(bench.now(), soon);
        assert!(sleep.as_mut().poll(&mut context).is_ready());
        assert!(bench.idle(Some(soon.after(Duration::from_secs(2)))));
        assert_eq!(bench.now(), soon.after(Duration::from_secs(2)));
    }

    #[test]
    fn without_anything_to_come_the_clock_stands() {
        let bench = Bench::new(Lab::build(&Blueprint::default()));
        assert!(!bench.idle(None));
        assert_eq!(bench.now(), START);
    }
}
