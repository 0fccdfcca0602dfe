//! What stands where in a workflow: names as seen from a step, groups in common, order.

use runsheet_step::Name;

use super::{Node, StepId, Workflow};

impl Workflow {
    /// One step or group.
    #[must_use]
    pub fn node(&self, id: StepId) -> &Node {
        &self.nodes[id.index()]
    }

    /// All numbers, groups before what is in them.
    pub fn ids(&self) -> impl Iterator<Item = StepId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(StepId)
    }

    /// Whether `step` is `group` or stands in it.
    #[must_use]
    pub fn within(&self, step: StepId, group: StepId) -> bool {
        self.node(step).path.contains(&group)
    }

    /// The innermost group that holds both and is neither.
    #[must_use]
    pub fn around(&self, one: StepId, other: StepId) -> Option<StepId> {
        let above = |id: StepId| {
            let path = &self.node(id).path;
            &path[..path.len() - 1]
        };
        let both = above(one).iter().zip(above(other));
        both.take_while(|(one, other)| one == other)
            .last()
            .map(|(shared, _)| *shared)
    }

    /// A step by its id as seen from another: siblings first, then outward.
    #[must_use]
    pub fn named(&self, from: StepId, id: &str) -> Option<StepId> {
        let groups = self.node(from).path.iter().rev();
        let children = groups.flat_map(|group| &self.node(*group).children);
        children
            .copied()
            .find(|child| *child != from && &*self.node(*child).id == id)
    }

    /// The child of a group by its id.
    #[must_use]
    pub fn child(&self, group: StepId, id: &str) -> Option<StepId> {
        self.node(group)
            .children
            .iter()
            .copied()
            .find(|child| &*self.node(*child).id == id)
    }

    /// Whether `one` has ended whenever `other` starts, for instances that share their groups.
    #[must_use]
    pub fn is_before(&self, one: StepId, other: StepId) -> bool {
        let Some(shared) = self.around(one, other) else {
            return false;
        };
        let depth = self.node(shared).path.len();
        let (one, other) = (self.node(one).path[depth], self.node(other).path[depth]);
        one != other && self.all_before(other).contains(&one)
    }

    /// All siblings that must have ended before this one starts.
    #[must_use]
    pub fn all_before(&self, step: StepId) -> Vec<StepId> {
        let mut found: Vec<StepId> = Vec::new();
        let mut todo = self.node(step).needs.clone();
        while let Some(next) = todo.pop() {
            if !found.contains(&next) {
                found.push(next);
                todo.extend(&self.node(next).needs);
            }
        }
        found
    }

    /// The dotted name of a step as written, without items: `t1.send`.
    #[must_use]
    pub fn dotted(&self, step: StepId) -> Name {
        let path = &self.node(step).path;
        let ids: Vec<&str> = path[1..].iter().map(|id| &*self.node(*id).id).collect();
        ids.join(".").into()
    }
}
