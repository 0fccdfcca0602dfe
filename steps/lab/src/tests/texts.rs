//! Everything the site writes is read back as what it is: log lines, events, subjects.

use std::collections::BTreeSet;

use runsheet_formats::event::Event;
use runsheet_formats::log::{dirsync, dispatch, dsserver};
use runsheet_formats::subject::Subject;

use super::draw::Draw;
use super::thousand::{HOSTS, a_fault, changes, cycle};
use super::{Operator, blueprint};

const SEED: u64 = 147_464;
const CYCLES: usize = 40;

/// A site on which much has gone wrong.
fn used(seed: u64) -> Operator {
    let mut draw = Draw::new(seed);
    let mut site = blueprint(&HOSTS);
    site.users = 3;
    let mut operator = Operator::prepared(&site);
    operator.put_right();
    operator.export();
    for _ in 0..CYCLES {
        changes(&mut operator, &mut draw);
        operator.lab.add_fault(a_fault(&mut draw));
        cycle(&mut operator);
        let there = operator.lab.faults.iter().count();
        (0..there).for_each(|index| operator.lab.end_fault(index));
        operator.put_right();
    }
    operator
}

/// The texts that are not read, each with the reason, once.
fn unread<'t, T: ToString>(
    texts: impl Iterator<Item = &'t str>,
    read: impl Fn(&str) -> Result<T, String>,
) -> BTreeSet<String> {
    let squeezed = runsheet_formats::log::squeezed;
    let wrong = texts.filter_map(|text| match read(text) {
        Ok(value) if squeezed(&value.to_string()) == squeezed(text) => None,
        Ok(value) => Some(format!("`{text}` is printed as `{}`", value.to_string())),
        Err(why) => Some(format!("`{text}`: {why}")),
    });
    wrong.collect()
}

#[test]
fn every_line_of_a_log_is_read_back() {
    let operator = used(SEED);
    for postoffice in &operator.lab.postoffices {
        let logs = &postoffice.logs;
        let wrong = unread(logs.dirsync.lines(), dirsync::Line::parse);
        assert_eq!(wrong, BTreeSet::new(), "DIRSYNC.LOG, seed {SEED}");
        let wrong = unread(logs.dsserver.lines(), dsserver::Line::parse);
        assert_eq!(wrong, BTreeSet::new(), "DSSERVER.LOG, seed {SEED}");
        let others = [(r"LOG\CENTRAL.LOG", true), (r"LOG\DISPATCH.LOG", false)];
        for (path, central) in others {
            let text = postoffice.texts.get(path).map_or("", |text| text.as_str());
            let wrong = match central {
                true => unread(text.lines(), dsserver::Line::parse),
                false => unread(text.lines(), dispatch::Line::parse),
            };
            assert_eq!(wrong, BTreeSet::new(), "{path}, seed {SEED}");
        }
    }
}

#[test]
fn every_event_and_every_subject_is_read_back() {
    let operator = used(SEED + 1);
    let server = operator.server();
    let events = server.log.records().iter().map(|record| {
        format!(
            "Event ID: {}\nSource: {}\nType: {}\nCategory: {}\nDescription: {}",
            record.id,
            record.source,
            record.kind.word(),
            record.category,
            record.message()
        )
    });
    let events: Vec<String> = events.collect();
    assert!(events.len() > 1000, "only {} events", events.len());
    let wrong = unread(events.iter().map(String::as_str), Event::parse);
    assert_eq!(wrong, BTreeSet::new(), "seed {SEED}");
    let subjects = operator.subjects_after(0);
    assert!(!subjects.is_empty());
    let wrong = unread(subjects.into_iter(), Subject::parse);
    assert_eq!(wrong, BTreeSet::new(), "seed {SEED}");
}
