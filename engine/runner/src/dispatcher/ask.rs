//! Turns: a step asks, its questions are made safe, performed and answered, and it is called
//! again from the top.

use std::io;

use runsheet_language::workflow::Undo;
use runsheet_record::event::{Answered, Asked, Question, What, is_lost};
use runsheet_record::state::InstanceId;
use runsheet_step::fact::Fact;
use runsheet_step::request::Verb;
use runsheet_step::{
    Access, Answer, Failure, Fault, Form, Moment, Request, TURN_CAP, Turn, Unknown,
};

use super::{Dispatcher, Purpose};
use crate::input::input;
use crate::judge::{self, Verdict};

/// A step with questions on their way.
pub(super) struct Unit {
    pub(super) requests: Vec<Request>,
    /// What each write replaces; nothing for other questions.
    befores: Vec<Option<Fact>>,
    answers: Vec<Option<Answer>>,
    /// How many reads before writes are on their way.
    looking: usize,
    /// Its calls, each with the number of its question; a look before a write has none.
    pub(super) tickets: Vec<(u64, Option<usize>)>,
    /// How its step ends when the last act in flight is answered.
    pub(super) ending: Option<Ending>,
    /// When its questions were asked.
    pub(super) since: Moment,
}

/// How a step ends whose act was asked to end early.
pub(super) enum Ending {
    /// Somebody wants to leave, or the answer is lost: whether it happened is in doubt, as this
    /// says.
    Interrupted(Failure),
    /// It is out of time.
    TimedOut,
}

impl Unit {
    fn new(requests: Vec<Request>, since: Moment) -> Unit {
        let count = requests.len();
        Unit {
            requests,
            befores: vec![None; count],
            answers: vec![None; count],
            looking: 0,
            tickets: Vec::new(),
            ending: None,
            since,
        }
    }

    /// These questions are not asked any more.
    pub(super) fn give_up(&mut self, questions: &[usize]) {
        for n in questions {
            let fault = Fault::new(Form::code("given-up"), "nobody waited for it any more");
            self.answers[*n].get_or_insert(Answer::Fault(fault));
        }
    }

    /// The questions that have no answer yet.
    pub(super) fn open(&self) -> impl Iterator<Item = &Request> {
        let open = |(_, answer): &(&Request, &Option<Answer>)| answer.is_none();
        self.requests
            .iter()
            .zip(&self.answers)
            .filter(open)
            .map(|(request, _)| request)
    }
}

