//! The published schema says what is said to drivers and by them: all of it, and nothing else.

use std::borrow::Cow;
use std::sync::LazyLock;

use jsonschema::Validator;
use runsheet_driver::message::{
    Cancel, FromDriver, Goodbye, Greeting, Interrupt, Introduction, Lost, NotYet, Output, Perform,
    Read, Said, ToDriver, VERSION, line,
};
use runsheet_step::driver::CallKey;
use runsheet_step::fact::Fact;
use runsheet_step::request::{Request, Verb};
use runsheet_step::{Answer, Cursor, Fault, Form, Value};
use serde_json::{Value as Json, json};

/// The definitions of drivers and of the line that they refer to, in one.
static DEFINITIONS: LazyLock<Json> = LazyLock::new(|| {
    let drivers =
        include_str!("../messages.schema.json").replace("../abi/messages.schema.json", "");
    let [drivers, line] = [&drivers, include_str!("../../abi/messages.schema.json")].map(|text| {
        let whole: Json = serde_json::from_str(text).expect("a schema is JSON");
        whole["$defs"]
            .as_object()
            .expect("it has definitions")
            .clone()
    });
    // Of a name that both have, that of the drivers counts; what the line refers to is not such.
    line.into_iter().chain(drivers).collect()
});

fn definition(name: &str) -> Validator {
    let root = json!({"$ref": format!("#/$defs/{name}"), "$defs": *DEFINITIONS});
    jsonschema::draft202012::new(&root).expect("the schema can be compiled")
}

#[track_caller]
fn fits(name: &str, said: &Json) {
    if let Err(error) = definition(name).validate(said) {
        panic!("{name}: {error}\n{said}");
    }
}

fn key() -> CallKey {
    CallKey {
        run: "r1".into(),
        address: "a[\"B\"].c".into(),
        attempt: 1,
        turn: 2,
        index: 0,
    }
}

fn requests() -> [Request; 2] {
    let request = |verb| Request {
        host: "WEB".into(),
        facility: "http".into(),
        resource: "/a".into(),
        verb,
    };
    [request(Verb::Get), request(Verb::Put(5.into()))]
}

#[test]
fn what_the_engine_says_is_in_the_schema() {
    let [get, put] = requests();
    let options = Value::map([("base", Value::text("http://a"))]);
    let (key, before) = (key(), Fact::Absent);
    let messages = [
        ToDriver::Hello(Greeting {
            version: VERSION,
            facility: "http".into(),
        }),
        ToDriver::Perform(Perform {
            id: 1,
            key: Cow::Borrowed(&key),
            request: Cow::Borrowed(&put),
            before: Some(Cow::Borrowed(&before)),
            slice_ms: 30_000,
            options: Cow::Borrowed(&options),
        }),
        ToDriver::Read(Read {
            id: 2,
            request: Cow::Borrowed(&get),
            options: Cow::Borrowed(&options),
        }),
        ToDriver::Interrupt(Interrupt {
            key: Cow::Borrowed(&key),
        }),
        ToDriver::Cancel(Cancel { id: 1 }),
        ToDriver::Goodbye(Goodbye {}),
    ];
    for message in messages {
        let line = line(&message);
        let said: Json = serde_json::from_slice(&line).expect("it is JSON");
        fits("to_driver", &said);
        assert!(line.ends_with(b"\n") && !line[..line.len() - 1].contains(&b'\n'));
        let again: ToDriver<'_> = serde_json::from_value(said).expect("it is read as it is said");
        assert!(again == message);
    }
}

#[test]
fn what_a_driver_says_is_in_the_schema() {
    let cursor = Cursor {
        stream: "log".into(),
        position: 5,
    };
    let fault = Fault::transient(Form::code("no-connection"), "nobody listens");
    let answers = [
        Answer::Value(1.into()),
        Answer::Absent,
        Answer::Raced(2.into()),
        Answer::Fault(fault),
    ];
    let said = answers.map(|answer| FromDriver::Answer(Said { id: 1, answer }));
    let others = [
        FromDriver::Hello(Introduction {
            version: VERSION,
            at_once: 8,
            reads: true,
            patience_ms: Some(1),
        }),
        FromDriver::NotYet(NotYet {
            id: 1,
            cursor: Some(cursor),
        }),
        FromDriver::Lost(Lost {
            id: 1,
            message: "the line broke".into(),
        }),
        FromDriver::Output(Output {
            id: 1,
            text: "half\n".into(),
        }),
    ];
    for message in said.into_iter().chain(others) {
        fits(
            "from_driver",
            &serde_json::to_value(&message).expect("it is JSON"),
        );
    }
}

#[test]
fn the_little_that_an_author_must_write_is_enough() {
    for text in [
        json!({"hello": {"version": 1}}),
        json!({"not_yet": {"id": 1}}),
    ] {
        fits("from_driver", &text);
        serde_json::from_value::<FromDriver>(text).expect("and is read");
    }
    let hello = json!({"hello": {"version": 1}});
    let FromDriver::Hello(read) = serde_json::from_value(hello).expect("it is read") else {
        panic!("it is a hello");
    };
    assert_eq!(
        (read.at_once, read.reads, read.patience_ms),
        (1, false, None)
    );
}

#[test]
fn what_is_no_message_is_none_in_the_schema_either() {
    let wrong = [
        json!({"answer": {"id": 1}}),
        json!({"answer": {"id": 1, "answer": 3}}),
        json!({"hello": {}}),
        json!({"lost": {"id": -1, "message": ""}}),
        json!({"hum": {}}),
        json!("hello"),
    ];
    for text in wrong {
        assert!(!definition("from_driver").is_valid(&text), "{text}");
        assert!(
            serde_json::from_value::<FromDriver>(text.clone()).is_err(),
            "{text}"
        );
    }
}

#[test]
fn what_the_page_shows_is_in_the_schema() {
    let page = include_str!("../README.md");
    let filled = [
        ("\"key\": {..}", json!({"key": key()}).to_string()),
        (
            "\"request\": {..}",
            json!({"request": requests()[0]}).to_string(),
        ),
        ("\"options\": {..}", json!({"options": {}}).to_string()),
    ];
    let mut shown = 0;
    for piece in page.split('`').filter(|piece| piece.starts_with("{\"")) {
        let mut text = piece.to_owned();
        for (gap, whole) in &filled {
            text = text.replace(gap, &whole[1..whole.len() - 1]);
        }
        let Ok(said) = serde_json::from_str::<Json>(&text) else {
            continue;
        };
        let word = said
            .as_object()
            .and_then(|said| said.keys().next().cloned());
        let Some(word) = word.filter(|word| !matches!(word.as_str(), "$" | "raced" | "fault"))
        else {
            continue;
        };
        let asks = ["perform", "read", "interrupt", "cancel", "goodbye"];
        let is_asked = asks.contains(&word.as_str()) || said["hello"]["facility"].is_string();
        if matches!(word.as_str(), "list" | "put" | "act" | "wait" | "host") {
            continue;
        }
        fits(if is_asked { "to_driver" } else { "from_driver" }, &said);
        shown += 1;
    }
    assert!(shown >= 10, "{shown} messages are shown");
}
