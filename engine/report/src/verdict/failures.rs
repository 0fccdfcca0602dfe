//! What failed: where, against which rule, and what it means.

use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;
use runsheet_record::state::Instance;
use runsheet_record::{State, Status};

use super::Failed;

/// Every step that failed or is in doubt, in the order of the text. Of a group only what is not
/// told by a step in it.
pub(super) fn all(state: &State, sources: &Sources) -> Vec<Failed> {
    let in_order = state.in_order().into_iter().map(|id| state.instance(id));
    let bad = |instance: &&Instance| matches!(instance.status, Status::Failed | Status::InDoubt);
    let own = |instance: &&Instance| is_own(state, instance) && !is_rescued(state, instance);
    in_order
        .filter(bad)
        .filter(own)
        .map(|one| failed(state, one, sources))
        .collect()
}

fn is_own(state: &State, instance: &Instance) -> bool {
    let mut children = instance.children.iter().map(|child| state.instance(*child));
    let is_step = state.workflow().node(instance.node).action().is_some() && !instance.is_fan;
    !children.any(|child| matches!(child.status, Status::Failed | Status::InDoubt))
        || !instance.causes.is_empty()
        || is_step
}

/// Whether what stands around it was rescued, and tells of it.
fn is_rescued(state: &State, instance: &Instance) -> bool {
    let around = instance.parent.into_iter();
    let mut around = around.flat_map(|parent| state.outward(parent));
    around.any(|around| state.instance(around).rescued)
}

fn failed(state: &State, instance: &Instance, sources: &Sources) -> Failed {
    let node = state.workflow().node(instance.node);
    let failure = instance.failure.as_ref();
    let broken = instance.checks.iter().find(|check| !check.holds);
    let message = match (failure, instance.status) {
        (Some(failure), _) => failure.message.clone(),
        (None, Status::InDoubt) => "it was asked to act and did not answer".into(),
        (None, _) => "it failed".into(),
    };
    Failed {
        address: instance.address.clone(),
        status: instance.status,
        place: place(sources, node.span),
        doc: node.doc.clone(),
        message: if broken.is_some() {
            "its rule does not hold".into()
        } else {
            message
        },
        help: failure.and_then(|failure| failure.help.clone()),
        broken: broken.map(|check| (check.rule.clone(), check.reads.clone())),
        causes: instance.causes.clone(),
    }
}

fn place(sources: &Sources, span: Span) -> Option<String> {
    let is_known = sources.iter().any(|(id, _)| id == span.source);
    is_known.then(|| sources.place(span))
}
