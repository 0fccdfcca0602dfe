//! Inputs: of a workflow, and of what a step calls.

use runsheet_diagnostics::span::Span;

use super::spot::Spot;
use super::versions::Part;
use super::words::Words;
use super::{Asked, By, Chain, Layer};
use crate::workflow::InputDeclaration;

impl Asked<'_> {
    /// An input of the workflow.
    pub(super) fn input(&self, name: &str, input: &InputDeclaration, words: &Words) -> Chain {
        let typed = |by, value: String, span: Option<Span>| Layer {
            by,
            of: None,
            value,
            span,
            is_removal: false,
            disagrees: false,
        };
        let sets = self
            .given
            .sets
            .iter()
            .rev()
            .filter(|(set, _)| **set == *name);
        let sets = sets.map(|(_, text)| typed(By::Set, words.text(name, text), None));
        let mut layers: Vec<Layer> = sets.collect();
        if let Some(setting) = self.given.inputs.get(name) {
            let value = words.setting(name, setting);
            layers.push(typed(By::Inputs, value, Some(setting.value.span)));
        }
        let way = ["inputs", name, "default"].map(|key| Part::Key(key.to_owned()));
        let main = self.origins.shelf.main();
        let defaults = self.origins.layers(main, &way, words).into_iter();
        layers.extend(defaults.map(|layer| of("default", layer)));
        Chain {
            kind: Some(input.kind.to_string()),
            value: self
                .bound
                .and_then(|bound| Some(bound.inputs.get(name)?.to_string())),
            layers,
            ..Chain::default()
        }
    }

    /// What a call is given for an input, `t1.with.po`, and what it is where nothing is given.
    pub(super) fn given_to_call(&self, spot: &Spot, words: &Words) -> Option<Chain> {
        let (call, name) = self.input_of_call(spot)?;
        let step = self.step(&call)?;
        let input = self.workflow.node(step).call.as_ref()?.inputs.get(&*name)?;
        let mut way = call.way.clone();
        way.extend(["with", &name].map(|key| Part::Key(key.to_owned())));
        let mut layers = self.origins.layers(call.file, &way, words);
        let (file, mut way) = self.declared_by(&call)?;
        way.extend(["inputs", &name, "default"].map(|key| Part::Key(key.to_owned())));
        let defaults = self.origins.layers(file, &way, words).into_iter();
        layers.extend(defaults.map(|layer| of("default", layer)));
        let inputs = self.inputs_in(step);
        Some(Chain {
            kind: Some(input.declared.kind.to_string()),
            value: inputs.and_then(|inputs| Some(inputs.get(&*name)?.to_string())),
            layers,
            ..Chain::default()
        })
    }

    /// The call that an address is about, and which of its inputs: `t1.with.po`, `t1.inputs.po`.
    fn input_of_call(&self, spot: &Spot) -> Option<(Spot, String)> {
        let [.., Part::Key(key), Part::Key(name)] = &spot.way[..] else {
            return None;
        };
        if key == "with" && spot.way.len() == spot.step_at + 2 {
            let way = spot.way[..spot.step_at].to_vec();
            let call = Spot {
                way,
                ..spot.clone()
            };
            return Some((call, name.clone()));
        }
        let inside = spot.calls.last()?;
        let is_input = key == "inputs" && spot.step == inside.spot.step;
        is_input.then(|| (inside.spot.clone(), name.clone()))
    }

    /// Where what a step calls is declared.
    pub(super) fn declared_by(&self, call: &Spot) -> Option<(usize, Vec<Part>)> {
        let uses = self.node(call)?.get("uses")?.value;
        let (file, define) = self.origins.shelf.called(call.file, uses)?;
        let way = define.into_iter().flat_map(|name| ["define", name]);
        Some((file, way.map(|key| Part::Key(key.to_owned())).collect()))
    }
}

pub(super) fn of(what: &str, layer: Layer) -> Layer {
    Layer {
        of: Some(what.to_owned()),
        ..layer
    }
}
