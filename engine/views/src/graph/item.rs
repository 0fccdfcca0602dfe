//! What is drawn of a step, and of the list it stands in.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_language::expression::Template;
use runsheet_language::workflow::{Node, StepId, Workflow};

use super::Open;

/// What a step does, by its mark in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It can write.
    Acts,
    /// It waits for something.
    Waits,
    /// It looks.
    Looks,
    /// It holds steps.
    Group,
}

/// A step or group.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// What it does.
    pub role: Role,
    /// Its kind, or what it calls; empty for a plain group.
    pub kind: String,
    /// Where it acts, as it is written; empty: nowhere, or where its group says.
    pub host: String,
    /// `for each po`, `if ..`, `asks first`.
    pub notes: Vec<String>,
    /// What a person reads about it.
    pub doc: String,
    /// What is in it, if it is open.
    pub inside: Option<List>,
    /// How many steps there are in it.
    pub steps: usize,
}

/// Steps, and their order.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// In the order written.
    pub items: Vec<Item>,
    /// For each item those that it waits for, by their number in the list, without those that the
    /// others wait for themselves.
    pub after: Vec<Vec<usize>>,
}

impl Item {
    /// The mark of its role, as in a plan.
    pub(super) fn mark(&self) -> &'static str {
        match self.role {
            Role::Acts => ">",
            Role::Waits => "@",
            Role::Looks => "=",
            Role::Group if self.inside.is_some() => "-",
            Role::Group => "+",
        }
    }

    /// What it is, behind its name: `registry at inputs.dx`, `5 steps`.
    pub(super) fn details(&self) -> Vec<String> {
        let mut all = Vec::new();
        if !self.kind.is_empty() {
            all.push(self.kind.clone());
        }
        if !self.host.is_empty() {
            all.push(format!("at {}", self.host));
        }
        if self.role == Role::Group && self.inside.is_none() {
            let noun = if self.steps == 1 { "step" } else { "steps" };
            all.push(format!("{} {noun}", self.steps));
        }
        all.extend(self.notes.iter().cloned());
        all
    }
}

/// The address of a step or group, as in plans: `t1.send`, `finally.last`.
fn address(workflow: &Workflow, id: StepId) -> String {
    let path = workflow.node(id).path.iter();
    let names = path.filter(|step| **step != StepId::MAIN);
    let names: Vec<&str> = names.map(|step| &*workflow.node(*step).id).collect();
    names.join(".")
}

/// The addresses of all groups.
pub(super) fn groups(workflow: &Workflow) -> Vec<String> {
    let groups = workflow.ids().filter(|id| {
        let node = workflow.node(*id);
        node.path.len() > 1 && node.action().is_none()
    });
    groups.map(|id| address(workflow, id)).collect()
}

/// The steps of a list.
pub(super) fn list(workflow: &Workflow, id: StepId, open: &Open) -> List {
    let children = &workflow.node(id).children;
    let items = children.iter().map(|child| item(workflow, *child, open));
    List {
        items: items.collect(),
        after: order(workflow, children),
    }
}

fn item(workflow: &Workflow, id: StepId, open: &Open) -> Item {
    let node = workflow.node(id);
    let action = node.action();
    let call = node.call.as_ref().map(|call| call.kind.to_string());
    let is_open = action.is_none() && is_open(workflow, id, open);
    Item {
        id: node.id.to_string(),
        role: role(node),
        kind: action.map_or(call.unwrap_or_default(), |action| action.kind.to_string()),
        host: action
            .and_then(|action| action.host.as_ref())
            .map_or(String::new(), shown),
        notes: notes(node),
        doc: node.doc.to_string(),
        inside: is_open.then(|| list(workflow, id, open)),
        steps: count(workflow, id),
    }
}

fn role(node: &Node) -> Role {
    match node.action() {
        None => Role::Group,
        Some(action) if action.acts => Role::Acts,
        Some(action) if action.arms => Role::Waits,
        Some(_) => Role::Looks,
    }
}

fn is_open(workflow: &Workflow, id: StepId, open: &Open) -> bool {
    let own = address(workflow, id);
    let leads_to = |wanted: &String| {
        let rest = wanted.strip_prefix(own.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let depth = workflow.node(id).path.len() - 1;
    !open.collapse.contains(&own) && (depth <= open.depth || open.expand.iter().any(leads_to))
}

fn notes(node: &Node) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(foreach) = &node.foreach {
        let list = shown(&foreach.list);
        notes.push(format!("for each {} of {list}", foreach.var));
    }
    if let Some(when) = &node.when {
        notes.push(format!("if {when}"));
    }
    if node.confirm.is_some() {
        notes.push("asks first".to_owned());
    }
    notes
}

/// A value as it is written.
fn shown(template: &Template) -> String {
    match template {
        Template::Expr(expr) => expr.to_string(),
        other => match other.constant() {
            Some(value) => value.to_string(),
            None => "...".to_owned(),
        },
    }
}

/// How many steps there are in a group.
fn count(workflow: &Workflow, id: StepId) -> usize {
    let children = workflow.node(id).children.iter();
    let counts = children.map(|child| match workflow.node(*child).action() {
        Some(_) => 1,
        None => count(workflow, *child),
    });
    counts.sum()
}

/// What each child waits for, without what follows from the rest.
fn order(workflow: &Workflow, children: &[StepId]) -> Vec<Vec<usize>> {
    let numbers: BTreeMap<StepId, usize> = children.iter().copied().zip(0..).collect();
    let own = |child: &StepId| {
        let needs = workflow.node(*child).needs.iter();
        let needs: BTreeSet<usize> = needs
            .filter_map(|need| numbers.get(need))
            .copied()
            .collect();
        needs.into_iter().collect()
    };
    let needs: Vec<Vec<usize>> = children.iter().map(own).collect();
    let kept = needs.iter().map(|all| match all.len() {
        0 | 1 => all.clone(),
        _ => without_followers(all, &needs),
    });
    kept.collect()
}

/// Those of several that none of the others waits for, directly or not.
fn without_followers(all: &[usize], needs: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let mut todo: Vec<usize> = all.iter().flat_map(|one| &needs[*one]).copied().collect();
    while let Some(next) = todo.pop() {
        if seen.insert(next) {
            todo.extend(&needs[next]);
        }
    }
    all.iter()
        .copied()
        .filter(|one| !seen.contains(one))
        .collect()
}
