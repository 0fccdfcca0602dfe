//! Instances as seen from others.

use runsheet_language::workflow::StepId;

use super::{InstanceId, State};

impl State {
    /// The instance of a child (or its `foreach`) in a group instance.
    #[must_use]
    pub fn child_of(&self, group: InstanceId, node: StepId) -> Option<InstanceId> {
        let children = &self.instance(group).children;
        let child = children.get(self.places[node.index()]).copied()?;
        (self.instance(child).node == node).then_some(child)
    }

    /// Whether an instance is, or stands in, the list of `finally:`.
    #[must_use]
    pub fn is_in_finally(&self, id: InstanceId) -> bool {
        let list = self
            .workflow()
            .node(self.instance(id).node)
            .path
            .first()
            .copied();
        list.is_some() && list == self.workflow().finally
    }

    /// The group instances around an instance, innermost first, itself included.
    pub fn outward(&self, from: InstanceId) -> impl Iterator<Item = InstanceId> + '_ {
        std::iter::successors(Some(from), |id| self.instance(*id).parent)
    }

    /// All instances in the order of the text, each group before what is in it.
    #[must_use]
    pub fn in_order(&self) -> Vec<InstanceId> {
        let mut found = Vec::new();
        let mut todo: Vec<InstanceId> = self.finally().into_iter().chain([self.main()]).collect();
        while let Some(id) = todo.pop() {
            found.push(id);
            todo.extend(self.instance(id).children.iter().rev());
        }
        found
    }

    /// All instances of a step in the innermost group instance that both share, or the `foreach`
    /// that must be read first to know them. A `foreach` whose items could not be read stands for
    /// them.
    ///
    /// # Errors
    /// The `foreach` whose items have not been read.
    pub fn reach(&self, from: InstanceId, node: StepId) -> Result<Vec<InstanceId>, InstanceId> {
        if self.instance(from).node == node && !self.instance(from).is_fan {
            return Ok(vec![from]);
        }
        let workflow = self.workflow();
        let holds = |id: &InstanceId| {
            let instance = self.instance(*id);
            instance.node != node && workflow.within(node, instance.node) && !instance.is_fan
        };
        let base = self.outward(from).find(holds).unwrap_or(self.main);
        let depth = workflow.node(self.instance(base).node).path.len();
        let mut found = vec![base];
        for step in &workflow.node(node).path[depth..] {
            let mut next = Vec::new();
            for group in found {
                self.enter(group, *step, &mut next)?;
            }
            found = next;
        }
        Ok(found)
    }

    fn enter(
        &self,
        group: InstanceId,
        step: StepId,
        found: &mut Vec<InstanceId>,
    ) -> Result<(), InstanceId> {
        if self.instance(group).is_fan {
            found.push(group);
            return Ok(());
        }
        let Some(child) = self.child_of(group, step) else {
            return Ok(());
        };
        let instance = self.instance(child);
        match (instance.is_fan, instance.expanded) {
            (false, _) => found.push(child),
            (true, true) => found.extend(&instance.children),
            (true, false) if instance.failure.is_some() => found.push(child),
            (true, false) if instance.status.has_ended() => {}
            (true, false) => return Err(child),
        }
        Ok(())
    }
}
