//! What the schedule must look at. Steps that can write stand in a row of their own: while there
//! is no place for them, nobody need look at them.

use std::collections::BTreeSet;

use runsheet_step::Moment;

use super::{InstanceId, Phase, State};

/// What may start or close.
#[derive(Default)]
pub(super) struct Queue {
    /// Whatever needs no place.
    free: BTreeSet<InstanceId>,
    /// Steps that can write.
    acting: BTreeSet<InstanceId>,
    /// Pauses between attempts, by their end.
    pauses: BTreeSet<(Moment, InstanceId)>,
}

impl State {
    /// What the schedule must look at in any case.
    pub fn ready(&self) -> impl Iterator<Item = InstanceId> + '_ {
        self.queue.free.iter().copied()
    }

    /// Steps that can write, to be looked at as long as there are places.
    pub fn ready_to_act(&self) -> impl Iterator<Item = InstanceId> + '_ {
        self.queue.acting.iter().copied()
    }

    /// When the next pause between two attempts ends.
    #[must_use]
    pub fn next_pause(&self, now: Moment) -> Option<Moment> {
        let mut later = self.queue.pauses.iter().map(|(moment, _)| *moment);
        later.find(|moment| *moment > now)
    }

    pub(super) fn enqueue(&mut self, id: InstanceId) {
        let instance = self.instance(id);
        let phase = instance.phase;
        let acts = !instance.is_fan && self.workflow().node(instance.node).acts();
        if let Phase::Ready(Some(moment)) = phase {
            self.queue.pauses.insert((moment, id));
        }
        match acts && phase != Phase::Reserved {
            true => self.queue.acting.insert(id),
            false => self.queue.free.insert(id),
        };
    }

    pub(super) fn dequeue(&mut self, id: InstanceId) {
        if let Phase::Ready(Some(moment)) = self.instance(id).phase {
            self.queue.pauses.remove(&(moment, id));
        }
        self.queue.free.remove(&id);
        self.queue.acting.remove(&id);
    }

    /// Whoever holds its locks and waits for marks is looked at again.
    pub(super) fn look_again(&mut self) {
        self.queue.free.extend(&self.reserved);
    }
}
