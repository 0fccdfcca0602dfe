//! The kind `wait-for-http`: asked again and again until the response is as expected.

use std::sync::LazyLock;
use std::time::Duration;

use runsheet_guest::step::fact::Key;
use runsheet_guest::step::request::{Verb, Wait};
use runsheet_guest::step::shape::Type;
use runsheet_guest::step::{
    Answer, Failure, Field, Input, Name, Outcome, Shape, Step, Stop, Value, World,
};
use serde::Deserialize;

use crate::facility::NAME;
use crate::request::{
    bad_url, given, holding, milliseconds, outputs, patience, status, timeout, url,
};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    let contains = "text that stands somewhere in the response";
    let every = "how long it waits before it asks again; default: 1s";
    Shape::new("a server is asked until its response is as expected")
        .inputs([
            url(),
            Field::new("headers", Type::map(Type::Text), "headers of the request"),
            timeout(),
            status(),
            Field::new("contains", Type::Text, contains),
            holding(),
            Field::new("every", Type::Duration, every),
        ])
        .outputs(outputs())
        .example(
            "- id: up\n  uses: wait-for-http\n  host: WEB\n  timeout: 5m\n  with:\n    url: /health\n    holds: {status: UP}\n",
        )
});

/// The fields of `with:`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitInput {
    url: Name,
    #[serde(default)]
    headers: Value,
    #[serde(default)]
    timeout: Value,
    #[serde(default)]
    status: Value,
    #[serde(default)]
    contains: Value,
    #[serde(default)]
    holds: Value,
    #[serde(default)]
    every: Value,
}

/// The kind.
pub struct WaitForHttp;

impl Step for WaitForHttp {
    fn kind(&self) -> &str {
        "wait-for-http"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn waits(&self, _: &Input) -> bool {
        true
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        bad_url(input.with.get("url"))
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        if let Some(fault) = self.check(input).into_iter().next() {
            return Err(fault.into());
        }
        let with: WaitInput = input.read()?;
        let filter = Value::map([
            ("headers", with.headers),
            ("status", with.status),
            ("contains", with.contains),
            ("holds", with.holds),
            ("every", milliseconds(&with.every, Duration::from_secs(1))),
            ("timeout", patience(&with.timeout)),
        ]);
        let key = Key {
            host: input.host_name()?,
            facility: NAME.into(),
            resource: with.url,
        };
        let wait = Verb::Wait(Wait {
            filter,
            since: None,
            count: 1,
            abort: None,
        });
        let response = match world.ask(key.request(wait))? {
            Answer::Value(items) => items.items().first().unwrap_or(&Value::Null),
            Answer::Fault(fault) => return Err(fault.clone().into()),
            _ => &Value::Null,
        };
        Ok(Outcome {
            outputs: given(response)?,
            changed: false,
        })
    }
}
