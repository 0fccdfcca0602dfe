//! What EXTERNAL writes down: SENT.LOG and RECV.LOG of each postoffice, SESSION.LOG and SYSTEM.LOG.

use runsheet_formats::stamp::event_stamp;
use runsheet_step::Moment;

use crate::mail::Mail;
use crate::postoffice::Postoffice;

/// Mail that left this postoffice.
pub(super) const SENT: &str = r"LOG\SENT.LOG";
/// Mail that came to this postoffice.
pub(super) const RECV: &str = r"LOG\RECV.LOG";
/// What an MTA did, step by step (Q100826).
pub(super) const SESSION: &str = r"LOG\SESSION.LOG";
/// Mail that was returned, and why (Q136004).
const SYSTEM: &str = r"LOG\SYSTEM.LOG";

/// The file of a message's body: the subdirectory is named after the last digit of its number.
pub(super) fn body(letter: char, mail: &Mail) -> String {
    format!(r"{letter}:MAI\MA{:X}\{:08X}.MAI", mail.id % 16, mail.id)
}

/// The report on a message that was returned (Q136004).
pub(super) fn returned(postoffice: &mut Postoffice, at: Moment, mail: &Mail, reason: &str) {
    let (date, time) = event_stamp(at);
    let report = format!(
        "External program has detected a mail problem.\nMessage data:\nFrom: {}\nDate: {date}\n\
         Time: {time}\nSubject: {}\n{reason}\n",
        mail.from,
        mail.header_subject(),
    );
    postoffice.append(SYSTEM, &report);
}
