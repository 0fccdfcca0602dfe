//! The remedy for a reference to a step that is not before this one.

use std::collections::{BTreeSet, HashMap};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;

use crate::read::Draft;
use crate::workflow::order::Order;
use crate::workflow::{StepId, Workflow};

/// What is written in the files of a workflow.
pub(super) struct Written<'t> {
    pub(super) sources: &'t Sources,
    /// Where the values stand, by step.
    pub(super) needs: HashMap<StepId, Span>,
    /// What steps would call their outputs by `register:`, which has been told.
    registered: BTreeSet<&'t str>,
}

impl<'t> Written<'t> {
    /// Those of all drafts.
    pub(super) fn of(drafts: &[Draft<'t>], sources: &'t Sources) -> Self {
        let maps = drafts.iter().filter_map(|draft| draft.written);
        let registered = maps.filter_map(|map| map.get("register")?.value.text());
        let needs = drafts.iter().filter_map(|draft| {
            let step = draft.node.path.last()?;
            Some((*step, draft.needs.as_ref()?.span))
        });
        Self {
            sources,
            needs: needs.collect(),
            registered: registered.collect(),
        }
    }

    /// Whether a name is one that `register:` would give in other tools.
    pub(super) fn is_registered(&self, name: &str) -> bool {
        self.registered.contains(name)
    }

    /// Says which `needs:` would bring `step` before `here`, or that none can.
    pub(super) fn remedy(
        &self,
        workflow: &Workflow,
        order: &Order,
        step: StepId,
        here: StepId,
        diagnostic: Diagnostic,
    ) -> Diagnostic {
        let (above, below) = (&workflow.node(step).path, &workflow.node(here).path);
        let shared = above.iter().zip(below).take_while(|(a, b)| a == b).count();
        let (Some(first), Some(then)) = (above.get(shared), below.get(shared)) else {
            return diagnostic;
        };
        let (needed, needing) = (&workflow.node(*first).id, &workflow.node(*then).id);
        // Without `needs:` it waits for all above it, so what it names stands below.
        if order.in_list(*then, *first) || !self.needs.contains_key(then) {
            return diagnostic.help(format!("move `{needing}` below `{needed}`"));
        }
        let diagnostic = diagnostic.help(format!("add `{needed}` to the `needs:` of `{needing}`"));
        match self.added(*then, needed) {
            Some((span, text)) => {
                let title = format!("need `{needed}`");
                diagnostic.fix(Fix::replace(title, span, text))
            }
            None => diagnostic,
        }
    }

    /// The edit that adds an id to a `needs:` in brackets, or to one id alone.
    fn added(&self, step: StepId, id: &str) -> Option<(Span, String)> {
        let span = *self.needs.get(&step)?;
        let written = self.sources.text(span);
        let Some(inner) = written
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        else {
            return (!written.starts_with('-')).then(|| (span, format!("[{written}, {id}]")));
        };
        let at = span.part(written.len() - 1..written.len()).before();
        let comma = if inner.trim().is_empty() { "" } else { ", " };
        Some((at, format!("{comma}{id}")))
    }
}
