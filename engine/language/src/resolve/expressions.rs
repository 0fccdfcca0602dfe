//! Every expression of a workflow, held against the type that stands to be there.

use std::collections::{BTreeMap, HashMap};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::Catalogue;
use runsheet_step::shape::{Field, Type};

use super::before::Written;
use super::calls::{self, Handed};
use super::lists::Lists;
use super::meaning::Meaning;
use super::misses::Misses;
use super::names::{Here, Names, Position};
use super::typing;
use crate::expression::{Expr, Template};
use crate::read::Defaults;
use crate::workflow::order::Order;
use crate::workflow::{Lock, Node, StepId, Timeout, Workflow};

/// What expressions are checked against.
pub(super) struct Check<'c> {
    pub(super) workflow: &'c Workflow,
    pub(super) order: &'c Order,
    pub(super) lists: &'c Lists,
    pub(super) written: &'c Written<'c>,
    pub(super) catalogue: &'c Catalogue,
    /// The hosts that steps and groups say themselves.
    pub(super) own_hosts: HashMap<StepId, Template>,
    /// `defaults:` of the run and of calls.
    pub(super) defaults: &'c BTreeMap<StepId, Defaults>,
}

/// What may stand in a place.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'t> {
    pub(super) kind: &'t Type,
    pub(super) secret: bool,
}

impl Check<'_> {
    /// Checks all, before `defaults:` are handed out. Gives the references back for those who look
    /// up more.
    pub(super) fn all(
        &self,
        outputs: HashMap<StepId, Vec<Field>>,
        misses: Misses,
        found: &mut Vec<Diagnostic>,
    ) -> (Misses, Vec<Handed>, HashMap<StepId, Vec<Field>>) {
        let mut names = Names {
            workflow: self.workflow,
            order: self.order,
            lists: self.lists,
            written: self.written,
            outputs,
            items: HashMap::new(),
            instances: HashMap::new(),
            hosts: HashMap::new(),
            handed: HashMap::new(),
            misses,
            found: Vec::new(),
        };
        calls::types(&mut names);
        let mut handed = Vec::new();
        self.inside(&mut names, StepId::MAIN);
        for step in self.workflow.ids() {
            let mut one = One {
                check: self,
                names: &mut names,
                step,
            };
            one.step();
            if self.workflow.is_call(step) {
                handed.extend(calls::given(&mut names, step));
                self.inside(&mut names, step);
            }
        }
        // What an output reads is known when all that stands inside is.
        for step in self.workflow.ids() {
            calls::outputs(&mut names, step);
        }
        found.append(&mut names.found);
        (names.misses, handed, names.outputs)
    }

    /// What a call, or the whole run, says for itself.
    fn inside(&self, names: &mut Names<'_>, scope: StepId) {
        self.inputs(names, scope);
        if let Some(defaults) = self.defaults.get(&scope) {
            self.defaults(names, scope, defaults);
        }
    }

    fn inputs(&self, names: &mut Names<'_>, scope: StepId) {
        for (number, (_, input)) in self.workflow.inputs_of(scope).enumerate() {
            let here = Here {
                step: scope,
                position: Position::Input(number),
            };
            let vars = input.vars.values().map(|var| (&var.kind, &var.default));
            for (kind, default) in vars.chain([(&input.kind, &input.default)]) {
                if let Some(default) = default {
                    let wanted = Wanted {
                        kind,
                        secret: false,
                    };
                    typing::template(names, default, wanted, here);
                }
            }
        }
    }

    fn defaults(&self, names: &mut Names<'_>, scope: StepId, defaults: &Defaults) {
        let here = Here {
            step: scope,
            position: Position::Inside,
        };
        if let Some(host) = &defaults.host {
            let meaning = typing::host(names, host, here);
            typing::template(names, host, HOST, here);
            let last = self.workflow.finally.filter(|_| scope == StepId::MAIN);
            for list in last.into_iter().chain([scope]) {
                names.handed.insert(list, meaning.clone());
            }
        }
        let mut templates = Vec::new();
        templates.extend(defaults.timeout.iter().flat_map(durations));
        let retry = defaults.retry.as_ref();
        templates.extend(retry.and_then(|retry| retry.backoff.as_ref()));
        for template in templates {
            typing::template(names, template, DURATION, here);
        }
        if let Some(Lock::Names(locks)) = &defaults.lock {
            for lock in locks {
                typing::template(names, lock, TEXT, here);
            }
        }
    }
}

