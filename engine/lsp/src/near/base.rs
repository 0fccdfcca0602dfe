//! What was known of a file when it was last read as a whole, by the items of its list of steps.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;
use runsheet_language::workflow::{StepId, Workflow};

use super::parts::Parts;
use super::words;
use super::writes::writes;
use crate::check::Checked;

/// In how many items a name of the head is looked for.
const WITNESSES: usize = 4;

/// A file as it was read, and which of its items name which.
#[derive(Clone)]
pub struct Base {
    pub(super) checked: Arc<Checked>,
    pub(super) text: Arc<str>,
    pub(super) parts: Parts,
    /// The items that hold a step of that name.
    ids: HashMap<Box<str>, Vec<usize>>,
    /// The parts in which a name of a step stands as a word.
    naming: HashMap<Box<str>, Vec<usize>>,
    /// Whether a step says itself what it waits for.
    pub(super) is_ordered: bool,
    /// Items that use what the head declares.
    pub(super) witnesses: BTreeSet<usize>,
    /// What the steps of each part do.
    deeds: Vec<Deeds>,
}

/// What the steps of one part do.
#[derive(Clone, Debug, Default)]
struct Deeds {
    /// Whether one of them acts.
    acts: bool,
    /// Whether one of them watches.
    arms: bool,
    /// The parts that its outermost steps wait for.
    needs: Vec<usize>,
    /// The parts with steps that watch from before one of them.
    armed_here: Vec<usize>,
}

impl Base {
    /// Takes up what was read of a file; `None` where parts of it cannot be told apart: where it
    /// is composed of several, defines kinds of its own, or is no workflow.
    #[must_use]
    pub fn of(checked: &Arc<Checked>) -> Option<Base> {
        let workflow = Arc::clone(checked.workflow.as_ref()?);
        let own = checked.sources.iter().count() == 1 && checked.overlay.is_none();
        let calls = workflow.nodes.iter().any(|node| node.call.is_some());
        if !own || calls || workflow.is_library {
            return None;
        }
        let text = Arc::clone(&checked.sources.get(SourceId(0)).text);
        let parts = Parts::of(&text)?;
        let outside = [0, parts.last()].map(|part| &text[parts.range(part)]);
        if outside.iter().any(|part| defines(part)) {
            return None;
        }
        let mut base = Base {
            checked: Arc::clone(checked),
            deeds: vec![Deeds::default(); parts.last() + 1],
            text,
            parts,
            ids: HashMap::new(),
            is_ordered: false,
            naming: HashMap::new(),
            witnesses: BTreeSet::new(),
        };
        base.is_ordered = words::has(&base.text, "needs");
        base.take_names(&workflow);
        base.take_witnesses(&workflow);
        base.take_deeds(&workflow);
        Some(base)
    }

    /// The text of a part.
    pub(super) fn part(&self, part: usize) -> &str {
        &self.text[self.parts.range(part)]
    }

    /// The items with steps of a name.
    pub(super) fn called(&self, id: &str) -> &[usize] {
        self.ids.get(id).map_or(&[], Vec::as_slice)
    }

    /// The names of all steps, or of those alone that stand in no group.
    pub(super) fn names(&self, outermost: bool) -> impl Iterator<Item = &str> {
        let workflow = self.checked.workflow.iter();
        let nodes = workflow.flat_map(|workflow| &workflow.nodes);
        let steps = nodes.filter(move |node| match outermost {
            true => node.path.len() == 2,
            false => node.path.len() > 1,
        });
        steps.map(|node| &*node.id)
    }

    /// The names of the steps of a part.
    pub(super) fn ids_of(&self, part: usize) -> impl Iterator<Item = &str> {
        let words = words::words(self.part(part));
        words.filter(move |word| self.called(word).contains(&part))
    }

    /// The parts in which the name of a step stands.
    pub(super) fn naming(&self, id: &str) -> &[usize] {
        self.naming.get(id).map_or(&[], Vec::as_slice)
    }

    /// The parts with steps that watch from before one of a part.
    pub(super) fn armed_at(&self, part: usize) -> &[usize] {
        &self.deeds[part].armed_here
    }

