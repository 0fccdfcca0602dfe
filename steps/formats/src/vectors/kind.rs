//! The kinds of samples, and what reads each.

use crate::body::line::Line;
use crate::body::{self, Body};
use crate::command::Command;
use crate::event::{self, Event};
use crate::form::Form;
use crate::import_file;
use crate::import_file::entry::Layout;
use crate::import_file::template::{Definition, Information};
use crate::listing::{dssched, listds, listq};
use crate::log::{
    dirsync, dispatch, dsserver, import, podiag, screen, session, squeezed, system, transfers,
};
use crate::ndr::Reason;
use crate::popup::Popup;
use crate::sentence::Sentence;
use crate::stamp::Stamp;
use crate::subject::Subject;
use crate::{admin, wrapped};

/// Reads a text and prints it again.
type Again = fn(&str) -> Result<String, String>;

/// A kind of samples.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// Reads a text of the kind and prints it again, or says why it is none.
    pub again: Again,
    /// Whether its samples are wrong on purpose.
    pub wrong: bool,
}

/// Every kind.
pub const KINDS: &[Kind] = &[
    kind("subject", subject),
    kind("subject_format", subject),
    kind("dirsync_body", |it| again(Body::parse(it))),
    kind("dirsync_txn", |it| again(Line::parse(it))),
    kind("dx_body", |it| again(body::note(it))),
    kind("event", event),
    kind("event_pcmta", event),
    kind("event_dx", event),
    kind("event_msmi", event),
    kind("event_scm", event),
    kind("event_mta", event),
    kind("event_ese", event),
    kind("event_text", event),
    kind("event_fallback", |it| sentence(&[event::FALLBACK], it)),
    kind("event_msmi_raw", |it| again(event::raw::Line::parse(it))),
    kind("ndr_reason", |it| again(Reason::parse(it))),
    kind("service_popup", |it| again(Popup::parse(it))),
    kind("service_popup_fail", |it| again(Popup::parse(it))),
    kind("cmdline", |it| again(Command::parse(it))),
    kind("dirsync_log", human),
    kind("dirsync_log_y2k", human),
    kind("import_log", |it| {
        again(import::Entry::parse(it)).or_else(|_| lines(it, imported))
    }),
    kind("dsserver_log", |it| stamped(it, machine)),
    kind("central_log", |it| stamped(it, machine)),
    kind("dispatch_log", |it| {
        whole_or_lines(it, |line| again(dispatch::Line::parse(line)))
    }),
    kind("session_log", |it| {
        lines(it, |line| again(session::Line::parse(line)))
    }),
    kind("system_log", returned),
    kind("podiag_log", |it| {
        whole_or_lines(it, |line| sentence(podiag::TEXTS, line))
    }),
    kind("sent_log", |it| {
        whole_or_lines(it, |line| sentence(transfers::TEXTS, line))
    }),
    kind("recv_log", |it| {
        whole_or_lines(it, |line| sentence(transfers::TEXTS, line))
    }),
    kind("tool_message", |it| whole_or_lines(it, message)),
    kind("listds", |it| again(listds::parse(it))),
    kind("listq", |it| {
        lines(it, queued)
            .or_else(|_| wrapped_again(it, queued))
            .or_else(|_| wrapped::entries(it, queued))
    }),
    kind("dssched_line", |it| again(dssched::times(it))),
    kind("dssched_dump", |it| again(dssched::parse(it))),
    kind("import_txn", transaction),
    kind("import_txn_block", transaction),
    kind("import_template", template),
    Kind {
        name: "import_txn_invalid",
        again: transaction,
        wrong: true,
    },
    kind("admin_prompt", |it| {
        wrapped_again(it, |text| again(admin::prompt(text)))
    }),
    kind("admin_notice", |it| {
        wrapped_again(it, |text| again(admin::notice(text)))
    }),
];

const fn kind(name: &'static str, again: Again) -> Kind {
    Kind {
        name,
        again,
        wrong: false,
    }
}

/// That there is no such kind, and which there are.
pub(super) fn unknown(name: &str) -> String {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    format!(
        "no text of kind `{name}` is known; there are {}",
        names.join(", ")
    )
}

/// The kind of a name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

fn again<T: ToString, E: ToString>(read: Result<T, E>) -> Result<String, String> {
    match read {
        Ok(value) => Ok(value.to_string()),
        Err(why) => Err(why.to_string()),
    }
}

