//! What the small site is: its time, and what it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Poll, Waker};
use std::time::Duration;

use runsheet_step::driver::{CallKey, Clock, Pending};
use runsheet_step::{Fault, Moment, Name, Request, Value};
use tokio::sync::mpsc::UnboundedSender;

use super::journal::Lines;

/// What will happen at some moment.
#[derive(Clone)]
pub(crate) enum Happening {
    /// An item appears in the log `app` of a host.
    Emit(Name, Value),
    /// A tool ends.
    Exit(u64),
    /// A lamp has got to where it was switched.
    Lit(Name, Value),
    /// Somebody sleeps until then.
    Tick,
    /// Somebody wants the run to stop.
    Cancel,
}

/// The site.
#[derive(Default)]
pub(crate) struct Site {
    /// Milliseconds since it began.
    pub(crate) now: i64,
    pub(crate) due: BTreeMap<(i64, u64), Happening>,
    next: u64,
    /// Items by host; every item knows no other time than its place.
    pub(crate) logs: BTreeMap<Name, Vec<Value>>,
    pub(crate) store: BTreeMap<Name, Value>,
    pub(crate) lamps: BTreeMap<Name, Value>,
    /// Tools that have ended.
    pub(crate) exited: BTreeSet<u64>,
    /// Tools that were asked to end early.
    pub(crate) interrupted: BTreeSet<CallKey>,
    /// How often each tool was started.
    pub(crate) starts: BTreeMap<Name, i64>,
    /// Hosts whose log cannot be marked.
    pub(crate) deaf: BTreeSet<Name>,
    /// Faults that the next questions about a resource are answered with.
    pub(crate) faults: BTreeMap<Name, Vec<Fault>>,
    /// Stored values that change between the look before a write and the write.
    pub(crate) raced: BTreeMap<Name, Value>,
    /// All that was asked, in order.
    pub(crate) performed: Vec<(CallKey, Request)>,
    /// Waits that are held open now.
    pub(crate) open_waits: usize,
    /// Whether the site is gone with its process.
    pub(crate) fleeting: bool,
    /// Writes that were performed before their question was safe.
    pub(crate) unsafe_writes: Vec<Name>,
    pub(crate) lines: Option<Lines>,
    pub(crate) cancel: Option<UnboundedSender<()>>,
    wakers: Vec<Waker>,
}

impl Site {
    pub(crate) fn plan(&mut self, at: i64, what: Happening) {
        self.next += 1;
        self.due.insert((at, self.next), what);
    }

    pub(crate) fn happen(&mut self, what: Happening) {
        match what {
            Happening::Emit(host, item) => self.logs.entry(host).or_default().push(item),
            Happening::Exit(process) => {
                self.exited.insert(process);
            }
            Happening::Lit(name, value) => {
                self.lamps.insert(name, value);
            }
            Happening::Tick => {}
            Happening::Cancel => {
                if let Some(cancel) = &self.cancel {
                    let _ = cancel.send(());
                }
            }
        }
    }

    /// Turns the clock to the next thing that happens, not past `until`.
    fn turn(&mut self, until: Option<i64>) -> bool {
        let next = self.due.keys().next().map(|(at, _)| *at);
        let Some(at) = next.into_iter().chain(until).min() else {
            return false;
        };
        self.now = self.now.max(at);
        while let Some(entry) = self.due.first_entry() {
            if entry.key().0 > self.now {
                break;
            }
            let what = entry.remove();
            self.happen(what);
        }
        true
    }
}

/// The site, shared by its drivers and its clock.
#[derive(Clone)]
pub(crate) struct World {
    site: Arc<Mutex<Site>>,
    /// Whether the clock turns by itself when nothing but waits is outstanding.
    turns: bool,
}

impl World {
    pub(crate) fn new(turns: bool) -> World {
        World {
            site: Arc::default(),
            turns,
        }
    }

    pub(crate) fn site(&self) -> MutexGuard<'_, Site> {
        self.site.lock().expect("nobody panics while holding it")
    }

    /// Changes it, and wakes all who wait for a change.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Site) -> T) -> T {
        let mut site = self.site();
        let changed = change(&mut site);
        let wakers = std::mem::take(&mut site.wakers);
        drop(site);
        wakers.into_iter().for_each(Waker::wake);
        changed
    }

    /// Time goes on to the next thing that happens.
    fn turn(&self, until: Option<Moment>) -> bool {
        self.change(|site| site.turn(until.map(|moment| moment.0)))
    }

    /// Time goes on by itself, unless this is a clock that waits to be turned.
    pub(crate) fn goes_on(&self) -> bool {
        !self.turns && self.turn(None)
    }

    /// Done when `look` sees something; asked now and after every change.
    pub(crate) async fn until<T>(&self, mut look: impl FnMut(&mut Site) -> Option<T>) -> T {
        std::future::poll_fn(|context| {
            let mut site = self.site();
            match look(&mut site) {
                Some(seen) => Poll::Ready(seen),
                None => {
                    site.wakers.push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    /// The moment so much later, at which the clock will not be turned past.
    pub(crate) fn alarm(&self, span: Duration) -> i64 {
        let mut site = self.site();
        let at = Moment(site.now).after(span).0;
        site.plan(at, Happening::Tick);
        at
    }
}

impl Clock for World {
    fn now(&self) -> Moment {
        Moment(self.site().now)
    }

    fn sleep_until(&self, moment: Moment) -> Pending<'_, ()> {
        self.site().plan(moment.0, Happening::Tick);
        Box::pin(self.until(move |site| (site.now >= moment.0).then_some(())))
    }

    fn idle(&self, until: Option<Moment>) -> bool {
        self.turns && self.turn(until)
    }
}
