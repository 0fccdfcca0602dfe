//! A kind that puts a label on something, and may be wrong in one way.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use runsheet_guest::step::fact::Key;
use runsheet_guest::step::request::Verb;
use runsheet_guest::step::shape::Type;
use runsheet_guest::step::{
    Answer, Entry, Failure, Field, Input, Outcome, Request, Shape, Step, Stop, Turn, Value, World,
    turn,
};

use crate::Wrong;

/// The kind.
pub(crate) struct Label {
    pub(crate) shape: Shape,
    pub(crate) wrong: Wrong,
    calls: AtomicUsize,
}

impl Label {
    pub(crate) fn new(wrong: Wrong) -> Label {
        let doc = match wrong {
            Wrong::Shapes => "",
            _ => "what it says now",
        };
        let uses = match wrong {
            Wrong::Example => "tag",
            _ => "label",
        };
        let example =
            format!("- id: name\n  uses: {uses}\n  host: A\n  with: {{text: B, token: C}}\n");
        let shape = Shape::new("a label is put on a host")
            .inputs([
                Field::new("text", Type::Text, "what it is to say").required(),
                Field::new("token", Type::Text, "who may").takes_secret(),
            ])
            .outputs([
                Field::new("text", Type::Text, doc).required(),
                Field::new("previous", Type::Any, "what it said before"),
            ])
            .armed_by(&["host"])
            .example(&example);
        Label {
            shape,
            wrong,
            calls: AtomicUsize::new(0),
        }
    }

    fn ask<'t>(
        &self,
        input: &Input,
        world: &World<'t>,
        resource: &str,
        verb: Verb,
    ) -> Result<&'t Answer, Stop> {
        world.ask(about(input, resource, verb)?)
    }

    /// What stands on the label now.
    fn previous(&self, input: &Input, world: &World<'_>) -> Result<Value, Stop> {
        match self.ask(input, world, "label", Verb::Get)? {
            Answer::Value(value) if self.wrong == Wrong::Blobs => {
                assert!(!matches!(value.get("text"), Value::Blob(_)), "too large");
                Ok(value.clone())
            }
            Answer::Value(value) => Ok(value.clone()),
            Answer::Fault(fault) => {
                let mut failure = Failure::from(fault.clone());
                failure.transient &= self.wrong != Wrong::Faults;
                Err(failure.into())
            }
            _ => Ok(Value::Null),
        }
    }

    fn wanted(&self, input: &Input, previous: &Value) -> Value {
        let text = match self.wrong {
            Wrong::Settled => format!("{previous}{}", input.with.get("text")).into(),
            _ => input.with.get("text").clone(),
        };
        let token = match (self.wrong, input.with.get("token")) {
            (Wrong::Secrets, token) => token.to_string().into(),
            (_, token) => token.clone(),
        };
        Value::map([("text", text), ("token", token)])
    }

    fn outputs(&self, input: &Input, previous: Value) -> [(&'static str, Value); 2] {
        let text = match self.wrong {
            Wrong::Outputs => 50_000.into(),
            _ => input.with.get("text").clone(),
        };
        let calls = i64::try_from(self.calls.fetch_add(1, Relaxed)).unwrap_or(0);
        let previous = match self.wrong {
            Wrong::Pure => calls.into(),
            _ => previous,
        };
        [("text", text), ("previous", previous)]
    }
}

fn about(input: &Input, resource: &str, verb: Verb) -> Result<Request, Stop> {
    let key = Key {
        host: input.host_name()?,
        facility: "labels".into(),
        resource: resource.into(),
    };
    Ok(key.request(verb))
}

impl Step for Label {
    fn kind(&self) -> &str {
        "label"
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        let is_text = input.with.get("text").as_text().is_some();
        match self.wrong == Wrong::UnknownInputs && !is_text {
            true => vec![Failure::code("bad-input", "it says nothing")],
            false => Vec::new(),
        }
    }

    fn acts(&self, _: &Input) -> bool {
        self.wrong != Wrong::Effects
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        let stream = match self.wrong {
            Wrong::Arm => input.with.get("text").to_string(),
            _ => "history".to_owned(),
        };
        Ok(vec![about(input, &stream, Verb::Mark)?])
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        let history = self.ask(input, world, "history", Verb::List(Value::Null))?;
        assert!(
            self.wrong != Wrong::Absent || *history != Answer::Absent,
            "there is always a history"
        );
        if self.wrong == Wrong::Answers {
            loop {
                self.ask(input, world, "label", Verb::Get)?;
            }
        }
        let previous = self.previous(input, world)?;
        let wanted = self.wanted(input, &previous);
        if previous == wanted {
            return Ok(Outcome::same(self.outputs(input, previous)));
        }
        if let Answer::Fault(fault) = self.ask(input, world, "label", Verb::Put(wanted))? {
            return Err(fault.clone().into());
        }
        let outputs = self.outputs(input, previous);
        Ok(match self.wrong {
            Wrong::Changed => Outcome::same(outputs),
            _ => Outcome::changed(outputs),
        })
    }

    fn turn(&self, input: &Input, transcript: &[Entry]) -> Turn {
        match turn(self, input, transcript) {
            Turn::Unknown(why) if self.wrong == Wrong::UnknownAnswers && !transcript.is_empty() => {
                Turn::Failed(Failure::code("bad-answer", why.to_string()).into())
            }
            turn => turn,
        }
    }
}
