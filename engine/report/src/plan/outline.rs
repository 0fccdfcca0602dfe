//! The rows of a plan as the tree they were written in.

use runsheet_language::workflow::{Node, StepId, Workflow};
use runsheet_record::plan::Row;

use crate::address::{Part, child, parts};

/// A step, a group, or one item of a `foreach`, with what is in it.
pub(super) struct Branch<'p> {
    /// Its id, or the name of the item.
    pub(super) name: &'p str,
    /// Whether it is an item.
    pub(super) is_item: bool,
    /// Its number in the workflow.
    id: Option<StepId>,
    /// What a person reads about it.
    pub(super) doc: Option<&'p str>,
    /// The step or group as written.
    pub(super) node: Option<&'p Node>,
    /// What the plan says of it.
    pub(super) row: Option<&'p Row>,
    /// What is in it.
    pub(super) children: Vec<Branch<'p>>,
}

impl<'p> Branch<'p> {
    /// The tree of these rows, which stand in the order of the text.
    pub(super) fn of(rows: &'p [Row], workflow: &'p Workflow) -> Branch<'p> {
        let mut root = Branch::new("", false, Some(StepId::MAIN), workflow);
        for row in rows {
            let mut at = &mut root;
            for part in parts(&row.address) {
                at = at.enter(part, workflow);
            }
            at.row = Some(row);
        }
        root
    }

    fn new(name: &'p str, is_item: bool, id: Option<StepId>, workflow: &'p Workflow) -> Branch<'p> {
        let node = id.map(|id| workflow.node(id));
        Branch {
            name,
            is_item,
            id,
            doc: node.map(|node| &*node.doc).filter(|_| !is_item),
            node,
            row: None,
            children: Vec::new(),
        }
    }

    /// The child of this name; rows of one group stand together, so only the last can be it.
    fn enter(&mut self, part: Part<'p>, workflow: &'p Workflow) -> &mut Branch<'p> {
        let is_item = matches!(part, Part::Item(_));
        let last = self.children.last();
        let is_there = last.is_some_and(|it| it.name == part.name() && it.is_item == is_item);
        if !is_there {
            let id = self.child_id(part, workflow);
            self.children
                .push(Branch::new(part.name(), is_item, id, workflow));
        }
        let at = self.children.len() - 1;
        &mut self.children[at]
    }

    fn child_id(&self, part: Part<'_>, workflow: &Workflow) -> Option<StepId> {
        let own = self.id?;
        match part {
            Part::Item(_) => Some(own),
            Part::Step(name) => child(workflow, own, name),
        }
    }

    /// Whether it has lines of its own: a step, be it with what rescues it, or a group that would
    /// not run.
    pub(super) fn is_step(&self) -> bool {
        let is_action = self.node.is_some_and(|node| node.action().is_some());
        self.children.is_empty() || is_action && !self.is_fan()
    }

    /// Whether it holds the items of a `foreach`.
    pub(super) fn is_fan(&self) -> bool {
        self.children.first().is_some_and(|child| child.is_item)
    }
}
