//! How lists go on: what comes to be, what becomes ready, what can no longer run.

use runsheet_language::workflow::{Failures, StepId};
use runsheet_step::{Name, Value};

use super::{Instance, InstanceId, Phase, State};
use crate::status::Status;

impl State {
    /// A new instance with all that is in it, down to the next `foreach`.
    pub(super) fn add(
        &mut self,
        node: StepId,
        parent: Option<InstanceId>,
        address: Name,
        item: Option<Value>,
    ) -> InstanceId {
        let id = InstanceId::at(self.instances.len());
        let written = self.bound.workflow.node(node);
        let mut instance = Instance::new(node, parent, address.clone());
        instance.is_fan = written.foreach.is_some() && item.is_none();
        instance.item = item;
        instance.missing = u32::try_from(written.needs.len()).unwrap_or(u32::MAX);
        let is_fan = instance.is_fan;
        self.instances.push(instance);
        self.by_address.insert(address.clone(), id);
        if !is_fan {
            self.add_children(id, node, &address);
        }
        id
    }

    fn add_children(&mut self, group: InstanceId, node: StepId, address: &Name) {
        let workflow = self.bound.workflow.clone();
        let children = &workflow.node(node).children;
        let added = children.iter().map(|child| {
            let address = joined(address, &workflow.node(*child).id);
            self.add(*child, Some(group), address, None)
        });
        let added: Vec<_> = added.collect();
        let instance = self.instance_mut(group);
        instance.open = u32::try_from(added.len()).unwrap_or(u32::MAX);
        instance.children = added;
    }

    /// The items of a fan have been read.
    pub(super) fn expand(&mut self, fan: InstanceId, items: &[(Name, Value)]) {
        let (node, address) = (self.instance(fan).node, self.instance(fan).address.clone());
        let children: Vec<_> = items
            .iter()
            .map(|(key, item)| {
                let address = format!("{address}[\"{key}\"]").into();
                self.add(node, Some(fan), address, Some(item.clone()))
            })
            .collect();
        let instance = self.instance_mut(fan);
        instance.open = u32::try_from(children.len()).unwrap_or(u32::MAX);
        instance.children = children;
        instance.expanded = true;
    }

    /// Starts what a group or fan begins with.
    pub(super) fn open_list(&mut self, group: InstanceId) {
        if self.instance(group).is_fan {
            return self.release(group);
        }
        if self.instance(group).children.is_empty() {
            return self.close_soon(group);
        }
        for child in self.instance(group).children.clone() {
            if self.instance(child).missing == 0 {
                self.make_ready(child);
            }
        }
    }

    /// Lets as many items of a fan start as may run at once.
    fn release(&mut self, fan: InstanceId) {
        let workflow = self.bound.workflow.clone();
        let Some(foreach) = &workflow.node(self.instance(fan).node).foreach else {
            return;
        };
        let (mut running, mut waiting, mut failed) = (0, Vec::new(), false);
        for child in &self.instance(fan).children {
            let instance = self.instance(*child);
            failed |= matches!(instance.status, Status::Failed | Status::InDoubt);
            match instance.phase {
                Phase::Waiting => waiting.push(*child),
                Phase::Ended => {}
                _ => running += 1,
            }
        }
        if failed && foreach.failures == Failures::Stop {
            if running == 0 {
                waiting
                    .into_iter()
                    .for_each(|child| self.block(child, Status::Blocked));
            }
        } else {
            let places = (foreach.parallel.max(1) as usize).saturating_sub(running);
            waiting
                .into_iter()
                .take(places)
                .for_each(|child| self.make_ready(child));
        }
        if self.instance(fan).open == 0 {
            self.close_soon(fan);
        }
    }

    fn make_ready(&mut self, id: InstanceId) {
        if self.instance(id).phase == Phase::Waiting {
            self.instance_mut(id).phase = Phase::Ready(None);
            self.ready.insert(id);
        }
    }

    fn close_soon(&mut self, group: InstanceId) {
        if self.instance(group).phase == Phase::Running {
            self.instance_mut(group).phase = Phase::Closing;
            self.ready.insert(group);
        }
    }

    /// A child has ended: what needs it becomes ready or can no longer run.
    pub(super) fn after_end(&mut self, id: InstanceId) {
        let Some(parent) = self.instance(id).parent else {
            return self.after_list(id);
        };
        let open = &mut self.instance_mut(parent).open;
        *open = open.saturating_sub(1);
        if self.instance(parent).is_fan {
            return self.release(parent);
        }
        let well = self.instance(id).status.is_well() || self.is_in_finally(parent);
        for follower in self.followers[self.instance(id).node.index()].clone() {
            let Some(next) = self.sibling(parent, follower) else {
                continue;
            };
            if well {
                let missing = &mut self.instance_mut(next).missing;
                *missing = missing.saturating_sub(1);
                if *missing == 0 {
                    self.make_ready(next);
                }
            } else if !self.instance(next).status.has_ended() {
                self.block(next, Status::Blocked);
            }
        }
        if self.instance(parent).open == 0 {
            self.close_soon(parent);
        }
    }

    /// One of the two lists has ended: `finally` comes after the main one.
    fn after_list(&mut self, id: InstanceId) {
        if id == self.main
            && let Some(finally) = self.finally
        {
            self.make_ready(finally);
        }
    }

    /// What can no longer run, with all that is in it and all that needs it.
    pub(super) fn block(&mut self, id: InstanceId, status: Status) {
        if self.instance(id).status.has_ended() {
            return;
        }
        self.block_inside(id, status);
        self.ready.remove(&id);
        self.after_end(id);
    }

    fn block_inside(&mut self, id: InstanceId, status: Status) {
        let instance = self.instance_mut(id);
        instance.status = status;
        instance.phase = Phase::Ended;
        instance.open = 0;
        for child in instance.children.clone() {
            if !self.instance(child).status.has_ended() {
                self.ready.remove(&child);
                self.block_inside(child, status);
            }
        }
    }

    /// What is in a group is as if it had never run; the marks that a retry keeps are kept.
    pub(super) fn reset_inside(&mut self, group: InstanceId, retried: StepId) {
        let node = self.instance(group).node;
        let address = self.instance(group).address.clone();
        let old = std::mem::take(&mut self.instance_mut(group).children);
        self.add_children(group, node, &address);
        self.keep_marks(&old, retried);
    }

    /// Instances replaced by new ones hand on their marks, unless the retried group renews them.
    fn keep_marks(&mut self, old: &[InstanceId], retried: StepId) {
        for gone in old {
            let instance = self.instance(*gone).clone();
            let renewed = &self.workflow().node(instance.node).arming.renewed_by;
            let kept = !renewed.contains(&retried);
            if let Some(new) = self.find(&instance.address)
                && kept
            {
                self.instance_mut(new).marks = instance.marks;
            }
            self.keep_marks(&instance.children, retried);
        }
    }

    pub(super) fn instance_mut(&mut self, id: InstanceId) -> &mut Instance {
        &mut self.instances[id.index()]
    }
}

fn joined(group: &str, id: &str) -> Name {
    if group.is_empty() {
        id.into()
    } else {
        format!("{group}.{id}").into()
    }
}
