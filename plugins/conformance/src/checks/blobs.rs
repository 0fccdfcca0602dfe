//! A text of an answer is too large to carry along.

use runsheet_step::{Answer, Blob, Map, Value};

use super::Check;
use crate::findings::Findings;
use crate::subject::Subject;
use crate::twisted::{self, Twisted};

pub(super) const CHECK: Check = Check {
    name: "blobs",
    about: "whichever text of an answer is too large to carry along, the step goes on or fails",
    nothing: "no answer held a text",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        twisted::each(
            subject,
            kind,
            |_, answer| match answer {
                Some(Answer::Value(value)) => large(value).map(Answer::Value).into_iter().collect(),
                _ => Vec::new(),
            },
            |Twisted {
                 course,
                 number,
                 answer,
                 ..
             }| {
                let held = course.end.is_proper();
                let held = held.map_err(|why| format!("with a large answer {}, {why}", number + 1));
                findings.hold(&kind.described.kind, held, &(&course.input, answer));
            },
        );
    }
}

/// The value with all its texts kept elsewhere; nothing where it has none.
fn large(value: &Value) -> Option<Value> {
    match value {
        Value::Text(text) => Some(Value::Blob(
            Blob {
                sha256: "0".repeat(64).into(),
                size: 1 << 20,
                head: text.clone(),
            }
            .into(),
        )),
        Value::List(items) => {
            let new: Vec<Option<Value>> = items.iter().map(large).collect();
            new.iter().any(Option::is_some).then(|| {
                let each = new.into_iter().zip(items.iter());
                Value::list(each.map(|(new, old)| new.unwrap_or_else(|| old.clone())))
            })
        }
        Value::Map(map) => {
            let new: Map = map
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), large(value)?)))
                .collect();
            (!new.is_empty()).then(|| {
                let mut map = (**map).clone();
                map.extend(new);
                Value::Map(map.into())
            })
        }
        _ => None,
    }
}
