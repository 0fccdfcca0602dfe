//! `steps`: which step is called, whether it has ended by then, and what it can be asked.

use std::collections::BTreeSet;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::{Candidates, Here, Names, Position};
use crate::expression::UNKNOWN_NAME;
use crate::resolve::meaning::{self, Meaning};
use crate::resolve::misses::Definition;
use crate::resolve::{NOT_BEFORE, UNKNOWN_STEP};
use crate::spanned::Spanned;
use crate::workflow::{Node, StepId};

impl Names<'_> {
    /// What `steps.` and a name mean; `next` is the name that comes behind it.
    pub(super) fn step(
        &mut self,
        key: &Spanned<Name>,
        next: Option<&Spanned<Name>>,
        here: Here,
    ) -> Meaning {
        let path = &self.workflow.node(here.step).path;
        let named = match here.position {
            Position::Inside | Position::Gives => self.lists.child(here.step, &key.value),
            _ => self.lists.named(here.step, path, &key.value),
        };
        if let Some(step) = named {
            self.before(step, key.span, next, here);
            return self.defined(Definition::Step(step), here);
        }
        if let Some(told) = self.out_of_time(key, here) {
            self.found.push(told);
            return Meaning::ANY;
        }
        let message = format!("there is no step `{}`", key.value);
        let owners = self.steps_of(self.lists_seen(here));
        if let Some(now) = self.lost((&owners, key), &UNKNOWN_STEP, &message) {
            let step = now.and_then(|now| self.lists.named(here.step, path, &now));
            return step.map_or(Meaning::ANY, Meaning::Step);
        }
        let seen = match self.misses.tired() {
            true => Vec::new(),
            false => self.steps_seen(here),
        };
        let asked = |(_, step): &(Name, Definition)| match (step, next) {
            (Definition::Step(step), Some(next)) => self.has_part(*step, &next.value),
            _ => true,
        };
        let seen = self.fitting(&key.value, seen, &asked, here);
        let (mut candidates, others): (Candidates, Candidates) = seen.into_iter().partition(asked);
        candidates.extend(others);
        candidates.extend(self.inside(&key.value, &candidates));
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
    fn steps_seen(&self, here: Here) -> Candidates {
        let path = &self.workflow.node(here.step).path;
        let lists = self.lists_seen(here).into_iter();
        let steps = lists.flat_map(|group| self.workflow.node(group).children.iter().rev());
        let seen = steps.filter(|step| **step != here.step && !path.contains(step));
        let (ended, rest): (Vec<StepId>, Vec<StepId>) =
            seen.partition(|step| self.has_ended(**step, here));
        let name = |step: StepId| (self.workflow.node(step).id.clone(), Definition::Step(step));
        ended.into_iter().chain(rest).map(name).collect()
    }

    /// These steps without those that are as near to a name as others are, and could not be named
    /// there while the others could.
    fn fitting(
        &self,
        name: &str,
        mut seen: Candidates,
        asked: &dyn Fn(&(Name, Definition)) -> bool,
        here: Here,
    ) -> Candidates {
        let nearest = suggest::all_nearest(name, seen.iter().map(|(id, _)| &**id));
        let nearest: BTreeSet<Name> = nearest.into_iter().map(Name::from).collect();
        let fits = |one: &(Name, Definition)| match one.1 {
            Definition::Step(step) => asked(one) && self.has_ended(step, here),
            _ => false,
        };
        let mut near = seen.iter().filter(|(id, _)| nearest.contains(id));
        if nearest.len() > 1 && near.any(fits) {
            seen.retain(|one| !nearest.contains(&one.0) || fits(one));
        }
        seen
    }

    /// The step of that name, whether or not it has ended by then.
    pub(super) fn step_seen(&self, name: &str, here: Here) -> Option<StepId> {
        let path = &self.workflow.node(here.step).path;
        let step = self.lists.named(here.step, path, name);
        step.filter(|step| !path.contains(step))
    }

    /// The step of that name, by the way to it, if it has ended by then and can be asked that.
    pub(super) fn steps_asked(&self, name: &str, asked: &str, here: Here) -> Candidates {
        let step = self.step_seen(name, here);
        let step = step.filter(|step| self.has_ended(*step, here) && self.has_part(*step, asked));
        let step = step.map(|step| (format!("steps.{name}").into(), Definition::Step(step)));
        step.into_iter().collect()
    }

    /// A reference of a step to itself, or to one that runs when all is over.
    fn out_of_time(&self, key: &Spanned<Name>, here: Here) -> Option<Diagnostic> {
        let own = self.workflow.node(here.step);
        if *own.id == *key.value && here.step != StepId::MAIN {
            let message = format!("`{}` asks itself, and has not run yet", own.id);
            let help = "a step sees those before it; `outputs` in its `expect:` are its own";
            let diagnostic = Diagnostic::error(&NOT_BEFORE, message);
            return Some(diagnostic.at(key.span, "this very step").help(help));
        }
        let last = self.workflow.finally?;
        let step = self.lists.child(last, &key.value)?;
        let message = format!("`{}` runs when everything else is over", key.value);
        let diagnostic = Diagnostic::error(&NOT_BEFORE, message)
            .at(key.span, "not before this step")
            .at(self.workflow.node(step).span, "under `finally:`");
        Some(diagnostic.help("move what asks it there too, below it"))
    }

    /// Steps of that name inside groups that are seen, by the way to them.
    fn inside(&self, name: &str, seen: &[(Name, Definition)]) -> Candidates {
        let inner = seen.iter().filter_map(|(id, definition)| match definition {
            Definition::Step(group) if !self.workflow.is_call(*group) => {
                let step = self.lists.child(*group, name)?;
                Some((format!("{id}.{name}").into(), Definition::Step(step)))
            }
            _ => None,
        });
        inner.collect()
    }

    /// Whether something of that name can be asked of a step.
    fn has_part(&self, step: StepId, name: &str) -> bool {
        let node = self.workflow.node(step);
        let words = [words_of(node, false), words_of(node, true)].concat();
        let child = || self.lists.child(step, name);
        words.contains(&name) || !self.workflow.is_call(step) && child().is_some()
    }

    /// Whether a step has ended whenever the expression is looked at.
    fn has_ended(&self, step: StepId, here: Here) -> bool {
        let inside = step != here.step && self.workflow.within(step, here.step);
        // What is rescued is not over before what rescues it.
        if self.workflow.within(here.step, step) {
            return false;
        }
        match here.position {
            Position::End | Position::Failure | Position::Gives if inside => true,
            _ => self.order.is_before(self.workflow, step, here.step),
        }
    }

    fn before(&mut self, step: StepId, span: Span, next: Option<&Spanned<Name>>, here: Here) {
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
        let moved = [own, other].map(|step| self.misses.moved(step.span));
        let moved = moved.into_iter().flatten().next().filter(|_| !around);
        let diagnostic = match moved {
            Some(by) => diagnostic.at(by, "put there here"),
            None => diagnostic,
        };
        self.found.push(match around {
            true if self.workflow.rescue_around(here.step).is_some() => {
                diagnostic.help("in a rescue, `failure` tells what failed and why")
            }
            true => self.as_neighbours_do(step, span, next, here, diagnostic),
            false => self
                .written
                .remedy(self.workflow, self.order, step, here.step, diagnostic),
        });
    }

    /// The remedy where a step calls a neighbour by way of the group that holds both.
    fn as_neighbours_do(
        &self,
        group: StepId,
        span: Span,
        next: Option<&Spanned<Name>>,
        here: Here,
        told: Diagnostic,
    ) -> Diagnostic {
        let path = &self.workflow.node(here.step).path;
        let seen = next.filter(|next| {
            let inner = self.lists.child(group, &next.value);
            inner.is_some() && inner == self.lists.named(here.step, path, &next.value)
        });
        let Some(next) = seen else {
            return told.help("name a step inside it, or use it further down");
        };
        let way = span.to(next.span.before());
        told.help(format!("did you mean `steps.{}`?", next.value))
            .fix(Fix::replace("call it as its neighbours do", way, ""))
    }

    pub(super) fn part_of_step(
        &mut self,
        step: StepId,
        instance: bool,
        key: &Spanned<Name>,
        here: Here,
    ) -> Meaning {
        let node = self.workflow.node(step);
        let is_call = node.call.is_some();
        let words = words_of(node, instance);
        if is_call && words.contains(&&*key.value) {
            return self.word_of_step(step, &key.value);
        }
        if let Some(child) = self.lists.child(step, &key.value) {
            if is_call {
                self.found.push(self.private(step, key));
                return Meaning::ANY;
            }
            return self.defined(Definition::Step(child), here);
        }
        if words.contains(&&*key.value) {
            return self.word_of_step(step, &key.value);
        }
        if let Some(output) = self.output_of_step(step, &words, key) {
            return output;
        }
        let message = format!("step `{}` has no `{}`", node.id, key.value);
        let owners = self.steps_of([step]);
        if let Some(now) = self.lost((&owners, key), &UNKNOWN_NAME, &message) {
            let child = now.and_then(|now| self.lists.child(step, &now));
            return child.map_or(Meaning::ANY, Meaning::Step);
        }
        self.no_part(step, &words, key, here)
    }

    /// What was probably meant by a part that a step does not have, which is told.
    fn no_part(
        &mut self,
        step: StepId,
        words: &[&'static str],
        key: &Spanned<Name>,
        here: Here,
    ) -> Meaning {
        let node = self.workflow.node(step);
        let children = node.children.iter().filter(|_| node.call.is_none());
        let children = children.map(|child| {
            let id = self.workflow.node(*child).id.clone();
            (id, Definition::Step(*child))
        });
        let words_too = words.iter().map(|word| Name::from(*word));
        let words_too = words_too.map(|word| (word.clone(), Definition::Word(word)));
        let candidates: Candidates = children.chain(words_too).collect();
        let help = format!("`{}` has {}", node.id, words::and_list(words));
        let what = format!("step `{}` has no", node.id);
        match self.missed(key, &what, &help, candidates, &UNKNOWN_NAME) {
            Some(Definition::Word(word)) => self.word_of_step(step, &word),
            Some(other) => self.meaning(&other, here),
            None => Meaning::ANY,
        }
    }

    /// An output that is asked for as if it were a part of the step, which is told.
    fn output_of_step(
        &mut self,
        step: StepId,
        words: &[&str],
        key: &Spanned<Name>,
    ) -> Option<Meaning> {
        let output = self.output(step, &key.value);
        let output = output.filter(|_| words.contains(&"outputs"))?;
        let id = &self.workflow.node(step).id;
        let message = format!("step `{id}` has no `{}`", key.value);
        let told = Diagnostic::error(&UNKNOWN_NAME, message).at(key.span, "unknown");
        let meant = format!("outputs.{}", key.value);
        self.found.push(told.did_you_mean(&meant, key.span));
        let used = Definition::Output(step, key.value.clone());
        self.misses.used(used);
        Some(output)
    }

    /// What stands in a call is its own.
    fn private(&self, step: StepId, key: &Spanned<Name>) -> Diagnostic {
        let node = self.workflow.node(step);
        let (id, inner) = (&node.id, &key.value);
        let message =
            format!("`{inner}` is a step inside the call `{id}`, and seen from there only");
        let outputs = node.call.iter().flat_map(|call| call.outputs.keys());
        let outputs: Vec<&Name> = outputs.collect();
        let kind = node.call.as_ref().map_or("", |call| &*call.kind);
        let diagnostic = Diagnostic::error(&UNKNOWN_NAME, message).at(key.span, "not seen here");
        diagnostic.help(match outputs.is_empty() {
            true => format!("let `{kind}` give it: `outputs:` of a definition is what callers see"),
            false => format!("`steps.{id}.outputs` has {}", words::and_list(&outputs)),
        })
    }

    fn word_of_step(&self, step: StepId, word: &str) -> Meaning {
        match word {
            "outputs" => Meaning::Outputs(step),
            "changed" => Meaning::Value(Type::Bool),
            "status" => Meaning::Value(meaning::status()),
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
    } else if node.action().is_some() || node.call.is_some() {
        words.push("outputs");
    }
    words
}
