//! What each event does to the state. One small function an event.

use runsheet_language::workflow::Undo;
use runsheet_step::fact::{Change, Fact};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Entry, Moment, Name, Request, Unknown, Value};

use super::ends::{forget_deadline, on_ended, on_rescuing};
use super::{Instance, InstanceId, Phase, State};
use crate::event::{
    Answered, Armed, Asked, Confirmed, Event, Expanded, Promised, Question, Reserved, Restored,
    Retried, Started, What, is_lost,
};
use crate::status::Status;

pub(super) fn apply(state: &mut State, event: &Event) {
    let at = event.at;
    match &event.what {
        What::RunStarted(started) => state.begun = Some(started.clone()),
        What::Expanded(expanded) => on_expanded(state, expanded),
        What::Reserved(reserved) => on_reserved(state, reserved),
        What::Promised(promised) => on_promised(state, promised),
        What::Armed(armed) => on_armed(state, armed),
        What::Started(started) => on_started(state, at, started),
        What::Asked(asked) => on_asked(state, asked),
        What::Answered(answered) => on_answered(state, answered),
        What::Confirmed(confirmed) => on_confirmed(state, confirmed),
        What::Retried(retried) => on_retried(state, retried),
        What::Rescuing(failed) => on_rescuing(state, failed),
        What::Ended(ended) => on_ended(state, at, ended),
        What::Restored(restored) => on_restored(state, restored),
        What::CancelRequested => state.cancels += 1,
        What::RunEnded(ended) => state.ended = Some(ended.status),
    }
}

fn on_expanded(state: &mut State, expanded: &Expanded) {
    let Some(fan) = state.find(&expanded.address) else {
        return;
    };
    if !state.instance(fan).expanded {
        state.expand(fan, &expanded.items);
    }
}

fn on_reserved(state: &mut State, reserved: &Reserved) {
    let Some(id) = state.find(&reserved.address) else {
        return;
    };
    state.dequeue(id);
    if !reserved.passes {
        take(state, id, &reserved.locks);
    }
    state.reserved.insert(id);
    state.instance_mut(id).phase = Phase::Reserved;
}

fn on_confirmed(state: &mut State, confirmed: &Confirmed) {
    if let Some(id) = state.find(&confirmed.address) {
        state.instance_mut(id).confirmed = Some(confirmed.yes);
    }
}

/// Takes locks and a place, here and in its pools, each once.
fn take(state: &mut State, id: InstanceId, locks: &[Name]) {
    if !state.instance(id).has_place && acts(state, id) {
        state.instance_mut(id).has_place = true;
        state.acting += 1;
        for pool in pools(state, id) {
            *state.pools.entry(pool).or_default() += 1;
        }
    }
    for lock in locks {
        state.locks.insert(lock.clone(), id);
    }
    state.instance_mut(id).locks = locks.to_vec();
}

fn acts(state: &State, id: InstanceId) -> bool {
    let instance = state.instance(id);
    !instance.is_fan && state.workflow().node(instance.node).acts()
}

/// The names of the pools of a step.
fn pools(state: &State, id: InstanceId) -> Vec<Name> {
    let node = state.workflow().node(state.instance(id).node);
    node.pools.iter().map(|pool| pool.name.clone()).collect()
}

/// Gives back locks and places.
pub(super) fn give_back(state: &mut State, id: InstanceId) {
    if std::mem::take(&mut state.instance_mut(id).has_place) {
        state.acting -= 1;
        for pool in pools(state, id) {
            let taken = state.pools.entry(pool).or_default();
            *taken = taken.saturating_sub(1);
        }
    }
    for lock in std::mem::take(&mut state.instance_mut(id).locks) {
        state.locks.remove(&lock);
    }
}

fn on_promised(state: &mut State, promised: &Promised) {
    if let Some(id) = state.find(&promised.address) {
        state.instance_mut(id).marks = Some(vec![None; promised.marks as usize]);
    }
    if promised.marks == 0 {
        state.look_again();
    }
}

fn on_armed(state: &mut State, armed: &Armed) {
    for (address, number) in &armed.serves {
        let Some(id) = state.find(address) else {
            continue;
        };
        let marks = state.instance_mut(id).marks.get_or_insert_default();
        let number = *number as usize;
        if marks.len() <= number {
            marks.resize(number + 1, None);
        }
        let (request, answer) = (armed.request.clone(), Some(armed.answer.clone()));
        marks[number] = Some(Entry { request, answer });
    }
    state.look_again();
}

fn on_started(state: &mut State, at: Moment, started: &Started) {
    let Some(id) = state.find(&started.address) else {
        return;
    };
    state.dequeue(id);
    state.reserved.remove(&id);
    let is_step = !state.instance(id).is_fan
        && state
            .workflow()
            .node(state.instance(id).node)
            .action()
            .is_some();
    let instance = state.instance_mut(id);
    instance.phase = Phase::Running;
    instance.status = Status::Running;
    instance.attempt = started.attempt;
    instance.started.get_or_insert(at);
    instance.attempt_started = Some(at);
    instance.deadline = started.deadline;
    if is_step {
        take(state, id, &started.locks);
        state
            .deadlines
            .extend(started.deadline.map(|deadline| (deadline, id)));
        state.due.insert(id);
    } else {
        state.open_list(id);
    }
}

