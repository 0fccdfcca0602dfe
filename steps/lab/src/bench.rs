//! A lab on its bench: shared by drivers, clock and whoever looks on.
//!
//! Drivers never sleep. A wait looks, and if it sees nothing it is woken after the next change; the
//! clock turns when the engine says that nothing but waits is outstanding.
//!
//! A lab on disk is looked at as it is there, and each change is an action of its own. While another
//! process serves it, its clock goes by itself, and who waits is woken now and then.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use runsheet_step::Moment;
use runsheet_step::driver::{Clock, Pending};

use crate::blueprint::Blueprint;
use crate::disk::{Disk, Trouble};
use crate::lab::Lab;

/// How often who waits in a lab that another process serves is woken.
const GLANCE: Duration = Duration::from_millis(20);

/// A lab, and who waits for a change of it.
#[derive(Debug)]
pub struct Bench {
    state: Mutex<State>,
    on_disk: bool,
}

#[derive(Debug)]
struct State {
    place: Place,
    waiting: Vec<Waker>,
    sleepers: BTreeMap<u64, Moment>,
    sleeper_count: u64,
}

/// Where the lab is.
#[derive(Debug)]
enum Place {
    Memory(Box<Lab>),
    Disk(Box<Disk>),
}

impl Place {
    /// The lab as it is now, or what is in the way, with the lab as it last was.
    fn now(&mut self) -> (&mut Lab, Option<Trouble>) {
        match self {
            Self::Memory(lab) => (lab, None),
            Self::Disk(disk) => {
                let trouble = disk.refresh().err();
                (disk.copy(), trouble)
            }
        }
    }
}

impl Place {
    /// Changes the lab, or where it cannot be written, the copy in memory that nobody goes on with.
    fn change<T>(&mut self, change: impl FnOnce(&mut Lab) -> T) -> T {
        match self {
            Self::Memory(lab) => change(lab),
            Self::Disk(disk) => disk.change_or_pretend(change).0,
        }
    }
}

impl Bench {
    /// Puts a lab in memory on a bench.
    #[must_use]
    pub fn new(lab: Lab) -> Arc<Self> {
        Self::on(Place::Memory(lab.into()))
    }

    /// Puts a lab on disk on a bench.
    #[must_use]
    pub fn of_disk(disk: Disk) -> Arc<Self> {
        let bench = Self::on(Place::Disk(disk.into()));
        let watched = Arc::downgrade(&bench);
        thread::spawn(move || glance(&watched));
        bench
    }

    /// The lab of a blueprint: in memory, or in the directory it names, where it is made if nothing
    /// is there. A directory is looked for from `base`.
    ///
    /// # Errors
    /// A directory that cannot be used.
    pub fn open(blueprint: &Blueprint, base: &Path) -> Result<Arc<Self>, Trouble> {
        match &blueprint.disk {
            None => Ok(Self::new(Lab::build(blueprint))),
            Some(directory) => {
                let disk = Disk::open_or_create(&base.join(directory), blueprint)?;
                Ok(Self::of_disk(disk))
            }
        }
    }

    fn on(place: Place) -> Arc<Self> {
        let on_disk = matches!(place, Place::Disk(_));
        let state = State {
            place,
            waiting: Vec::new(),
            sleepers: BTreeMap::new(),
            sleeper_count: 0,
        };
        Arc::new(Self {
            state: Mutex::new(state),
            on_disk,
        })
    }

    /// Whether the lab is there for other processes too, and after this one.
    #[must_use]
    pub fn is_on_disk(&self) -> bool {
        self.on_disk
    }

    /// Looks at the lab; where it cannot be read, at how it last was.
    pub fn look<T>(&self, look: impl FnOnce(&Lab) -> T) -> T {
        look(self.state().place.now().0)
    }

    /// Looks at the lab.
    ///
    /// # Errors
    /// Where it is on disk and cannot be read.
    pub fn try_look<T>(&self, look: impl FnOnce(&Lab) -> T) -> Result<T, Trouble> {
        match self.state().place.now() {
            (lab, None) => Ok(look(lab)),
            (_, Some(trouble)) => Err(trouble),
        }
    }

    /// Changes the lab, and wakes all who wait for a change. That a lab on disk could not be
    /// changed is not told; [`Bench::try_change`] does.
    pub fn change<T>(&self, change: impl FnOnce(&mut Lab) -> T) -> T {
        let changed = self.state().place.change(change);
        self.wake();
        changed
    }

    /// Changes the lab, and wakes all who wait for a change.
    ///
    /// # Errors
    /// Where it is on disk and cannot be read or written. Then nothing was changed.
    pub fn try_change<T>(&self, change: impl FnOnce(&mut Lab) -> T) -> Result<T, Trouble> {
        let changed = match &mut self.state().place {
            Place::Memory(lab) => Ok(change(lab)),
            Place::Disk(disk) => disk.change(change),
        };
        self.wake();
        changed
    }

    fn wake(&self) {
        let waiting = std::mem::take(&mut self.state().waiting);
        for waker in waiting {
            waker.wake();
        }
    }

    /// Done when `look` sees something; it is asked now and after every change.
    ///
    /// # Errors
    /// Where the lab is on disk and cannot be read.
    pub(crate) async fn until<T>(
        &self,
        mut look: impl FnMut(&Lab) -> Option<T>,
    ) -> Result<T, Trouble> {
        poll_fn(|context| {
            let mut state = self.state();
            match state.place.now() {
                (_, Some(trouble)) => return Poll::Ready(Err(trouble)),
                (lab, None) => {
                    if let Some(seen) = look(lab) {
                        return Poll::Ready(Ok(seen));
                    }
                }
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
            let reached = |lab: &Lab| (lab.now() >= moment).then_some(());
            // A lab that cannot be read keeps nobody asleep; who looks at it next is told.
            let _ = self.until(reached).await;
        })
    }

    fn idle(&self, until: Option<Moment>) -> bool {
        let mut state = self.state();
        if matches!(&state.place, Place::Disk(disk) if disk.is_served()) {
            return false;
        }
        let due = state.place.now().0.next_due();
        let asleep = state.sleepers.values().min().copied();
        drop(state);
        let Some(next) = [due, asleep, until].into_iter().flatten().min() else {
            return false;
        };
        self.try_change(|lab| lab.advance_to(next)).is_ok()
    }
}

/// Wakes who waits in a lab on disk while another process serves it, as long as there is a bench.
fn glance(bench: &Weak<Bench>) {
    loop {
        thread::park_timeout(GLANCE);
        let Some(bench) = bench.upgrade() else { return };
        let state = bench.state();
        let served = matches!(&state.place, Place::Disk(disk) if disk.is_served());
        let is_awaited = served && !state.waiting.is_empty();
        drop(state);
        if is_awaited {
            bench.wake();
        }
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
