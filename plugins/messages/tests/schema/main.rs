//! The published schema says what is said over the line: all of it, and nothing else.

use std::borrow::Cow;
use std::sync::LazyLock;

use jsonschema::Validator;
use runsheet_messages::describe::{Answered, Description};
use runsheet_messages::facility::{
    About, AboutRequest, Inverse, Matches, Predict, Repeated, Subject,
};
use runsheet_messages::method::Method;
use runsheet_messages::step::{Checked, NextTurn, OneStep};
use runsheet_step::fact::Change;
use runsheet_step::request::Verb;
use runsheet_step::shape::Type;
use runsheet_step::{Access, Answer, Entry, Field, Prediction, Repeat, Value};
use serde::Serialize;
use serde_json::{Value as Json, json};

mod page;
mod samples;

use samples::{
    act, answers, description, facts, failure, fields, input, key, requests, turns, values,
};

static SCHEMA: LazyLock<Json> = LazyLock::new(|| {
    let text = include_str!("../../../abi/messages.schema.json");
    serde_json::from_str(text).expect("the schema is JSON")
});

/// What reads the definition of this name.
fn definition(name: &str) -> Validator {
    let root = json!({"$ref": format!("#/$defs/{name}"), "$defs": SCHEMA["$defs"]});
    jsonschema::draft202012::new(&root).expect("the schema can be compiled")
}

#[track_caller]
fn fits(name: &str, said: &impl Serialize) {
    let said = serde_json::to_value(said).expect("messages are JSON");
    if let Err(error) = definition(name).validate(&said) {
        panic!("{name}: {error}\n{said}");
    }
}

#[test]
fn every_method_has_its_message_and_its_answer() {
    for method in Method::ALL {
        for name in [method.to_string(), format!("{method}.answer")] {
            assert!(SCHEMA["$defs"].get(&name).is_some(), "{name}");
        }
    }
    let title = SCHEMA["title"].as_str().expect("it has a title");
    assert!(title.ends_with("1.1"), "{title}");
}

#[test]
fn a_plugin_describes_itself_by_the_schema() {
    fits("describe", &json!({}));
    fits("describe.answer", &description());
    fits("describe.answer", &json!({"name": "it", "version": "1"}));
    fits("refusal", &json!({"message": "no"}));
}

#[test]
fn the_little_that_an_author_must_write_is_a_description() {
    let shape = json!({"summary": "it does", "inputs": [{"name": "a", "kind": "int"}]});
    let least = json!({"name": "it", "version": "1", "steps": [{"kind": "it", "shape": shape}]});
    fits("describe.answer", &least);
    let read: Description = serde_json::from_value(least).expect("and is read as one");
    assert_eq!(read.steps[0].acts, Answered::Always);
    assert_eq!(
        read.steps[0].shape.inputs[0],
        Field::new("a", Type::Int, "")
    );
}

#[test]
fn messages_about_a_step_are_those_of_the_schema() {
    let entry = |(request, answer)| Entry {
        request,
        answer: Some(answer),
    };
    let mut transcript: Vec<Entry> = requests().into_iter().zip(answers()).map(entry).collect();
    transcript.push(Entry {
        request: key().request(Verb::Get),
        answer: None,
    });
    let one = OneStep {
        kind: Cow::Borrowed("it"),
        input: Cow::Owned(input()),
    };
    fits("arm", &one);
    fits("check", &one);
    fits(
        "turn",
        &NextTurn {
            kind: Cow::Borrowed("it"),
            input: Cow::Owned(input()),
            transcript: Cow::Owned(transcript),
        },
    );
    for turn in turns() {
        fits("turn.answer", &turn);
        fits("arm.answer", &turn);
    }
    fits("check.answer", &json!({}));
    fits(
        "check.answer",
        &Checked {
            failures: vec![failure()],
            outputs: fields(),
            acts: false,
            waits: true,
        },
    );
}

