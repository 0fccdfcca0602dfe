//! LISTQ: prints the records of a queue, `-f` says of which, with check sums (`-c`) and dates (`-t`)
//! (Q96060, Q110496).
//!
//! It reads the file as it is: where a record is broken it stops, and says so.

use std::sync::Arc;

use runsheet_formats::files::record::{self, Record};
use runsheet_formats::files::{date, resync};
use runsheet_formats::import_file::entry::Layout;
use runsheet_formats::import_file::record as import_record;
use runsheet_formats::listing::banner;
use runsheet_formats::listing::listq::Row;
use runsheet_formats::stamp::long;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::disk::postoffice::content;
use crate::lab::{Lab, Role};
use crate::postoffice::{Postoffice, PostofficeId};

const REFUSED: &str = "Bad ID or Password";
/// Its own version (Q96060).
const VERSION: &str = "3.2.0.1";
/// What stands above the columns where all of them are listed.
const HEADINGS: &str = "CRC  Date stamp               Sync#  Transaction";

/// What is listed, and how.
struct Wanted {
    /// The name of the file, without directory and ending.
    file: String,
    dated: bool,
    checked: bool,
}

/// Readies a listing. What it says of a wrong password, of a file that is not there and of a broken
/// record is inferred.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice_or_m(lab, place) else {
        return Program::ending("", 1);
    };
    if !lab.postoffices[id].admits(line) {
        return Program::ending(REFUSED, 1);
    }
    let Some(file) = line.value('f').filter(|it| !it.is_empty()) else {
        return Program::ending("", 1);
    };
    let file = file.to_ascii_uppercase();
    let wanted = Wanted {
        file: file.trim_end_matches(".GLB").to_owned(),
        dated: line.has('t'),
        checked: line.has('c'),
    };
    let lasts = lab.postoffices[id].pace.admin;
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        list(lab, id, &wanted, terminal);
    };
    Program::acting(lasts, vec![Arc::new(act)])
}

fn list(lab: &Lab, id: PostofficeId, wanted: &Wanted, terminal: &mut Terminal<'_>) {
    let postoffice = &lab.postoffices[id];
    let path = format!(r"GLB\{}.GLB", wanted.file);
    let readable = postoffice.conditions.read(&path).is_ok();
    let Some(bytes) = content(postoffice, &path).filter(|_| readable) else {
        terminal.say(&format!("Error opening file: {path}"));
        return terminal.leave(1);
    };
    head(postoffice, wanted, terminal);
    let (records, broken) = records(&wanted.file, &bytes);
    for record in records {
        if let Some(row) = row(&record, wanted) {
            terminal.say(&row.to_string());
        }
    }
    match broken {
        false => terminal.say("End of Queue"),
        true => {
            terminal.say("CRC error");
            terminal.leave(1);
        }
    }
}

fn head(postoffice: &Postoffice, wanted: &Wanted, terminal: &mut Terminal<'_>) {
    let (name, file) = (&postoffice.name, &wanted.file);
    terminal.say(&banner("LISTQ", VERSION));
    terminal.say(&format!(
        "Examining {name} Dirsync transaction file: {file}\n"
    ));
    if wanted.checked {
        terminal.say("Checking CRC...\n");
    }
    if wanted.checked && wanted.dated {
        terminal.say(HEADINGS);
    }
}

/// The records before the first break, and whether there is one.
fn records(file: &str, bytes: &[u8]) -> (Vec<Record>, bool) {
    if file == "RESYNC" {
        return match resync::Resync::decode(bytes) {
            Ok(resync) => (resync.records, false),
            Err(_) => (Vec::new(), true),
        };
    }
    match record::decode("a queue of transactions", bytes) {
        Ok(records) => (records, false),
        Err(broken) => (broken.before, true),
    }
}

/// A record as it is printed. A text that is none is left out; the dates of records that carry none
/// are, too.
fn row(record: &Record, wanted: &Wanted) -> Option<Row> {
    let stamp = date::moment(record.stamp).filter(|_| wanted.dated);
    Some(Row {
        crc: wanted.checked.then(|| record.crc()),
        stamp: stamp.map(long::print),
        item: None,
        number: record.number,
        record: import_record::Record::parse(&record.text, Layout::Strict).ok()?,
    })
}