impl Dispatcher<'_> {
    /// One turn of a step. Says whether that led to anything: a step whose questions are on their
    /// way is not called again.
    pub(super) fn turn(&mut self, id: InstanceId) -> io::Result<bool> {
        if self.units.contains_key(&id) || self.expired.contains_key(&id) {
            return Ok(false);
        }
        let turn = self.next_turn(id);
        match turn {
            Ok(Turn::Ask(requests)) => self.look_before(id, requests)?,
            Ok(Turn::Done(outcome)) => self.judged(id, Ok(outcome))?,
            Ok(Turn::Failed(failure)) if self.is_stop(&failure) => return Ok(false),
            Ok(Turn::Failed(failure)) => self.judged(id, Err(failure))?,
            Ok(Turn::Unknown(why)) => {
                let message = format!("it needs what nobody knows: {why}");
                self.judged(id, Err(Failure::code("unknown-in-run", message).into()))?;
            }
            Err(failure) => self.judged(id, Err(failure))?,
        }
        Ok(true)
    }

    fn next_turn(&self, id: InstanceId) -> Result<Turn, Box<Failure>> {
        let instance = self.state.instance(id);
        let node = self.state.workflow().node(instance.node);
        let bad_kind = || {
            Box::new(Failure::code(
                "unknown-kind",
                "the kind is not there any more",
            ))
        };
        let action = node.action().ok_or_else(bad_kind)?;
        let kind = self.catalogue.kind(&action.kind).ok_or_else(bad_kind)?;
        let input = input(&self.state, id, action)?;
        let _span = tracing::debug_span!("step", address = %instance.address).entered();
        let turn = kind.turn(&input, &instance.whole_transcript());
        if matches!(turn, Turn::Ask(_)) && instance.turns as usize >= TURN_CAP {
            let message = format!("it asked {TURN_CAP} times and has not ended");
            let help = "a loop over things belongs into `foreach`";
            return Err(Failure::code("too-many-turns", message).help(help).into());
        }
        Ok(turn)
    }

    /// Judged by the rules of its workflow, and over or tried again.
    pub(super) fn judged(&mut self, id: InstanceId, verdict: Verdict) -> io::Result<()> {
        self.units.remove(&id);
        self.expired.remove(&id);
        let what = judge::judge(&self.state, id, verdict, self.clock.now());
        self.emit(what)
    }

    /// Whether what this act replaces is written down, for the act to be taken back at the end.
    fn is_temporary(&self, id: InstanceId, request: &Request) -> bool {
        let node = self.state.workflow().node(self.state.instance(id).node);
        let acts = matches!(request.verb, Verb::Act(_)) && self.access(request) != Access::Read;
        acts && node.undo == Undo::AtEnd
    }

    /// A write's question carries the value before it, so that is read first. What was there
    /// before a secret is most likely one too, and is not written down.
    fn look_before(&mut self, id: InstanceId, requests: Vec<Request>) -> io::Result<()> {
        let mut unit = Unit::new(requests, self.clock.now());
        let (turn, count) = (self.state.instance(id).turns + 1, unit.requests.len());
        for (n, request) in unit.requests.iter().enumerate() {
            match &request.verb {
                Verb::Put(value) if value.holds_secret() => {
                    unit.befores[n] = Some(Fact::Unknown(Unknown::because("a secret")));
                }
                Verb::Act(_) if !self.is_temporary(id, request) => {}
                Verb::Act(_) if self.access(request) == Access::Opaque => {
                    unit.befores[n] = Some(Fact::Unknown(Unknown::because("an act")));
                }
                Verb::Put(_) | Verb::Delete | Verb::Act(_) => {
                    let look = request.key().request(Verb::Get);
                    let key = self.key(id, turn, count + n);
                    let ticket = self.executor.perform(key, look, None);
                    self.tickets.insert(ticket, Purpose::Before(id, n));
                    unit.tickets.push((ticket, None));
                    unit.looking += 1;
                }
                _ => {}
            }
        }
        let ready = unit.looking == 0;
        self.units.insert(id, unit);
        self.watch(id);
        if ready { self.ask(id) } else { Ok(()) }
    }

    pub(super) fn seen_before(
        &mut self,
        id: InstanceId,
        n: usize,
        answer: &Answer,
    ) -> io::Result<()> {
        let Some(unit) = self.units.get_mut(&id) else {
            return Ok(());
        };
        unit.befores[n] = Some(Fact::from(answer));
        unit.looking -= 1;
        if unit.looking == 0 {
            self.ask(id)
        } else {
            Ok(())
        }
    }

    /// Writes the questions of a turn down. They are performed once that is safe.
    fn ask(&mut self, id: InstanceId) -> io::Result<()> {
        let Some(unit) = self.units.get(&id) else {
            return Ok(());
        };
        let pairs = unit
            .requests
            .iter()
            .cloned()
            .zip(unit.befores.iter().cloned());
        let questions = pairs
            .map(|(request, before)| Question { request, before })
            .collect();
        let instance = self.state.instance(id);
        let asked = Asked {
            address: instance.address.clone(),
            attempt: instance.attempt,
            turn: instance.turns,
            questions,
        };
        self.to_perform.push(id);
        self.emit(What::Asked(asked))
    }

    /// Performs what has been asked, after what asks for a write is safe in the journal, as safe as
    /// the site itself. All that was asked since the last time shares one sync. Says whether anything was answered at once,
    /// because the plan does not hold it.
    pub(super) fn perform_safely(&mut self) -> io::Result<bool> {
        let ids = std::mem::take(&mut self.to_perform);
        let units = ids.iter().filter_map(|id| self.units.get(id));
        let mut writes = units
            .flat_map(|unit| &unit.requests)
            .filter(|one| self.access(one) != Access::Read)
            .peekable();
        if writes.peek().is_some() {
            let outlasts = writes.any(|one| self.executor.outlasts_process(one));
            self.secure(outlasts)?;
        }
        let mut answered = false;
        for id in ids {
            answered |= self.perform(id)?;
        }
        Ok(answered)
    }

    /// Makes all that is written so far as safe as what is about to act needs it.
    pub(super) fn secure(&mut self, outlasts_process: bool) -> io::Result<()> {
        if outlasts_process {
            self.journal.sync()
        } else {
            self.journal.hand_over()
        }
    }

    pub(super) fn access(&self, request: &Request) -> Access {
        let facility = self.catalogue.facility_named(&request.facility);
        facility.map_or(Access::Opaque, |facility| facility.access(request))
    }

    fn perform(&mut self, id: InstanceId) -> io::Result<bool> {
        let Some(unit) = self.units.get(&id) else {
            return Ok(false);
        };
        let instance = self.state.instance(id);
        let (address, turn) = (instance.address.clone(), instance.turns);
        let questions: Vec<_> = unit
            .requests
            .iter()
            .cloned()
            .zip(unit.befores.iter().cloned())
            .enumerate()
            .collect();
        let mut refused = Vec::new();
        for (n, (request, before)) in questions {
            if let Err(fault) = self.permit.check(&address, &request, &self.catalogue) {
                refused.push((n, Answer::Fault(fault)));
                continue;
            }
            let key = self.key(id, turn, n);
            let ticket = self.executor.perform(key, request, before);
            self.tickets.insert(ticket, Purpose::Question(id, n));
            if let Some(unit) = self.units.get_mut(&id) {
                unit.tickets.push((ticket, Some(n)));
            }
        }
        let answered = !refused.is_empty();
        for (n, answer) in refused {
            self.answered(id, n, answer)?;
        }
        Ok(answered)
    }

    /// One question was answered; when all of a turn are, that is written down.
    pub(super) fn answered(&mut self, id: InstanceId, n: usize, answer: Answer) -> io::Result<()> {
        let Some(unit) = self.units.get_mut(&id) else {
            return Ok(());
        };
        unit.answers[n] = Some(answer);
        if unit.answers.iter().any(Option::is_none) {
            return Ok(());
        }
        let Some(mut unit) = self.units.remove(&id) else {
            return Ok(());
        };
        if let Some(failure) = self.lost(&unit) {
            unit.ending = Some(Ending::Interrupted(failure));
        }
        let instance = self.state.instance(id);
        let answered = Answered {
            address: instance.address.clone(),
            attempt: instance.attempt,
            turn: instance.turns.saturating_sub(1),
            answers: unit.answers.into_iter().flatten().collect(),
        };
        self.emit(What::Answered(answered))?;
        self.after(id, unit.ending)
    }

    /// What it means that the answer to a write is lost: the write may have happened or not.
    fn lost(&self, unit: &Unit) -> Option<Failure> {
        let answers = unit.answers.iter().flatten();
        let mut pairs = unit.requests.iter().zip(answers);
        let (_, answer) = pairs
            .find(|(request, answer)| is_lost(answer) && self.access(request) != Access::Read)?;
        let Answer::Fault(fault) = answer else {
            return None;
        };
        let help = "look at the site before it is done again";
        Some(Failure::from(fault.clone()).help(help))
    }

    /// Whether a step has asked for anything but reads in this attempt.
    pub(super) fn has_written(&self, id: InstanceId) -> bool {
        let transcript = &self.state.instance(id).transcript;
        transcript
            .iter()
            .any(|entry| self.access(&entry.request) != Access::Read)
    }
}
