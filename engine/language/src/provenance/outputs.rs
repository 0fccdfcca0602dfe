//! What a step gives, and what else a run tells of it: `t1.send.outputs.exit`, `t2.status`.

use runsheet_diagnostics::{suggest, words};
use runsheet_step::shape::Field;

use super::address::{Segment, quoted};
use super::spot::{self, Spot};
use super::versions::Part;
use super::words::Words;
use super::{Asked, Chain, NoAddress};
use crate::names::{OF_ITEMS, OF_STEP};
use crate::resolve::outputs_of;
use crate::workflow::StepId;

impl Asked<'_> {
    /// What a run tells of a step; nothing where an address asks for something else.
    pub(super) fn of_run(
        &self,
        names: &[Segment],
        words: &Words,
    ) -> Option<Result<Chain, NoAddress>> {
        let asked = OF_STEP.iter().chain(OF_ITEMS);
        let asked: Vec<_> = asked.collect();
        let (at, (name, what)) = names.iter().enumerate().skip(1).find_map(|(at, name)| {
            let known = asked.iter().find(|(known, _)| *known == name.name)?;
            Some((at, **known))
        })?;
        let spot = spot::find(&self.origins.shelf, &names[..at]).ok()?;
        let step = self.step(&spot)?;
        let is_step = spot.step_at == spot.way.len() && !spot.way.is_empty();
        let is_items = OF_ITEMS.iter().any(|(of_items, _)| *of_items == name);
        if !is_step || is_items && self.workflow.node(step).foreach.is_none() {
            return None;
        }
        Some(match (name, names.get(at + 1)) {
            ("outputs", output) => self.given(&spot, step, (names, at), output, words)?,
            (_, None) => Ok(known_later(format!("{what}; known when it has ended"))),
            _ => return None,
        })
    }

    fn given(
        &self,
        spot: &Spot,
        step: StepId,
        (names, at): (&[Segment], usize),
        output: Option<&Segment>,
        words: &Words,
    ) -> Option<Result<Chain, NoAddress>> {
        let node = self.workflow.node(step);
        let (kind, fields) = match (&node.call, node.action()) {
            (Some(call), _) => {
                let outputs = call.outputs.iter();
                let outputs = outputs
                    .map(|(name, one)| Field::new(name.clone(), one.kind.clone(), one.doc.clone()));
                (&call.kind, outputs.collect())
            }
            (None, Some(action)) => {
                let fields = outputs_of(self.workflow, self.catalogue, step);
                (&action.kind, fields.unwrap_or_default())
            }
            (None, None) => return None,
        };
        let Some(output) = output else {
            let given = fields.iter().map(|field| &field.name);
            return Some(Ok(known_later(match fields.is_empty() {
                true => format!("`{kind}` gives nothing"),
                false => format!("`{kind}` gives {} in a run", words::and_list(given)),
            })));
        };
        let Some(field) = fields.iter().find(|field| *field.name == *output.name) else {
            let known = fields.iter().map(|field| &*field.name);
            let near = suggest::nearest(&output.name, known).map(|near| {
                let mut meant = names.to_vec();
                near.clone_into(&mut meant[at + 1].name);
                quoted(&meant)
            });
            return Some(Err(NoAddress {
                near,
                name: output.name.clone(),
                after: quoted(&names[..=at]),
                ..NoAddress::default()
            }));
        };
        let about = match &*field.doc {
            "" => String::new(),
            doc => format!(": {doc}"),
        };
        let declared = node.call.as_ref().and_then(|_| self.declared_by(spot));
        let layers = declared.map(|(file, mut way)| {
            way.extend(["outputs", &output.name].map(|key| Part::Key(key.to_owned())));
            self.origins.layers(file, &way, words)
        });
        Some(Ok(Chain {
            kind: Some(field.kind.to_string()),
            layers: layers.unwrap_or_default(),
            ..known_later(format!("`{kind}` gives it in a run{about}"))
        }))
    }
}

fn known_later(told_by_run: String) -> Chain {
    Chain {
        told_by_run: Some(told_by_run),
        ..Chain::default()
    }
}
