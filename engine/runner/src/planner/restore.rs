//! What would be taken back at the end.

use runsheet_language::workflow::Undo;
use runsheet_record::plan::{Deed, End, Grasp, Row, Sign};
use runsheet_record::state::InstanceId;
use runsheet_step::fact::Change;
use runsheet_step::{Catalogue, Name};

use super::Planner;
use crate::back::Back;

impl Planner<'_> {
    /// Temporary changes in the reverse order of the steps that would make them.
    pub(super) fn restores(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (_, row) in self.temporary().rev() {
            let acts = acts_back(row, self.catalogue).0;
            let deeds: Vec<Deed> = row
                .deeds
                .iter()
                .rev()
                .filter_map(back)
                .chain(acts)
                .collect();
            if !deeds.is_empty() {
                rows.push(Row {
                    deeds,
                    end: End::Known,
                    ..row.clone()
                });
            }
        }
        rows
    }

    /// What is meant to be temporary and cannot be taken back, once for each step as written.
    pub(super) fn not_restorable(&self) -> Vec<Name> {
        let mut told = Vec::new();
        let mut warnings = Vec::new();
        for (id, row) in self.temporary() {
            let (address, node) = (&row.address, self.state.instance(id).node);
            let lost = acts_back(row, self.catalogue).1;
            let Some(phrase) = lost.first().filter(|_| !told.contains(&node)) else {
                continue;
            };
            told.push(node);
            let remedy = "say under `finally:` what does, and leave `undo:` out";
            let message =
                format!("`{address}`: `undo: at-end` cannot take `{phrase}` back: {remedy}");
            warnings.push(message.into());
        }
        warnings
    }

    /// At the end of a call that has a `finally:` what was changed in it for the time being is as
    /// it was.
    pub(super) fn take_back(&mut self, call: InstanceId) {
        if self.state.finally_of(call).is_none() {
            return;
        }
        for id in self.state.temporary_in(call).into_iter().rev() {
            let maybe = self.state.instance(id).maybe;
            for change in self.temporary.remove(&id).into_iter().flatten().rev() {
                let back = Change {
                    key: change.key,
                    before: change.after,
                    after: change.before,
                };
                self.overlay.change(&back, maybe);
            }
        }
    }

    /// The rows, sorted, of steps that are meant to be temporary.
    fn temporary(&self) -> impl DoubleEndedIterator<Item = (InstanceId, &Row)> {
        let rows = self.rows.iter().map(|(id, row)| (*id, row));
        rows.filter(|(id, _)| {
            let node = self.state.workflow().node(self.state.instance(*id).node);
            node.undo == Undo::AtEnd
        })
    }
}

/// The way back of a plain write.
fn back(deed: &Deed) -> Option<Deed> {
    let (before, after) = deed.change.clone()?;
    let sign = match deed.sign {
        Sign::Create => Sign::Delete,
        Sign::Delete => Sign::Create,
        other => other,
    };
    Some(Deed {
        sign,
        change: Some((after, before)),
        ..deed.clone()
    })
}

/// The way back of all acts of a step, and in a reader's words those that have none.
fn acts_back(row: &Row, catalogue: &Catalogue) -> (Vec<Deed>, Vec<Name>) {
    let (mut deeds, mut lost) = (Vec::new(), Vec::new());
    let mut changes: Vec<(&Deed, Change)> = Vec::new();
    for deed in row.deeds.iter().filter(|deed| deed.sign == Sign::Act) {
        if deed.grasp == Grasp::Opaque {
            lost.push(deed.phrase.clone());
        }
        for effect in &deed.effects {
            match changes.iter_mut().find(|(_, one)| one.key == effect.key) {
                Some((_, one)) => one.after = effect.after.clone(),
                None => changes.push((deed, effect.clone())),
            }
        }
    }
    for (deed, change) in changes.iter().rev() {
        let facility = catalogue.facility_named(&change.key.facility);
        match facility.map(|facility| (facility, Back::of(facility, change))) {
            // What an act changes beside its own resource is not looked at before it.
            Some((facility, Back::Way(request))) if change.key == deed.key => deeds.push(Deed {
                phrase: facility.phrase(&request).into(),
                effects: vec![Change {
                    key: change.key.clone(),
                    before: change.after.clone(),
                    after: change.before.clone(),
                }],
                ..Deed::clone(deed)
            }),
            Some((_, Back::Same)) => {}
            _ => lost.push(deed.phrase.clone()),
        }
    }
    (deeds, lost)
}
