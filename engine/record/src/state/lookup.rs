//! Instances as seen from others.

use runsheet_language::workflow::StepId;

use super::{Instance, InstanceId, State};
use crate::status::Status;

impl State {
    /// The instance of a child (or its `foreach`) in a group instance.
    #[must_use]
    pub fn child_of(&self, group: InstanceId, node: StepId) -> Option<InstanceId> {
        let children = &self.instance(group).children;
        let child = children.get(self.places[node.index()]).copied()?;
        (self.instance(child).node == node).then_some(child)
    }

    /// Whether an instance is, or stands in, a list of `finally:`.
    #[must_use]
    pub fn is_in_finally(&self, id: InstanceId) -> bool {
        let workflow = self.workflow();
        let path = &workflow.node(self.instance(id).node).path;
        path.iter().any(|group| workflow.is_finally(*group))
    }

    /// Whether this is a list of `finally:`.
    #[must_use]
    pub fn is_finally(&self, id: InstanceId) -> bool {
        self.workflow().is_finally(self.instance(id).node)
    }

    /// Whether what follows in a list starts even if what it follows did not end well: in
    /// `finally:`, though not in what is called there.
    pub(super) fn goes_on(&self, group: InstanceId) -> bool {
        let (workflow, node) = (self.workflow(), self.instance(group).node);
        !workflow.is_call(node) && workflow.finally_around(node).is_some()
    }

    /// The call that an instance stands in, whose inputs and steps it sees; nothing: those of the
    /// run.
    #[must_use]
    pub fn call_around(&self, id: InstanceId) -> Option<InstanceId> {
        let (workflow, inner) = (self.workflow(), self.outward(id));
        let is_call = |(inner, id): &(InstanceId, InstanceId)| {
            let (inner, instance) = (self.instance(*inner).node, self.instance(*id));
            let is_inside = !instance.is_fan && !workflow.is_rescue(inner);
            is_inside && workflow.is_call(instance.node)
        };
        let mut around = inner.zip(self.outward(id).skip(1));
        around.find(is_call).map(|(_, call)| call)
    }

    /// The instance that the innermost list of a `rescue:` rescues in which an instance stands, of
    /// those that its own scope has.
    #[must_use]
    pub fn rescued_around(&self, id: InstanceId) -> Option<InstanceId> {
        let list = self.workflow().rescue_around(self.instance(id).node)?;
        let is_list = |id: &InstanceId| self.instance(*id).node == list;
        self.instance(self.outward(id).find(is_list)?).parent
    }

    /// The instance in whose names something is worked out that the caller of a call handed in;
    /// this one, if it was not.
    #[must_use]
    pub fn caller(&self, id: InstanceId, from: Option<StepId>) -> InstanceId {
        let Some(from) = from else { return id };
        let is_call = |id: &InstanceId| {
            let instance = self.instance(*id);
            instance.node == from && !instance.is_fan
        };
        self.outward(id).find(is_call).unwrap_or(id)
    }

    /// The list of `finally:` that a call ends with, if it has one.
    #[must_use]
    pub fn finally_of(&self, call: InstanceId) -> Option<InstanceId> {
        let instance = self.instance(call);
        let written = self.workflow().node(instance.node).call.as_ref();
        let list = written?.finally.filter(|_| !instance.is_fan)?;
        self.child_of(call, list)
    }

    /// Of what stands in a call, `finally:` aside, that which failed first.
    #[must_use]
    pub fn first_failure_in(&self, call: InstanceId) -> Option<&Instance> {
        let last = self.finally_of(call);
        let children = self.instance(call).children.iter();
        let others = children.filter(|child| Some(**child) != last);
        let others = others.map(|child| self.instance(*child));
        let failed = others.filter(|one| !self.workflow().is_rescue(one.node));
        let failed = failed.filter(|one| one.status == Status::Failed);
        failed.min_by_key(|one| one.ended)
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
