//! The world as a step sees it: a transcript that answers, and a list of what it does not answer
//! yet.

use std::cell::{Cell, RefCell};

use crate::step::{Step, Turn};
use crate::{Answer, Entry, Failure, Input, Request, Stop, Value};

/// How many turns an attempt may take; more is a loop, and loops belong into `foreach`.
pub const TURN_CAP: usize = 256;

/// What a step may ask. Where the transcript has the answer, that is returned; where it has not,
/// the question becomes pending and `?` carries the stop out of the step.
pub struct World<'t> {
    transcript: &'t [Entry],
    armed: usize,
    at: Cell<usize>,
    pending: RefCell<Vec<Request>>,
    stop: RefCell<Option<Stop>>,
}

impl<'t> World<'t> {
    /// A world that answers from this transcript, whose first `armed` entries are marks that the
    /// engine took beforehand.
    #[must_use]
    pub fn new(transcript: &'t [Entry], armed: usize) -> World<'t> {
        World {
            transcript,
            armed,
            at: Cell::new(armed),
            pending: RefCell::default(),
            stop: RefCell::default(),
        }
    }

    /// The answer to one question.
    ///
    /// # Errors
    /// The reason to stop here for now: no answer yet, or one that a plan cannot know.
    pub fn ask(&self, request: Request) -> Result<&'t Answer, Stop> {
        let answer = self
            .look(request)
            .and_then(|seen| seen.ok_or(Stop::Pending));
        answer.and_then(known).or_else(|stop| self.halt(stop))
    }

    /// Several questions that may be asked at the same time; stops until all are answered.
    ///
    /// # Errors
    /// As [`World::ask`].
    pub fn ask_all(
        &self,
        requests: impl IntoIterator<Item = Request>,
    ) -> Result<Vec<&'t Answer>, Stop> {
        let seen: Result<Vec<_>, _> = requests.into_iter().map(|one| self.look(one)).collect();
        let answers = seen.and_then(|seen| {
            let all: Option<Vec<_>> = seen.into_iter().collect();
            all.ok_or(Stop::Pending)?.into_iter().map(known).collect()
        });
        answers.or_else(|stop| self.halt(stop))
    }

    /// A question whose reply the step does not need: what a plan cannot know of it does not stop
    /// the plan.
    ///
    /// # Errors
    /// As [`World::ask`], an unknown answer aside.
    pub fn tell(&self, request: Request) -> Result<Option<&'t Answer>, Stop> {
        match self
            .look(request)
            .and_then(|seen| seen.ok_or(Stop::Pending))
        {
            Ok(Answer::Unknown(_)) => Ok(None),
            Ok(answer) => Ok(Some(answer)),
            Err(stop) => self.halt(stop),
        }
    }

    /// The answer to the step's n-th mark.
    ///
    /// # Errors
    /// A failure if there is no such mark or it was not answered with a value; unknown in a plan.
    pub fn armed(&self, n: usize) -> Result<&'t Value, Stop> {
        let entry = if n < self.armed {
            self.transcript.get(n)
        } else {
            None
        };
        let answer = match entry.and_then(|entry| entry.answer.as_ref()) {
            Some(Answer::Value(value)) => Ok(value),
            Some(Answer::Unknown(why)) => Err(Stop::Unknown(why.clone())),
            Some(Answer::Fault(fault)) => Err(fault.clone().into()),
            _ => Err(Failure::code("no-mark", "the stream could not be marked").into()),
        };
        answer.or_else(|stop| self.halt(stop))
    }

    fn look(&self, request: Request) -> Result<Option<&'t Answer>, Stop> {
        // After a stop nothing more is asked: a step that swallows it cannot run ahead of what it
        // knows.
        if let Some(stop) = &*self.stop.borrow() {
            return Err(stop.clone());
        }
        let at = self.at.replace(self.at.get() + 1);
        match self.transcript.get(at) {
            Some(entry) if entry.request == request => Ok(entry.answer.as_ref()),
            Some(entry) => Err(changed_its_mind(at, &entry.request, &request)),
            None => {
                self.pending.borrow_mut().push(request);
                Ok(None)
            }
        }
    }

    fn halt<T>(&self, stop: Stop) -> Result<T, Stop> {
        self.stop.borrow_mut().get_or_insert_with(|| stop.clone());
        Err(stop)
    }
}

fn known(answer: &Answer) -> Result<&Answer, Stop> {
    match answer {
        Answer::Unknown(why) => Err(Stop::Unknown(why.clone())),
        answer => Ok(answer),
    }
}

fn changed_its_mind(at: usize, was: &Request, is: &Request) -> Stop {
    let phrase = |request: &Request| {
        format!(
            "{} {} {}",
            request.verb.word(),
            request.facility,
            request.resource
        )
    };
    let message = format!(
        "question {at} was `{}` and is now `{}`",
        phrase(was),
        phrase(is)
    );
    Failure::code("nondeterministic-step", message).into()
}

/// One turn of a step: called from the top with all that is known. What the world saw first
/// outranks what the step returned, so a swallowed stop changes nothing.
pub fn turn<S: Step + ?Sized>(step: &S, input: &Input, transcript: &[Entry]) -> Turn {
    let armed = match step.arm(input) {
        Ok(marks) => marks,
        Err(stop) => return ended(Some(stop), Err(Stop::Pending), Vec::new()),
    };
    if let Some(missing) = armed
        .get(transcript.len()..)
        .filter(|missing| !missing.is_empty())
    {
        return Turn::Ask(missing.to_vec());
    }
    let world = World::new(transcript, armed.len());
    let result = step.run(input, &world);
    let unread = transcript.len().saturating_sub(world.at.get());
    let stop = world.stop.into_inner();
    if stop.is_none() && result.is_ok() && unread > 0 {
        let message = format!("{unread} recorded answers were not asked for again");
        return Turn::Failed(Box::new(Failure::code("nondeterministic-step", message)));
    }
    ended(stop, result, world.pending.into_inner())
}

fn ended(stop: Option<Stop>, result: Result<crate::Outcome, Stop>, pending: Vec<Request>) -> Turn {
    match stop.map_or(result, Err) {
        Ok(outcome) => Turn::Done(outcome),
        Err(Stop::Pending) => Turn::Ask(pending),
        Err(Stop::Unknown(why)) => Turn::Unknown(why),
        Err(Stop::Failed(failure)) => Turn::Failed(failure),
    }
}

#[cfg(test)]
mod tests;
