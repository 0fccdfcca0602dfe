//! Panics of a plugin: caught at every entry, kept with their place, never printed. A library has
//! a standard library of its own, and so a hook of its own: that of the host is left alone.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};

use runsheet_abi::LOG_ERROR;

use crate::entry::log;

thread_local! {
    /// Whether a method is under way on this thread, so that somebody will ask for the words.
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
    /// What the last panic of this thread said, and where.
    static WORDS: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on a panic is kept for whoever answers the message under way, or told to the host's
/// log where there is none: a thread of the plugin's own.
pub(crate) fn keep() {
    panic::set_hook(Box::new(|panic| {
        let words = words(panic);
        match UNDER_WAY.get() {
            true => WORDS.set(Some(words)),
            false => log(LOG_ERROR, &format!("a thread panicked: {words}")),
        }
    }));
}

/// Does something that may panic.
pub(crate) fn kept<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    UNDER_WAY.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    UNDER_WAY.set(false);
    done
}

/// `the shelf came down, at src/lib.rs:70:9`.
fn words(panic: &PanicHookInfo<'_>) -> String {
    let words = panic.payload_as_str().unwrap_or("a panic without words");
    match panic.location() {
        Some(place) => format!("{words}, at {place}"),
        None => words.to_owned(),
    }
}

/// What a panic said. What it carried is dropped with care: that may panic once more.
pub(crate) fn last_words(panic: Box<dyn Any + Send>) -> String {
    let kept = WORDS.take();
    let carried = panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned());
    let carried = carried.or_else(|| panic.downcast_ref::<String>().cloned());
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(panic))) {
        std::mem::forget(again);
    }
    let words = kept.or(carried);
    words.unwrap_or_else(|| "a panic without words".to_owned())
}
