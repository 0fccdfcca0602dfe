//! What a step has from its group and from `defaults:`.

use std::collections::HashMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Catalogue;
use runsheet_step::shape::HostNeed;

use crate::expression::Template;
use crate::read::{Defaults, DraftWorkflow};
use crate::reader::MISSING_KEY;
use crate::workflow::{Body, Lock, StepId, Workflow};

/// Hands hosts down from groups to steps. Gives the host that each step or group says itself.
pub(super) fn inherit(
    draft: &mut DraftWorkflow<'_>,
    catalogue: &Catalogue,
    found: &mut Vec<Diagnostic>,
) -> HashMap<StepId, Template> {
    let mut own = HashMap::new();
    let mut hosts: Vec<Option<Template>> = Vec::with_capacity(draft.drafts.len());
    for number in 0..draft.drafts.len() {
        let step = &mut draft.drafts[number];
        let parent = step.node.parent();
        let said = step.host.take();
        if let Some(host) = &said {
            own.insert(step.node.path[step.node.path.len() - 1], host.clone());
        }
        let inherited = match parent.index() == number {
            true => draft.defaults.host.clone(),
            false => hosts[parent.index()].clone(),
        };
        let host = said.or(inherited);
        if let Body::Action(action) = &mut step.node.body {
            let need = catalogue.kind(&action.kind).map(|kind| kind.shape().host);
            if need == Some(HostNeed::Required) && host.is_none() {
                found.push(no_host(&action.kind, action.span));
            }
            action.host = host.clone().filter(|_| need != Some(HostNeed::None));
        }
        hosts.push(host);
    }
    own
}

/// Gives steps the timeout, retry and lock that they do not say themselves. Only a step that can
/// write takes a lock, whoever says it.
pub(super) fn defaults(workflow: &mut Workflow, defaults: &Defaults, locks: Vec<Option<Lock>>) {
    for (node, lock) in workflow.nodes.iter_mut().zip(locks) {
        if node.action().is_none() {
            continue;
        }
        let lock = lock.or_else(|| defaults.lock.clone());
        node.lock = lock.filter(|_| node.acts()).unwrap_or(Lock::None);
        let timeout = node.timeout.take();
        node.timeout = timeout.or_else(|| defaults.timeout.clone());
        let retry = node.retry.take();
        node.retry = retry.or_else(|| defaults.retry.clone());
    }
}

fn no_host(kind: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        &MISSING_KEY,
        format!("`{kind}` acts at a host, and none is said"),
    )
    .at(span, "where?")
    .help("add `host:` to the step, to its group or to `defaults:`")
}
