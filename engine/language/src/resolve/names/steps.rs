//! `steps`: which step is called, whether it has ended by then, and what it can be asked.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::words;
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::{Candidates, Here, Names, Position};
use crate::expression::UNKNOWN_NAME;
use crate::resolve::meaning::Meaning;
use crate::resolve::misses::Definition;
use crate::resolve::{NOT_BEFORE, UNKNOWN_STEP};
use crate::spanned::Spanned;
use crate::workflow::{Node, StepId};

impl Names<'_> {
    pub(super) fn step(&mut self, key: &Spanned<Name>, next: Option<&str>, here: Here) -> Meaning {
        let path = &self.workflow.node(here.step).path;
        let named = self.lists.named(here.step, path, &key.value);
        if let Some(step) = named {
            self.before(step, key.span, here);
            return self.defined(Definition::Step(step), here);
        }
        let seen = match self.misses.tired() {
            true => Vec::new(),
            false => self.steps_seen(path, here),
        };
        let asked = |(_, step): &(Name, Definition)| match (step, next) {
            (Definition::Step(step), Some(next)) => self.has_part(*step, next),
            _ => true,
        };
        let (mut candidates, others): (Candidates, Candidates) = seen.into_iter().partition(asked);
        candidates.extend(others);
        let help = "a step is called by its `id:`; steps inside a group by `steps.group.step`";
        self.miss(
            key,
            "there is no step",
            help,
            candidates,
            &UNKNOWN_STEP,
            here,
        )
    }

    /// The steps that can be called by their ids alone, those that have ended by then first.
    fn steps_seen(&self, path: &[StepId], here: Here) -> Candidates {
        let groups = self.lists.seen_from(path).into_iter();
        let steps = groups.flat_map(|group| self.workflow.node(group).children.iter().rev());
        let seen = steps.filter(|step| **step != here.step && !path.contains(step));
        let (ended, rest): (Vec<StepId>, Vec<StepId>) =
            seen.partition(|step| self.has_ended(**step, here));
        let name = |step: StepId| (self.workflow.node(step).id.clone(), Definition::Step(step));
        ended.into_iter().chain(rest).map(name).collect()
    }

    /// Whether something of that name can be asked of a step.
    fn has_part(&self, step: StepId, name: &str) -> bool {
        let node = self.workflow.node(step);
        let words = [words_of(node, false), words_of(node, true)].concat();
        words.contains(&name) || self.lists.child(step, name).is_some()
    }

    /// Whether a step has ended whenever the expression is looked at.
    fn has_ended(&self, step: StepId, here: Here) -> bool {
        let inside = step != here.step && self.workflow.within(step, here.step);
        match here.position {
            Position::End | Position::Failure if inside => true,
            _ => self.order.is_before(self.workflow, step, here.step),
        }
    }

    fn before(&mut self, step: StepId, span: Span, here: Here) {
        if self.has_ended(step, here) {
            return;
        }
        let own = self.workflow.node(here.step);
        let other = self.workflow.node(step);
        let around = self.workflow.within(here.step, step);
        let message = match around {
            true => format!(
                "`{}` holds `{}`, and is not over before it",
                other.id, own.id
            ),
            false => format!(
                "`{}` has not ended for certain when `{}` starts",
                other.id, own.id
            ),
        };
        let diagnostic = Diagnostic::error(&NOT_BEFORE, message)
            .at(span, "not before this step")
            .at(other.span, "this step");
        self.found.push(match around {
            true => diagnostic.help("name a step inside it, or use it further down"),
            false => self
                .written
                .remedy(self.workflow, self.order, step, here.step, diagnostic),
        });
    }

    pub(super) fn part_of_step(
        &mut self,
        step: StepId,
        instance: bool,
        key: &Spanned<Name>,
        here: Here,
    ) -> Meaning {
        let node = self.workflow.node(step);
        if let Some(child) = self.lists.child(step, &key.value) {
            return self.defined(Definition::Step(child), here);
        }
        let words = words_of(node, instance);
        if words.contains(&&*key.value) {
            return self.word_of_step(step, &key.value);
        }
        let children = node.children.iter();
        let mut candidates: Candidates = children
            .map(|child| {
                (
                    self.workflow.node(*child).id.clone(),
                    Definition::Step(*child),
                )
            })
            .collect();
        let help = format!("`{}` has {}", node.id, words::and_list(&words));
        candidates.extend(
            words
                .iter()
                .map(|word| ((*word).into(), Definition::Word((*word).into()))),
        );
        let what = format!("step `{}` has no", node.id);
        match self.missed(key, &what, &help, candidates, &UNKNOWN_NAME) {
            Some(Definition::Word(word)) => self.word_of_step(step, &word),
            Some(other) => self.meaning(&other, here),
            None => Meaning::ANY,
        }
    }

    fn word_of_step(&self, step: StepId, word: &str) -> Meaning {
        match word {
            "outputs" => Meaning::Outputs(step),
            "changed" => Meaning::Value(Type::Bool),
            "status" => Meaning::Value(Type::Text),
            "started" | "ended" => Meaning::Value(Type::Moment),
            "succeeded" | "failed" => {
                let item = self.items.get(&step).cloned().unwrap_or(Meaning::ANY);
                Meaning::List(Box::new(item))
            }
            _ => Meaning::ANY,
        }
    }
}

/// The words that can be asked of a step, or of one item's instance of it.
fn words_of(node: &Node, instance: bool) -> Vec<&'static str> {
    let many = node.foreach.is_some() && !instance;
    let mut words = vec!["changed", "status", "started", "ended"];
    if many {
        words.extend(["succeeded", "failed"]);
    } else if node.action().is_some() {
        words.push("outputs");
    }
    words
}
