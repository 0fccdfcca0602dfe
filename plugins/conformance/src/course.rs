//! One step from its first turn to its last, and all that was said on the way.

use std::borrow::Cow;

use runsheet_host::line::{Line, Trouble, ask};
use runsheet_messages::method::Method;
use runsheet_messages::step::{NextTurn, OneStep};
use runsheet_step::{Answer, Entry, Failure, Input, Outcome, Request, TURN_CAP, Turn, Unknown};

use crate::world::World;

/// How a step ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum End {
    /// Well.
    Done(Outcome),
    /// With a failure.
    Failed(Box<Failure>),
    /// It says that it cannot know.
    Unknown(Unknown),
    /// It waits for what does not come.
    Waits,
    /// There was no answer.
    Trouble(Method, Trouble),
    /// It asks on without end, or asks nothing.
    Endless(&'static str),
}

impl End {
    /// How it ended, in one line.
    pub(crate) fn told(&self) -> String {
        match self {
            End::Done(outcome) => format!("it is done, with {}", outcome.outputs),
            End::Failed(failure) => format!("it fails: {failure}"),
            End::Unknown(why) => format!("it cannot know: {why}"),
            End::Waits => "it waits".to_owned(),
            End::Trouble(method, trouble) => format!("`{method}`: {trouble}"),
            End::Endless(how) => (*how).to_owned(),
        }
    }

    /// What no end may be, whatever was answered.
    pub(crate) fn is_proper(&self) -> Result<(), String> {
        match self {
            // Whoever gives two turns for one message is not pure, and told so there.
            End::Trouble(_, Trouble::Wavered(_)) => Ok(()),
            End::Trouble(..) | End::Endless(_) => Err(self.told()),
            _ => Ok(()),
        }
    }
}

/// A course of a step.
#[derive(Clone)]
pub(crate) struct Course<'f> {
    /// What it was given.
    pub(crate) input: Input,
    /// What it asked, and what was said; its marks come first.
    pub(crate) transcript: Vec<Entry>,
    /// How many of those are marks.
    pub(crate) marks: usize,
    /// Its turns, with the length of the transcript at each.
    pub(crate) turns: Vec<(usize, Turn)>,
    /// How it ended.
    pub(crate) end: End,
    /// The world as it left it.
    pub(crate) world: World<'f>,
}

impl Course<'_> {
    /// What it asked.
    pub(crate) fn requests(&self) -> impl Iterator<Item = &Request> {
        self.transcript.iter().map(|entry| &entry.request)
    }

    /// Its outcome, where it ended well.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        match &self.end {
            End::Done(outcome) => Some(outcome),
            _ => None,
        }
    }
}

/// Another answer in place of the world's: to the question of this number.
pub(crate) type Twist<'t> = &'t dyn Fn(usize, &Request) -> Option<Answer>;

/// A kind at the other end of a line.
#[derive(Clone, Copy)]
pub(crate) struct Player<'l> {
    /// The line.
    pub(crate) line: &'l dyn Line,
    /// The kind.
    pub(crate) kind: &'l str,
    /// Whether it arms.
    pub(crate) arms: bool,
}

impl Player<'_> {
    /// Its marks for an input.
    pub(crate) fn arm(&self, input: &Input) -> Result<Turn, Trouble> {
        if !self.arms || !self.line.answers(Method::Arm) {
            return Ok(Turn::Ask(Vec::new()));
        }
        let message = OneStep {
            kind: Cow::Borrowed(self.kind),
            input: Cow::Borrowed(input),
        };
        ask(self.line, Method::Arm, &message)
    }

    /// Its next turn.
    pub(crate) fn turn(&self, input: &Input, transcript: &[Entry]) -> Result<Turn, Trouble> {
        let message = NextTurn {
            kind: Cow::Borrowed(self.kind),
            input: Cow::Borrowed(input),
            transcript: Cow::Borrowed(transcript),
        };
        ask(self.line, Method::Turn, &message)
    }

    /// A whole course in a world.
    pub(crate) fn play<'f>(&self, input: &Input, world: World<'f>) -> Course<'f> {
        self.play_with(input, world, &|_, _| None)
    }

    /// A whole course, with other answers where the twist has some.
    pub(crate) fn play_with<'f>(
        &self,
        input: &Input,
        world: World<'f>,
        twist: Twist<'_>,
    ) -> Course<'f> {
        let mut course = Course {
            input: input.clone(),
            transcript: Vec::new(),
            marks: 0,
            turns: Vec::new(),
            end: End::Waits,
            world,
        };
        course.end = self.end_of(&mut course, twist);
        course
    }

    fn end_of(&self, course: &mut Course<'_>, twist: Twist<'_>) -> End {
        match self.arm(&course.input) {
            Ok(Turn::Ask(marks)) => {
                course.marks = marks.len();
                if !answered(course, marks, twist) {
                    return End::Waits;
                }
            }
            Ok(Turn::Failed(failure)) => return End::Failed(failure),
            Ok(Turn::Unknown(why)) => return End::Unknown(why),
            Ok(Turn::Done(_)) => return End::Endless("it is done before it began"),
            Err(trouble) => return End::Trouble(Method::Arm, trouble),
        }
        for _ in 0..TURN_CAP {
            let turn = match self.turn(&course.input, &course.transcript) {
                Ok(turn) => turn,
                Err(trouble) => return End::Trouble(Method::Turn, trouble),
            };
            course.turns.push((course.transcript.len(), turn.clone()));
            match turn {
                Turn::Ask(requests) if requests.is_empty() => {
                    return End::Endless("it asks for nothing, and so never goes on");
                }
                Turn::Ask(requests) => {
                    if !answered(course, requests, twist) {
                        return End::Waits;
                    }
                }
                Turn::Done(outcome) => return End::Done(outcome),
                Turn::Failed(failure) => return End::Failed(failure),
                Turn::Unknown(why) => return End::Unknown(why),
            }
        }
        End::Endless("it still asks after as many turns as a step may take")
    }
}

/// Answers these questions; no where one of them is a wait for what does not come.
fn answered(course: &mut Course<'_>, requests: Vec<Request>, twist: Twist<'_>) -> bool {
    for request in requests {
        let number = course.transcript.len();
        let twisted = twist(number, &request);
        let Some(answer) = twisted.or_else(|| course.world.answer(&request)) else {
            return false;
        };
        let answer = Some(answer);
        course.transcript.push(Entry { request, answer });
    }
    true
}
