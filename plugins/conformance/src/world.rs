//! A small world that answers what steps ask: facts that change as the facilities predict. Nothing
//! in it happens by itself.

use std::collections::BTreeMap;

use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{Answer, Catalogue, Cursor, Facility, Moment, Prediction, Request, Value};

use crate::opening::Opening;

/// A facility that nobody here knows: resources that are read and written.
struct Plain<'n>(&'n str);

impl Facility for Plain<'_> {
    fn name(&self) -> &str {
        self.0
    }
}

/// Does this with the facility of a name.
pub(crate) fn with_facility<T>(
    facilities: &Catalogue,
    name: &str,
    act: impl FnOnce(&dyn Facility) -> T,
) -> T {
    match facilities.facility_named(name) {
        Some(facility) => act(facility),
        None => act(&Plain(name)),
    }
}

/// The world.
#[derive(Clone)]
pub(crate) struct World<'f> {
    pub(crate) facilities: &'f Catalogue,
    opening: Opening,
    /// How what was looked at stood in the beginning.
    pub(crate) before: BTreeMap<Key, Fact>,
    /// How it stands now.
    pub(crate) now: BTreeMap<Key, Fact>,
    /// What was changed, in order.
    pub(crate) changes: Vec<(Request, Change)>,
}

impl<'f> World<'f> {
    pub(crate) fn new(facilities: &'f Catalogue, opening: Opening) -> World<'f> {
        World {
            facilities,
            opening,
            before: BTreeMap::new(),
            now: BTreeMap::new(),
            changes: Vec::new(),
        }
    }

    /// The same world, in which what was changed is how it was all along.
    pub(crate) fn settled(&self) -> World<'f> {
        World {
            before: self.now.clone(),
            changes: Vec::new(),
            ..self.clone()
        }
    }

    /// How a resource is now.
    pub(crate) fn fact(&mut self, key: &Key) -> Fact {
        if let Some(fact) = self.now.get(key) {
            return fact.clone();
        }
        let fact = self.opening.fact(key);
        self.before.insert(key.clone(), fact.clone());
        self.now.insert(key.clone(), fact.clone());
        fact
    }

    /// The answer to a question; nothing where it is a wait for what does not come.
    pub(crate) fn answer(&mut self, request: &Request) -> Option<Answer> {
        let key = request.key();
        let facilities = self.facilities;
        match &request.verb {
            Verb::Get => Some(self.fact(&key).answer()),
            Verb::List(filter) => Some(self.list(&key, filter)),
            Verb::Mark => Some(mark(&key)),
            Verb::Wait(wait) => self.wait(&key, wait),
            Verb::Put(_) | Verb::Delete | Verb::Act(_) => {
                let prediction = with_facility(facilities, &key.facility, |facility| {
                    self.foreseen(facility, request)
                });
                Some(self.write(request, prediction))
            }
        }
    }

    /// What a facility says of a write, with what it looks up.
    pub(crate) fn foreseen(&mut self, facility: &dyn Facility, request: &Request) -> Prediction {
        let mut keys = facility.looks_at(request);
        keys.push(request.key());
        if let Verb::Act(act) = &request.verb {
            let effects = act.effects.iter().flatten().map(|effect| Key {
                host: request.host.clone(),
                facility: effect.facility.clone(),
                resource: effect.resource.clone(),
            });
            keys.extend(effects);
        }
        let known: BTreeMap<Key, Fact> = keys
            .into_iter()
            .map(|key| (key.clone(), self.fact(&key)))
            .collect();
        facility.predict(request, &|key| {
            known.get(key).cloned().unwrap_or(Fact::Absent)
        })
    }

    fn write(&mut self, request: &Request, prediction: Prediction) -> Answer {
        for change in prediction.changes {
            self.fact(&change.key);
            self.now.insert(change.key.clone(), change.after.clone());
            self.changes.push((request.clone(), change));
        }
        match prediction.reply {
            Answer::Unknown(_) => {
                let act = match &request.verb {
                    Verb::Act(act) => &*act.name,
                    verb => verb.word(),
                };
                Answer::Value(self.opening.reply(&request.key(), act))
            }
            reply => reply,
        }
    }

    fn list(&mut self, key: &Key, filter: &Value) -> Answer {
        if let Some(items) = self.opening.items(key) {
            return Answer::Value(Value::list(items));
        }
        let name = key.to_string();
        let items = match self.opening.has_items(&name) {
            true => vec![self.opening.item(filter, &name)],
            false => Vec::new(),
        };
        with_facility(self.facilities, &key.facility, |facility| {
            let matching = items
                .into_iter()
                .filter(|item| facility.matches(filter, item));
            Answer::Value(Value::list(matching))
        })
    }

    fn wait(&mut self, key: &Key, wait: &Wait) -> Option<Answer> {
        if let Some(items) = self.opening.items(key) {
            let comes = !items.is_empty() || wait.count == 0;
            return comes.then(|| Answer::Value(Value::list(items)));
        }
        let fact = match wait.since {
            None => self.fact(key),
            Some(_) => Fact::Absent,
        };
        let item = self.opening.item(&wait.filter, &key.to_string());
        let found = with_facility(self.facilities, &key.facility, |facility| {
            let candidates = fact.known().into_iter().chain([&item]);
            let mut matching = candidates.filter(|item| facility.matches(&wait.filter, item));
            matching.next().cloned()
        });
        let count = usize::try_from(wait.count).unwrap_or(1);
        match found {
            Some(item) => Some(vec![item; count.clamp(1, 100)]),
            None if wait.count == 0 => Some(Vec::new()),
            None => None,
        }
        .map(|items| Answer::Value(Value::list(items)))
    }
}

fn mark(key: &Key) -> Answer {
    let cursor = Cursor {
        stream: key.resource.clone(),
        position: 0,
    };
    let mut place = cursor.to_value().as_map().cloned().unwrap_or_default();
    place.insert("time".into(), Moment(886_060_800_000).into());
    Answer::Value(Value::Map(place.into()))
}
