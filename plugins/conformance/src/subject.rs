//! The plugin under test: what it says of itself, and courses of each of its kinds to look at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use runsheet_host::line::Line;
use runsheet_host::plugin::Plugin;
use runsheet_messages::describe::{Description, StepDescription};
use runsheet_step::request::Verb;
use runsheet_step::shape::HostNeed;
use runsheet_step::{Answer, Catalogue, Entry, Input, Map, Name, Shape, Value};

use crate::Test;
use crate::course::{Course, End, Player};
use crate::example;
use crate::given::Sample;
use crate::opening::{Opening, missed};
use crate::random::Random;
use crate::sample::{self, HOST};
use crate::world::World;

/// So many openings are tried with each input.
const OPENINGS: u64 = 24;
/// So many inputs are made up for each kind, beside its example.
const INPUTS: usize = 6;
/// So many courses of a kind are kept, each of another form.
const COURSES: usize = 12;

/// A plugin under test.
pub(crate) struct Subject {
    pub(crate) line: Arc<dyn Line>,
    pub(crate) description: Description,
    pub(crate) facilities: Catalogue,
    pub(crate) seed: u64,
    pub(crate) kinds: Vec<Kind>,
    /// Kinds that samples use and the plugin does not bring.
    pub(crate) strangers: BTreeSet<Name>,
}

/// A kind of a plugin under test.
pub(crate) struct Kind {
    pub(crate) described: StepDescription,
    pub(crate) inputs: Vec<Input>,
    /// How many samples its author gives; their courses come first.
    pub(crate) samples: usize,
    /// The openings of courses of different forms, with the input of each.
    scenes: Vec<(Input, Opening)>,
}

impl Subject {
    /// The plugin of a line, and what it does in many small worlds.
    pub(crate) fn new(line: Arc<dyn Line>, plugin: &Plugin, test: &Test<'_>) -> Self {
        let description = plugin.description.clone();
        let steps = description.steps.clone();
        let is_known = |name: &Name| steps.iter().any(|step| step.kind == *name);
        let used = test.samples.iter().map(|sample| &sample.uses);
        let mut subject = Subject {
            strangers: used.filter(|name| !is_known(name)).cloned().collect(),
            description,
            facilities: plugin.fill(test.beside.clone()),
            kinds: Vec::new(),
            line,
            seed: test.seed,
        };
        let kind = |step| subject.kind(step, test.samples);
        subject.kinds = steps.into_iter().map(kind).collect();
        subject
    }

    fn kind(&self, described: StepDescription, samples: &[Sample]) -> Kind {
        let mut random = Random::new(self.seed, &described.kind);
        let own = samples.iter().filter(|it| it.uses == described.kind);
        let given: Vec<(Input, Opening)> = own
            .map(|sample| {
                let input = example::given(&sample.step(), &described.shape, &mut random);
                (input, Opening::given(sample.clone()))
            })
            .collect();
        let mut inputs = inputs(&described.shape, self.seed);
        inputs.extend(given.iter().map(|(input, _)| input.clone()));
        let mut kind = Kind {
            described,
            inputs,
            samples: given.len(),
            scenes: given,
        };
        let others = self.scenes(&kind);
        kind.scenes.extend(others);
        kind
    }

    /// What is asked of a kind over the line.
    pub(crate) fn player<'s>(&'s self, kind: &'s Kind) -> Player<'s> {
        Player {
            line: &*self.line,
            kind: &kind.described.kind,
            arms: kind.described.shape.arms(),
        }
    }

    /// The courses of a kind that were kept, played anew.
    pub(crate) fn courses<'s>(&'s self, kind: &'s Kind) -> impl Iterator<Item = Course<'s>> {
        kind.scenes.iter().map(|(input, opening)| {
            let world = World::new(&self.facilities, opening.clone());
            self.player(kind).play(input, world)
        })
    }

    /// The world in which a course began.
    pub(crate) fn beginning<'s>(&'s self, kind: &'s Kind, number: usize) -> World<'s> {
        let (_, opening) = &kind.scenes[number];
        World::new(&self.facilities, opening.clone())
    }

    fn scenes(&self, kind: &Kind) -> Vec<(Input, Opening)> {
        let mut found: BTreeMap<(u8, Vec<String>), (Input, Opening)> = BTreeMap::new();
        let mut missing = BTreeSet::new();
        let shape = &kind.described.shape;
        for number in 0..OPENINGS {
            for input in &kind.inputs {
                let seed = number.wrapping_mul(self.seed | 1);
                let opening = Opening::new(seed, shape, input, &missing);
                let world = World::new(&self.facilities, opening.clone());
                let course = self.player(kind).play(input, world);
                if let End::Failed(failure) = &course.end {
                    missing.extend(missed(&failure.message));
                }
                if matches!(course.end, End::Trouble(..) | End::Endless(_)) {
                    // One such course says it all; the next one may cost a process.
                    return vec![(input.clone(), opening)];
                }
                found
                    .entry(form(&course))
                    .or_insert((input.clone(), opening));
            }
        }
        found.into_values().take(COURSES).collect()
    }
}

/// The form of a course: those that ended well come first, and of those that change something.
fn form(course: &Course<'_>) -> (u8, Vec<String>) {
    let rank = match &course.end {
        End::Done(outcome) if outcome.changed => 0,
        End::Done(_) => 1,
        _ => 2,
    };
    let words = course.transcript.iter().map(|Entry { request, answer }| {
        let word = match &request.verb {
            Verb::Act(act) => &*act.name,
            verb => verb.word(),
        };
        let there = matches!(answer, Some(Answer::Value(_)));
        format!("{} {word} {there}", request.facility)
    });
    (rank, words.collect())
}

/// Inputs for a kind: that of its example, one with every field, and some with chance ones.
fn inputs(shape: &Shape, seed: u64) -> Vec<Input> {
    let mut random = Random::new(seed, &shape.summary);
    let mut inputs = Vec::new();
    inputs.extend(example::input(shape, &mut random));
    let all = shape.inputs.iter().map(|field| {
        let value = sample::of_field(field, &mut random);
        (field.name.clone(), value)
    });
    let all: Map = all.collect();
    let from_example = inputs.first().map(|input: &Input| input.with.clone());
    let of = |name: &Name| from_example.as_ref().map(|with| with.get(name).clone());
    let mut withs = vec![Value::Map(all.into())];
    for _ in 0..INPUTS {
        withs.push(sample::record(
            &shape.inputs,
            &mut random,
            |field, random| match of(&field.name)
                .filter(|value| !value.is_null() && !random.one_in(3))
            {
                Some(value) => value,
                None => sample::of_field(field, random),
            },
        ));
    }
    let host = match shape.host {
        HostNeed::None => Value::Null,
        HostNeed::Required | HostNeed::Optional => sample::host(HOST),
    };
    inputs.extend(withs.into_iter().map(|with| Input {
        host: host.clone(),
        with,
    }));
    inputs
}
