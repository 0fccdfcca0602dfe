//! The line between the engine and a plugin: the C header `include/runsheet_plugin.h`, said once
//! more in Rust. A test holds the two against each other.
//!
//! There is no code here and no dependency: no JSON, no loading, no word about steps. The messages
//! are in `plugins/messages`; a plugin in Rust is written with `plugins/guest`; `plugins/host`
//! loads them. Start reading at [`Plugin`].

#![no_std]

use core::ffi::{CStr, c_void};

/// The major version; hosts and plugins of different majors do not meet.
pub const MAJOR: u32 = 1;

/// The minor version: what a table may hold beyond that of the minor before.
pub const MINOR: u32 = 1;

/// The one symbol that a plugin exports; it carries the major version.
pub const ENTRY: &CStr = c"runsheet_plugin_v1";

/// The answer is what the message asked for.
pub const OK: i32 = 0;
/// The answer is `{"message": "..."}`: the message made no sense.
pub const ERROR: i32 = 1;
/// The answer is `{"message": "..."}`: a fault in the plugin itself.
pub const PANIC: i32 = 2;
/// There is no answer: the host does what it does without it.
pub const UNSUPPORTED: i32 = 3;

/// How much a line of the log matters: something failed.
pub const LOG_ERROR: i32 = 1;
/// Something may fail.
pub const LOG_WARN: i32 = 2;
/// It is worth knowing.
pub const LOG_INFO: i32 = 3;
/// It is of use to who looks for a fault.
pub const LOG_DEBUG: i32 = 4;

/// A borrowed text in UTF-8 that does not end in a NUL.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str {
    /// Its first byte; may be null where there is none.
    pub at: *const u8,
    /// Its length in bytes.
    pub len: usize,
}

impl Str {
    /// A text that lives as long as it is used.
    #[must_use]
    pub const fn of(bytes: &[u8]) -> Str {
        Str {
            at: bytes.as_ptr(),
            len: bytes.len(),
        }
    }
}

/// A text that its maker frees.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Buf {
    /// Its first byte; may be null where there is none.
    pub at: *mut u8,
    /// Its length in bytes.
    pub len: usize,
    /// How many bytes its maker reserved.
    pub cap: usize,
}

impl Buf {
    /// Nothing yet.
    pub const EMPTY: Buf = Buf {
        at: core::ptr::null_mut(),
        len: 0,
        cap: 0,
    };
}

/// Writes a line of the log for the host that owns the context, at one of the levels from
/// [`LOG_ERROR`] to [`LOG_DEBUG`].
pub type Log = unsafe extern "C" fn(context: *mut c_void, level: i32, line: Str);

/// What the host offers. It outlives the plugin.
#[repr(C)]
pub struct Host {
    /// How many bytes of this table there are.
    pub size: u32,
    /// The minor version of the host.
    pub minor: u32,
    /// Goes with every call of the host's functions.
    pub context: *mut c_void,
    /// Takes a line for whoever looks for a fault.
    pub log: Option<Log>,
}

/// One message, one answer; says [`OK`] or another of the numbers above.
pub type Method = unsafe extern "C" fn(message: Str, answer: *mut Buf) -> i32;

/// What a plugin offers. Fields are only ever added at the end: one is there if `size` reaches
/// past it. The host answers in the stead of a method that is not.
#[repr(C)]
pub struct Plugin {
    /// How many bytes of this table there are.
    pub size: u32,
    /// The minor version that the plugin was built with.
    pub minor: u32,
    /// Frees an answer.
    pub free: Option<unsafe extern "C" fn(answer: Buf)>,
    /// What kinds and facilities it has.
    pub describe: Option<Method>,
    /// The marks that a step wants taken before something acts.
    pub arm: Option<Method>,
    /// The next turn of a step.
    pub turn: Option<Method>,
    /// What a write would answer and change.
    pub predict: Option<Method>,
    /// The question that takes a change back.
    pub inverse: Option<Method>,
    /// Whether a question left without an answer may be asked again.
    pub repeat: Option<Method>,
    /// Whether an item is what a filter means.
    pub matches: Option<Method>,
    /// What is wrong with an input beyond its types. Since 1.1.
    pub check: Option<Method>,
    /// The rest of what a facility says of a question. Since 1.1.
    pub about: Option<Method>,
}

/// The function that a plugin exports as [`ENTRY`]; null: it will not work with this host.
pub type Entry = unsafe extern "C" fn(host: *const Host) -> *const Plugin;
