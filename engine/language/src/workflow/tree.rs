//! What stands where in a workflow: names as seen from a step, groups in common.

use runsheet_step::Name;

use super::{InputDeclaration, Node, StepId, Workflow};

impl Workflow {
    /// One step or group.
    #[must_use]
    pub fn node(&self, id: StepId) -> &Node {
        &self.nodes[id.index()]
    }

    /// Whether there is anything to run. A file that is there for others has no steps, and neither
    /// has one whose steps were all taken away.
    #[must_use]
    pub fn has_steps(&self) -> bool {
        self.nodes.len() > 1
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

    /// Whether a step destroys what nobody can bring back, by its own word or that of a group
    /// around it.
    #[must_use]
    pub fn is_destructive(&self, step: StepId) -> bool {
        let mut path = self.node(step).path.iter();
        path.any(|group| self.node(*group).destructive)
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

    /// The call in whose names an expression of a step is worked out, or the whole run. A call
    /// itself stands among the names of its caller.
    #[must_use]
    pub fn scope(&self, step: StepId) -> StepId {
        let path = &self.node(step).path;
        let above = path.windows(2).rev();
        let mut calls = above.filter(|pair| self.is_call(pair[0]) && !self.is_rescue(pair[1]));
        calls.next().map_or(StepId::MAIN, |pair| pair[0])
    }

    /// Whether this is the list of a `rescue:`. It belongs to whoever wrote the step that it
    /// rescues, so that a call sees no more of it than of what stands around.
    #[must_use]
    pub fn is_rescue(&self, list: StepId) -> bool {
        self.node(self.node(list).parent()).rescue == Some(list)
    }

    /// The list of a `rescue:` that a step stands in, the innermost that its own scope has.
    #[must_use]
    pub fn rescue_around(&self, step: StepId) -> Option<StepId> {
        let scope = self.scope(step);
        let path = self.node(step).path.iter().rev().copied();
        let mut own = path.take_while(|group| *group != scope);
        own.find(|group| self.is_rescue(*group))
    }

    /// A step and the groups around it that are not over before it starts, the outermost first: a
    /// step that is rescued is over before what rescues it.
    pub fn during(&self, step: StepId) -> impl Iterator<Item = StepId> + '_ {
        let path = &self.node(step).path;
        let next = path.iter().skip(1).map(Some).chain([None]);
        let both = path.iter().zip(next);
        let during = both.filter(|(_, next)| next.is_none_or(|next| !self.is_rescue(*next)));
        during.map(|(group, _)| *group)
    }

    /// Whether a group is a call.
    #[must_use]
    pub fn is_call(&self, group: StepId) -> bool {
        self.node(group).call.is_some()
    }

    /// The inputs of a call, or of the whole run.
    pub fn inputs_of(
        &self,
        scope: StepId,
    ) -> impl Iterator<Item = (&Name, &InputDeclaration)> + use<'_> {
        let call = self.node(scope).call.as_ref();
        let own = call.is_none().then_some(&self.inputs);
        let given = call.into_iter().flat_map(|call| &call.inputs);
        let given = given.map(|(name, input)| (name, &input.declared));
        own.into_iter().flatten().chain(given)
    }

    /// An input of a call, or of the whole run.
    #[must_use]
    pub fn input_of(&self, scope: StepId, name: &str) -> Option<&InputDeclaration> {
        match &self.node(scope).call {
            Some(call) => call.inputs.get(name).map(|input| &input.declared),
            None => self.inputs.get(name),
        }
    }

    /// Whether this is a list of `finally:`, that of the run or that of a call.
    #[must_use]
    pub fn is_finally(&self, list: StepId) -> bool {
        if self.finally == Some(list) {
            return true;
        }
        let around = &self.node(self.node(list).parent()).call;
        around
            .as_ref()
            .is_some_and(|call| call.finally == Some(list))
    }

    /// The list of `finally:` that a step stands in, of those its own scope has.
    #[must_use]
    pub fn finally_around(&self, step: StepId) -> Option<StepId> {
        let scope = self.scope(step);
        let path = self.node(step).path.iter().rev().copied();
        let mut own = path.take_while(|group| *group != scope);
        own.find(|group| self.is_finally(*group))
    }

    /// A step by its id as seen from another: siblings first, then outward as far as its scope
    /// goes. From `finally:` the whole run is seen.
    #[must_use]
    pub fn named(&self, from: StepId, id: &str) -> Option<StepId> {
        let groups = self.seen_from(from).into_iter();
        let children = groups.flat_map(|group| &self.node(group).children);
        children
            .copied()
            .find(|child| *child != from && &*self.node(*child).id == id)
    }

    /// The lists whose steps are called by their ids alone from a step: its own first, then
    /// outward as far as its scope goes. What stands in a call is not seen from the call itself.
    #[must_use]
    pub fn seen_from(&self, from: StepId) -> Vec<StepId> {
        outward(
            &self.node(from).path,
            self.finally,
            &|group| self.is_call(group),
            &|list| self.is_rescue(list),
        )
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

/// The lists whose steps are called by their ids alone from a step with this path: its own first,
/// then outward as far as its scope goes. From `finally:` the whole run is seen. What stands in a
/// call is not seen from the call itself.
pub(crate) fn outward(
    path: &[StepId],
    finally: Option<StepId>,
    is_call: &dyn Fn(StepId) -> bool,
    is_rescue: &dyn Fn(StepId) -> bool,
) -> Vec<StepId> {
    let mut groups: Vec<StepId> = Vec::with_capacity(path.len());
    let mut inner: Option<StepId> = None;
    for group in path.iter().rev().copied() {
        let of_caller = inner.is_none_or(is_rescue);
        inner = Some(group);
        match is_call(group) {
            true if of_caller => {}
            true => {
                groups.push(group);
                return groups;
            }
            false => groups.push(group),
        }
    }
    if groups.last().copied() == finally && !groups.is_empty() {
        groups.push(StepId::MAIN);
    }
    groups
}
