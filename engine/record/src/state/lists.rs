//! How lists go on: what comes to be, what becomes ready, what can no longer run.
//!
//! What an end costs depends on what it sets free, never on how many others there are.

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
        if let Some(old) = self.by_address.insert(address.clone(), id) {
            instance.succeed(self.instance_mut(old));
        }
        let is_fan = instance.is_fan;
        self.instances.push(instance);
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

    /// The list that rescues an instance comes to be as the last that is in it, and may start.
    pub(super) fn open_rescue(&mut self, rescued: InstanceId) {
        let node = self.instance(rescued).node;
        let Some(list) = self.workflow().node(node).rescue else {
            return;
        };
        let id = &self.workflow().node(list).id;
        let address = joined(&self.instance(rescued).address, id);
        let list = self.add(list, Some(rescued), address, None);
        let instance = self.instance_mut(rescued);
        instance.children.push(list);
        instance.open = 1;
        self.make_ready(list);
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
        let last = self.finally_of(group);
        for child in self.instance(group).children.clone() {
            if self.instance(child).missing == 0 && Some(child) != last {
                self.make_ready(child);
            }
        }
        self.close_if_done(group);
    }

    /// Lets as many items of a fan start as may run at once.
    fn release(&mut self, fan: InstanceId) {
        let instance = self.instance(fan);
        if instance.phase != Phase::Running {
            return;
        }
        let foreach = &self.workflow().node(instance.node).foreach;
        let places = foreach
            .as_ref()
            .map_or(1, |foreach| foreach.parallel.max(1));
        while self.instance(fan).released < places {
            let instance = self.instance_mut(fan);
            let Some(next) = instance.children.get(instance.next as usize).copied() else {
                break;
            };
            instance.next += 1;
            if self.make_ready(next) {
                self.instance_mut(next).has_turn = true;
                self.instance_mut(fan).released += 1;
            }
        }
        self.close_if_done(fan);
    }

    /// An item has ended: another one may start, or none may any more.
    fn item_ended(&mut self, fan: InstanceId, item: InstanceId) {
        self.give_turn_back(fan, item);
        let failed = matches!(self.instance(item).status, Status::Failed | Status::InDoubt);
        let foreach = &self.workflow().node(self.instance(fan).node).foreach;
        let stops = foreach.as_ref().map(|foreach| foreach.failures) == Some(Failures::Stop);
        if failed && stops && !std::mem::replace(&mut self.instance_mut(fan).stopped, true) {
            self.stop(fan);
        }
        self.release(fan);
    }

    fn give_turn_back(&mut self, fan: InstanceId, item: InstanceId) {
        if std::mem::take(&mut self.instance_mut(item).has_turn) {
            self.instance_mut(fan).released -= 1;
        }
    }

    /// No item that has not started starts any more.
    fn stop(&mut self, fan: InstanceId) {
        for item in self.instance(fan).children.clone() {
            let instance = self.instance(item);
            let untouched = instance.started.is_none()
                && matches!(instance.phase, Phase::Waiting | Phase::Ready(_));
            if untouched {
                self.give_turn_back(fan, item);
                self.block(item, Status::Blocked);
                self.instance_mut(fan).open -= 1;
            }
        }
    }

    /// Says whether it was not ready before.
    fn make_ready(&mut self, id: InstanceId) -> bool {
        let waits = self.instance(id).phase == Phase::Waiting;
        if waits {
            self.instance_mut(id).phase = Phase::Ready(None);
            self.enqueue(id);
        }
        waits
    }

    /// A group whose steps have all ended is closed; of a call its `finally:` comes before that.
    fn close_if_done(&mut self, group: InstanceId) {
        let instance = self.instance(group);
        if instance.phase != Phase::Running {
            return;
        }
        if instance.open == 0 {
            self.instance_mut(group).phase = Phase::Closing;
            self.enqueue(group);
        } else if instance.open == 1
            && let Some(last) = self.finally_of(group)
        {
            self.make_ready(last);
        }
    }

    /// Something has ended: what needs it becomes ready or can no longer run.
    pub(super) fn after_end(&mut self, id: InstanceId) {
        let mut ended = vec![id];
        while let Some(id) = ended.pop() {
            let Some(parent) = self.instance(id).parent else {
                self.after_list(id);
                continue;
            };
            let open = &mut self.instance_mut(parent).open;
            *open = open.saturating_sub(1);
            if self.instance(parent).is_fan {
                self.item_ended(parent, id);
            } else {
                self.tell_followers(id, parent, &mut ended);
                self.close_if_done(parent);
            }
        }
    }

    fn tell_followers(&mut self, id: InstanceId, group: InstanceId, ended: &mut Vec<InstanceId>) {
        let status = self.instance(id).status;
        let well = status.is_well() || self.goes_on(group);
        let followers = self.followers.clone();
        for follower in &followers[self.instance(id).node.index()] {
            // A list of `finally:` waits for all to have ended, however they did.
            if self.workflow().is_finally(*follower) {
                continue;
            }
            let Some(next) = self.child_of(group, *follower) else {
                continue;
            };
            if well {
                let missing = &mut self.instance_mut(next).missing;
                *missing = missing.saturating_sub(1);
                if *missing == 0 {
                    self.make_ready(next);
                }
            } else if !self.instance(next).status.has_ended() {
                let cancelled = status == Status::Cancelled;
                self.block(next, if cancelled { status } else { Status::Blocked });
                ended.push(next);
            }
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

    /// What can no longer run, with all that is in it.
    pub(super) fn block(&mut self, id: InstanceId, status: Status) {
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            self.dequeue(id);
            let instance = self.instance_mut(id);
            instance.status = status;
            instance.phase = Phase::Ended;
            instance.open = 0;
            let children = self.instance(id).children.iter().copied();
            todo.extend(children.filter(|child| !self.instance(*child).status.has_ended()));
        }
    }

    /// What is in a group is as if it had never run; what a retry keeps is handed on.
    pub(super) fn reset_inside(&mut self, group: InstanceId, retried: StepId) {
        let node = self.instance(group).node;
        let address = self.instance(group).address.clone();
        let old = std::mem::take(&mut self.instance_mut(group).children);
        self.forget_renewed(old, retried);
        self.add_children(group, node, &address);
    }

    /// Marks that the retried group renews are not handed on, nor is what a call in it has taken
    /// back itself.
    fn forget_renewed(&mut self, mut old: Vec<InstanceId>, retried: StepId) {
        while let Some(id) = old.pop() {
            self.forget_restored(id);
            let node = self.instance(id).node;
            let renewed = &self.workflow().node(node).arming.renewed_by;
            if renewed.contains(&retried) {
                self.instance_mut(id).marks = None;
            }
            old.extend(&self.instance(id).children);
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
        [group, ".", id].concat().into()
    }
}
