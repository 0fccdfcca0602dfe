//! How a small world stands when a step comes to it. Nobody knows what the resources of a stranger
//! look like, so many openings are tried: nothing there at all, then values made of the names that
//! the kind itself uses, and of those that it missed in the openings before.

use std::collections::BTreeSet;
use std::sync::Arc;

use runsheet_step::fact::{Fact, Key};
use runsheet_step::{Input, Map, Name, Shape, Value};

use crate::given::Sample;
use crate::random::Random;
use crate::sample;

/// One opening.
#[derive(Clone)]
pub(crate) struct Opening {
    seed: u64,
    /// Names with values that may stand for them.
    names: Vec<(Name, Vec<Value>)>,
    /// What is there, where that is not left to chance.
    given: Option<Arc<Sample>>,
}

impl Opening {
    /// The opening of a number for a kind that is given this; 0 is a world with nothing in it.
    pub(crate) fn new(
        number: u64,
        shape: &Shape,
        input: &Input,
        missed: &BTreeSet<Name>,
    ) -> Opening {
        let mut names = Vec::new();
        if number == 0 {
            return Opening {
                seed: 0,
                names,
                given: None,
            };
        }
        let mut random = Random::new(number, "opening");
        // What a name stands for among the outputs, it most likely stands for in the world.
        for field in shape.outputs.iter().chain(&shape.inputs) {
            if names.iter().any(|(name, _)| *name == field.name) {
                continue;
            }
            let given = input.with.get(&field.name);
            let mut values = vec![sample::of_field(field, &mut random)];
            if !given.is_null() && sample::fits(given, &field.kind).is_ok() {
                values.push(given.clone());
            }
            names.push((field.name.clone(), values));
        }
        for name in missed {
            if !names.iter().any(|(known, _)| known == name) {
                let values = ["sample".into(), 1.into(), true.into(), "yes".into()];
                names.push((name.clone(), values.to_vec()));
            }
        }
        Opening {
            seed: number,
            names,
            given: None,
        }
    }

    /// The opening that an author gives.
    pub(crate) fn given(sample: Sample) -> Opening {
        Opening {
            seed: 0,
            names: Vec::new(),
            given: Some(sample.into()),
        }
    }

    /// How a resource is.
    pub(crate) fn fact(&self, key: &Key) -> Fact {
        if let Some(given) = &self.given {
            return given.fact(key);
        }
        let mut random = Random::new(self.seed, &key.to_string());
        match self.seed == 0 || random.one_in(4) {
            true => Fact::Absent,
            false => Fact::Known(self.value(&mut random)),
        }
    }

    /// What an act replies of which no facility knows the reply.
    pub(crate) fn reply(&self, key: &Key, act: &str) -> Value {
        match (&self.given, self.seed) {
            (Some(given), _) => given.reply(key, act),
            (None, 0) => Value::Null,
            (None, seed) => self.rich(&mut Random::new(seed, &key.to_string())),
        }
    }

    /// What is answered to a list or a wait, where that is not left to chance.
    pub(crate) fn items(&self, key: &Key) -> Option<Vec<Value>> {
        self.given.as_ref().map(|given| given.items(key))
    }

    /// An item of a stream that has what a filter names.
    pub(crate) fn item(&self, filter: &Value, key: &str) -> Value {
        let mut random = Random::new(self.seed, key);
        let mut item = self.rich(&mut random).as_map().cloned().unwrap_or_default();
        let filter = filter.items().first().unwrap_or(filter);
        for (name, value) in filter.as_map().into_iter().flatten() {
            let one = value.items().first().unwrap_or(value);
            item.insert(name.clone(), one.clone());
        }
        Value::Map(item.into())
    }

    /// Whether lists are empty.
    pub(crate) fn has_items(&self, key: &str) -> bool {
        self.seed != 0 && Random::new(self.seed, key).one_in(2)
    }

    fn value(&self, random: &mut Random) -> Value {
        if random.one_in(2) {
            return self.rich(random);
        }
        let plain = [
            Value::text("sample"),
            1.into(),
            true.into(),
            Value::list([self.rich(random)]),
        ];
        match self.names.get(random.below(self.names.len() + 1)) {
            Some((_, values)) => random.pick(values).cloned().unwrap_or_default(),
            None => random.pick(&plain).cloned().unwrap_or_default(),
        }
    }

    /// A map of all names that may matter.
    fn rich(&self, random: &mut Random) -> Value {
        let mut map = Map::new();
        for (name, values) in &self.names {
            let value = random.pick(values).cloned().unwrap_or_default();
            map.insert(name.clone(), value);
        }
        Value::Map(map.into())
    }
}

/// The names that a message puts between backticks: a step that says what it missed.
pub(crate) fn missed(message: &str) -> impl Iterator<Item = Name> {
    let words = message.split('`').skip(1).step_by(2);
    let plain = |word: &&str| {
        let of_names = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        !word.is_empty() && word.len() < 40 && word.chars().all(of_names)
    };
    words.filter(plain).map(Name::from)
}
