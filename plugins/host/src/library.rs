//! A library in this process. It is loaded once and never unloaded: what it has started may
//! outlive any wish to be rid of it.
#![expect(
    unsafe_code,
    reason = "loading a library runs code that no compiler here has seen"
)]

use std::ffi::c_void;
use std::fs::File;
use std::io::Read;
use std::mem::{ManuallyDrop, offset_of};
use std::path::Path;
use std::ptr;
use std::sync::OnceLock;

use libloading::Library as Image;
use runsheet_abi::{
    Buf, ENTRY, ERROR, Entry, Host, MAJOR, MINOR, Method as Call, OK, PANIC, Plugin as Table, Str,
    UNSUPPORTED,
};
use runsheet_messages::method::Method;

use crate::image;
use crate::line::{LONGEST_ANSWER, Line, Trouble};

/// A loaded library.
pub struct Library {
    /// By number; none where the table is too short or has no such method.
    calls: [Option<Call>; Method::ALL.len()],
    free: unsafe extern "C" fn(Buf),
    /// The minor version that it was built with.
    pub minor: u32,
}

impl Library {
    /// Loads the library of a file, whose path is a whole one. Code of the library runs: whoever
    /// calls has made sure that it may.
    ///
    /// # Errors
    /// Why this is no plugin for this host, in words.
    pub fn load(path: &Path) -> Result<Library, String> {
        if !path.is_absolute() {
            return Err("a plugin is loaded by its whole path only".to_owned());
        }
        if let Some(why) = image::wrong(path) {
            return Err(why);
        }
        let image = open(path)?;
        // SAFETY: the entry of this name has this type in every plugin of this major version.
        let entry = unsafe { image.get::<Entry>(ENTRY) };
        let entry = *entry.map_err(|_| stranger(&image))?;
        // SAFETY: the host's table lives as long as the process.
        let table = unsafe { entry(&raw const HOST.0) };
        if table.is_null() {
            return Err(format!(
                "it will not work with this host, which is of version {MAJOR}.{MINOR} of the line"
            ));
        }
        read(table)
    }
}

/// Opens the image with all its names bound, so that one that is missing is told here and not in
/// the middle of a run.
fn open(path: &Path) -> Result<ManuallyDrop<Image>, String> {
    let told = |error: libloading::Error| match is_library(path) {
        true => format!("it cannot be loaded: {}", reason(path, &error)),
        false => "it is no library of this system".to_owned(),
    };
    #[cfg(unix)]
    {
        use libloading::os::unix::{Library as Unix, RTLD_LOCAL, RTLD_NOW};
        // SAFETY: running the library's constructors is what the caller asked for.
        let image = unsafe { Unix::open(Some(path), RTLD_NOW | RTLD_LOCAL) };
        Ok(ManuallyDrop::new(image.map_err(told)?.into()))
    }
    #[cfg(windows)]
    {
        use libloading::os::windows::{
            LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR, LOAD_LIBRARY_SEARCH_SYSTEM32, Library as Windows,
        };
        let places = LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32;
        // SAFETY: as above.
        let image = unsafe { Windows::load_with_flags(path, places) };
        Ok(ManuallyDrop::new(image.map_err(told)?.into()))
    }
}

/// Whether a file begins as the libraries of this system do.
fn is_library(path: &Path) -> bool {
    let marks: &[&[u8]] = match () {
        () if cfg!(windows) => &[b"MZ"],
        () if cfg!(target_vendor = "apple") => &[
            b"\xcf\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe",
            b"\xca\xfe\xba\xbf",
        ],
        () => &[b"\x7fELF"],
    };
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4).read_to_end(&mut begin));
    // What cannot be read is for the system to judge.
    read.is_err() || marks.iter().any(|mark| begin.starts_with(mark))
}

/// What the system says, without the path, which is that of a copy.
fn reason(path: &Path, error: &libloading::Error) -> String {
    let source = std::error::Error::source(error);
    let told = source.map_or_else(|| error.to_string(), ToString::to_string);
    let path = format!("{}: ", path.display());
    told.strip_prefix(&path).unwrap_or(&told).to_owned()
}

/// What a library without our entry is: a plugin of another major version, or none.
fn stranger(image: &Image) -> String {
    let majors = (0..100).filter(|major| *major != MAJOR);
    let name = |major: u32| format!("runsheet_plugin_v{major}");
    // SAFETY: the symbol is only looked for, never called.
    let has = |major: &u32| unsafe { image.get::<*const c_void>(name(*major)).is_ok() };
    match majors.into_iter().find(has) {
        Some(major) => format!(
            "it speaks version {major} of the line, and this host version {MAJOR}.{MINOR}: build \
             it anew for version {MAJOR}, or take the Runsheet it was made for"
        ),
        None => format!(
            "it is no plugin: it does not export `{}`",
            ENTRY.to_string_lossy()
        ),
    }
}