const HOST: Wanted<'static> = Wanted {
    kind: &Type::Host,
    secret: false,
};
const TEXT: Wanted<'static> = Wanted {
    kind: &Type::Text,
    secret: false,
};
const DURATION: Wanted<'static> = Wanted {
    kind: &Type::Duration,
    secret: false,
};

fn durations(timeout: &Timeout) -> impl Iterator<Item = &Template> {
    [&timeout.attempt, &timeout.total, &timeout.idle]
        .into_iter()
        .flatten()
}

/// One step or group.
struct One<'o, 'c, 'n> {
    check: &'o Check<'c>,
    names: &'o mut Names<'n>,
    step: StepId,
}

impl<'c> One<'_, 'c, '_> {
    fn step(&mut self) {
        let workflow: &'c Workflow = self.check.workflow;
        let node = workflow.node(self.step);
        self.items(node);
        self.host(node);
        self.condition(node.when.as_ref(), Position::Start);
        self.condition(node.expect.as_ref(), Position::End);
        self.condition(node.warn.as_ref(), Position::End);
        self.condition(node.changed.as_ref(), Position::End);
        self.causes(node);
        self.rest(node);
        self.with(node);
    }

    fn here(&self, position: Position) -> Here {
        Here {
            step: self.step,
            position,
        }
    }

    fn items(&mut self, node: &Node) {
        let Some(foreach) = &node.foreach else { return };
        let here = self.here(Position::Items);
        let list = typing::meaning(self.names, &foreach.list, here);
        let kind = Type::list(Type::Any);
        let wanted = Wanted {
            kind: &kind,
            secret: false,
        };
        typing::template(self.names, &foreach.list, wanted, here);
        if foreach.key.is_none() && list.item().kind() == Type::Secret {
            let told = typing::no_secret(foreach.list.span());
            let help = "say by `key:` what an item is called: it is part of addresses";
            self.names.found.push(told.help(help));
        }
        self.names.items.insert(self.step, list.item());
        if let Some(key) = &foreach.key {
            typing::expression(self.names, key, TEXT, self.here(Position::Start));
        }
    }

    /// Where the step acts: what it says itself, or what its group says.
    fn host(&mut self, node: &Node) {
        let here = self.here(Position::Start);
        let meaning = match self.check.own_hosts.get(&self.step) {
            Some(host) => {
                typing::template(self.names, host, HOST, here);
                typing::host(self.names, host, here)
            }
            None => {
                let names = &self.names;
                let handed = names.handed.get(&node.parent());
                let handed = handed.filter(|_| !self.check.workflow.is_rescue(self.step));
                let inherited = handed.or_else(|| names.hosts.get(&node.parent()));
                inherited.cloned().unwrap_or(Meaning::ANY)
            }
        };
        self.names.hosts.insert(self.step, meaning);
    }

    fn condition(&mut self, condition: Option<&Expr>, position: Position) {
        if let Some(condition) = condition {
            typing::condition(self.names, condition, self.here(position));
        }
    }

    fn causes(&mut self, node: &Node) {
        let here = self.here(Position::Failure);
        for cause in &node.causes {
            typing::condition(self.names, &cause.when, here);
            for text in [Some(&cause.say), cause.remedy.as_ref()]
                .into_iter()
                .flatten()
            {
                typing::template(self.names, text, TEXT, here);
            }
        }
    }

    /// What is the same for every kind.
    fn rest(&mut self, node: &Node) {
        let here = self.here(Position::Start);
        let backoff = node.retry.iter().filter_map(|retry| retry.backoff.as_ref());
        for duration in node.timeout.iter().flat_map(durations).chain(backoff) {
            typing::template(self.names, duration, DURATION, here);
        }
        let locks = match &node.lock {
            Lock::Names(locks) => locks.as_slice(),
            _ => &[],
        };
        let say = node.confirm.iter().map(|confirm| &confirm.say);
        for text in locks.iter().chain(say) {
            typing::template(self.names, text, TEXT, here);
        }
    }

    fn with(&mut self, node: &Node) {
        let Some(action) = node.action() else { return };
        let here = self.here(Position::Start);
        match self.check.catalogue.kind(&action.kind) {
            Some(kind) => typing::fields(self.names, &action.with, &kind.shape().inputs, here),
            None => {
                let wanted = Wanted {
                    kind: &Type::Any,
                    secret: true,
                };
                typing::template(self.names, &action.with, wanted, here);
            }
        }
    }
}
