//! What a step has from its group and from `defaults:`.

use std::collections::{BTreeMap, HashMap};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Catalogue;
use runsheet_step::shape::HostNeed;

use crate::expression::Template;
use crate::read::{Defaults, Draft, DraftWorkflow};
use crate::reader::MISSING_KEY;
use crate::workflow::{At, Body, Lock, Pool, StepId, Workflow};

/// What steps are given that say nothing themselves.
pub(super) struct Given {
    /// `defaults:` of the run, and of the calls whose definitions have them.
    pub(super) by_scope: BTreeMap<StepId, Defaults>,
    /// The `lock:` of every step and group.
    locks: Vec<Option<Lock>>,
    /// The `pool:` of every step and group.
    pub(super) pools: Vec<Option<Vec<Pool>>>,
}

impl Given {
    /// Takes it out of the drafts.
    pub(super) fn take(draft: &mut DraftWorkflow<'_>) -> Given {
        let mut by_scope = BTreeMap::new();
        by_scope.insert(StepId::MAIN, std::mem::take(&mut draft.defaults));
        let mut locks = Vec::with_capacity(draft.drafts.len());
        let mut pools = Vec::with_capacity(draft.drafts.len());
        for (number, step) in (0..).map(StepId).zip(&mut draft.drafts) {
            by_scope.extend(step.defaults.take().map(|defaults| (number, defaults)));
            let lock = step.lock.take();
            step.node.lock = lock.clone().unwrap_or_default();
            locks.push(lock);
            pools.push(step.pools.take());
        }
        Given {
            by_scope,
            locks,
            pools,
        }
    }
}

/// Hands hosts down from groups to steps. Gives the host that each step or group says itself.
pub(super) fn inherit(
    draft: &mut DraftWorkflow<'_>,
    catalogue: &Catalogue,
    found: &mut Vec<Diagnostic>,
) -> HashMap<StepId, Template> {
    let mut own = HashMap::new();
    let mut handed: Vec<Option<At>> = Vec::with_capacity(draft.drafts.len());
    let mut places: Vec<Option<At>> = Vec::with_capacity(draft.drafts.len());
    for number in 0..draft.drafts.len() {
        let node = &draft.drafts[number].node;
        let (id, parent) = (node.path[node.path.len() - 1], node.parent());
        let rescues = draft.drafts[parent.index()].node.rescue == Some(id);
        let step = &mut draft.drafts[number];
        let said = step.host.take();
        if let Some(host) = &said {
            own.insert(id, host.clone());
        }
        let inherited = match parent == id {
            true => draft.defaults.host.clone().map(at),
            // A call that is rescued is so where its caller says.
            false if rescues => places[parent.index()].clone(),
            false => handed[parent.index()].clone(),
        };
        let place = said.map(at).or(inherited);
        places.push(place.clone());
        match &mut step.node.body {
            Body::Action(action) => {
                let need = catalogue.kind(&action.kind).map(|kind| kind.shape().host);
                let place = place.clone().filter(|_| need != Some(HostNeed::None));
                action.host_from = place.as_ref().and_then(|place| place.from);
                action.host = place.map(|place| place.host);
                if need == Some(HostNeed::Required) && action.host.is_none() {
                    let (kind, span) = (action.kind.clone(), action.span);
                    found.push(no_host(draft, number, &kind, span));
                }
            }
            Body::Group => step.node.at = place.clone().map(Box::new),
        }
        handed.push(into(&draft.drafts[number], id, place));
    }
    own
}

fn at(host: Template) -> At {
    At { host, from: None }
}

/// The host that a group hands to what is in it: a call that of its definition's `defaults:`, or
/// else its own, in the names of who calls it.
fn into(step: &Draft<'_>, id: StepId, place: Option<At>) -> Option<At> {
    if step.node.call.is_none() {
        return place;
    }
    let own = step.defaults.as_ref().and_then(|given| given.host.clone());
    own.map(at).or(place.map(|place| At {
        from: place.from.or(Some(id)),
        ..place
    }))
}

