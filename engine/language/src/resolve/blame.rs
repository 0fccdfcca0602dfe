//! Where definitions stand, and how often a text has a word: what tells a slip in a definition
//! from a slip in a reference.

use std::cell::OnceCell;
use std::collections::HashMap;

use runsheet_diagnostics::span::Span;

use super::misses::Definition;
use crate::workflow::Workflow;

/// A workflow and its text.
pub(super) struct Blame<'w> {
    workflow: &'w Workflow,
    text: &'w str,
    /// Counted when first asked: only a file with a slip asks.
    words: OnceCell<HashMap<&'w str, usize>>,
}

impl<'w> Blame<'w> {
    pub(super) fn new(workflow: &'w Workflow, text: &'w str) -> Self {
        Self {
            workflow,
            text,
            words: OnceCell::new(),
        }
    }

    /// Where a name is defined.
    pub(super) fn place(&self, definition: &Definition) -> Option<Span> {
        match definition {
            Definition::Word(_) => None,
            Definition::Input(name) => self.workflow.inputs.get(name).map(|input| input.span),
            Definition::Var(input, name) => {
                let vars = &self.workflow.inputs.get(input)?.vars;
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
        let with = self.workflow.node(step).action()?.with.span();
        let written = self.text.get(with.range())?;
        let starts = written.match_indices('{').map(|(at, _)| at + 1);
        let mut captures = starts.filter(|at| {
            let rest = written[*at..].strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with(':') || rest.starts_with('}'))
        });
        let at = captures.next()?;
        Some(with.part(at..at + name.len()))
    }

    /// How often the text has a word.
    pub(super) fn count(&self, word: &str) -> usize {
        let words = self.words.get_or_init(|| {
            let mut words = HashMap::new();
            let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            for word in self.text.split(|c| !letter(c)) {
                *words.entry(word).or_insert(0) += 1;
            }
            words
        });
        words.get(word).copied().unwrap_or(0)
    }
}
