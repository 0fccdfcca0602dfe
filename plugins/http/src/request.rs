//! The kind `http`: one request, whose response is looked at.

use std::sync::LazyLock;
use std::time::Duration;

use runsheet_guest::step::fact::Key;
use runsheet_guest::step::request::{Act, Request, Verb};
use runsheet_guest::step::shape::Type;
use runsheet_guest::step::{
    Answer, Failure, Field, Input, Name, Outcome, Shape, Step, Stop, Value, World,
};
use runsheet_site::lines::{Lines, faults_of_patterns, patterns, patterns_type, tail};
use runsheet_site::text::outputs_of_patterns;
use serde::Deserialize;

use crate::expect::{data, holds, is_status};
use crate::facility::{NAME, only_looks};

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    Shape::new("a request is made over HTTP, and its response is looked at")
        .inputs(asked().into_iter().chain(judged()))
        .outputs(outputs())
        .example(
            "- id: drained\n  uses: http\n  host: WEB\n  with:\n    url: /admin/drain\n    method: POST\n    json: {after: 30}\n    holds: {state: draining}\n",
        )
});

fn asked() -> [Field; 6] {
    let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    [
        url(),
        Field::new(
            "method",
            Type::word(&methods),
            "how it is asked; default: GET",
        ),
        headers(),
        Field::new("body", Type::Text, "what is sent, as text").takes_secret(),
        Field::new("json", Type::Any, "what is sent, as JSON").takes_secret(),
        timeout(),
    ]
}

/// The input `url`.
pub(crate) fn url() -> Field {
    let doc = "what is asked: a URL, or a path below the `base:` that the site file says";
    Field::new("url", Type::Text, doc).required()
}

fn headers() -> Field {
    Field::new("headers", Type::map(Type::Text), "headers of the request").takes_secret()
}

/// The input `timeout`.
pub(crate) fn timeout() -> Field {
    Field::new(
        "timeout",
        Type::Duration,
        "how long the server may take; default: 30s",
    )
}

/// The input `status`.
pub(crate) fn status() -> Field {
    let doc = "the statuses that mean success; default: 200 to 299";
    Field::new("status", Type::list(Type::Int), doc)
}

/// The input `holds`.
pub(crate) fn holding() -> Field {
    let doc = "data that the response holds as JSON: every field that is named here, to any depth";
    Field::new("holds", Type::Any, doc)
}

fn judged() -> [Field; 4] {
    let says =
        "what a line of the response, or the whole, looks like; of several patterns each is met";
    [
        status(),
        Field::new("says", patterns_type(), says),
        Field::new(
            "lacks",
            patterns_type(),
            "what no line of the response looks like",
        ),
        holding(),
    ]
}

/// What both kinds give.
pub(crate) fn outputs() -> [Field; 4] {
    [
        Field::new("status", Type::Int, "the status of the response"),
        Field::new(
            "headers",
            Type::map(Type::Text),
            "its headers, names in lower case",
        ),
        Field::new("body", Type::Text, "its body, the first 64 KiB of it"),
        Field::new("json", Type::Any, "its body as data, if it is JSON"),
    ]
}

/// The fields of `with:`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HttpInput {
    url: Name,
    #[serde(default = "get")]
    method: Name,
    #[serde(default)]
    headers: Value,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    json: Value,
    #[serde(default)]
    timeout: Value,
    #[serde(default)]
    status: Vec<Value>,
    #[serde(default)]
    says: Value,
    #[serde(default)]
    lacks: Value,
    #[serde(default)]
    holds: Value,
}

fn get() -> Name {
    "GET".into()
}

/// How long a server may take where nothing is said.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A length of time as a driver is told it, in milliseconds: a part of one is one.
pub(crate) fn milliseconds(span: &Value, otherwise: Duration) -> Value {
    let span = match span {
        Value::Duration(span) => *span,
        _ => otherwise,
    };
    let millis = span.as_nanos().div_ceil(1_000_000);
    i64::try_from(millis).unwrap_or(i64::MAX).into()
}

/// How long a server may take, as a driver is told it.
pub(crate) fn patience(timeout: &Value) -> Value {
    milliseconds(timeout, TIMEOUT)
}

/// The kind.
pub struct Http;

