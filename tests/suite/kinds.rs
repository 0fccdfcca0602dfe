//! Every kind shows itself truly: its example can be copied, its shape says what it asks.

use runsheet_step::Step;
use runsheet_step::shape::HostNeed;

use crate::product::{self, CATALOGUE};

/// A workflow with the example of a kind as its only step.
fn example(kind: &dyn Step) -> String {
    let step: String = kind
        .shape()
        .example
        .lines()
        .map(|line| format!("  {line}\n"))
        .collect();
    format!("workflow: 1\nname: example\nsteps:\n{step}")
}

fn every(obeys: impl Fn(&dyn Step) -> Result<(), String>) {
    let kinds: Vec<_> = CATALOGUE.kinds().collect();
    assert!(!kinds.is_empty());
    let broken: Vec<String> = kinds
        .into_iter()
        .filter_map(|(name, kind)| Some(format!("{name}: {}", obeys(kind).err()?)))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_example_of_a_kind_is_read_without_a_word() {
    every(|kind| {
        let read = product::workflow("example.yaml", &example(kind));
        if read.found.is_empty() {
            Ok(())
        } else {
            Err(read.screen())
        }
    });
}

#[test]
fn the_example_of_a_kind_uses_it() {
    every(|kind| {
        let uses = format!("uses: {}\n", kind.kind());
        let found = kind.shape().example.contains(&uses);
        found
            .then_some(())
            .ok_or("its example uses another kind".to_owned())
    });
}

#[test]
fn a_kind_says_of_each_field_what_it_is_for() {
    every(|kind| {
        let shape = kind.shape();
        let fields = shape.inputs.iter().chain(&shape.outputs);
        let silent = fields.filter(|field| field.doc.is_empty());
        let silent: Vec<_> = silent.map(|field| field.name.to_string()).collect();
        if shape.summary.is_empty() || !silent.is_empty() {
            return Err(format!("nothing is said about {silent:?} or the whole"));
        }
        Ok(())
    });
}

#[test]
fn a_kind_arms_by_inputs_that_it_has() {
    every(|kind| {
        let shape = kind.shape();
        let has = |name: &str| name == "host" || shape.inputs.iter().any(|it| &*it.name == name);
        let strange: Vec<_> = shape.place.iter().filter(|name| !has(name)).collect();
        if !strange.is_empty() {
            return Err(format!("it arms by {strange:?}, which it does not take"));
        }
        if shape.arms() && shape.host == HostNeed::None {
            return Err("it arms at a host, and takes none".to_owned());
        }
        Ok(())
    });
}
