//! What is seen from where an expression stands.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use super::{Candidates, Here, Names, Position};
use crate::expression::UNKNOWN_NAME;
use crate::resolve::misses::Definition;
use crate::spanned::Spanned;
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

    /// The inputs that can be asked, by their names behind `inputs.`: in a default, those above it.
    pub(super) fn inputs_seen(&self, here: Here) -> Candidates {
        let before = match here.position {
            Position::Input(number) => number,
            _ => usize::MAX,
        };
        let scope = self.scope(here);
        let inputs = self.workflow.inputs_of(scope).take(before);
        inputs
            .map(|(name, _)| (name.clone(), Definition::Input((scope, name.clone()))))
            .collect()
    }

    /// An input and a step of that very name, by the whole way to it; the step, if what comes next
    /// can be asked of it by then.
    pub(super) fn namesakes(
        &self,
        name: &Spanned<Name>,
        next: Option<&Spanned<Name>>,
        here: Here,
    ) -> Candidates {
        let inputs = self.inputs_seen(here).into_iter();
        let input = inputs
            .filter(|(input, _)| *input == name.value)
            .map(|(name, input)| (format!("inputs.{name}").into(), input));
        let steps = match (roots(self.workflow, here).contains(&"steps"), next) {
            (true, Some(next)) => self.steps_asked(&name.value, &next.value, here),
            _ => Candidates::new(),
        };
        input.chain(steps).collect()
    }

    /// What is said of a step that is called by its id alone, and nothing is asked of it.
    pub(super) fn a_step(&self, name: &str, here: Here) -> Option<String> {
        let is_seen = roots(self.workflow, here).contains(&"steps");
        let step = self.step_seen(name, here).filter(|_| is_seen);
        step.map(|_| {
            format!("ask something of the step: `steps.{name}.changed`, `.status` or `.outputs`")
        })
    }

    /// The name of a group that stands in brackets as if it were text: `site.groups[dx]`.
    pub(super) fn a_group_in_brackets(&self, name: &Spanned<Name>) -> Option<Diagnostic> {
        const GROUPS: &str = "site.groups[";
        let range = name.span.range();
        let before = range.start.checked_sub(GROUPS.len())?;
        let whole = Span::at(name.span.source, before..range.end + 1);
        let written = self
            .written
            .sources
            .get(whole.source)
            .text
            .get(whole.range())?;
        (written == format!("{GROUPS}{}]", name.value)).then(|| {
            let meant = format!("site.groups.{}", name.value);
            let message = format!("there is no name `{}`", name.value);
            let told = Diagnostic::error(&UNKNOWN_NAME, message).at(name.span, "unknown");
            told.did_you_mean(&meant, whole)
        })
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
