//! What a run asked for, held against its plan: the other half of a verdict, gathered as events
//! come in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use runsheet_record::event::{Answered, Asked, Restored, RunStarted};
use runsheet_record::observer::Observer;
use runsheet_record::{Event, State, What};
use runsheet_step::fact::Key;
use runsheet_step::request::Verb;
use runsheet_step::{Access, Answer, Catalogue, Facility, Form, Moment, Name, Plain, Value};

/// A write or an act that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Deed {
    pub(crate) key: Key,
    pub(crate) phrase: Name,
    /// The value that is put; nothing for a delete or an act.
    pub(crate) value: Option<Value>,
    /// Whether it was refused because it is not in the plan.
    pub(crate) refused: bool,
    /// Whether there is no answer to it, so that it may have happened or not.
    pub(crate) in_doubt: bool,
    /// Whether its facility is at hand, so that the words are those of the plan.
    pub(crate) in_its_words: bool,
}

impl Deed {
    /// Whether another one is the same, however it was answered.
    pub(crate) fn wants_the_same(&self, other: &Deed) -> bool {
        let answered_alike = Deed {
            in_doubt: other.in_doubt,
            ..self.clone()
        };
        &answered_alike == other
    }
}

/// Everything a verdict needs that the state of a run does not keep.
pub struct Ledger {
    catalogue: Arc<Catalogue>,
    pub(crate) begun: Option<RunStarted>,
    pub(crate) first: Option<Moment>,
    pub(crate) last: Option<Moment>,
    deeds: BTreeMap<Name, Vec<Deed>>,
    /// For the turn of a step that is not answered yet, which of its questions are which deeds.
    open: BTreeMap<Name, Vec<Option<usize>>>,
    pub(crate) restored: Vec<Restored>,
    /// Steps that were tried more than once.
    pub(crate) retried: BTreeSet<Name>,
}

impl Ledger {
    /// An empty one.
    #[must_use]
    pub fn new(catalogue: Arc<Catalogue>) -> Ledger {
        Ledger {
            catalogue,
            begun: None,
            first: None,
            last: None,
            deeds: BTreeMap::new(),
            open: BTreeMap::new(),
            restored: Vec::new(),
            retried: BTreeSet::new(),
        }
    }

    /// What a step asked to be done, in order, all attempts together.
    pub(crate) fn deeds_of(&self, address: &str) -> &[Deed] {
        self.deeds.get(address).map_or(&[], Vec::as_slice)
    }

    /// All that was asked to be done, by step.
    pub(crate) fn deeds(&self) -> impl Iterator<Item = (&Name, &[Deed])> {
        self.deeds
            .iter()
            .map(|(address, deeds)| (address, deeds.as_slice()))
    }

    /// The words of a facility for a question.
    pub(crate) fn phrase(&self, request: &runsheet_step::Request) -> Name {
        self.facility(&request.facility, |facility| {
            facility.phrase(request).into()
        })
    }

    /// What a facility says; that of a plugin which is not at hand is one of plain resources.
    fn facility<T>(&self, name: &str, says: impl Fn(&dyn Facility) -> T) -> T {
        match self.catalogue.facility_named(name) {
            Some(facility) => says(facility),
            None => says(&Plain(name)),
        }
    }

    fn asked(&mut self, asked: &Asked) {
        let mut places = Vec::new();
        for question in &asked.questions {
            let request = &question.request;
            let access = self.facility(&request.facility, |facility| facility.access(request));
            if access == Access::Read {
                places.push(None);
                continue;
            }
            let deed = Deed {
                key: request.key(),
                phrase: self.phrase(request),
                value: match &request.verb {
                    Verb::Put(value) => Some(value.clone()),
                    _ => None,
                },
                refused: false,
                in_doubt: true,
                in_its_words: self.catalogue.facility_named(&request.facility).is_some(),
            };
            let deeds = self.deeds.entry(asked.address.clone()).or_default();
            places.push(Some(deeds.len()));
            deeds.push(deed);
        }
        self.open.insert(asked.address.clone(), places);
    }

    fn answered(&mut self, answered: &Answered) {
        let places = self.open.remove(&answered.address).unwrap_or_default();
        let Some(deeds) = self.deeds.get_mut(&answered.address) else {
            return;
        };
        for (place, answer) in places.into_iter().zip(&answered.answers) {
            if let Some(place) = place {
                deeds[place].refused = is(answer, "not-in-plan");
                deeds[place].in_doubt = is(answer, "no-answer");
            }
        }
    }
}

fn is(answer: &Answer, fault: &str) -> bool {
    matches!(answer, Answer::Fault(told) if told.form == Form::code(fault))
}

impl Observer for Ledger {
    fn on(&mut self, event: &Event, _: &State) {
        self.first.get_or_insert(event.at);
        self.last = Some(event.at);
        match &event.what {
            What::RunStarted(started) => self.begun = Some(started.clone()),
            What::Asked(asked) => self.asked(asked),
            What::Answered(answered) => self.answered(answered),
            What::Restored(restored) => self.restored.push(restored.clone()),
            What::Retried(retried) => drop(self.retried.insert(retried.address.clone())),
            _ => {}
        }
    }
}