impl Step for Http {
    fn kind(&self) -> &str {
        "http"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn more_outputs(&self, input: &Input) -> Vec<Field> {
        outputs_of_patterns(patterns(input.with.get("says")))
    }

    fn acts(&self, input: &Input) -> bool {
        match input.with.get("method") {
            Value::Null => false,
            method => !method.as_text().is_some_and(|method| only_looks(method)),
        }
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        let with = &input.with;
        let mut faults = bad_url(with.get("url"));
        let sends: Vec<_> = ["body", "json"]
            .into_iter()
            .filter(|field| !with.get(field).is_null())
            .collect();
        if let [one, _] = sends[..] {
            let message = "either `body` or `json` is sent, not both";
            faults.push(Failure::code("bad-input", message).at(&[one]));
        }
        if let (false, [field, ..]) = (self.acts(input), &sends[..]) {
            let failure = Failure::code("bad-input", "a request that only looks sends nothing");
            faults.push(failure.at(&[field]).help("say `method: POST`"));
        }
        faults.extend(faults_of_patterns(
            with.get("says"),
            &["says"],
            &SHAPE.outputs,
        ));
        faults.extend(faults_of_patterns(with.get("lacks"), &["lacks"], &[]));
        faults
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        if let Some(fault) = self.check(input).into_iter().next() {
            return Err(fault.into());
        }
        let with: HttpInput = input.read()?;
        let request = with.request(input.host_name()?);
        let looks = only_looks(&with.method);
        let response = match world.ask(request)? {
            Answer::Value(value) if looks => value.items().first().unwrap_or(&Value::Null),
            Answer::Value(value) => value,
            Answer::Fault(fault) => return Err(fault.clone().into()),
            _ => &Value::Null,
        };
        let outputs = given(response)?;
        let found = with.judged(response);
        let found = found.map_err(|failure| failure.outputs(outputs.clone()))?;
        let mut all = outputs.as_map().cloned().unwrap_or_default();
        all.extend(found);
        Ok(Outcome {
            outputs: Value::Map(all.into()),
            changed: !looks,
        })
    }
}

/// What is wrong with a URL; nothing of one that is not known yet.
pub(crate) fn bad_url(url: &Value) -> Vec<Failure> {
    let is_one = |url: &str| {
        let rest = url
            .strip_prefix("http://")
            .or_else(|| url.strip_prefix("https://"));
        let has_server = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
        (has_server || url.starts_with('/')) && !url.contains(char::is_whitespace)
    };
    match url.as_text() {
        Some(url) if !is_one(url) => {
            let message = format!("`{url}` is no URL");
            let help = "it begins with http:// or https://, or with / where the site says `base:`";
            vec![Failure::code("bad-input", message).at(&["url"]).help(help)]
        }
        _ => Vec::new(),
    }
}

/// The outputs that a response gives.
///
/// # Errors
/// A response without a status.
pub(crate) fn given(response: &Value) -> Result<Value, Stop> {
    if response.get("status").as_int().is_none() {
        let message = "the answer of the http driver lacks `status`";
        return Err(Failure::code("bad-answer", message).into());
    }
    let body = response.get("body").as_text().map_or("", |body| body);
    Ok(Value::map([
        ("status", response.get("status").clone()),
        ("headers", response.get("headers").clone()),
        ("body", response.get("body").clone()),
        ("json", data(body).unwrap_or(Value::Null)),
    ]))
}

impl HttpInput {
    fn request(&self, host: Name) -> Request {
        let args = Value::map([
            ("method", Value::Text(self.method.clone())),
            ("headers", self.headers.clone()),
            ("timeout", patience(&self.timeout)),
        ]);
        let verb = match only_looks(&self.method) {
            true => Verb::List(args),
            false => {
                let mut args = args.as_map().cloned().unwrap_or_default();
                args.insert("body".into(), self.body.clone());
                args.insert("json".into(), self.json.clone());
                Verb::Act(Act {
                    name: "request".into(),
                    args: Value::Map(args.into()),
                    effects: None,
                })
            }
        };
        let key = Key {
            host,
            facility: NAME.into(),
            resource: self.url.clone(),
        };
        key.request(verb)
    }

    /// What the patterns capture, where the response is as it is to be.
    fn judged(&self, response: &Value) -> Result<runsheet_guest::step::Map, Failure> {
        let body = response.get("body").as_text().map_or("", |body| body);
        let (url, status) = (&self.url, response.get("status"));
        let said = match tail(body) {
            said if said.is_empty() => "it said nothing".to_owned(),
            said => format!("it said: {}", said.chars().take(300).collect::<String>()),
        };
        if !is_status(status, &self.status) {
            let message = format!(
                "{} {url} gave {status} {}",
                self.method,
                response.get("reason")
            );
            return Err(Failure::code("bad-status", message).help(said));
        }
        if !self.holds.is_null() && !data(body).is_some_and(|data| holds(&data, &self.holds)) {
            let message = format!("the response of {url} does not hold {}", self.holds);
            return Err(Failure::code("not-held", message).help(said));
        }
        let of = format!("the response of {url}");
        let lines = Lines {
            text: body,
            of: &of,
        };
        let found = lines.said(&self.says, &["says"])?;
        lines.unsaid(&self.lacks, &["lacks"])?;
        Ok(found)
    }
}
