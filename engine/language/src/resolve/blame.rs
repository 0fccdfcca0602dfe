//! Where definitions stand, and how often a text has a word: what tells a slip in a definition
//! from a slip in a reference.

mod familiar;

use std::collections::BTreeSet;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;
use runsheet_step::Catalogue;

use super::misses::{Count, Definition, Misses};
use crate::workflow::Workflow;
pub(super) use familiar::Words;

/// A workflow and its texts.
pub(super) struct Blame<'w> {
    workflow: &'w Workflow,
    sources: &'w Sources,
    words: Words<'w>,
}

impl<'w> Blame<'w> {
    pub(super) fn new(workflow: &'w Workflow, sources: &'w Sources, texts: &'w [&'w str]) -> Self {
        Self {
            workflow,
            sources,
            words: Words::of(texts),
        }
    }

    /// Tells of the names that were missed. Gives all that is used.
    pub(super) fn tell(
        &self,
        misses: Misses,
        catalogue: &Catalogue,
        found: &mut Vec<Diagnostic>,
    ) -> BTreeSet<Definition> {
        misses.tell(
            &|definition| self.place(definition),
            &|word| self.count(word, catalogue),
            found,
        )
    }

    /// Where a name is defined.
    fn place(&self, definition: &Definition) -> Option<Span> {
        match definition {
            Definition::Word(_) => None,
            Definition::Input((scope, name)) => {
                let input = self.workflow.input_of(*scope, name);
                input.map(|input| input.span)
            }
            Definition::Var((scope, input), name) => {
                let vars = &self.workflow.input_of(*scope, input)?.vars;
                vars.get(name).map(|var| var.span)
            }
            Definition::Step(step) => Some(self.workflow.node(*step).span),
            Definition::Item(step) => {
                let foreach = self.workflow.node(*step).foreach.as_ref();
                foreach.map(|foreach| foreach.span)
            }
            Definition::Output(step, name) => self.capture(*step, name),
        }
    }

    /// Where a pattern of a step captures an output.
    fn capture(&self, step: crate::workflow::StepId, name: &str) -> Option<Span> {
        let node = self.workflow.node(step);
        if let Some(call) = &node.call {
            return call.outputs.get(name).map(|output| output.span);
        }
        let with = node.action()?.with.span();
        let written = self.sources.text(with);
        let starts = written.match_indices('{').map(|(at, _)| at + 1);
        let mut captures = starts.filter(|at| {
            let rest = written[*at..].strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with(':') || rest.starts_with('}'))
        });
        let at = captures.next()?;
        Some(with.part(at..at + name.len()))
    }

    /// How familiar the texts are with a name: how often it stands outside of comments, and how many
    /// of its parts (`prepare` and `lists` of `prepare_lists`) are words of theirs elsewhere.
    fn count(&self, name: &str, catalogue: &Catalogue) -> Count {
        // The name of a kind is familiar for another reason.
        if catalogue.kind(name).is_some() {
            return (0, 0);
        }
        let times = self.words.times(name);
        let elsewhere = |part: &String| self.words.has_part(part, times);
        // Two dashes in a row are a slip.
        let gaps = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| part.is_empty());
        let known = familiar::parts(name).filter(elsewhere).count();
        (times, known.saturating_sub(gaps.count()))
    }
}
