//! Items of a `foreach` that an address names: whether there are such, and what they are.

use runsheet_diagnostics::suggest;
use runsheet_step::{Map, Value};

use super::address::{Segment, quoted};
use super::spot::{Chosen, Spot};
use super::{Asked, NoAddress};
use crate::bound::BeforeRun;
use crate::workflow::{Foreach, StepId};

impl Asked<'_> {
    /// The items that the address of a place names, as far as they are known, by the name that
    /// each has in expressions.
    pub(super) fn items(&self, spot: &Spot) -> Map {
        let mut known = Map::new();
        for chosen in &spot.items {
            let Some((step, foreach)) = self.foreach(chosen) else {
                continue;
            };
            let item = self.named_items(step, foreach, &known).and_then(|all| {
                let mut all = all.into_iter();
                all.find(|(name, _)| *name == chosen.item)
            });
            known.extend(item.map(|(_, item)| (foreach.var.clone(), item)));
        }
        known
    }

    /// The steps, and items of theirs, of which it is not known whether there are such.
    ///
    /// # Errors
    /// An item that there is not.
    pub(super) fn unsure(
        &self,
        spot: &Spot,
        names: &[Segment],
    ) -> Result<Vec<(String, String)>, NoAddress> {
        let mut unsure = Vec::new();
        let known = self.items(spot);
        for chosen in &spot.items {
            let Some((step, foreach)) = self.foreach(chosen) else {
                continue;
            };
            let after = quoted(&names[..chosen.at]);
            let Some(all) = self.named_items(step, foreach, &known) else {
                unsure.push((after, chosen.item.clone()));
                continue;
            };
            if all.iter().any(|(name, _)| *name == chosen.item) {
                continue;
            }
            let near = suggest::nearest(&chosen.item, all.iter().map(|(name, _)| name.as_str()));
            let near = near.map(|near| {
                let mut meant = names.to_vec();
                near.clone_into(&mut meant[chosen.at].name);
                quoted(&meant)
            });
            return Err(NoAddress {
                near,
                name: chosen.item.clone(),
                after,
                items: all.into_iter().map(|(name, _)| name).collect(),
            });
        }
        Ok(unsure)
    }

    fn foreach(&self, chosen: &Chosen) -> Option<(StepId, &Foreach)> {
        let step = self.step(&chosen.spot)?;
        Some((step, self.workflow.node(step).foreach.as_ref()?))
    }

    /// The items of a `foreach` with the names of their instances, if they are known.
    fn named_items(
        &self,
        step: StepId,
        foreach: &Foreach,
        known: &Map,
    ) -> Option<Vec<(String, Value)>> {
        let mut names = BeforeRun {
            items: known.clone(),
            ..self.names_of_lists(self.workflow.scope(step))?
        };
        let Value::List(items) = foreach.list.evaluate(&names).ok()? else {
            return None;
        };
        let named = items.iter().map(|item| {
            let name = match &foreach.key {
                None => item.clone(),
                Some(key) => {
                    names.items.insert(foreach.var.clone(), item.clone());
                    key.evaluate(&names).ok()?
                }
            };
            let is_known = name.why_unknown().is_none();
            is_known.then(|| (name.to_string(), item.clone()))
        });
        named.collect()
    }

    /// The names that lists are made of. Where no site is named, the defaults that are written out
    /// of those inputs that nobody sets.
    fn names_of_lists(&self, scope: StepId) -> Option<BeforeRun> {
        if self.bound.is_some() || scope != StepId::MAIN {
            return self.names_in(scope);
        }
        let is_set = |name: &str| {
            let mut sets = self.given.sets.iter();
            sets.any(|(set, _)| **set == *name) || self.given.inputs.contains_key(name)
        };
        let inputs = self.workflow.inputs.iter().filter_map(|(name, input)| {
            let value = input.default.as_ref()?.constant()?;
            (!is_set(name)).then(|| (name.clone(), value))
        });
        let unknown = || Value::unknown("no site is named");
        Some(BeforeRun {
            inputs: inputs.collect(),
            site: unknown(),
            secrets: unknown(),
            host: None,
            items: Map::new(),
        })
    }
}
