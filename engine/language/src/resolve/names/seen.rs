//! What is seen from where an expression stands.

use super::{Candidates, Here, Names, Position};
use crate::resolve::misses::Definition;
use crate::workflow::{StepId, Workflow};

impl Names<'_> {
    /// The items of `foreach`es around, as far as the scope goes.
    pub(in crate::resolve) fn items_seen(&self, here: Here) -> Candidates {
        let scope = self.scope(here);
        let path = self.workflow.node(here.step).path.iter().rev();
        let mut vars = Candidates::new();
        for step in path.take_while(|step| **step != scope) {
            let foreach = self.workflow.node(*step).foreach.as_ref();
            let own = *step == here.step && here.position == Position::Items;
            if let Some(foreach) = foreach.filter(|_| !own) {
                vars.push((foreach.var.clone(), Definition::Item(*step)));
            }
        }
        vars
    }

    /// The lists whose steps are called by their ids alone, the nearest first.
    pub(super) fn lists_seen(&self, here: Here) -> Vec<StepId> {
        match here.position {
            Position::Inside | Position::Gives => vec![here.step],
            _ => self.workflow.seen_from(here.step),
        }
    }

    /// The call whose inputs and steps are seen, or the whole run.
    pub(in crate::resolve) fn scope(&self, here: Here) -> StepId {
        match here.position {
            Position::Input(_) | Position::Inside | Position::Gives => here.step,
            _ => self.workflow.scope(here.step),
        }
    }
}

/// The words that are names where an expression stands.
pub(super) fn roots(workflow: &Workflow, here: Here) -> Vec<&'static str> {
    let mut words = vec!["inputs", "site", "secrets"];
    if matches!(here.position, Position::Input(_)) {
        return words;
    }
    words.extend(["steps", "run"]);
    if here.position == Position::Gives {
        return words;
    }
    words.push("host");
    let last = workflow.finally_around(here.step).is_some();
    let rescues = workflow.rescue_around(here.step).is_some();
    if here.position == Position::Failure || last || rescues {
        words.push("failure");
    }
    if matches!(here.position, Position::End | Position::Failure) {
        words.push("outputs");
    }
    words
}
