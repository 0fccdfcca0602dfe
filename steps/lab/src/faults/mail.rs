//! Faults of the line: dir-sync mail that is lost, comes twice or comes late.

use super::{Given, Kind, Parameter, Takes};
use crate::lab::Lab;
use crate::postoffice::transport::{Fate, Mishap, Sort};

const HOST: Parameter = Parameter::needed("host", Takes::Postoffice);
/// `status`, `request`, `import` or `reply`; any, where it is left out.
const WHICH: Parameter = Parameter::optional("which", Takes::Text);
/// Counted from 1; the next, where it is left out.
const NTH: Parameter = Parameter::optional("nth", Takes::Count);

/// The faults of the line.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "drop-message",
        doc: "one message from or to the postoffice is lost on the way",
        takes: &[HOST, WHICH, NTH],
        begin: |lab, given| expect(lab, given, Fate::Lost),
        end: |lab, given| spare(lab, given, Fate::Lost),
    },
    Kind {
        name: "duplicate-message",
        doc: "one message from or to the postoffice arrives twice",
        takes: &[HOST, WHICH, NTH],
        begin: |lab, given| expect(lab, given, Fate::Twice),
        end: |lab, given| spare(lab, given, Fate::Twice),
    },
    Kind {
        name: "delay-message",
        doc: "one message from or to the postoffice comes so much later",
        takes: &[HOST, Parameter::needed("by", Takes::Span), WHICH, NTH],
        begin: |lab, given| expect(lab, given, late(given)),
        end: |lab, given| spare(lab, given, late(given)),
    },
];

fn late(given: &Given) -> Fate {
    Fate::Late(given.span("by").unwrap_or_default())
}

fn which(given: &Given) -> Option<Sort> {
    let name = given.text("which");
    let known = Sort::NAMES.iter().find(|(it, _)| *it == name);
    known.map(|(_, sort)| *sort)
}

fn expect(lab: &mut Lab, given: &Given, fate: Fate) {
    if let Some(id) = given.postoffice(lab) {
        lab.postoffices[id].transport.expect(Mishap {
            which: which(given),
            nth: given.count("nth").unwrap_or(1).max(1),
            fate,
        });
    }
}

fn spare(lab: &mut Lab, given: &Given, fate: Fate) {
    if let Some(id) = given.postoffice(lab) {
        lab.postoffices[id].transport.spare(which(given), fate);
    }
}
