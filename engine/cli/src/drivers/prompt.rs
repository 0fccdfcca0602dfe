//! The facility `prompt`: a person at the terminal does it and says so. What the lab can do in a
//! person's place it does.

use std::sync::Arc;

use runsheet_site::prompt::reply;
use runsheet_step::driver::{Call, Driver, Pending, Reply};
use runsheet_step::request::{Verb, Wait};
use runsheet_step::{Answer, Fault, Form, Map, Name, Value};

use crate::operator::Answers;
use crate::person::Person;

/// Asks.
pub(super) struct Asking {
    /// Who does what a person would do, if anybody does.
    stand_in: Option<Arc<dyn Driver>>,
    answers: Answers,
}

impl Asking {
    pub(super) fn new(stand_in: Option<Arc<dyn Driver>>, answers: Answers) -> Asking {
        Asking { stand_in, answers }
    }
}

impl Driver for Asking {
    fn perform<'a>(&'a self, call: &'a Call<'a>) -> Pending<'a, Reply> {
        Box::pin(async move {
            match (&call.request.verb, &self.stand_in) {
                (Verb::Act(_), Some(stand_in)) => stand_in.perform(call).await,
                (Verb::Act(_), None) => Reply::Answer(Answer::Value(Value::Null)),
                (Verb::Wait(wait), _) => Reply::Answer(self.ask(call, wait).await),
                _ => Reply::Answer(Answer::Absent),
            }
        })
    }

    fn follows_site_clock(&self) -> bool {
        false
    }

    fn outlasts_process(&self) -> bool {
        let stand_in = self.stand_in.as_ref();
        stand_in.is_none_or(|stand_in| stand_in.outlasts_process())
    }
}

impl Asking {
    async fn ask(&self, call: &Call<'_>, wait: &Wait) -> Answer {
        let form = wait
            .filter
            .get("form")
            .as_map()
            .cloned()
            .unwrap_or_default();
        let person = match &self.answers {
            Answers::Yes if form.is_empty() => return answered(true, "--yes", Value::Null),
            Answers::Yes => return nobody("--yes cannot fill in a form"),
            Answers::No(why) => return nobody(why),
            Answers::Person(person) => person,
        };
        let _turn = person.turn().await;
        let (host, say) = (&call.request.host, &call.request.resource);
        let place = if host.is_empty() {
            String::new()
        } else {
            format!(" at {host}")
        };
        let question = format!("\n{}{place}:\n  {say}\n  done?", call.key.address);
        match person.yes(&question).await {
            Ok(Some(true)) => match filled(person, &form).await {
                Some(form) => answered(true, "the person at the terminal", form),
                None => nobody("the input has ended"),
            },
            Ok(Some(false)) => answered(false, "the person at the terminal", Value::Null),
            Ok(None) => nobody("the input has ended"),
            Err(error) => nobody(&error.to_string()),
        }
    }
}

fn answered(yes: bool, by: &str, form: Value) -> Answer {
    Answer::Value(Value::list([reply(yes, by, None, form)]))
}

fn nobody(why: &str) -> Answer {
    let message = format!("there is nobody to ask: {why}");
    Answer::Fault(Fault::new(Form::code("no-terminal"), message))
}

/// The values of a form, each asked for until it fits its type; nothing at the end of the input.
async fn filled(person: &Person, form: &Map) -> Option<Value> {
    if form.is_empty() {
        return Some(Value::Null);
    }
    let mut entries: Vec<(Name, Value)> = Vec::new();
    for (name, word) in form {
        let word = word.as_text().map_or("text", |word| &**word);
        let value = loop {
            let line = person.ask(&format!("  {name} ({word}): ")).await.ok()??;
            if let Some(value) = typed(&line, word) {
                break value;
            }
        };
        entries.push((name.clone(), value));
    }
    Some(Value::map(entries))
}

fn typed(line: &str, word: &str) -> Option<Value> {
    match word {
        "int" => line.parse::<i64>().ok().map(Value::Int),
        "bool" => match line {
            "true" | "yes" => Some(true.into()),
            "false" | "no" => Some(false.into()),
            _ => None,
        },
        _ => Some(line.into()),
    }
}
