//! What DIRSYNC.LOG says of what the server noted.

use runsheet_formats::catalogue;
use runsheet_formats::log::{Message, Severity};
use runsheet_step::Moment;

use crate::postoffice::Postoffice;
use crate::server::Version;
use crate::server::note::{Note, What};

/// Writes notes into the logs of a postoffice.
pub(super) fn log(postoffice: &mut Postoffice, now: Moment, notes: &[Note]) {
    let serving = postoffice.serving.as_ref();
    let version = serving.map_or_else(Version::default, |it| it.server.version);
    for message in notes.iter().flat_map(|it| messages(it, version)) {
        postoffice.log(now, message);
    }
}

fn messages(note: &Note, version: Version) -> Vec<Message> {
    let from = format!("PCM:{}", note.requestor);
    match &note.what {
        What::Unregistered => vec![numbered(158, &[&from])],
        What::WrongPassword => vec![numbered(156, &[&from])],
        What::UnknownTask(_) => vec![numbered(155, &[&from]), numbered(133, &[])],
        What::Unprocessed => vec![numbered(133, &[])],
        What::BrokenAttachment => vec![numbered(116, &[])],
        What::NoTasks => {
            let text = format!("No Tasks From Requestor: {from}");
            vec![Message::free(Severity::Status, &text)]
        }
        What::Gone { .. } if version == Version::V30 => {
            vec![numbered(4, &["MSTTRANS"]), numbered(129, &[])]
        }
        What::Gone {
            sync,
            missing,
            last,
        } => {
            let [sync, missing, last] = [sync, missing, last].map(u32::to_string);
            let lost = numbered(139, &[&missing, &sync, &last]);
            vec![numbered(138, &[&sync]), lost]
        }
        What::OverLimit => vec![numbered(118, &[]), numbered(166, &[&from])],
        What::OutOfMemory => vec![numbered(9, &["SRVUPDS"]), numbered(159, &[&from])],
        What::MadeGood => Vec::new(),
    }
}

/// A message with the severity it usually has.
fn numbered(number: u16, arguments: &[&str]) -> Message {
    let entry = catalogue::message(number);
    let severity = entry.map_or(Severity::Error, |entry| entry.severity());
    Message::new(severity, number, arguments)
}
