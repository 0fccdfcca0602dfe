//! A plugin's kind as a [`Step`] of the engine.

use std::borrow::Cow;
use std::sync::Arc;

use runsheet_messages::describe::{Answered, StepDescription};
use runsheet_messages::method::Method;
use runsheet_messages::step::{Checked, OneStep};
use runsheet_step::{
    Entry, Failure, Field, Input, Outcome, Request, Shape, Step, Stop, Turn, World, bounds,
};

use crate::line::{Line, Trouble, ask};
use crate::steady::Steady;

pub(crate) struct LoadedStep {
    pub(crate) plugin: Arc<str>,
    pub(crate) described: StepDescription,
    pub(crate) line: Arc<dyn Line>,
    pub(crate) steady: Steady,
}

impl LoadedStep {
    fn about<'m>(&'m self, input: &'m Input) -> OneStep<'m> {
        OneStep {
            kind: Cow::Borrowed(&self.described.kind),
            input: Cow::Borrowed(input),
        }
    }

    /// What it says of an input; nothing where it has nothing to say.
    fn checked(&self, input: &Input) -> Result<Option<Checked>, Trouble> {
        if !self.line.answers(Method::Check) {
            return Ok(None);
        }
        ask(&*self.line, Method::Check, &self.about(input)).map(Some)
    }

    fn failed(&self, trouble: &Trouble) -> Box<Failure> {
        Box::new(trouble.failure(&self.plugin))
    }

    /// An answer of the description, or of the plugin for this input; the cautious one where that
    /// is in trouble.
    fn each_time(&self, said: Answered, input: &Input, of: fn(&Checked) -> bool) -> bool {
        match said {
            Answered::Always => true,
            Answered::Never => false,
            Answered::EachTime => match self.checked(input) {
                Ok(Some(checked)) => of(&checked),
                Ok(None) | Err(_) => true,
            },
        }
    }
}

impl Step for LoadedStep {
    fn kind(&self) -> &str {
        &self.described.kind
    }

    fn shape(&self) -> &Shape {
        &self.described.shape
    }

    fn more_outputs(&self, input: &Input) -> Vec<Field> {
        match self.described.checks.then(|| self.checked(input)) {
            Some(Ok(Some(checked))) => checked.outputs,
            _ => Vec::new(),
        }
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        match self.described.checks.then(|| self.checked(input)) {
            None | Some(Ok(None)) => Vec::new(),
            Some(Ok(Some(checked))) => checked.failures,
            Some(Err(trouble)) => vec![*self.failed(&trouble)],
        }
    }

    fn acts(&self, input: &Input) -> bool {
        self.each_time(self.described.acts, input, |checked| checked.acts)
    }

    fn waits(&self, input: &Input) -> bool {
        self.each_time(self.described.waits, input, |checked| checked.waits)
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        if !self.described.shape.arms() || !self.line.answers(Method::Arm) {
            return Ok(Vec::new());
        }
        match ask(&*self.line, Method::Arm, &self.about(input)) {
            Ok(Turn::Ask(marks)) => Ok(marks),
            Ok(Turn::Unknown(why)) => Err(Stop::Unknown(why)),
            Ok(Turn::Failed(failure)) => Err(Stop::Failed(failure)),
            Ok(Turn::Done(_)) => {
                let trouble = Trouble::Nonsense("it is done before it began".to_owned());
                Err(Stop::Failed(self.failed(&trouble)))
            }
            Err(trouble) => Err(Stop::Failed(self.failed(&trouble))),
        }
    }

    fn run(&self, input: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        // The engine takes turns; only a caller that has no transcript lands here.
        match self.turn(input, &[]) {
            Turn::Done(outcome) => Ok(outcome),
            Turn::Ask(_) => Err(Stop::Pending),
            Turn::Unknown(why) => Err(Stop::Unknown(why)),
            Turn::Failed(failure) => Err(Stop::Failed(failure)),
        }
    }

    fn turn(&self, input: &Input, transcript: &[Entry]) -> Turn {
        // What is worked out is held to them only here.
        let beyond = bounds::beyond(&self.described.shape.inputs, &input.with);
        if let Some(failure) = beyond.into_iter().next() {
            return Turn::Failed(Box::new(failure));
        }
        let step = (&*self.described.kind, input, transcript);
        let armed = || self.arm(input).map_or(0, |marks| marks.len());
        match self.steady.turn(&*self.line, step, armed) {
            Ok(turn) => turn,
            Err(trouble) => Turn::Failed(self.failed(&trouble)),
        }
    }
}