fn subject(text: &str) -> Result<String, String> {
    again(Subject::parse(text))
}

fn event(text: &str) -> Result<String, String> {
    again(Event::parse(text))
}

/// A message of a tool, or why it returned mail.
fn message(text: &str) -> Result<String, String> {
    again(screen::Screen::parse(text)).or_else(|why| again(Reason::parse(text)).map_err(|_| why))
}

fn sentence(forms: &[Form], text: &str) -> Result<String, String> {
    again(Sentence::read(forms, &squeezed(text)))
}

fn imported(line: &str) -> Result<String, String> {
    again(import::Entry::parse(line))
}

fn logged(line: &str) -> Result<String, String> {
    again(dirsync::Line::parse(line))
}

fn queued(line: &str) -> Result<String, String> {
    again(listq::Line::parse(line))
}

/// Records, or the information of one.
fn transaction(text: &str) -> Result<String, String> {
    match Information::is(text, Layout::Printed) {
        true => lines(text, |line| again(Information::parse(line))),
        false => records(text),
    }
}

/// One record after the other.
fn records(text: &str) -> Result<String, String> {
    let contents = import_file::read(text, Layout::Printed);
    if let Some(refusal) = contents.refusals.first() {
        return Err(refusal.to_string());
    }
    match import_file::write(contents.records.iter().map(|(_, record)| record)) {
        empty if empty.is_empty() => Err("there is no record".to_owned()),
        written => Ok(written),
    }
}

/// A template, and the names that have it; or the definitions of one.
fn template(text: &str) -> Result<String, String> {
    match text.trim_start().starts_with("T ") {
        true => records(text),
        false => lines(text, |line| again(Definition::parse(line))),
    }
}

/// Reads every line that is not empty.
fn lines(text: &str, again: Again) -> Result<String, String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines: Result<Vec<String>, String> = lines.map(again).collect();
    match lines?.join("\n") {
        empty if empty.is_empty() => Err("there is no line".to_owned()),
        text => Ok(text),
    }
}

/// Reads a text whose lines an article broke.
fn wrapped_again(text: &str, again: Again) -> Result<String, String> {
    let printed = again(&squeezed(text))?;
    Ok(wrapped::broken(&printed, &wrapped::lines_of(text)))
}

/// Reads a text as one line that an article broke, or else as lines, each of which it may have
/// broken.
fn whole_or_lines(text: &str, again: Again) -> Result<String, String> {
    wrapped_again(text, again)
        .or_else(|_| lines(text, again))
        .or_else(|_| wrapped::entries(text, again))
}

/// DIRSYNC.LOG: its lines, one with the record it is about (Q117260), or lines that an article broke.
fn human(text: &str) -> Result<String, String> {
    stamped(text, logged).or_else(|why| again(import::Entry::parse(text)).map_err(|_| why))
}

/// Reads lines that each begin with a stamp; what does not, goes on with the line above.
fn stamped(text: &str, again: Again) -> Result<String, String> {
    let begins = |line: &str| Stamp::begin(line.trim_start_matches('#').trim()).is_some();
    let entries = wrapped::gathered(text, begins);
    let read = entries.iter().map(|entry| {
        let tail = entry.split_once('\n').map_or("", |(_, tail)| tail);
        match tail.contains(" | ") {
            true => lines(entry, again),
            false => wrapped_again(entry, again),
        }
    });
    let read: Result<Vec<String>, String> = read.collect();
    match read?.join("\n") {
        empty if empty.is_empty() => Err("there is no line".to_owned()),
        text => Ok(text),
    }
}

/// SYSTEM.LOG: a report may end with the names that nobody has (Q127919).
fn returned(text: &str) -> Result<String, String> {
    const NAMES: &str = "not delivered to:";
    const NAME: &[Form] = &[Form("{name}, {text}"), Form("{mailbox}")];
    let report = |text: &str| whole_or_lines(text, |line| again(system::Line::parse(line)));
    report(text).or_else(|why| {
        let (head, names) = text.split_once(NAMES).ok_or_else(|| why.clone())?;
        let head = report(&format!("{head}{NAMES}"))?;
        let names = lines(names, |line| sentence(NAME, line)).map_err(|_| why)?;
        Ok(format!("{head}\n{names}"))
    })
}

fn machine(line: &str) -> Result<String, String> {
    again(dsserver::Line::parse(line))
}
