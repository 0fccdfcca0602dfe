//! From the steps of a workflow to what is drawn of them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;
use runsheet_language::expression::Template;
use runsheet_language::workflow::{Node, StepId, Workflow};

use super::Open;
use super::item::{Item, List, Role};
use super::site::{self, AtSite};

/// What is said of a step of which it is known that it does not run.
const SKIPPED: &str = "would not run";

/// What is drawn, and how far.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'d> {
    pub(super) workflow: &'d Workflow,
    pub(super) open: &'d Open,
    /// What is known of it at a site, if one is named.
    pub(super) site: Option<&'d AtSite>,
}

/// Where a list stands.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// The address of what holds it, as in plans: `t1["SALES"]`; empty for the workflow's own.
    address: &'a str,
    /// How many items that is in.
    items: usize,
}

impl<'d> Drawing<'d> {
    /// A list of the workflow itself; the one at the end has an address.
    pub(super) fn list(self, id: StepId) -> List {
        let address = self.start(id);
        let (address, items) = (address.as_str(), 0);
        self.children(id, Around { address, items })
    }

    /// The addresses of all groups.
    pub(super) fn groups(self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let roots = [Some(StepId::MAIN), self.workflow.finally];
        for root in roots.into_iter().flatten() {
            self.groups_in(root, &self.start(root), &mut found);
        }
        found
    }

    fn start(self, id: StepId) -> String {
        match id {
            StepId::MAIN => String::new(),
            id => self.workflow.node(id).id.to_string(),
        }
    }

    fn groups_in(self, id: StepId, address: &str, found: &mut BTreeSet<String>) {
        for child in &self.workflow.node(id).children {
            let own = self.address(*child, address);
            let is_group = self.workflow.node(*child).action().is_none();
            let items = self.items(*child, &own);
            if !is_group && items.is_none() {
                continue;
            }
            found.insert(site::without_items(&own));
            for name in items.into_iter().flatten() {
                let item = site::item(&own, name);
                self.groups_in(*child, &item, found);
                found.extend(is_group.then_some(item));
            }
            self.groups_in(*child, &own, found);
            found.insert(own);
        }
    }

    fn address(self, id: StepId, around: &str) -> String {
        match around {
            "" => self.workflow.node(id).id.to_string(),
            around => format!("{around}.{}", self.workflow.node(id).id),
        }
    }

    /// The items that a step is done for at the site, as far as they are known.
    fn items(self, id: StepId, address: &str) -> Option<&'d IndexSet<String>> {
        self.workflow.node(id).foreach.as_ref()?;
        self.site?.items(address)
    }

    fn children(self, id: StepId, around: Around<'_>) -> List {
        let children = &self.workflow.node(id).children;
        let items = children.iter().map(|child| self.item(*child, around));
        List {
            items: items.collect(),
            after: order(self.workflow, children),
            is_fan: false,
        }
    }

    fn item(self, id: StepId, around: Around<'_>) -> Item {
        let address = self.address(id, around.address);
        let around = Around {
            address: &address,
            ..around
        };
        let node = self.workflow.node(id);
        let call = node.call.as_ref().map(|call| call.kind.to_string());
        let mut notes = notes(node);
        notes.extend(self.rescue(node));
        notes.extend(self.is_skipped(&address).then(|| SKIPPED.to_owned()));
        let item = Item {
            id: node.id.to_string(),
            kind: match node.action() {
                Some(action) => action.kind.to_string(),
                None => call.unwrap_or_default(),
            },
            notes,
            doc: node.doc.to_string(),
            steps: self.count(id, &address),
            ..self.body(id, around)
        };
        match self.items(id, &address) {
            Some(names) => Item {
                role: Role::Group,
                host: String::new(),
                inside: self
                    .is_open(id, around)
                    .then(|| self.fan(id, names, around)),
                ..item
            },
            None => item,
        }
    }

    /// The steps that run where a step or group fails.
    fn rescue(self, node: &Node) -> Option<String> {
        let list = self.workflow.node(node.rescue?);
        let ids = list.children.iter();
        let ids: Vec<&str> = ids.map(|id| &*self.workflow.node(*id).id).collect();
        Some(format!("rescued by {}", ids.join(", ")))
    }

    /// What a step or group does, whatever it is called.
    fn body(self, id: StepId, around: Around<'_>) -> Item {
        let node = self.workflow.node(id);
        let action = node.action();
        let there = self.site.and_then(|site| site.step(around.address));
        let host = there.and_then(|there| there.host.clone());
        let written = || action.and_then(|action| action.host.as_ref()).map(shown);
        let is_open = action.is_none() && self.is_open(id, around);
        Item {
            id: String::new(),
            role: role(node),
            kind: String::new(),
            host: host.or_else(written).unwrap_or_default(),
            notes: Vec::new(),
            doc: String::new(),
            inside: is_open.then(|| self.children(id, around)),
            steps: self.inside(id, around.address),
        }
    }

    /// The items of a `foreach`.
    fn fan(self, id: StepId, names: &IndexSet<String>, around: Around<'_>) -> List {
        let item = |name: &String| {
            let address = site::item(around.address, name);
            let around = Around {
                address: &address,
                items: around.items + 1,
            };
            Item {
                id: name.clone(),
                notes: Vec::from_iter(self.is_skipped(&address).then(|| SKIPPED.to_owned())),
                ..self.body(id, around)
            }
        };
        List {
            items: names.iter().map(item).collect(),
            after: vec![Vec::new(); names.len()],
            is_fan: true,
        }
    }

    fn is_skipped(self, address: &str) -> bool {
        let there = self.site.and_then(|site| site.step(address));
        there.is_some_and(|there| there.is_skipped)
    }

    fn is_open(self, id: StepId, around: Around<'_>) -> bool {
        let (own, open) = (around.address, self.open);
        let depth = self.workflow.node(id).path.len() - 1 + around.items;
        let leads = |wanted: &String| site::leads_to(wanted, own);
        let is_open = depth <= open.depth || open.expand.iter().any(leads);
        is_open && !open.collapse.iter().any(|wanted| site::means(wanted, own))
    }

    /// How many steps a step or group stands for.
    fn count(self, id: StepId, address: &str) -> usize {
        let items = self.items(id, address).into_iter().flatten();
        let counts: Vec<usize> = items
            .map(|name| self.inside(id, &site::item(address, name)))
            .collect();
        match self.items(id, address) {
            Some(_) => counts.iter().sum(),
            None => self.inside(id, address),
        }
    }

    fn inside(self, id: StepId, address: &str) -> usize {
        if self.workflow.node(id).action().is_some() {
            return 1;
        }
        let children = self.workflow.node(id).children.iter();
        let counts = children.map(|child| self.count(*child, &self.address(*child, address)));
        counts.sum()
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
    if node.destructive {
        notes.push("destroys".to_owned());
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
