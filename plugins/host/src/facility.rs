//! A plugin's facility as a [`Facility`] of the engine. Where the plugin is in trouble the answer
//! is the most cautious one: nothing is known, nothing can be taken back, a person is asked.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use runsheet_messages::describe::FacilityDescription;
use runsheet_messages::facility::{
    About, AboutRequest, Inverse, Matches, Predict, Repeated, Subject,
};
use runsheet_messages::method::Method;
use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::request::{Act, Verb};
use runsheet_step::{
    Access, Answer, Facility, Known, Name, Plain, Prediction, Repeat, Request, Unknown, Value,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::line::{Line, Trouble, ask};

pub(crate) struct LoadedFacility {
    pub(crate) plugin: Arc<str>,
    pub(crate) described: FacilityDescription,
    pub(crate) line: Arc<dyn Line>,
}

impl LoadedFacility {
    /// The answer, if the plugin gives this one itself.
    fn asked<A: DeserializeOwned>(
        &self,
        method: Method,
        message: &impl Serialize,
    ) -> Option<Result<A, Trouble>> {
        let answers = |name: &Name| **name == *method.name();
        let answers = self.described.answers.iter().any(answers) && self.line.answers(method);
        let answer = answers.then(|| ask(&*self.line, method, message))?;
        if let Err(trouble) = &answer {
            tracing::warn!(plugin = &*self.plugin, %method, "{trouble}");
        }
        match answer {
            Err(Trouble::Unsupported) => None,
            answer => Some(answer),
        }
    }

    fn about<A: DeserializeOwned>(&self, of: Subject<'_>) -> Option<Result<A, Trouble>> {
        let facility = Cow::Borrowed(self.name());
        self.asked(Method::About, &About { facility, of })
    }

    fn about_request(&self, request: &Request) -> Option<Result<AboutRequest, Trouble>> {
        self.about(Subject::Request(Cow::Borrowed(request)))
    }

    /// What the engine does where a plugin does not answer itself.
    fn plain(&self) -> Plain<'_> {
        Plain(self.name())
    }

    fn facts(&self, request: &Request, known: Known<'_>) -> Vec<(Key, Fact)> {
        let mut keys: BTreeSet<Key> = self.looks_at(request).into_iter().collect();
        keys.insert(request.key());
        if let Verb::Act(Act {
            effects: Some(effects),
            ..
        }) = &request.verb
        {
            keys.extend(effects.iter().map(|effect| Key {
                host: request.host.clone(),
                facility: effect.facility.clone(),
                resource: effect.resource.clone(),
            }));
        }
        let fact = |key: Key| {
            let fact = known(&key);
            (key, fact)
        };
        keys.into_iter().map(fact).collect()
    }
}

impl Facility for LoadedFacility {
    fn name(&self) -> &str {
        &self.described.name
    }

    fn page(&self) -> &str {
        &self.described.doc
    }

    fn act_access(&self, act: &Act) -> Access {
        // What an act may do hangs on its name and arguments, so any resource stands for all.
        let request = Request {
            host: Name::default(),
            facility: self.described.name.clone(),
            resource: Name::default(),
            verb: Verb::Act(act.clone()),
        };
        match self.about_request(&request) {
            Some(Ok(about)) => about.access,
            Some(Err(_)) | None => Access::Opaque,
        }
    }

    fn predict(&self, request: &Request, known: Known<'_>) -> Prediction {
        let message = Predict {
            facility: Cow::Borrowed(self.name()),
            request: Cow::Borrowed(request),
            facts: self.facts(request, known),
        };
        match self.asked(Method::Predict, &message) {
            Some(Ok(prediction)) => prediction,
            None => self.plain().predict(request, known),
            Some(Err(trouble)) => Prediction {
                reply: Answer::Unknown(Unknown::because(format!(
                    "the plugin {}: {trouble}",
                    self.plugin
                ))),
                changes: Vec::new(),
            },
        }
    }

    fn looks_at(&self, request: &Request) -> Vec<Key> {
        match self.about_request(request) {
            Some(Ok(about)) => about.looks_at,
            Some(Err(_)) | None => Vec::new(),
        }
    }

    fn inverse(&self, change: &Change) -> Option<Request> {
        let message = Inverse {
            facility: Cow::Borrowed(self.name()),
            change: Cow::Borrowed(change),
        };
        match self.asked(Method::Inverse, &message) {
            Some(inverse) => inverse.ok()?,
            None => self.plain().inverse(change),
        }
    }

    fn begun(&self, act: &Act, reply: &Value) -> Option<Name> {
        let of = Subject::Begun(Cow::Borrowed(act), Cow::Borrowed(reply));
        self.about(of)?.ok()?
    }

    fn repeat(&self, request: &Request) -> Repeat {
        let message = Repeated {
            facility: Cow::Borrowed(self.name()),
            request: Cow::Borrowed(request),
            probe: None,
        };
        match self.asked(Method::Repeat, &message) {
            Some(answer) => answer.unwrap_or(Repeat::AskOperator),
            None if self.access(request) == Access::Read => Repeat::Safely,
            None => self.plain().repeat(request),
        }
    }

    fn probed(&self, request: &Request, probe: &Answer) -> Option<Answer> {
        let message = Repeated {
            facility: Cow::Borrowed(self.name()),
            request: Cow::Borrowed(request),
            probe: Some(Cow::Borrowed(probe)),
        };
        self.asked(Method::Repeat, &message)?.ok()?
    }

    fn matches(&self, filter: &Value, item: &Value) -> bool {
        let message = Matches {
            facility: Cow::Borrowed(self.name()),
            filter: Cow::Borrowed(filter),
            item: Cow::Borrowed(item),
        };
        match self.asked(Method::Matches, &message) {
            Some(answer) => answer.unwrap_or(false),
            None => self.plain().matches(filter, item),
        }
    }

    fn hears_others(&self) -> bool {
        self.described.hears_others
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        let of = Subject::Same(Cow::Borrowed(one), Cow::Borrowed(other));
        match self.about(of) {
            Some(Ok(same)) => same,
            Some(Err(_)) | None => self.plain().same(one, other),
        }
    }

    fn show(&self, value: &Value) -> String {
        match self.about(Subject::Show(Cow::Borrowed(value))) {
            Some(Ok(text)) => text,
            Some(Err(_)) | None => self.plain().show(value),
        }
    }

    fn phrase(&self, request: &Request) -> String {
        match self.about_request(request) {
            Some(Ok(about)) => about.phrase.to_string(),
            Some(Err(_)) | None => self.plain().phrase(request),
        }
    }

    fn area(&self, request: &Request) -> Name {
        match self.about_request(request) {
            Some(Ok(about)) => about.area,
            Some(Err(_)) | None => self.plain().area(request),
        }
    }
}