/// The fields of a table that are there, by its own word for how long it is.
fn read(table: *const Table) -> Result<Library, String> {
    // SAFETY: every table begins with these two numbers.
    let (size, minor) = unsafe { ((*table).size as usize, (*table).minor) };
    macro_rules! field {
        ($field:ident) => {
            if offset_of!(Table, $field) + size_of::<Option<Call>>() <= size {
                // SAFETY: the table says that it reaches past this field.
                unsafe { (*table).$field }
            } else {
                None
            }
        };
    }
    let free = field!(free).ok_or("its table has no `free`")?;
    let calls = [
        field!(describe),
        field!(arm),
        field!(turn),
        field!(predict),
        field!(inverse),
        field!(repeat),
        field!(matches),
        field!(check),
        field!(about),
    ];
    match calls[Method::Describe as usize] {
        Some(_) => Ok(Library { calls, free, minor }),
        None => Err("its table has no `describe`".to_owned()),
    }
}

impl Line for Library {
    fn answers(&self, method: Method) -> bool {
        self.calls[method as usize].is_some()
    }

    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        let call = self.calls[method as usize].ok_or(Trouble::Unsupported)?;
        let mut answer = Buf::EMPTY;
        // SAFETY: the message lives through the call, and there is a place for the answer.
        let status = unsafe { call(Str::of(message), &raw mut answer) };
        let answer = Lent {
            answer,
            free: self.free,
        };
        match status {
            OK => hears(answer.text()?),
            ERROR => return Err(Trouble::Refused(words(answer.text()?))),
            PANIC => return Err(Trouble::Panicked(words(answer.text()?))),
            UNSUPPORTED => return Err(Trouble::Unsupported),
            other => return Err(Trouble::Nonsense(format!("{method} ended with {other}"))),
        }
        Ok(())
    }
}

/// An answer as a plugin has just made it: it is read where it stands, and goes back to be freed.
struct Lent {
    answer: Buf,
    free: unsafe extern "C" fn(Buf),
}

impl Lent {
    fn text(&self) -> Result<&[u8], Trouble> {
        let Buf { at, len, .. } = self.answer;
        if at.is_null() {
            return Ok(&[]);
        }
        if len > LONGEST_ANSWER {
            let mebibytes = len >> 20;
            return Err(Trouble::Nonsense(format!("it is {mebibytes} MiB long")));
        }
        // SAFETY: the plugin says that so many bytes can be read, until it frees them.
        Ok(unsafe { std::slice::from_raw_parts(at, len) })
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if !self.answer.at.is_null() {
            // SAFETY: the answer comes from the same library, and is handed back once.
            unsafe { (self.free)(self.answer) };
        }
    }
}

/// The message of a refusal; as it stands where it has none.
fn words(text: &[u8]) -> String {
    #[derive(serde::Deserialize)]
    struct Refusal {
        message: String,
    }
    match serde_json::from_slice::<Refusal>(text) {
        Ok(refusal) => refusal.message,
        Err(_) => String::from_utf8_lossy(text).into_owned(),
    }
}

struct Offered(Host);

// SAFETY: the table is never written, and its context is null.
unsafe impl Sync for Offered {}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a table has a few dozen bytes"
)]
static HOST: Offered = Offered(Host {
    size: size_of::<Host>() as u32,
    minor: MINOR,
    context: ptr::null_mut(),
    log: Some(log),
});

unsafe extern "C" fn log(_: *mut c_void, level: i32, line: Str) {
    if line.at.is_null() {
        return;
    }
    // SAFETY: the plugin lends the line for the length of this call.
    let line = unsafe { std::slice::from_raw_parts(line.at, line.len.min(1 << 16)) };
    let line = String::from_utf8_lossy(line);
    match LOG_BY.get() {
        Some(write) => write(level, &line),
        None => told(level, &line),
    }
}

/// Where the lines go that libraries of this process have for the log, if not to the log.
static LOG_BY: OnceLock<fn(i32, &str)> = OnceLock::new();

pub(crate) fn log_by(write: fn(i32, &str)) {
    LOG_BY.get_or_init(|| write);
}

/// Puts a line of a plugin into the log.
pub(crate) fn told(level: i32, line: &str) {
    match level {
        1 => tracing::error!(target: "plugin", "{line}"),
        2 => tracing::warn!(target: "plugin", "{line}"),
        3 => tracing::info!(target: "plugin", "{line}"),
        _ => tracing::debug!(target: "plugin", "{line}"),
    }
}
