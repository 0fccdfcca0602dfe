//! What is marked before what, found from the text alone.
//!
//! A step that waits is armed before the nearest steps above it that act, so that an event which
//! comes early is seen and a stale one never is. Groups come before what is in them and steps
//! after what they need, so one pass knows all it needs.

use std::collections::BTreeSet;
use std::rc::Rc;

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::lists::Lists;
use super::misses::{Definition, Miss, Misses, steps_of};
use super::{ARMED_TOO_EARLY, SINCE_NOT_BEFORE, UNKNOWN_STEP, sources};
use crate::compose::lost::Owner;
use crate::read::Draft;
use crate::spanned::Spanned;
use crate::workflow::order::{Order, sorted};
use crate::workflow::{Arming, StepId, Workflow};

/// Finds all moments of a workflow.
pub(super) fn find(
    workflow: &mut Workflow,
    drafts: &[Since<'_>],
    order: &Order,
    lists: &Lists,
    (places, is_idle): (Places<'_>, &dyn Fn(&str) -> bool),
    misses: &mut Misses,
) -> Vec<Diagnostic> {
    let mut moments = Moments {
        workflow,
        order,
        lists,
        is_idle,
        misses,
        entry: drafts.iter().map(|_| Rc::default()).collect(),
        ends: Vec::new(),
        found: Vec::new(),
    };
    moments.ends = moments.loose_ends();
    let mut armings = vec![Arming::default(); drafts.len()];
    for step in sequence(workflow) {
        moments.entry[step.index()] = moments.before_start(step);
        if !workflow.node(step).arms() {
            let idle = drafts[step.index()].and_then(|since| moments.idle(step, since));
            moments.found.extend(idle);
            continue;
        }
        let Some(before) = moments.armed_before(step, drafts[step.index()], &places(step)) else {
            continue;
        };
        for acting in &before {
            armings[acting.index()].armed_here.push(step);
        }
        armings[step.index()].renewed_by = moments.renewing(step, &before);
        armings[step.index()].before = before;
    }
    let found = moments.found;
    for (node, arming) in workflow.nodes.iter_mut().zip(armings) {
        node.arming = arming;
    }
    found
}

/// All steps, groups before what is in them and each after all that it needs.
fn sequence(workflow: &Workflow) -> Vec<StepId> {
    let mut all = Vec::with_capacity(workflow.nodes.len());
    let mut todo: Vec<StepId> = workflow.finally.into_iter().collect();
    todo.push(StepId::MAIN);
    while let Some(step) = todo.pop() {
        all.push(step);
        todo.extend(workflow.node(step).rescue);
        todo.extend(
            sorted(workflow, &workflow.node(step).children)
                .into_iter()
                .rev(),
        );
    }
    all
}

/// The inputs that say where a step watches.
type Places<'p> = &'p dyn Fn(StepId) -> Vec<runsheet_step::Name>;

/// The `since:` of a step, if it has one.
pub(super) type Since<'d> = Option<Spanned<&'d str>>;

/// The `since:` of every draft.
pub(super) fn since<'d>(drafts: &[Draft<'d>]) -> Vec<Since<'d>> {
    drafts.iter().map(|draft| draft.since).collect()
}

struct Moments<'m> {
    workflow: &'m Workflow,
    order: &'m Order,
    lists: &'m Lists,
    /// Whether steps of a kind watch for nothing.
    is_idle: &'m dyn Fn(&str) -> bool,
    misses: &'m mut Misses,
    /// The nearest acting steps before each step.
    entry: Vec<Rc<[StepId]>>,
    /// The steps of each group that no other of it waits for.
    ends: Vec<Vec<StepId>>,
    found: Vec<Diagnostic>,
}

