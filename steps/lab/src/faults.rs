//! What goes wrong in a lab, by name.
//!
//! A site file lists faults; each begins and ends at a moment, or just before a step of the run
//! asks its first question. A fault changes the state of the lab and nothing else: what then
//! happens follows from how tools and services meet that state, as it does for a real site. No
//! other crate knows the name of a fault.

mod connector;
mod exchange;
mod files;
mod given;
mod mail;
mod requestor;
mod server;
mod services;

use std::collections::BTreeSet;

use runsheet_step::Moment;

use crate::lab::{Due, Lab};
pub use given::{Given, Parameter, Takes};

/// One kind of fault.
#[derive(Debug)]
pub struct Kind {
    /// Its name in site files.
    pub name: &'static str,
    /// What goes wrong, in a sentence, with the articles that tell of it.
    pub doc: &'static str,
    /// What is to be given with it.
    pub takes: &'static [Parameter],
    /// How it begins.
    pub begin: fn(&mut Lab, &Given),
    /// How it ends: the site is as it would be without it, as far as that can be.
    pub end: fn(&mut Lab, &Given),
}

/// Every kind of fault, a table for each part of the site.
const TABLES: &[&[Kind]] = &[
    connector::KINDS,
    exchange::KINDS,
    files::KINDS,
    mail::KINDS,
    requestor::KINDS,
    server::KINDS,
    services::KINDS,
];

/// Every kind of fault there is.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    TABLES.iter().copied().flatten()
}

/// When a fault begins or ends.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum When {
    /// As the site opens.
    Opening,
    /// At this moment.
    At(Moment),
    /// Just before this step of a run asks its first question: `t1`, `t1.send`, or with the
    /// instance, `t1["SALES"].send`.
    Step(String),
}

impl When {
    /// Whether a step of this address is meant.
    fn is_step(&self, address: &str) -> bool {
        let Self::Step(wanted) = self else {
            return false;
        };
        let address = if wanted.contains('[') {
            address.to_owned()
        } else {
            without_instances(address)
        };
        match address.strip_prefix(wanted.as_str()) {
            Some(rest) => rest.is_empty() || rest.starts_with(['.', '[']),
            None => false,
        }
    }
}

/// `t1["SALES"].send` as `t1.send`.
fn without_instances(address: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for letter in address.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// A fault that a site has.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Fault {
    /// Which one.
    #[serde(with = "given::kind")]
    pub kind: &'static Kind,
    /// What was given with it.
    pub given: Given,
    /// When it begins.
    pub from: When,
    /// When it ends, if it does.
    pub until: Option<When>,
    /// How far it has come.
    pub stage: Stage,
}

/// How far a fault has come.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
pub enum Stage {
    /// It has not begun.
    #[default]
    Ahead,
    /// It is there.
    There,
    /// It has ended.
    Over,
}

/// The faults of a site.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Faults {
    list: Vec<Fault>,
    /// The steps that have asked something.
    seen: BTreeSet<String>,
}

impl Faults {
    /// Every fault, with how far it has come.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.list.iter()
    }

    /// Whether a fault may begin or end as a step asks its first question.
    pub(crate) fn may_follow(&self, address: &str) -> bool {
        !self.list.is_empty() && !self.seen.contains(address)
    }
}

impl Lab {
    /// Gives the site another fault. One that is to begin at the opening, or at a moment that has
    /// passed, begins now.
    pub fn add_fault(&mut self, fault: Fault) {
        for when in [Some(&fault.from), fault.until.as_ref()]
            .into_iter()
            .flatten()
        {
            if let When::At(moment) = when {
                self.schedule(moment.since(self.now()), Due::Fault);
            }
        }
        self.faults.list.push(fault);
        self.faults_at(self.now());
    }

    /// Ends the fault at this place of the list, if it is there.
    pub fn end_fault(&mut self, index: usize) {
        self.turn_faults(Stage::Over, |at, _| at == index);
    }

    /// A step of a run is about to ask something.
    pub fn step_asks(&mut self, address: &str) {
        if !self.faults.may_follow(address) {
            return;
        }
        self.faults.seen.insert(address.to_owned());
        let address = address.to_owned();
        self.turn_faults(Stage::Over, |_, fault| {
            fault.until.as_ref().is_some_and(|it| it.is_step(&address))
        });
        self.turn_faults(Stage::There, |_, fault| fault.from.is_step(&address));
    }

    /// Begins and ends what is due at this moment.
    pub(crate) fn faults_at(&mut self, now: Moment) {
        let due = |when: &When| match when {
            When::Opening => true,
            When::At(moment) => *moment <= now,
            When::Step(_) => false,
        };
        self.turn_faults(Stage::Over, |_, fault| {
            fault.until.as_ref().is_some_and(due)
        });
        self.turn_faults(Stage::There, |_, fault| due(&fault.from));
    }

    /// Brings the faults that are meant to a later stage. One that ends before it has begun never
    /// begins.
    fn turn_faults(&mut self, to: Stage, meant: impl Fn(usize, &Fault) -> bool) {
        for index in 0..self.faults.list.len() {
            let fault = &mut self.faults.list[index];
            if fault.stage >= to || !meant(index, fault) {
                continue;
            }
            let was_there = fault.stage == Stage::There;
            fault.stage = to;
            let (kind, given) = (fault.kind, fault.given.clone());
            match to {
                Stage::There => (kind.begin)(self, &given),
                Stage::Over if was_there => (kind.end)(self, &given),
                Stage::Over | Stage::Ahead => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_meant_with_its_instances_and_what_is_in_it() {
        let step = |wanted: &str| When::Step(wanted.to_owned());
        let address = r#"t1["SALES"].send"#;
        for wanted in ["t1", "t1.send", r#"t1["SALES"]"#, address] {
            assert!(step(wanted).is_step(address), "{wanted}");
        }
        for other in ["t", "t1.sent", r#"t1["PLANT"]"#, "send"] {
            assert!(!step(other).is_step(address), "{other}");
        }
    }

    #[test]
    fn every_fault_has_a_name_of_its_own() {
        let names: Vec<_> = kinds().map(|it| it.name).collect();
        let different: BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len());
    }
}