    /// What the steps write of some parts.
    pub(super) fn writes(&self, is_wanted: &dyn Fn(Span) -> bool) -> Vec<String> {
        let workflow = self.checked.workflow.as_ref();
        let text = |span: Span| self.text.get(span.range()).unwrap_or_default();
        workflow.map_or_else(Vec::new, |workflow| writes(workflow, is_wanted, &text))
    }

    /// The nearest parts before one in which something acts; what only looks is looked through.
    pub(super) fn acting_before(&self, part: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut todo = self.deeds[part].needs.clone();
        while let Some(before) = todo.pop() {
            if self.deeds[before].acts {
                found.insert(before);
            } else if seen.insert(before) {
                todo.extend(&self.deeds[before].needs);
            }
        }
        found
    }

    /// Whether what a part does depends on what acts before it.
    pub(super) fn looks_back(&self, part: usize) -> bool {
        self.deeds[part].arms || !self.deeds[part].acts
    }

    fn take_names(&mut self, workflow: &Workflow) {
        let mut ids: HashMap<Box<str>, Vec<usize>> = HashMap::new();
        for node in workflow.nodes.iter().filter(|node| node.path.len() > 1) {
            let part = self.parts.at(node.span.start as usize);
            ids.entry((&*node.id).into()).or_default().push(part);
        }
        let mut naming: HashMap<Box<str>, Vec<usize>> = HashMap::new();
        for part in 0..=self.parts.last() {
            for word in words::words(self.part(part)).filter(|word| ids.contains_key(*word)) {
                let parts = naming.entry(word.into()).or_default();
                if parts.last() != Some(&part) {
                    parts.push(part);
                }
            }
        }
        (self.ids, self.naming) = (ids, naming);
    }

    fn take_witnesses(&mut self, workflow: &Workflow) {
        let mut wanted = Vec::new();
        for (name, input) in workflow.inputs_of(StepId::MAIN) {
            wanted.push(format!("inputs.{name}"));
            wanted.extend(input.vars.keys().map(|var| format!("vars.{var}")));
        }
        for name in wanted {
            let places = self.text.match_indices(&name);
            let whole = places.filter(|(at, _)| words::is_word(&self.text, *at..at + name.len()));
            let mut parts: Vec<usize> = Vec::new();
            for part in whole.map(|(at, _)| self.parts.at(at)) {
                if parts.last() != Some(&part) {
                    parts.push(part);
                }
                if parts.len() >= WITNESSES {
                    break;
                }
            }
            self.witnesses.extend(parts);
        }
    }

    fn take_deeds(&mut self, workflow: &Workflow) {
        let last = self.parts.last();
        let part_of = |step: StepId| {
            let path = &workflow.node(step).path;
            match (path.first(), path.get(1)) {
                (Some(&StepId::MAIN), Some(top)) => {
                    self.parts.at(workflow.node(*top).span.start as usize)
                }
                _ => last,
            }
        };
        let part_of: Vec<usize> = workflow.ids().map(part_of).collect();
        for step in workflow.ids().filter(|step| *step != StepId::MAIN) {
            let node = workflow.node(step);
            let deeds = &mut self.deeds[part_of[step.index()]];
            deeds.acts |= node.acts();
            deeds.arms |= node.arms();
            let armed = node.arming.armed_here.iter();
            deeds
                .armed_here
                .extend(armed.map(|step| part_of[step.index()]));
            if node.parent() == StepId::MAIN {
                let needs = node.needs.iter();
                deeds.needs.extend(needs.map(|step| part_of[step.index()]));
            }
        }
        let tops = &workflow.node(StepId::MAIN).children;
        let waited_for = tops.iter().flat_map(|top| &workflow.node(*top).needs);
        let waited_for: BTreeSet<StepId> = waited_for.copied().collect();
        let ends = tops.iter().filter(|top| !waited_for.contains(top));
        self.deeds[last].needs = ends.map(|top| part_of[top.index()]).collect();
    }
}

/// Whether a part of a file defines kinds that its steps call.
fn defines(part: &str) -> bool {
    part.lines().any(|line| line.starts_with("define:"))
}
