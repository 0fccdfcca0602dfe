//! The plugin `NAME`: the facility `NAME`, whose resources are texts by name, and the kind of step
//! `NAME`, which sets one. What is done is done by the driver, in `src/driver.rs`; this library
//! only has the words for it, so that a plan can say what would change, and undo can take it back.
//!
//! A step is a function of its input and of the answers to its questions. It does nothing by
//! itself: it is called again from the top after every answer. Start reading at `run`.

use runsheet_guest::plugin::Driver;
use runsheet_guest::step::fact::Key;
use runsheet_guest::step::request::Verb;
use runsheet_guest::step::{Answer, Facility, Input, Stop, World};
use runsheet_guest::typed::{Ended, Kind, Typed};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Texts by name. They are read, written and deleted, as what goes without saying is; a facility
/// with acts of its own says here what they would change.
struct Texts;

impl Facility for Texts {
    fn name(&self) -> &str {
        "NAME"
    }
}

/// The fields of `with:`. The comments are what editors and `runsheet explain` tell.
#[derive(Deserialize, JsonSchema)]
struct Wanted {
    /// which text
    name: String,
    /// what it is to be
    text: String,
}

/// What later steps can use, as `steps.ID.outputs`.
#[derive(Serialize, JsonSchema)]
struct Set {
    /// what it was, or null
    before: Option<String>,
}

struct SetText;

impl Kind for SetText {
    const NAME: &'static str = "NAME";
    const SUMMARY: &'static str = "a text is set";
    const EXAMPLE: &'static str =
        "- id: it\n  uses: NAME\n  host: HERE\n  with: {name: motd, text: hello}\n";
    type Input = Wanted;
    type Output = Set;

    fn run(&self, wanted: Wanted, input: &Input, world: &World<'_>) -> Result<Ended<Set>, Stop> {
        let key = Key {
            host: input.host_name()?,
            facility: "NAME".into(),
            resource: wanted.name.into(),
        };
        let before = match world.ask(key.request(Verb::Get))? {
            Answer::Fault(fault) => return Err(fault.clone().into()),
            Answer::Value(text) => text.as_text().map(ToString::to_string),
            _ => None,
        };
        if before.as_ref() == Some(&wanted.text) {
            return Ok(Ended::same(Set { before }));
        }
        let put = key.request(Verb::Put(wanted.text.into()));
        match world.ask(put)? {
            Answer::Fault(fault) => Err(fault.clone().into()),
            _ => Ok(Ended::changed(Set { before })),
        }
    }
}

/// The driver, which stands beside the library.
const DRIVER: &str = if cfg!(windows) {
    "./NAME-driver.exe"
} else {
    "./NAME-driver"
};

runsheet_guest::export_plugin! {
    name: "NAME",
    summary: "texts by name",
    steps: [Typed::new(SetText)],
    facilities: [Texts],
    drivers: [Driver {
        name: "NAME",
        facility: "NAME",
        run: &[DRIVER],
        files: &[],
        environment: &[],
        options: None,
    }],
}

#[cfg(test)]
mod tests {
    use runsheet_guest::step::{Answer, Entry, Host, Input, Map, Step, Turn, Value};
    use runsheet_guest::typed::Typed;

    use super::{SetText, Verb};

    /// What a step that sets `motd` to `hello` does after these answers.
    fn turn(answers: &[Answer]) -> Turn {
        let host = Host { name: "HERE".into(), groups: Vec::new(), vars: Map::new() };
        let with = Value::map([("name", Value::text("motd")), ("text", "hello".into())]);
        let input = Input { host: Value::Host(host.into()), with };
        let step = Typed::new(SetText);
        let mut transcript = Vec::new();
        for answer in answers {
            let Turn::Ask(asked) = step.turn(&input, &transcript) else {
                panic!("it has a question");
            };
            let [request] = &*asked else {
                panic!("it has one question");
            };
            assert_eq!((&*request.host, &*request.resource), ("HERE", "motd"));
            transcript.push(Entry { request: request.clone(), answer: Some(answer.clone()) });
        }
        step.turn(&input, &transcript)
    }

    #[test]
    fn a_text_that_is_right_is_left_alone() {
        let Turn::Done(outcome) = turn(&[Answer::Value("hello".into())]) else {
            panic!("it is done");
        };
        assert!(!outcome.changed);
    }

    #[test]
    fn a_text_that_is_wrong_is_set() {
        let Turn::Ask(asked) = turn(&[Answer::Value("bye".into())]) else {
            panic!("it asks");
        };
        assert_eq!(asked[0].verb, Verb::Put("hello".into()));
        let Turn::Done(outcome) = turn(&[Answer::Absent, Answer::Absent]) else {
            panic!("it is done");
        };
        assert!(outcome.changed && outcome.outputs.get("before").is_null());
    }

    #[test]
    fn what_the_driver_refuses_fails_the_step() {
        let fault = r#"{"fault": {"form": {"code": "unwritable"}, "message": "no"}}"#;
        let fault: Answer = serde_json::from_str(fault).expect("it is an answer");
        let Turn::Failed(failure) = turn(&[Answer::Absent, fault]) else {
            panic!("it fails");
        };
        assert_eq!(failure.form.to_string(), "unwritable");
    }
}
