//! What stands where in a workflow: names as seen from a step, groups in common.

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

    /// A step by its id as seen from another: siblings first, then outward. From `finally:` the
    /// whole run is seen.
    #[must_use]
    pub fn named(&self, from: StepId, id: &str) -> Option<StepId> {
        let path = &self.node(from).path;
        let run = self.finally.is_some_and(|last| path.first() == Some(&last));
        let groups = path.iter().rev().chain(run.then_some(&StepId::MAIN));
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

    /// The dotted name of a step as written, without items: `t1.send`.
    #[must_use]
    pub fn dotted(&self, step: StepId) -> Name {
        let path = &self.node(step).path;
        let ids: Vec<&str> = path[1..].iter().map(|id| &*self.node(*id).id).collect();
        ids.join(".").into()
    }
}
