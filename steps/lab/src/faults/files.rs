//! Faults of single files: held by another program, gone, read-only, damaged.

use super::{Given, Kind, Parameter, Takes};
use crate::lab::Lab;
use crate::postoffice::condition::Condition;

const HOST: Parameter = Parameter::needed("host", Takes::Postoffice);
const FILE: Parameter = Parameter::needed("file", Takes::File);

/// The faults of files.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "lock",
        doc: "another program holds a file open, so that no tool can use it",
        takes: &[HOST, FILE, Parameter::needed("by", Takes::Text)],
        begin: |lab, given| set(lab, given, Condition::Locked(given.text("by").into())),
        end: clear,
    },
    Kind {
        name: "delete",
        doc: "a file, or a directory with all that is in it, is not there",
        takes: &[HOST, FILE],
        begin: |lab, given| set(lab, given, Condition::Missing),
        end: clear,
    },
    Kind {
        name: "read-only",
        doc: "a file can be read, but not written",
        takes: &[HOST, FILE],
        begin: |lab, given| set(lab, given, Condition::ReadOnly),
        end: clear,
    },
    Kind {
        name: "truncate",
        doc: "a file is cut off to nothing, as a full disk or a careless hand leaves it",
        takes: &[HOST, FILE],
        begin: |lab, given| set(lab, given, Condition::Empty),
        end: clear,
    },
    Kind {
        name: "corrupt",
        doc: "a file holds what no tool can make sense of",
        takes: &[HOST, FILE],
        begin: |lab, given| set(lab, given, Condition::Corrupt),
        end: clear,
    },
];

fn set(lab: &mut Lab, given: &Given, condition: Condition) {
    if let Some(id) = given.postoffice(lab) {
        let postoffice = &mut lab.postoffices[id];
        postoffice.conditions.set(&given.text("file"), condition);
    }
}

fn clear(lab: &mut Lab, given: &Given) {
    if let Some(id) = given.postoffice(lab) {
        lab.postoffices[id].conditions.clear(&given.text("file"));
    }
}