/// Gives steps the timeout, retry, lock and pools that they do not say themselves. Only a step that
/// can write takes a lock or a place, whoever says it.
pub(super) fn defaults(workflow: &mut Workflow, given: &Given) {
    let nothing = Defaults::default();
    for step in workflow.ids() {
        if workflow.node(step).action().is_none() {
            continue;
        }
        let defaults = given
            .by_scope
            .get(&workflow.scope(step))
            .unwrap_or(&nothing);
        let lock = lock(workflow, given, step);
        let pools = pools(workflow, given, step);
        let node = &mut workflow.nodes[step.index()];
        let (lock, from) = lock.filter(|_| node.acts()).unwrap_or_default();
        (node.lock, node.lock_from) = (lock, from);
        node.pools = pools.filter(|_| node.acts()).unwrap_or_default();
        let timeout = node.timeout.take();
        node.timeout = timeout.or_else(|| defaults.timeout.clone());
        let retry = node.retry.take();
        node.retry = retry.or_else(|| defaults.retry.clone());
    }
}

/// The lock of a step: its own, that of the groups around it, that of `defaults:`, and for the
/// steps of a call that of the call, in the names of who calls it.
fn lock(workflow: &Workflow, given: &Given, step: StepId) -> Option<(Lock, Option<StepId>)> {
    let mut from = None;
    let mut inner = step;
    for group in workflow.node(step).path.iter().rev().copied() {
        let of_caller = workflow.is_rescue(inner);
        inner = group;
        if workflow.is_call(group) && !of_caller {
            let defaults = given.by_scope.get(&group);
            let lock = defaults.and_then(|defaults| defaults.lock.clone());
            if let Some(lock) = lock {
                return Some((lock, from));
            }
            from = Some(group);
        }
        if let Some(lock) = &given.locks[group.index()] {
            return Some((lock.clone(), from));
        }
    }
    if from.is_some() {
        return None;
    }
    let defaults = given.by_scope.get(&StepId::MAIN)?;
    defaults.lock.clone().map(|lock| (lock, None))
}

/// The pools of a step: as its lock, but that a name is the same pool in the whole run.
fn pools(workflow: &Workflow, given: &Given, step: StepId) -> Option<Vec<Pool>> {
    let of_scope = |scope| given.by_scope.get(&scope)?.pools.clone();
    let path = workflow.node(step).path.iter().rev().copied();
    let inner = std::iter::once(step).chain(path.clone());
    let mut said = path.zip(inner).filter_map(|(group, inner)| {
        let is_definition = workflow.is_call(group) && !workflow.is_rescue(inner);
        let of_definition = is_definition.then(|| of_scope(group));
        let own = || given.pools[group.index()].clone();
        of_definition.flatten().or_else(own)
    });
    let said = said.next();
    said.or_else(|| of_scope(StepId::MAIN).filter(|_| workflow.scope(step) == StepId::MAIN))
}

/// In a call it is told where that is made: another may say where.
fn no_host(draft: &DraftWorkflow<'_>, number: usize, kind: &str, span: Span) -> Diagnostic {
    let message = format!("`{kind}` acts at a host, and none is said");
    let mut diagnostic = Diagnostic::error(&MISSING_KEY, message);
    let path = &draft.drafts[number].node.path;
    let calls = path
        .iter()
        .filter_map(|group| draft.drafts[group.index()].node.call.as_ref());
    let calls: Vec<Span> = calls.map(|call| call.span).collect();
    for call in &calls {
        diagnostic = diagnostic.at(*call, "called from here");
    }
    diagnostic.at(span, "where?").help(match calls.is_empty() {
        true => "add `host:` to the step, to its group or to `defaults:`",
        false => "add `host:` to the call, or to the step in it",
    })
}
