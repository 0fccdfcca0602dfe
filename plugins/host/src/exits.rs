//! Code of a plugin in this process may end it by `exit`. To whoever looks on, that is a program that
//! has come to its end, and with the code 0 one that did well. So whoever has something to do that is
//! not done says what is told then.
#![expect(unsafe_code, reason = "what the system does at an exit is said in C")]

use std::collections::BTreeMap;
use std::ffi::c_int;
use std::process;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// Tells that this process ends too early, and gives the code that it ends with then; nothing where
/// no plugin can have ended it.
type Tells = Box<dyn Fn() -> Option<i32> + Send>;

/// Something is not done, for as long as this is there.
#[must_use]
pub struct Watch(u64);

/// What is not done, by number.
static WATCHES: Mutex<BTreeMap<u64, Tells>> = Mutex::new(BTreeMap::new());

/// The number of the process whose exit is seen.
static SEEN: OnceLock<u32> = OnceLock::new();

impl Watch {
    /// Begins something. What it tells may wait for no lock that is held where a plugin is asked.
    pub fn begin(tells: impl Fn() -> Option<i32> + Send + 'static) -> Watch {
        SEEN.get_or_init(|| {
            // SAFETY: the function is there for as long as the process. Where there is no room for
            // it, exits are not seen.
            unsafe { atexit(at_exit) };
            process::id()
        });
        let mut watches = watches();
        let number = watches.last_key_value().map_or(0, |(last, _)| last + 1);
        watches.insert(number, Box::new(tells));
        Watch(number)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        watches().remove(&self.0);
    }
}

/// Ends this process, whatever is not done.
pub fn leave(code: i32) -> ! {
    watches().clear();
    process::exit(code)
}

fn watches() -> MutexGuard<'static, BTreeMap<u64, Tells>> {
    WATCHES.lock().unwrap_or_else(PoisonError::into_inner)
}

extern "C" fn at_exit() {
    // A process that a plugin has forked off ends by itself alone. What another thread held at that
    // moment is held in it for ever.
    if SEEN.get() != Some(&process::id()) {
        return;
    }
    // Kept until the end: what another thread has done meanwhile comes too late.
    let watches = watches();
    if let Some(code) = watches.values().find_map(|tells| tells()) {
        // SAFETY: it ends the process, and runs nothing else of it.
        unsafe { _exit(code) }
    }
}

// SAFETY: so the C standard and POSIX have them.
unsafe extern "C" {
    fn atexit(function: extern "C" fn()) -> c_int;
    fn _exit(code: c_int) -> !;
}
