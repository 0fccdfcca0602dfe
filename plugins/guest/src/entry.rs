//! The one place of a plugin where raw memory is touched: texts come in as pointers, and answers
//! go out as such. Nothing unwinds out of here.
#![expect(
    unsafe_code,
    reason = "the C line hands texts over as pointers and lengths"
)]

use std::sync::OnceLock;

use runsheet_abi::{Buf, ERROR, Host, MINOR, OK, PANIC, Plugin as Table, Str};
use runsheet_messages::method::Method;

use crate::answer::{Refusal, answer};
use crate::panics;
use crate::plugin::Plugin;

/// A plugin that a library exports; written by [`crate::export_plugin`].
pub trait Exported {
    /// The plugin, made once.
    fn plugin() -> &'static Plugin;
}

/// The table of a plugin.
#[must_use]
pub const fn table<E: Exported>() -> Table {
    Table {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a table has a hundred bytes"
        )]
        size: size_of::<Table>() as u32,
        minor: MINOR,
        free: Some(free),
        describe: Some(method::<E, { Method::Describe as u8 }>),
        arm: Some(method::<E, { Method::Arm as u8 }>),
        turn: Some(method::<E, { Method::Turn as u8 }>),
        predict: Some(method::<E, { Method::Predict as u8 }>),
        inverse: Some(method::<E, { Method::Inverse as u8 }>),
        repeat: Some(method::<E, { Method::Repeat as u8 }>),
        matches: Some(method::<E, { Method::Matches as u8 }>),
        check: Some(method::<E, { Method::Check as u8 }>),
        about: Some(method::<E, { Method::About as u8 }>),
    }
}

/// The host's log, kept when the library is entered.
static LOG: OnceLock<Log> = OnceLock::new();

struct Log {
    context: usize,
    write: runsheet_abi::Log,
}

/// What a library does when it is entered.
///
/// # Safety
/// `host` is null or points to a table that outlives the library and is as long as it says.
pub unsafe fn entered(host: *const Host) {
    // SAFETY: the caller vouches for the table.
    let host = unsafe { host.as_ref() };
    if let Some((host, write)) = host.and_then(|host| Some((host, host.log?))) {
        let context = host.context as usize;
        LOG.get_or_init(|| Log { context, write });
    }
    panics::keep();
}

/// A line for whoever looks for a fault, at one of the levels from [`runsheet_abi::LOG_ERROR`] to
/// [`runsheet_abi::LOG_DEBUG`]. No step sees it, and nothing may hang on it.
pub fn log(level: i32, line: &str) {
    if let Some(log) = LOG.get() {
        // SAFETY: the host's function and its context outlive the plugin.
        unsafe { (log.write)(log.context as *mut _, level, Str::of(line.as_bytes())) };
    }
}

unsafe extern "C" fn method<E: Exported, const METHOD: u8>(message: Str, out: *mut Buf) -> i32 {
    // SAFETY: the host lends the message for the length of this call.
    let message = unsafe { borrowed(message) };
    let (status, text) = guarded::<E>(METHOD, message);
    if !out.is_null() {
        // SAFETY: the host hands over a place for the answer.
        unsafe { out.write(given(text)) };
    }
    status
}

fn guarded<E: Exported>(method: u8, message: &[u8]) -> (i32, Vec<u8>) {
    let Some(method) = Method::of(method) else {
        return (ERROR, complaint("there is no such method"));
    };
    let answered = panics::kept(|| answer(E::plugin(), method, message));
    match answered {
        Ok(Ok(text)) => (OK, text),
        Ok(Err(Refusal::Nonsense(why))) => (ERROR, complaint(&why)),
        Err(panic) => (PANIC, complaint(&panics::last_words(panic))),
    }
}

fn complaint(why: &str) -> Vec<u8> {
    serde_json::json!({ "message": why })
        .to_string()
        .into_bytes()
}

/// # Safety
/// The text must be readable for as long as the slice is used.
unsafe fn borrowed<'m>(text: Str) -> &'m [u8] {
    match text.at.is_null() || text.len == 0 {
        true => &[],
        // SAFETY: the caller vouches for the text.
        false => unsafe { std::slice::from_raw_parts(text.at, text.len) },
    }
}

fn given(text: Vec<u8>) -> Buf {
    let mut text = std::mem::ManuallyDrop::new(text);
    Buf {
        at: text.as_mut_ptr(),
        len: text.len(),
        cap: text.capacity(),
    }
}

unsafe extern "C" fn free(answer: Buf) {
    if !answer.at.is_null() {
        // SAFETY: it came from `given`, and is handed back once.
        drop(unsafe { Vec::from_raw_parts(answer.at, answer.len, answer.cap) });
    }
}
