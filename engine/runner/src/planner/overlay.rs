//! What would be: predicted changes over what was read, each resource read once.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::{Answer, request::Verb};
use runsheet_step::{Name, Request, Unknown};

/// Predicted facts, and one look at the site.
#[derive(Default)]
pub(super) struct Overlay {
    predicted: BTreeMap<Key, Fact>,
    got: BTreeMap<Key, Answer>,
    /// What was read in other ways than with a `get`, by what it reads like: one log may be asked
    /// for thousands of lists. What reads alike may still differ.
    looked: BTreeMap<(Key, String), Vec<(Verb, Answer)>>,
    /// Hosts at which something opaque would have happened.
    opaque: BTreeSet<Name>,
    /// Whether it may have happened anywhere.
    everywhere: bool,
}

impl Overlay {
    /// What an earlier step would have made of a resource.
    pub(super) fn predicted(&self, key: &Key) -> Option<&Fact> {
        self.predicted.get(key)
    }

    /// What was read before.
    pub(super) fn seen(&self, request: &Request) -> Option<&Answer> {
        if request.verb == Verb::Get {
            return self.got.get(&request.key());
        }
        let looked = self.looked.get(&(request.key(), words(&request.verb)))?;
        looked
            .iter()
            .find(|(verb, _)| *verb == request.verb)
            .map(|(_, answer)| answer)
    }

    pub(super) fn remember(&mut self, request: &Request, answer: Answer) {
        if request.verb == Verb::Get {
            self.got.insert(request.key(), answer);
        } else {
            let looked = (request.key(), words(&request.verb));
            let looked = self.looked.entry(looked).or_default();
            looked.push((request.verb.clone(), answer));
        }
    }

    /// A change would be made, or may be.
    pub(super) fn change(&mut self, change: &Change, may_not_run: bool) {
        let differs = change.before != change.after;
        let after = match may_not_run && differs {
            true => Fact::Unknown(Unknown::because("a step that may not run")),
            false => change.after.clone(),
        };
        self.predicted.insert(change.key.clone(), after);
    }

    pub(super) fn opaque_at(&mut self, host: &Name) {
        self.opaque.insert(host.clone());
    }

    /// Steps at hosts that are not known may have done something.
    pub(super) fn opaque_everywhere(&mut self) {
        self.everywhere = true;
    }

    /// Whether something opaque would have happened at any host.
    pub(super) fn is_opaque_anywhere(&self) -> bool {
        self.everywhere || !self.opaque.is_empty()
    }

    pub(super) fn is_opaque(&self, host: &str) -> bool {
        self.everywhere || self.opaque.contains(host)
    }
}

/// How what only looks reads.
fn words(verb: &Verb) -> String {
    match verb {
        Verb::List(filter) => filter.to_string(),
        other => other.word().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use runsheet_step::request::Verb;
    use runsheet_step::{Answer, Request, Value};

    use super::Overlay;

    #[test]
    fn lists_that_read_alike_are_told_apart() {
        let list = |filter: Value| Request {
            host: "EXCH1".into(),
            facility: "events".into(),
            resource: "Application".into(),
            verb: Verb::List(filter),
        };
        let (number, text) = (list(5.into()), list("5".into()));
        let mut overlay = Overlay::default();
        overlay.remember(&number, Answer::Absent);
        assert_eq!(overlay.seen(&number), Some(&Answer::Absent));
        assert_eq!(overlay.seen(&text), None);
        overlay.remember(&text, Answer::Value(Value::Null));
        assert_eq!(overlay.seen(&number), Some(&Answer::Absent));
        assert_eq!(overlay.seen(&text), Some(&Answer::Value(Value::Null)));
    }
}
