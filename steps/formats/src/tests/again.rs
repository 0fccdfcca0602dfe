//! What is printed is read back equal, whatever is said.

use proptest::prelude::*;
use runsheet_step::Moment;

use crate::address::{Address, PostofficeName};
use crate::catalogue;
use crate::command::Command;
use crate::import_file::entry::{Entry, Layout};
use crate::import_file::recipient::Recipient;
use crate::import_file::record::{Change, Record};
use crate::import_file::template::Information;
use crate::import_file::{read, write};
use crate::log::{Message, Severity, dirsync, dsserver};
use crate::stamp::{Stamp, long};
use crate::subject::{self, Subject};
use crate::transaction::Transaction;

fn address() -> impl Strategy<Value = Address> {
    let part = "[A-Z][A-Z0-9]{0,9}";
    (part, part, part).prop_map(|(network, postoffice, mailbox)| {
        Address::parse(&format!("{network}/{postoffice}/{mailbox}")).unwrap()
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let pcm = address().prop_map(|address| Recipient::from(&address));
    let other = prop::sample::select(vec![
        "SNADS:GATE/DGN/J.DOE",
        "smtp:jdoe@litware.com",
        "FAX:Doe~Room 5~Litware~9,206 635-7022",
        "X400:/c=US/admd=ATTMAIL/prmd=TEST/pn=Guy.Good",
        "MCI:John Doe 123-4567",
    ]);
    let other = other.prop_map(|text| Recipient::parse(text).unwrap());
    (
        "[A-Za-z][A-Za-z,.' ]{0,28}[A-Za-z]",
        prop_oneof![pcm, other],
    )
        .prop_map(|(name, recipient)| Entry::new(name.into(), recipient))
}

fn record() -> impl Strategy<Value = Record> {
    let one = prop_oneof![
        entry().prop_map(Change::Add),
        entry().prop_map(Change::Delete),
        (entry(), entry()).prop_map(|(old, new)| Change::Modify { old, new }),
        "[a-zA-Z][a-zA-Z .]{0,20}[a-z]".prop_map(Change::Comment),
    ];
    let information =
        prop::collection::vec(("[A-Z][A-Za-z/ ]{0,9}:", "[ -.0-~][ -~]{0,20}[!-~]"), 0..3);
    (one, information).prop_map(|(change, information)| {
        let mut record = Record::new(change);
        if let Change::Add(entry) | Change::Modify { new: entry, .. } = &record.change
            && entry.recipient.kind.has_templates()
        {
            let told = information
                .iter()
                .map(|(prompt, value)| Information::new(prompt, value));
            record.information = told.collect();
        }
        record
    })
}

fn moment() -> impl Strategy<Value = Moment> {
    // From 1990 to 2029.
    (631_152_000_i64..1_890_000_000).prop_map(|seconds| Moment(seconds * 1000))
}

proptest! {
    #[test]
    fn an_import_file(records in prop::collection::vec(record(), 1..8)) {
        let text = write(&records);
        let contents = read(&text, Layout::Strict);
        prop_assert_eq!(&contents.refusals, &[], "{}", text);
        let again: Vec<Record> = contents.records.into_iter().map(|(_, record)| record).collect();
        prop_assert_eq!(again, records);
    }

    #[test]
    fn a_transaction(record in record()) {
        let text = record.to_string();
        let read = Transaction::parse(&text).map_err(|why| TestCaseError::fail(why.to_string()))?;
        prop_assert_eq!(read.to_string(), text);
    }

    #[test]
    fn subjects_of_any_numbers(r: u32, was: u32, s: u32, i: u32, sent in 0..u32::MAX) {
        let sent = sent as usize;
        for subject in [subject::request(r, was, s, i, sent), subject::reply(r, s, was, i, sent)] {
            for text in [subject.as_str(), subject::cut(&subject)] {
                let read = Subject::parse(text).map_err(TestCaseError::fail)?;
                prop_assert_eq!(read.to_string(), text.trim_end());
            }
        }
    }

    #[test]
    fn numbered_messages_in_both_logs(index in 0..catalogue::entries().len(), at in moment(), severity in 0..4_usize) {
        let entry = catalogue::entries()[index];
        let places = entry.texts[0].matches('{').count();
        let message = Message::new(Severity::ALL[severity], entry.number, &vec!["7"; places]);
        let line = dirsync::Line::new(Stamp::of(at), message.clone());
        let read = dirsync::Line::parse(&line.to_string()).map_err(TestCaseError::fail)?;
        prop_assert_eq!(read.to_string(), line.to_string());
        prop_assert_eq!(read.message.text, message.text.clone());
        let line = dsserver::Line::new(Stamp::unpatched(at), &message);
        let read = dsserver::Line::parse(&line.to_string()).map_err(TestCaseError::fail)?;
        prop_assert_eq!(read, line);
    }

    #[test]
    fn dates_in_full(at in moment()) {
        prop_assert_eq!(long::parse(&long::print(at)), Some(at));
    }

    #[test]
    fn command_lines(drive in "[A-Za-z]", password in "[a-z0-9]{1,8}", quiet: bool) {
        let quiet = if quiet { " -q -y" } else { "" };
        let line = format!("import -d{drive} admin -p{password}{quiet}");
        let read = Command::parse(&line).map_err(TestCaseError::fail)?;
        prop_assert_eq!(read.value("d"), Some(drive.as_str()));
        prop_assert_eq!(read.to_string(), line);
    }

    #[test]
    fn nothing_makes_a_reader_fail_but_say_so(text in "[ -~\n]{0,60}") {
        for kind in crate::vectors::kind::KINDS {
            let verdict = crate::vectors::tried(kind.name, &text);
            if let Some(printed) = verdict.printed() {
                prop_assert!(crate::vectors::meets(&text, printed), "{}", kind.name);
            }
        }
    }
}

#[test]
fn a_postoffice_without_a_list_is_named_in_full() {
    let name = PostofficeName::parse("NORTH/SALES").unwrap();
    let text = Transaction::Replace(name.clone()).to_string();
    assert_eq!(Transaction::parse(&text), Ok(Transaction::Replace(name)));
}
