//! Nonsense over the line is refused in words; nobody falls over.

use runsheet_host::line::Trouble;
use runsheet_messages::method::Method;
use serde_json::{Value, json};

use super::Check;
use crate::findings::Findings;
use crate::random::Random;
use crate::subject::Subject;

pub(super) const CHECK: Check = Check {
    name: "hostile",
    about: "a message that is broken, huge, deep or of the wrong form is refused, and nothing falls over",
    nothing: "",
    look,
};

/// So many messages of each method are made wrong by chance.
const MUTATIONS: usize = 60;
/// So deep is what is deep.
const DEEP: usize = 20_000;
/// So many bytes has what is huge.
const HUGE: usize = 1 << 20;

fn look(subject: &Subject, findings: &mut Findings) {
    let mut random = Random::new(subject.seed, "hostile");
    for method in Method::ALL {
        if !subject.line.answers(method) {
            continue;
        }
        let proper = proper(subject, method);
        let mut messages = malformed();
        for message in &proper {
            messages.extend(strange(message));
            let text = message.to_string().into_bytes();
            let each = (0..MUTATIONS / proper.len().max(1)).map(|_| mutated(&text, &mut random));
            messages.extend(each);
        }
        for message in messages {
            let held = told(subject, method, &message);
            let fell = matches!(&held, Err((_, true)));
            let shown = String::from_utf8_lossy(&message[..message.len().min(300)]).into_owned();
            let held = held.map_err(|(why, _)| why);
            findings.hold("plugin", held, &(method.name(), shown));
            if fell {
                break;
            }
        }
    }
}

/// What comes of a message: an answer or a refusal, or why neither, and whether the plugin is gone.
fn told(subject: &Subject, method: Method, message: &[u8]) -> Result<(), (String, bool)> {
    match subject.line.say(method, message) {
        Ok(answer) => match serde_json::from_slice::<Value>(&answer) {
            Ok(_) => Ok(()),
            // An answer may be deeper than is read here; a plugin that hands it back is not to blame.
            Err(error) if error.to_string().contains("recursion") => Ok(()),
            Err(error) => Err((
                format!("`{method}` answers what is no JSON: {error}"),
                false,
            )),
        },
        Err(Trouble::Refused(why)) if why.trim().is_empty() => {
            Err((format!("`{method}` refuses without a word"), false))
        }
        Err(Trouble::Refused(_) | Trouble::Unsupported) => Ok(()),
        Err(trouble @ Trouble::Gone(_)) => Err((format!("`{method}`: {trouble}"), true)),
        Err(trouble) => Err((format!("`{method}`: {trouble}"), false)),
    }
}

/// What no method can make sense of.
fn malformed() -> Vec<Vec<u8>> {
    let texts: [&[u8]; 12] = [
        b"",
        b" ",
        b"{",
        b"[]",
        b"null",
        b"1e999",
        b"{\"kind\":",
        b"\xff\xfe\x00",
        b"{\"kind\":\"\\ud800\"}",
        b"{}{}",
        b"\0\0\0\0",
        b"{\"kind\":1,\"input\":[],\"transcript\":{}}",
    ];
    let mut all: Vec<Vec<u8>> = texts.map(<[u8]>::to_vec).to_vec();
    all.push(b"[".repeat(DEEP));
    all.push(b"{\"a\":".repeat(DEEP));
    all.push([b"\"".to_vec(), b"x".repeat(HUGE), b"\"".to_vec()].concat());
    all.push([b"[".to_vec(), b"0,".repeat(HUGE / 2), b"0]".to_vec()].concat());
    all
}

/// Messages as the host writes them, for every kind and facility.
fn proper(subject: &Subject, method: Method) -> Vec<Value> {
    let kinds = subject.kinds.iter().map(|kind| {
        let input = kind.inputs.first().cloned().unwrap_or_default();
        json!({"kind": kind.described.kind, "input": input, "transcript": []})
    });
    let request =
        json!({"host": "SAMPLE", "facility": "sample", "resource": "sample", "verb": {"put": 1}});
    let key = json!({"host": "SAMPLE", "facility": "sample", "resource": "sample"});
    let of_method = match method {
        Method::Predict => json!({"request": request, "facts": [[key, {"known": 1}]]}),
        Method::Inverse => {
            json!({"change": {"key": key, "before": "absent", "after": {"known": 1}}})
        }
        Method::Repeat => json!({"request": request}),
        Method::Matches => json!({"filter": {"a": 1}, "item": {"a": 1}}),
        Method::About => json!({"of": {"request": request}}),
        Method::Describe => return vec![json!({})],
        Method::Arm | Method::Turn | Method::Check => return kinds.collect(),
    };
    let facilities = subject.description.facilities.iter().map(|facility| {
        let mut message = of_method.clone();
        message["facility"] = json!(facility.name);
        message
    });
    facilities.collect()
}

/// A message with one part of it of another form, or too much of one.
fn strange(message: &Value) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let names: Vec<String> = match message {
        Value::Object(map) => map.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let deep = format!("{}0{}", "[".repeat(60), "]".repeat(60));
    let deep: Value = serde_json::from_str(&deep).unwrap_or_default();
    let others = [
        Value::Null,
        json!(-1),
        json!("nobody-knows-this"),
        json!([[]]),
        json!({"$": "nonsense", "v": 1}),
        json!({"host": null, "with": {"$": "unknown", "v": []}}),
        json!({"host": {"$": "host", "v": {}}, "with": 5}),
        json!([{"request": null, "answer": {"value": 1}}]),
        json!([{"request": {"host": "A", "facility": "b", "resource": "c", "verb": "get"}, "answer": null}]),
        json!("x".repeat(1 << 16)),
        deep,
    ];
    for name in &names {
        let mut without = message.clone();
        if let Value::Object(map) = &mut without {
            map.remove(name);
        }
        all.push(without.to_string().into_bytes());
        for other in &others {
            let mut strange = message.clone();
            strange[name] = other.clone();
            all.push(strange.to_string().into_bytes());
        }
    }
    all
}

/// A message cut short, or with a few bytes changed.
fn mutated(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut text = text.to_vec();
    if random.one_in(3) {
        text.truncate(random.below(text.len()));
        return text;
    }
    for _ in 0..=random.below(4) {
        let at = random.below(text.len());
        let marks = b"\"{}[],:0-\\e\xff\0";
        match random.below(3) {
            0 => text[at] = *random.pick(marks).unwrap_or(&b'0'),
            1 => text.insert(at, *random.pick(marks).unwrap_or(&b'0')),
            _ if text.len() > 1 => {
                text.remove(at);
            }
            _ => {}
        }
    }
    text
}