fn about(of: Subject<'_>) -> About<'_> {
    About {
        facility: Cow::Borrowed("it"),
        of,
    }
}

#[test]
fn a_question_goes_to_its_facility_by_the_schema() {
    for request in requests() {
        fits(
            "predict",
            &Predict {
                facility: Cow::Borrowed("it"),
                request: Cow::Borrowed(&request),
                facts: facts().map(|fact| (key(), fact)).to_vec(),
            },
        );
        for probe in [None, Some(Cow::Owned(Answer::Absent))] {
            fits(
                "repeat",
                &Repeated {
                    facility: Cow::Borrowed("it"),
                    request: Cow::Borrowed(&request),
                    probe,
                },
            );
        }
        fits("about", &about(Subject::Request(Cow::Borrowed(&request))));
        fits("inverse.answer", &Some(&request));
        fits("repeat.answer", &Repeat::Probe(request));
    }
}

#[test]
fn a_change_is_foreseen_and_taken_back_by_the_schema() {
    let [known, absent, unknown] = facts();
    for (before, after) in [(known.clone(), absent), (unknown, known)] {
        let change = Change {
            key: key(),
            before,
            after,
        };
        fits(
            "inverse",
            &Inverse {
                facility: Cow::Borrowed("it"),
                change: Cow::Borrowed(&change),
            },
        );
        fits(
            "predict.answer",
            &Prediction {
                reply: Answer::Absent,
                changes: vec![change],
            },
        );
    }
}

#[test]
fn values_go_to_their_facility_by_the_schema() {
    let values: Cow<'_, Value> = Cow::Owned(values());
    fits(
        "matches",
        &Matches {
            facility: Cow::Borrowed("it"),
            filter: Cow::Owned(Value::Null),
            item: values.clone(),
        },
    );
    fits(
        "about",
        &about(Subject::Begun(Cow::Owned(act()), values.clone())),
    );
    fits(
        "about",
        &about(Subject::Same(values.clone(), values.clone())),
    );
    fits("about", &about(Subject::Show(values)));
}

#[test]
fn answers_about_a_facility_are_those_of_the_schema() {
    for answer in answers() {
        fits("answer", &answer);
        fits("repeat.answer", &answer);
    }
    fits("inverse.answer", &Json::Null);
    fits("repeat.answer", &Json::Null);
    fits("repeat.answer", &Repeat::Safely);
    fits("repeat.answer", &Repeat::AskOperator);
    fits("matches.answer", &true);
    for access in [Access::Read, Access::Write, Access::Opaque] {
        fits(
            "about.answer",
            &AboutRequest {
                access,
                phrase: "look".into(),
                area: "all".into(),
                looks_at: vec![key()],
            },
        );
    }
    for answer in [json!("name"), json!(null), json!(true)] {
        fits("about.answer", &answer);
    }
}

#[test]
fn what_is_said_wrong_does_not_fit() {
    let wrong = [
        ("describe.answer", json!({"name": "it"})),
        (
            "describe.answer",
            json!({"name": "it", "version": "1", "kinds": []}),
        ),
        ("turn.answer", json!({"done": {"outputs": {}}})),
        (
            "turn.answer",
            json!({"ask": [], "done": {"outputs": {}, "changed": false}}),
        ),
        ("turn.answer", json!("done")),
        (
            "turn.answer",
            json!({"failed": {"form": {"error": 5}, "message": "no"}}),
        ),
        (
            "request",
            json!({"host": "A", "facility": "f", "resource": "r", "verb": {"get": {}}}),
        ),
        (
            "request",
            json!({"facility": "f", "resource": "r", "verb": "get"}),
        ),
        ("value", json!({"$": "secret", "v": "hunter2"})),
        ("value", json!({"$": "duration", "v": "5m"})),
        ("value", json!({"$": "duration", "v": 5, "ns": 0})),
        ("value", json!({"$": "time", "v": 5})),
        ("value", json!({"a": [{"$": "blob"}]})),
        ("type", json!({"word": "start"})),
        ("type", json!("string")),
        ("answer", json!({"absent": null})),
        ("matches.answer", json!("yes")),
    ];
    for (name, said) in wrong {
        assert!(!definition(name).is_valid(&said), "{name}: {said}");
    }
}
