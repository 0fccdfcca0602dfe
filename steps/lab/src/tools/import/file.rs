//! `import -f`: a file into the lists, or with `-e` into the stream of dir-sync (Q102926, Q131151).

use std::collections::BTreeSet;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::import_file::entry::{Entry, Layout};
use runsheet_formats::import_file::record::{Change, Record};
use runsheet_formats::import_file::{self, Contents};
use runsheet_formats::log::Severity;
use runsheet_formats::transaction::Transaction;

use super::session::Session;
use super::switches::Task;
use crate::directory::merge::{Creation, Merge, Outcome, Rules};
use crate::lab::Lab;
use crate::postoffice::Postoffice;

/// Reads the file, and says what is wrong in it line by line. Nothing where there is none.
fn read(lab: &mut Lab, session: &mut Session<'_, '_>, path: &str) -> Option<Contents> {
    session.say(lab, "Microsoft (R) Mail Import V3.2");
    if !session.has_database(lab) {
        return None;
    }
    let Some(text) = session.postoffice(lab).text(path) else {
        session.number(lab, Severity::Fatal, 56, &[path]);
        session.finish(lab);
        return None;
    };
    let contents = import_file::read(&text, Layout::Strict);
    for refusal in &contents.refusals {
        session.tell(lab, refusal.message());
    }
    Some(contents)
}

/// Puts the file's records into REQTRANS.GLB, each with a number of its own.
pub(super) fn queue(lab: &mut Lab, session: &mut Session<'_, '_>) {
    let Task::Stream(path) = session.switches.task.clone() else {
        return;
    };
    let Some(contents) = read(lab, session, &path) else {
        return;
    };
    let postoffice = session.postoffice(lab);
    if postoffice.conditions.write(r"GLB\REQTRANS.GLB").is_err() {
        session.number(lab, Severity::Fatal, 30, &["REQTRANS"]);
        return session.finish(lab);
    }
    for (_, record) in contents.records {
        postoffice.queue.append(Transaction::from(record));
    }
    session.finish(lab);
}

/// Puts the file's records into the postoffice's own lists.
pub(super) fn apply(lab: &mut Lab, session: &mut Session<'_, '_>) {
    let task = session.switches.task.clone();
    let Task::File { path, listed, .. } = &task else {
        return;
    };
    let Some(contents) = read(lab, session, path) else {
        return;
    };
    let records = contents.records.iter();
    let records: Vec<_> = records
        .map(|(_, it)| Transaction::from(it.clone()))
        .collect();
    let outcome = merged(session.postoffice(lab), &task, &contents, &records);
    session.remarks(lab, &outcome.remarks);
    if session.switches.talkative {
        session.own_records(lab, records.iter());
    }
    let postoffice = session.postoffice(lab);
    postoffice.lists = outcome.lists;
    if *listed {
        let records = contents.records.iter().map(|(_, record)| record);
        records.for_each(|record| postoffice.list_externally(record));
    }
    session.finish(lab);
}

/// The lists with the records in them; with `-r` in the place of those that were there.
fn merged(
    postoffice: &Postoffice,
    task: &Task,
    contents: &Contents,
    records: &[Transaction],
) -> Outcome {
    let rules = rules_of(postoffice, task);
    let mut merge = Merge::new(&postoffice.lists, &rules);
    if matches!(task, Task::File { replace: true, .. }) {
        for list in lists_of(contents) {
            merge.transaction(&Transaction::Replace(list));
        }
    }
    records.iter().for_each(|it| merge.transaction(it));
    merge.outcome()
}

/// What counts beside the options of the requestor: `-c` creates postoffices, `-t` takes templates.
fn rules_of(postoffice: &Postoffice, task: &Task) -> Rules {
    let (creates, templates) = match task {
        Task::File {
            create, templates, ..
        } => (*create, *templates),
        _ => (false, false),
    };
    let rules = postoffice.rules();
    Rules {
        local: true,
        templates,
        creation: match (creates, rules.creation) {
            (false, _) => Creation::Off,
            (true, Creation::Off) => Creation::Done,
            (true, other) => other,
        },
        ..rules
    }
}

/// The postoffices that a file has names of.
fn lists_of(contents: &Contents) -> BTreeSet<PostofficeName> {
    let entries = contents
        .records
        .iter()
        .filter_map(|(_, record)| match &record.change {
            Change::Add(entry) => entry.recipient.mailbox(),
            _ => None,
        });
    entries.map(|address| address.postoffice).collect()
}

impl Postoffice {
    /// A text file on its drive; a bare name is looked for among the programs, where IMPORT runs.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        let path = self.normal(path)?;
        let here = format!(r"MAILEXE\{path}");
        let text = self.texts.get(&path).or_else(|| self.texts.get(&here))?;
        self.conditions.read(&path).ok()?;
        Some(text.clone())
    }

    /// Changes the Postoffice Address List as a record says (Q101933, Q112285).
    fn list_externally(&mut self, record: &Record) {
        let key = |entry: &Entry| {
            let recipient = &entry.recipient;
            let text = format!("{}:{}", recipient.kind.name, recipient.address());
            text.to_ascii_uppercase()
        };
        let names = &mut self.external_names;
        match &record.change {
            Change::Add(entry) => drop(names.insert(key(entry).into(), entry.name.clone())),
            Change::Delete(entry) => drop(names.remove(key(entry).as_str())),
            Change::Modify { old, new } => {
                names.remove(key(old).as_str());
                names.insert(key(new).into(), new.name.clone());
            }
            Change::Replace(_) | Change::Template(..) | Change::Comment(_) => {}
        }
    }
}
