//! A step that a patch names by the right id and not by its whole address, or in another list.

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::PATCH_HITS_NOTHING;
use super::change::Change;
use super::patch::Patching;
use super::slots::Slots;
use super::steps::id_of;
use crate::document::Node;
use crate::reader::bare;

/// The lists of a workflow and of a definition, and each with the other.
const LISTS: [[&str; 2]; 2] = [["steps", "finally"], ["finally", "steps"]];

impl Patching<'_> {
    /// Tells which step was meant by an address that leads nowhere, where there is one of that id
    /// only: further in, or in the other list of the workflow.
    pub(super) fn elsewhere(
        &mut self,
        slots: &Slots,
        change: &Change,
        address: &str,
    ) -> Option<Diagnostic> {
        let is_whole = |name: &str| matches!(name, "uses" | "steps");
        if !self.compares() || change.content.iter().any(|pair| is_whole(&pair.name)) {
            return None;
        }
        let outer = &change.address[..change.address.len() - address.len()];
        let mut found = Vec::new();
        let mut seen = 0;
        for slot in slots.iter() {
            let step = self.at(slot.node);
            collect(step, (outer, address), &mut found, &mut seen);
        }
        self.compared += seen;
        if let [only] = found.as_slice() {
            return Some(
                self.hits_nothing(change)
                    .did_you_mean(only, self.id(change)),
            );
        }
        found
            .is_empty()
            .then(|| self.in_other_list(slots, change))?
    }

    /// Tells of a step of `finally:` that is patched under `steps:`, or the other way round, and of
    /// one that is called `finally.ID` in its own list.
    fn in_other_list(&self, slots: &Slots, change: &Change) -> Option<Diagnostic> {
        let (list, holder) = self.path.split_last()?;
        let [_, other] = LISTS.into_iter().find(|[own, _]| own == list)?;
        let named = change.address.split_once('.');
        let named = named.filter(|(first, _)| LISTS.iter().any(|[own, _]| own == first));
        let (list_named, id) =
            named.map_or((None, &*change.address), |(list, id)| (Some(list), id));
        let first = id.split('.').next().unwrap_or_default();
        if list_named == Some(list) && slots.find(first).is_some() {
            return Some(self.hits_nothing(change).did_you_mean(id, self.id(change)));
        }
        let mut holder = holder.iter();
        let holder = holder.try_fold(self.at(self.root), |at, key| Some(at.get(key)?.value))?;
        let steps = holder.get(other)?.value;
        let step = steps.items().find(|step| id_of(*step) == Some(first))?;
        let told = self.hits_nothing(change);
        let told = match step.get("id") {
            Some(id) => told.at(bare(id.value), format!("stands under `{other}:`")),
            None => told,
        };
        Some(told.help(format!("patch it there: `{other}: [{{id: {id}, ..}}]`")))
    }

    /// The step that rescues another and that is named as if it stood in it: `send.again`.
    pub(super) fn rescuing(
        &self,
        group: Node<'_>,
        change: &Change,
        rest: &str,
    ) -> Option<Diagnostic> {
        let first = rest.split('.').next()?;
        let rescue = group.get("rescue")?.value;
        rescue.items().find(|step| id_of(*step) == Some(first))?;
        let outer = &change.address[..change.address.len() - rest.len()];
        let meant = format!("{outer}rescue.{rest}");
        Some(
            self.hits_nothing(change)
                .did_you_mean(&meant, self.id(change)),
        )
    }

    fn hits_nothing(&self, change: &Change) -> Diagnostic {
        let message = format!("there is no step `{}` to change", change.address);
        Diagnostic::error(&PATCH_HITS_NOTHING, message).at(self.id(change), "hits nothing")
    }

    fn id(&self, change: &Change) -> runsheet_diagnostics::span::Span {
        bare(self.at(change.id.value))
    }
}

/// The addresses within a step that end with another.
fn collect(
    step: Node<'_>,
    (outer, wanted): (&str, &str),
    found: &mut Vec<String>,
    seen: &mut usize,
) {
    *seen += 1;
    let Some(id) = id_of(step) else { return };
    for (key, within) in [
        ("steps", format!("{outer}{id}.")),
        ("rescue", format!("{outer}{id}.rescue.")),
    ] {
        let Some(list) = step.get(key) else { continue };
        let (first, rest) = wanted.split_once('.').unwrap_or((wanted, ""));
        for inner in list.value.items() {
            let is_first = id_of(inner) == Some(first);
            if is_first && (rest.is_empty() || leads(inner, rest)) {
                found.push(format!("{within}{wanted}"));
            }
            collect(inner, (&within, wanted), found, seen);
        }
    }
}

/// Whether an address leads from a step to one within.
fn leads(step: Node<'_>, address: &str) -> bool {
    let (key, address) = match address.strip_prefix("rescue.") {
        Some(rest) if step.get("rescue").is_some() => ("rescue", rest),
        _ => ("steps", address),
    };
    let (first, rest) = address.split_once('.').unwrap_or((address, ""));
    let list = step.get(key).map(|list| list.value);
    let mut steps = list.into_iter().flat_map(Node::items);
    let found = steps.find(|step| id_of(*step) == Some(first));
    found.is_some_and(|found| rest.is_empty() || leads(found, rest))
}