fn on_asked(state: &mut State, asked: &Asked) {
    let Some(id) = state.find(&asked.address) else {
        return;
    };
    state.due.remove(&id);
    remember_changes(state, id, &asked.questions);
    let instance = state.instance_mut(id);
    instance.turns = asked.turn + 1;
    let entry = |question: &Question| Entry {
        request: question.request.clone(),
        answer: None,
    };
    instance
        .transcript
        .extend(asked.questions.iter().map(entry));
}

fn remember_changes(state: &mut State, id: InstanceId, questions: &[Question]) {
    let writers = state.writers;
    let instance = state.instance_mut(id);
    instance.changes_before = instance.changes.len();
    instance.changes.extend(questions.iter().filter_map(change));
    if instance.wrote.is_none() && !instance.changes.is_empty() {
        instance.wrote = Some(writers);
        state.writers += 1;
    }
}

/// The change that a write makes, if it is one. What an act is to be taken back from is for its
/// facility to say.
fn change(question: &Question) -> Option<Change> {
    let after = match &question.request.verb {
        Verb::Put(value) => Fact::of(value.clone()),
        Verb::Delete => Fact::Absent,
        Verb::Act(_) if question.before.is_some() => {
            Fact::Unknown(Unknown::because("what an act changes"))
        }
        _ => return None,
    };
    let before = question.before.clone()?;
    Some(Change {
        key: question.request.key(),
        before,
        after,
    })
}

fn on_answered(state: &mut State, answered: &Answered) {
    let Some(id) = state.find(&answered.address) else {
        return;
    };
    let is_temporary = state.workflow().node(state.instance(id).node).undo == Undo::AtEnd;
    let instance = state.instance_mut(id);
    let open = instance
        .transcript
        .len()
        .saturating_sub(answered.answers.len());
    for (entry, answer) in instance.transcript[open..]
        .iter_mut()
        .zip(&answered.answers)
    {
        entry.answer = Some(answer.clone());
    }
    settle_changes(instance, open);
    if is_temporary {
        let done = instance.transcript[open..]
            .iter()
            .filter(|one| is_done(one));
        instance.acts.extend(done.map(|one| one.request.clone()));
    }
    state.due.insert(id);
}

/// A write that was answered with a fault changed nothing, unless it may have happened all the
/// same; one that replaced another value than the one seen before has that one to go back to.
fn settle_changes(instance: &mut Instance, open: usize) {
    let asked = instance.changes.split_off(instance.changes_before);
    let answers = instance.transcript[open..].iter();
    for mut change in asked {
        let is_its = |entry: &&Entry| entry.request.key() == change.key && is_write(&entry.request);
        match answers
            .clone()
            .find(is_its)
            .and_then(|entry| entry.answer.as_ref())
        {
            Some(answer @ Answer::Fault(_)) if !is_lost(answer) => continue,
            Some(Answer::Raced(other)) => change.before = Fact::of(other.clone()),
            _ => {}
        }
        instance.changes.push(change);
    }
    instance.changes_before = instance.changes.len();
}

fn is_done(entry: &Entry) -> bool {
    matches!(entry.request.verb, Verb::Act(_)) && matches!(entry.answer, Some(Answer::Value(_)))
}

fn is_write(request: &Request) -> bool {
    matches!(request.verb, Verb::Put(_) | Verb::Delete | Verb::Act(_))
}

fn on_retried(state: &mut State, retried: &Retried) {
    let Some(id) = state.find(&retried.address) else {
        return;
    };
    give_back(state, id);
    forget_deadline(state, id);
    state.due.remove(&id);
    state.reserved.remove(&id);
    let node = state.instance(id).node;
    if state.workflow().node(node).action().is_none() {
        state.reset_inside(id, node);
        renew_marks_outside(state, id);
    }
    let instance = state.instance_mut(id);
    instance.attempt = retried.attempt;
    instance.transcript.clear();
    instance.turns = 0;
    instance.phase = Phase::Ready(Some(retried.not_before));
    instance.status = Status::Waiting;
    state.enqueue(id);
}

/// A retried group takes new marks for waits outside it all of whose acting steps lie in it.
fn renew_marks_outside(state: &mut State, group: InstanceId) {
    let node = state.instance(group).node;
    let workflow = state.bound.workflow.clone();
    let outside = |step: &runsheet_language::workflow::StepId| {
        workflow.node(*step).arming.renewed_by.contains(&node) && !workflow.within(*step, node)
    };
    for step in workflow.ids().filter(outside) {
        for waiter in state.reach(group, step).unwrap_or_default() {
            state.instance_mut(waiter).marks = None;
        }
    }
}

fn on_restored(state: &mut State, restored: &Restored) {
    let well = matches!(
        restored.answer,
        Answer::Value(_) | Answer::Absent | Answer::Raced(_)
    );
    let which = (restored.address.clone(), restored.request.key());
    state.restored.insert(which, well);
}

impl State {
    /// A plan does not know whether this one runs.
    pub fn mark_maybe(&mut self, id: InstanceId) {
        self.instance_mut(id).maybe = true;
    }

    /// The outputs of an instance as expressions see them; null before it has ended.
    #[must_use]
    pub fn outputs(&self, id: InstanceId) -> &Value {
        &self.instance(id).outputs
    }
}
