//! An event as a line of a journal, and back.
//!
//! `crc32 json`: the checksum of the JSON in eight hex digits, a space, the JSON. The first line
//! of a journal is its header, `{"runsheet-journal": 1}`, in the same form.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::event::Event;

/// The version of the format.
pub const VERSION: u32 = 1;

/// The first line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    #[serde(rename = "runsheet-journal")]
    version: u32,
}

/// Why a line cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadLine {
    /// It is cut short or was changed: the checksum is not that of the text.
    Damaged,
    /// It is whole, but not of a format this version knows.
    Unreadable(String),
}

impl fmt::Display for BadLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadLine::Damaged => out.write_str("the line is cut short or was changed"),
            BadLine::Unreadable(why) => write!(out, "the line cannot be read: {why}"),
        }
    }
}

/// The header of a new journal, with its line end.
#[must_use]
pub fn header() -> String {
    let header = Header { version: VERSION };
    sealed(&serde_json::to_string(&header).unwrap_or_default())
}

/// Checks the header of a journal.
///
/// # Errors
/// A damaged line, or a version that this program does not know.
pub fn check_header(line: &str) -> Result<(), BadLine> {
    let header: Header = read(line)?;
    if header.version == VERSION {
        return Ok(());
    }
    Err(BadLine::Unreadable(format!(
        "format {} is newer than {VERSION}",
        header.version
    )))
}

/// An event as a line, with its line end.
///
/// # Errors
/// An event that is no JSON, which is a fault of this program.
pub fn write(event: &Event) -> Result<String, BadLine> {
    let json = serde_json::to_string(event).map_err(|why| BadLine::Unreadable(why.to_string()))?;
    Ok(sealed(&json))
}

/// A line as an event.
///
/// # Errors
/// A damaged line, or one of an unknown format.
pub fn event(line: &str) -> Result<Event, BadLine> {
    read(line)
}

fn sealed(json: &str) -> String {
    format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes()))
}

fn read<'l, T: Deserialize<'l>>(line: &'l str) -> Result<T, BadLine> {
    let (crc, json) = line
        .trim_end_matches('\n')
        .split_once(' ')
        .ok_or(BadLine::Damaged)?;
    let wanted = u32::from_str_radix(crc, 16).map_err(|_| BadLine::Damaged)?;
    if crc.len() != 8 || crc32fast::hash(json.as_bytes()) != wanted {
        return Err(BadLine::Damaged);
    }
    serde_json::from_str(json).map_err(|why| BadLine::Unreadable(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{BadLine, check_header, event, header, write};
    use crate::event::{Event, What};
    use runsheet_step::Moment;

    #[test]
    fn a_line_comes_back_as_its_event() {
        let cancel = Event {
            at: Moment(7),
            what: What::CancelRequested,
        };
        let line = write(&cancel).expect("events are JSON");
        assert_eq!(event(&line), Ok(cancel));
        assert_eq!(check_header(&header()), Ok(()));
    }

    #[test]
    fn one_changed_character_is_seen() {
        let cancel = Event {
            at: Moment(7),
            what: What::CancelRequested,
        };
        let line = write(&cancel).expect("events are JSON");
        for at in 0..line.len() - 1 {
            let mut bytes = line.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8(bytes).expect("one bit of ASCII is ASCII");
            assert_eq!(event(&changed), Err(BadLine::Damaged), "{at}");
        }
        assert_eq!(
            event(&line[..line.len() - 3]),
            Err(BadLine::Damaged),
            "cut short"
        );
    }
}
