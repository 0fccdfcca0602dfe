//! What may stand in the places of a form.

use crate::address::{Address, PostofficeName};

/// Tells whether a text fits a place.
type Accepts = fn(&str) -> bool;

/// What may stand in a place, by the word in its braces.
const CLASSES: &[(&str, Accepts)] = &[
    ("text", is_text),
    ("line", |text| text.is_empty() || is_text(text)),
    ("word", is_word),
    ("name", is_name),
    ("number", is_number),
    ("signed", |text| {
        is_number(text.strip_prefix('-').unwrap_or(text))
    }),
    ("hex", is_hex),
    ("hex8", |text| text.len() == 8 && is_hex(text)),
    ("0x", |text| text.strip_prefix("0x").is_some_and(is_hex)),
    ("po", |text| PostofficeName::parse(text).is_ok()),
    ("mailbox", |text| Address::parse(text).is_ok()),
    ("typed", is_typed),
    ("file", is_file),
    ("path", is_path),
    ("server", is_server),
    ("drive", |text| {
        text.len() == 1 && text.bytes().all(|it| it.is_ascii_alphabetic())
    }),
    ("network", |text| text.len() <= 10 && is_name(text)),
    ("step", |text| {
        ["-RT", "-S", "-RR", "- RT", "- S", "- RR"].contains(&text)
    }),
    ("normal", |text| {
        ["60", "61", "62", "63", "64", "66"].contains(&text)
    }),
    ("abnormal", |text| text == "65"),
    ("answer", |text| {
        ["Yes", "No", "OK", "Cancel"].contains(&text)
    }),
    ("phase", |text| ["T1", "T2", "T3"].contains(&text)),
    ("day", |text| crate::stamp::long::DAYS.contains(&text)),
    ("clock", |text| text.len() == 5 && is_time(text)),
    ("ctime", crate::stamp::long::is),
    ("share", is_share),
    ("hidden-share", |text| {
        is_share(text.strip_suffix('$').unwrap_or(text))
    }),
    ("serial", is_serial),
    ("ids", |text| text.split('/').all(is_number)),
    ("kind", |text| {
        ["Information", "Warning", "Error"].contains(&text)
    }),
    ("verb", |text| {
        ["start", "stop", "pause", "continue"].contains(&text)
    }),
    ("known-service", |text| {
        crate::popup::SERVICES.contains(&text)
    }),
    ("service-error", |text| {
        crate::popup::ERRORS.iter().any(|(it, _)| *it == text)
    }),
    ("reason", |text| {
        crate::popup::ERRORS.iter().any(|(_, it)| *it == text)
    }),
    ("ds", |text| {
        text.len() > 3 && text.starts_with("DS_") && is_symbol(text)
    }),
    ("problem", |text| {
        text.starts_with("DS_E_") && is_symbol(text)
    }),
    ("mh", |text| text.starts_with("MH_RC_") && is_symbol(text)),
    ("x400", |text| {
        text.len() > 5 && text.starts_with("X400:") && is_text(text)
    }),
    ("ndr", |text| crate::ndr::Reason::parse(text).is_ok()),
    ("pair", is_pair),
    ("date", is_date),
    ("time", is_time),
];

/// What a place of this class takes.
pub(super) fn named(class: &str) -> Option<Accepts> {
    let found = CLASSES.iter().find(|(name, _)| *name == class);
    found.map(|(_, accepts)| *accepts)
}

fn is_text(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(char::is_control)
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|it: char| it.is_whitespace() || it.is_control())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 10 && text.bytes().all(|it| it.is_ascii_digit())
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// `PCM:NETWORK/POSTOFFICE`.
fn is_typed(text: &str) -> bool {
    text.split_once(':').is_some_and(|(kind, name)| {
        is_name(kind) && kind.len() <= 6 && PostofficeName::parse(name).is_ok()
    })
}

/// A name of eight letters and an extension of three, the latter optional.
fn is_file(text: &str) -> bool {
    let (name, extension) = text.split_once('.').unwrap_or((text, "GLB"));
    let fits = |part: &str, most| {
        let letters = |it: u8| it.is_ascii_alphanumeric() || b"$_-~".contains(&it);
        (1..=most).contains(&part.len()) && part.bytes().all(letters)
    };
    fits(name, 8) && fits(extension, 3)
}

/// Files below a drive: `M:USR\IMPORT.USR`, `M:MAI\MA6\00000116.MAI`.
fn is_path(text: &str) -> bool {
    let below = match text.split_once(':') {
        Some((drive, below)) if drive.len() == 1 && is_name(drive) => below,
        Some(_) => return false,
        None => text,
    };
    below.trim_start_matches('\\').split('\\').all(is_file)
}

/// The name of a computer.
fn is_server(text: &str) -> bool {
    let letters = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
    (1..=15).contains(&text.len()) && text.bytes().all(letters)
}

/// A share: `MAILDATA`.
fn is_share(text: &str) -> bool {
    let letters = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
    (1..=12).contains(&text.len()) && text.bytes().all(letters)
}

/// The serial number of a postoffice: `22-28798` (Q151228).
fn is_serial(text: &str) -> bool {
    text.split_once('-')
        .is_some_and(|(first, second)| is_number(first) && is_number(second))
}

/// A name of a program: capitals or not, digits and underlines.
fn is_symbol(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

/// Network and postoffice, each with the spaces that fill its field (Q136004).
fn is_pair(text: &str) -> bool {
    let pair: String = text.split_whitespace().collect();
    let parts = text.split('/').all(|part| !part.trim().contains(' '));
    parts && PostofficeName::parse(&pair).is_ok()
}

fn is_date(text: &str) -> bool {
    crate::stamp::Date::parse(text).is_some()
}

fn is_time(text: &str) -> bool {
    crate::stamp::Time::parse(text).is_some()
}