impl Moments<'_> {
    fn loose_ends(&self) -> Vec<Vec<StepId>> {
        let ends = |node: &crate::workflow::Node| {
            let needs = node
                .children
                .iter()
                .flat_map(|child| &self.workflow.node(*child).needs);
            let waited_for: BTreeSet<&StepId> = needs.collect();
            let loose = node
                .children
                .iter()
                .filter(|child| !waited_for.contains(child));
            loose.copied().collect()
        };
        self.workflow.nodes.iter().map(ends).collect()
    }

    fn before_start(&self, step: StepId) -> Rc<[StepId]> {
        let node = self.workflow.node(step);
        if node.parent() == step {
            return self.before_list(step);
        }
        // What a rescue waits for is watched for from its beginning, if nothing in it acts before.
        if self.workflow.is_rescue(step) {
            return Rc::new([step]);
        }
        self.nearest(node.parent(), &node.needs)
    }

    /// What is nearest before a whole list: nothing, or for `finally:` the last acts of the run.
    fn before_list(&self, list: StepId) -> Rc<[StepId]> {
        if list == StepId::MAIN {
            return Rc::new([]);
        }
        self.nearest(StepId::MAIN, &self.ends[StepId::MAIN.index()])
    }

    /// The latest acting steps that a list holds up to the ends of `last`. What only reads or
    /// waits is looked through, at the start of the list outward. It depends on the order only,
    /// not on how it is written: a needless `needs:` changes nothing.
    fn nearest(&self, list: StepId, last: &[StepId]) -> Rc<[StepId]> {
        let Some((only, more)) = last.split_first() else {
            return self.entry[list.index()].clone();
        };
        if more.is_empty() {
            return self.at_end(*only);
        }
        let ends = last.iter().map(|step| self.at_end(*step));
        let all: BTreeSet<StepId> = ends.flat_map(|ends| ends.to_vec()).collect();
        self.latest(list, all.into_iter().collect()).into()
    }

    /// The latest acting steps when a step has ended.
    fn at_end(&self, step: StepId) -> Rc<[StepId]> {
        let node = self.workflow.node(step);
        match node.action() {
            Some(action) if action.acts => Rc::new([step]),
            Some(_) => self.entry[step.index()].clone(),
            // A group that only reads gives what was before it.
            None => self.nearest(step, &self.ends[step.index()]),
        }
    }

    /// Those that no other of them comes after, seen from a list: what stands in it is later than
    /// what stands before it.
    fn latest(&self, list: StepId, mut found: Vec<StepId>) -> Vec<StepId> {
        let depth = self.workflow.node(list).path.len();
        let inside = |step: &StepId| {
            let path = &self.workflow.node(*step).path;
            (path.get(depth - 1) == Some(&list))
                .then(|| path.get(depth).copied())
                .flatten()
        };
        if found.iter().any(|step| inside(step).is_some()) {
            found.retain(|step| inside(step).is_some());
        }
        let places: BTreeSet<StepId> = found.iter().filter_map(inside).collect();
        let overtaken =
            |place: StepId| places.iter().any(|other| self.order.in_list(place, *other));
        found.retain(|step| inside(step).is_none_or(|place| !overtaken(place)));
        found
    }

    /// What a step is armed before the first of; `None` where that is wrong, which is told.
    fn armed_before(
        &mut self,
        step: StepId,
        since: Since<'_>,
        place: &[runsheet_step::Name],
    ) -> Option<Vec<StepId>> {
        let before = match since {
            Some(since) => vec![self.since(step, since)?],
            None if self.workflow.node(step).acts() => vec![step],
            None => self.entry[step.index()].to_vec(),
        };
        let shared = self.shared(step, &before);
        let known_after = sources::of_place(self.workflow, self.lists, step, place, shared);
        if before.is_empty() && !known_after.is_empty() {
            return Some(vec![step]);
        }
        for acting in before.iter().filter(|acting| **acting != step) {
            let late = |source: &&StepId| !self.order.is_before(self.workflow, **source, *acting);
            if let Some(source) = known_after.iter().find(late) {
                let diagnostic = self.too_early(step, *source, *acting);
                self.found.push(diagnostic);
                return None;
            }
        }
        Some(before)
    }

    /// The outermost group that a step shares with one of those it is armed before.
    fn shared(&self, step: StepId, before: &[StepId]) -> Option<StepId> {
        let around = before.iter().filter_map(|acting| match *acting == step {
            true => Some(step),
            false => self.workflow.around(*acting, step),
        });
        around.min_by_key(|group| self.workflow.node(*group).path.len())
    }

    fn since(&mut self, step: StepId, since: Spanned<&str>) -> Option<StepId> {
        let path = &self.workflow.node(step).path;
        let Some(named) = self.lists.named(step, path, since.value) else {
            return self.unknown_since(step, since);
        };
        self.misses.used(Definition::Step(named));
        let rescue = self.workflow.rescue_around(step);
        let is_over = rescue.is_some_and(|list| !self.workflow.within(named, list));
        if !is_over && self.order.is_before(self.workflow, named, step) {
            return Some(named);
        }
        let own = &self.workflow.node(step).id;
        let message = match is_over {
            true => format!(
                "`{}` is over before the rescue of `{own}` begins",
                since.value
            ),
            false => format!("`{}` is not before `{own}`", since.value),
        };
        let diagnostic = Diagnostic::error(&SINCE_NOT_BEFORE, message)
            .at(since.span, "watching would begin here")
            .at(self.workflow.node(named).span, "this step")
            .help("name a step or group above this one, or bring it there by `needs:`");
        self.found.push(diagnostic);
        None
    }

    /// `since:` of a step that watches for nothing.
    fn idle(&self, step: StepId, since: Spanned<&str>) -> Option<Diagnostic> {
        let node = self.workflow.node(step);
        // What a step without anything to do was to be is not known; that has been told.
        let is_known = match node.action() {
            Some(action) => (self.is_idle)(&action.kind),
            None => !node.children.is_empty(),
        };
        let message = format!("`{}` watches for nothing", node.id);
        let help = match node.action() {
            Some(_) => "leave `since:` out: it says from when a step watches that waits",
            None => "move `since:` to the steps inside that wait",
        };
        is_known.then(|| {
            Diagnostic::error(&SINCE_NOT_BEFORE, message)
                .at(since.span, "says nothing here")
                .help(help)
        })
    }

    fn unknown_since(&mut self, step: StepId, since: Spanned<&str>) -> Option<StepId> {
        let own = self.workflow.node(step);
        if *own.id == *since.value {
            let message = format!("`{}` would watch from itself", own.id);
            let help = "leave it out: it watches from before the nearest step above that acts";
            let diagnostic = Diagnostic::error(&SINCE_NOT_BEFORE, message);
            self.found
                .push(diagnostic.at(since.span, "its own id").help(help));
            return None;
        }
        let message = format!("there is no step `{}`", since.value);
        let diagnostic = Diagnostic::error(&UNKNOWN_STEP, message).at(since.span, "unknown step");
        let node = |step| self.workflow.node(step);
        let seen = self.workflow.seen_from(step);
        let owners = seen.iter().map(|group| steps_of(node(*group), node));
        let owners: Vec<Owner> = owners.collect();
        let owner = (owners.as_slice(), since.value);
        let diagnostic = match self.misses.lost(owner, since.span, diagnostic) {
            Ok((told, now)) => {
                self.found.push(told);
                return now.and_then(|now| self.lists.named(step, &own.path, now));
            }
            Err(diagnostic) => diagnostic,
        };
        let steps = seen
            .into_iter()
            .flat_map(|group| self.workflow.node(group).children.iter().rev());
        let candidates = steps.map(|seen| {
            (
                self.workflow.node(*seen).id.clone(),
                Definition::Step(*seen),
            )
        });
        let candidates: Vec<_> = candidates
            .filter(|(_, seen)| *seen != Definition::Step(step))
            .collect();
        let help = "`since:` names a step or group above this one";
        let miss = Miss::new(since.value, since.span, diagnostic, help);
        match self.misses.miss(miss, candidates) {
            Some(Definition::Step(meant)) => Some(meant),
            _ => None,
        }
    }

    fn too_early(&self, step: StepId, source: StepId, acting: StepId) -> Diagnostic {
        let dotted = |step| self.workflow.dotted(step);
        let message = format!(
            "where `{}` watches is known only after `{}`, and it must watch before `{}`",
            dotted(step),
            dotted(source),
            dotted(acting)
        );
        Diagnostic::error(&ARMED_TOO_EARLY, message)
            .at(self.workflow.node(step).span, "watches")
            .at(
                self.workflow.node(source).span,
                "says where, or for which items",
            )
            .at(
                self.workflow.node(acting).span,
                "must not start before that",
            )
            .help("move the step that says where above the acting one, or say `since:` a later one")
    }

    /// The groups whose retry takes new marks for a step: all it is armed before lies in them,
    /// instance for instance.
    fn renewing(&self, step: StepId, before: &[StepId]) -> Vec<StepId> {
        let Some((first, above)) = before.first().and_then(|first| {
            let path = &self.workflow.node(*first).path;
            Some((*first, path.split_last()?.1))
        }) else {
            return Vec::new();
        };
        let shared = match first == step {
            true => above.len(),
            false => self
                .workflow
                .around(first, step)
                .map_or(0, |group| self.workflow.node(group).path.len()),
        };
        let renews = |group: &&StepId| {
            let node = self.workflow.node(**group);
            let beyond = node.path.iter().skip(shared);
            let single = first == step
                || beyond
                    .into_iter()
                    .all(|inner| self.workflow.node(*inner).foreach.is_none());
            node.retry.is_some()
                && before
                    .iter()
                    .all(|acting| self.workflow.within(*acting, **group))
                && (self.workflow.within(step, **group) || single)
        };
        above.iter().filter(renews).copied().collect()
    }
}
