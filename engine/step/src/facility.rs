//! A facility described to the engine. Pure, so that planner, locks, undo and resume need no driver.

use serde::{Deserialize, Serialize};

use crate::fact::{Change, Fact, Key};
use crate::request::{Act, Request, Verb};
use crate::{Answer, Name, Unknown, Value};

/// What a question may do to the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Nothing.
    Read,
    /// It changes what the facility says it changes.
    Write,
    /// It may change anything on that host.
    Opaque,
}

/// Whether a question that was left without an answer may be asked again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// Yes: asking twice is the same as asking once.
    Safely,
    /// After this question, whose answer [`Facility::probed`] reads.
    Probe(Request),
    /// Only a person can say.
    AskOperator,
}

/// What a write would answer and change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// What it would answer.
    pub reply: Answer,
    /// What it would change.
    pub changes: Vec<Change>,
}

/// How to look up what is known while predicting.
pub type Known<'k> = &'k dyn Fn(&Key) -> Fact;

/// The vocabulary of one facility. The defaults describe plain resources that are read and
/// written; a facility with acts, streams or a sense of sameness of its own says so.
pub trait Facility: Send + Sync {
    /// Its name in requests and site files.
    fn name(&self) -> &str;

    /// What can be asked of it, for people, in Markdown: a line about it, a table of two columns,
    /// and what else there is to say.
    fn page(&self) -> &str {
        ""
    }

    /// What a question may do.
    fn access(&self, request: &Request) -> Access {
        match &request.verb {
            Verb::Get | Verb::List(_) | Verb::Mark | Verb::Wait(_) => Access::Read,
            Verb::Put(_) | Verb::Delete => Access::Write,
            Verb::Act(Act {
                effects: Some(effects),
                ..
            }) if effects.is_empty() => Access::Read,
            Verb::Act(Act {
                effects: Some(_), ..
            }) => Access::Write,
            Verb::Act(act) => self.act_access(act),
        }
    }

    /// What an act without declared effects may do.
    fn act_access(&self, _act: &Act) -> Access {
        Access::Opaque
    }

    /// What a write or an act would answer and change. It may look up the resource itself, what
    /// [`Facility::looks_at`] names, and the resources of declared effects.
    fn predict(&self, request: &Request, known: Known<'_>) -> Prediction {
        let before = known(&request.key());
        let one = |after: Fact| {
            vec![Change {
                key: request.key(),
                before: before.clone(),
                after,
            }]
        };
        match &request.verb {
            Verb::Put(value) => Prediction {
                reply: before.answer(),
                changes: one(Fact::of(value.clone())),
            },
            Verb::Delete => Prediction {
                reply: before.answer(),
                changes: one(Fact::Absent),
            },
            Verb::Act(act) => match &act.effects {
                Some(_) => declared(request, act, known),
                None => self.predict_act(request, act, known),
            },
            _ => unseen(request),
        }
    }

    /// What an act without declared effects would answer and change.
    fn predict_act(&self, request: &Request, _act: &Act, _known: Known<'_>) -> Prediction {
        unseen(request)
    }

    /// Resources other than its own that the prediction of this question looks up.
    fn looks_at(&self, _request: &Request) -> Vec<Key> {
        Vec::new()
    }

    /// The question that takes a change back, if there is one.
    fn inverse(&self, change: &Change) -> Option<Request> {
        match &change.before {
            Fact::Known(value) => Some(change.key.request(Verb::Put(value.clone()))),
            Fact::Absent => Some(change.key.request(Verb::Delete)),
            Fact::Unknown(_) => None,
        }
    }

    /// What to wait for where an act is answered before that which it began is over: the handle of
    /// a program that runs. Whoever ends such a wait early has the driver end the program too.
    fn begun(&self, _act: &Act, _reply: &Value) -> Option<Name> {
        None
    }

    /// Whether a question left without an answer may be asked again.
    fn repeat(&self, request: &Request) -> Repeat {
        match &request.verb {
            Verb::Act(_) if self.access(request) != Access::Read => Repeat::AskOperator,
            _ => Repeat::Safely,
        }
    }

    /// The answer that a question in doubt would have had, if its probe shows that it happened.
    fn probed(&self, _request: &Request, _probe: &Answer) -> Option<Answer> {
        None
    }

    /// Whether an item of a stream, or the value of a resource, is what a filter means. By
    /// default every field of the filter must be equal.
    fn matches(&self, filter: &Value, item: &Value) -> bool {
        let all = |fields: &crate::Map| fields.iter().all(|(name, want)| item.get(name) == want);
        filter.as_map().is_none_or(all)
    }

    /// Whether what happens at other hosts shows in it: event logs and mailboxes fill with what
    /// others do. What stands there now says little about a run in which others act first.
    fn hears_others(&self) -> bool {
        false
    }

    /// Whether two values of a resource are the same to a person.
    fn same(&self, one: &Value, other: &Value) -> bool {
        one == other
    }

    /// A value as plans and reports show it.
    fn show(&self, value: &Value) -> String {
        value.to_string()
    }

    /// A question as plans show it, such as a command line or `pause MSExchangeDX`.
    fn phrase(&self, request: &Request) -> String {
        format!("{} {}", request.verb.word(), request.resource)
    }

    /// The name of what is free to be written at once on one host; two unordered writers of
    /// different areas do not disturb each other.
    fn area(&self, request: &Request) -> Name {
        request.resource.clone()
    }
}

/// A facility of plain resources that are read and written: what is taken of one of which no more
/// is known than its name.
pub struct Plain<'n>(pub &'n str);

impl Facility for Plain<'_> {
    fn name(&self) -> &str {
        self.0
    }
}

fn declared(request: &Request, act: &Act, known: Known<'_>) -> Prediction {
    let key = |effect: &crate::request::Effect| Key {
        host: request.host.clone(),
        facility: effect.facility.clone(),
        resource: effect.resource.clone(),
    };
    let change = |effect: &crate::request::Effect| Change {
        before: known(&key(effect)),
        after: effect.after.clone().map_or(Fact::Absent, Fact::of),
        key: key(effect),
    };
    let changes = act.effects.iter().flatten().map(change).collect();
    Prediction {
        reply: unseen(request).reply,
        changes,
    }
}

/// Nothing is changed that is known of, and the reply is seen in a run only.
fn unseen(request: &Request) -> Prediction {
    let why = format!("the reply of `{}`", request.resource);
    Prediction {
        reply: Answer::Unknown(Unknown::because(why)),
        changes: Vec::new(),
    }
}
