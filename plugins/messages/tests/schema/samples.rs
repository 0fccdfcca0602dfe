//! One of everything that can be said.

use std::time::Duration;

use runsheet_messages::describe::{
    Answered, Description, DriverDescription, FacilityDescription, StepDescription,
};
use runsheet_messages::method::Method;
use runsheet_step::fact::{Fact, Key};
use runsheet_step::request::{Act, Cursor, Effect, Verb, Wait};
use runsheet_step::shape::{HostNeed, Type};
use runsheet_step::{
    Answer, Blob, Failure, Fault, Field, Form, Host, Input, Map, Moment, Name, Outcome, Piece,
    Request, Secret, Shape, Turn, Unknown, Value,
};

pub(crate) fn key() -> Key {
    Key {
        host: "WEB".into(),
        facility: "file".into(),
        resource: r"C:\AUTOEXEC.BAT".into(),
    }
}

pub(crate) fn map(name: &str, value: impl Into<Value>) -> Value {
    Value::map([(name, value.into())])
}

/// One value of each kind.
pub(crate) fn values() -> Value {
    let host = Host {
        name: "WEB".into(),
        groups: vec!["all".into()],
        vars: Map::from([("port".into(), 80.into())]),
    };
    let blob = Blob {
        sha256: "0".repeat(64).into(),
        size: 70_000,
        head: "MZ".into(),
    };
    let secret = Secret::text([Piece::Plain("-p".into()), Piece::Reference("WEB.pw".into())]);
    Value::list([
        Value::Null,
        true.into(),
        i64::MIN.into(),
        Value::Float(1.5),
        Value::Float(f64::NAN),
        Value::Float(f64::NEG_INFINITY),
        "text".into(),
        Duration::from_secs(90).into(),
        Duration::from_micros(500).into(),
        Value::Version("5.0".into()),
        Moment::LATER.into(),
        Value::Host(host.into()),
        Value::Secret(secret.into()),
        Value::Blob(blob.into()),
        Value::unknown("`t1`"),
        map("$", "duration"),
    ])
}

pub(crate) fn unknown() -> Unknown {
    Unknown::because("`t1`")
}

pub(crate) fn act() -> Act {
    let effect = |after| Effect {
        facility: "file".into(),
        resource: "x".into(),
        after,
    };
    Act {
        name: "copy".into(),
        args: map("to", "x"),
        effects: Some(vec![effect(None), effect(Some(values()))]),
    }
}

pub(crate) fn verbs() -> Vec<Verb> {
    let wait = |since, abort| {
        Verb::Wait(Wait {
            filter: map("line", "x"),
            since,
            count: 1,
            abort,
        })
    };
    let cursor = Cursor {
        stream: "s".into(),
        position: Cursor::IN_THE_RUN,
    };
    let bare = Act {
        name: "restart".into(),
        args: Value::Null,
        effects: None,
    };
    vec![
        Verb::Get,
        Verb::List(Value::Null),
        Verb::Put(values()),
        Verb::Delete,
        Verb::Act(act()),
        Verb::Act(bare),
        Verb::Mark,
        wait(None, None),
        wait(Some(cursor), Some(map("line", "y"))),
    ]
}

pub(crate) fn requests() -> Vec<Request> {
    verbs()
        .into_iter()
        .map(|verb| key().request(verb))
        .collect()
}

pub(crate) fn answers() -> Vec<Answer> {
    vec![
        Answer::Value(values()),
        Answer::Absent,
        Answer::Raced(1.into()),
        Answer::Fault(Fault::new(Form::Win32(2140), "an internal error")),
        Answer::Fault(Fault::transient(Form::Exit(-1), "busy")),
        Answer::Fault(Fault::new(Form::code("no-such-key"), "there is none")),
        Answer::Unknown(unknown()),
    ]
}

pub(crate) fn facts() -> [Fact; 3] {
    [
        Fact::Known(values()),
        Fact::Absent,
        Fact::Unknown(unknown()),
    ]
}

pub(crate) fn failure() -> Failure {
    let failure = Failure::code("bad-input", "it is too small").help("take more");
    failure.at(&["sizes", "0"]).outputs(map("size", 3))
}

pub(crate) fn turns() -> Vec<Turn> {
    vec![
        Turn::Ask(requests()),
        Turn::Done(Outcome::changed([("a", values())])),
        Turn::Unknown(unknown()),
        Turn::Failed(Box::new(failure())),
        Turn::Failed(Box::new(Failure::new(Form::Exit(1), "it failed"))),
    ]
}

/// One field of each type.
pub(crate) fn fields() -> Vec<Field> {
    let part = || {
        vec![
            Field::new("part", Type::Any, "a part")
                .required()
                .takes_secret(),
        ]
    };
    let types = [
        Type::Any,
        Type::Null,
        Type::Bool,
        Type::Int,
        Type::Number,
        Type::Text,
        Type::Path,
        Type::Pattern,
        Type::Duration,
        Type::Version,
        Type::Moment,
        Type::Secret,
        Type::Host,
        Type::word(&["start", "stop"]),
        Type::known(&["x86", "alpha"]),
        Type::list(Type::Int),
        Type::map(Type::Text),
        Type::Record(part()),
        Type::Open(part(), Box::new(Type::Int)),
        Type::OneOf(vec![Type::Null, Type::Host]),
    ];
    let field = |kind: Type| Field::new(kind.to_string(), kind.clone(), "of this type");
    let bounded = Field::new("few", Type::Int, "a number").within(Some(1), Some(9));
    types.into_iter().map(field).chain([bounded]).collect()
}

pub(crate) fn description() -> Description {
    let shape = |need| {
        let shape = Shape::new("it does").inputs(fields()).outputs(fields());
        shape.armed_by(&["host"]).host(need).example("uses: it")
    };
    let step = |need, acts, waits| StepDescription {
        kind: "it".into(),
        shape: shape(need),
        acts,
        waits,
        checks: true,
    };
    let answers = [
        Method::Predict,
        Method::Inverse,
        Method::Repeat,
        Method::Matches,
        Method::About,
    ];
    Description {
        name: "it".into(),
        version: "1.0.0".into(),
        summary: "it does".into(),
        steps: vec![
            step(HostNeed::Required, Answered::Always, Answered::Never),
            step(HostNeed::Optional, Answered::EachTime, Answered::Always),
            step(HostNeed::None, Answered::Never, Answered::EachTime),
        ],
        drivers: vec![DriverDescription {
            name: "shelf".into(),
            facility: "shelf".into(),
            run: vec!["python3".into(), "shelf.py".into()],
            files: vec!["books.py".into()],
            environment: vec!["SHELF".into()],
            options: Some(vec![Field::new("room", Type::Int, "which").required()]),
        }],
        facilities: vec![FacilityDescription {
            name: "it".into(),
            hears_others: true,
            answers: answers.map(|method| Name::from(method.name())).to_vec(),
            doc: "Shelves.".into(),
        }],
    }
}

pub(crate) fn input() -> Input {
    Input {
        host: Value::unknown("`t1`"),
        with: map("all", values()),
    }
}
