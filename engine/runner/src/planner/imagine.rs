//! What a question would be answered with.

use std::collections::BTreeMap;

use runsheet_language::workflow::{Action, Effects, Undo};
use runsheet_record::plan::{End, Row};
use runsheet_record::state::InstanceId;
use runsheet_step::driver::ReadRequest;
use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::request::{Act, Verb, Wait};
use runsheet_step::{
    Access, Answer, Facility, Fault, Form, Name, Prediction, Request, Unknown, Value,
};

use super::{Planner, deed};
use crate::drivers::no_driver;
use crate::schedule::lock_names;

impl Planner<'_> {
    /// The answer to one question, and the deed it is in the plan.
    pub(super) async fn imagine(
        &mut self,
        id: InstanceId,
        action: &Action,
        request: &Request,
        row: &mut Row,
    ) -> Answer {
        let catalogue = self.catalogue;
        let Some(facility) = catalogue.facility_named(&request.facility) else {
            let message = format!("there is no facility `{}`", request.facility);
            return Answer::Fault(Fault::new(Form::code("no-facility"), message));
        };
        row.assumes |=
            self.overlay.is_opaque(&request.host) || self.may_have_heard(facility, request);
        let answer = match access(facility, &action.effects, request) {
            Access::Read => self.look(facility, request, row).await,
            access => self.write(id, action, facility, request, access, row).await,
        };
        if self.readers.serves(&request.host, &request.facility) {
            answer
        } else {
            Answer::Fault(no_driver(request))
        }
    }

    async fn look(&mut self, facility: &dyn Facility, request: &Request, row: &mut Row) -> Answer {
        match &request.verb {
            Verb::Get | Verb::List(_) => match self.overlay.predicted(&request.key()) {
                Some(fact) if request.verb == Verb::Get => fact.answer(),
                Some(_) => Answer::Unknown(Unknown::because("what an earlier step changes")),
                None => self.read(request).await,
            },
            Verb::Wait(wait) if wait.since.is_none() => {
                self.wait_for_resource(facility, request, wait, row).await
            }
            Verb::Wait(_) => {
                row.deeds.push(deed::wait(facility, request));
                Answer::Unknown(Unknown::because(facility.phrase(request)))
            }
            Verb::Mark => self.read(request).await,
            _ => Answer::Unknown(Unknown::because("what only a run can see")),
        }
    }

    /// Whether what is listed now may have been added to by what earlier steps do elsewhere.
    fn may_have_heard(&self, facility: &dyn Facility, request: &Request) -> bool {
        let lists = matches!(request.verb, Verb::List(_));
        lists && facility.hears_others() && self.overlay.is_opaque_anywhere()
    }

    /// A resource that is predicted to be as wanted needs no wait.
    async fn wait_for_resource(
        &mut self,
        facility: &dyn Facility,
        request: &Request,
        wait: &Wait,
        row: &mut Row,
    ) -> Answer {
        match self.fact(&request.key()).await {
            Fact::Known(value) if facility.matches(&wait.filter, &value) => {
                Answer::Value(Value::list([value]))
            }
            _ => {
                row.deeds.push(deed::wait(facility, request));
                Answer::Unknown(Unknown::because(facility.phrase(request)))
            }
        }
    }

    async fn write(
        &mut self,
        id: InstanceId,
        action: &Action,
        facility: &dyn Facility,
        request: &Request,
        access: Access,
        row: &mut Row,
    ) -> Answer {
        let prediction = self
            .predict(facility, &action.effects, request, access)
            .await;
        let deed = deed::write(facility, request, access, &prediction);
        let (workflow, step) = (self.state.workflow(), self.state.instance(id).node);
        let node = workflow.node(step);
        let undo = node.undo;
        let marks = deed::Marks {
            undo,
            destructive: workflow.is_destructive(step),
        };
        let deed = marks.on(deed, facility, access);
        let locks = lock_names(&self.state, id, node).unwrap_or_default();
        let what = (&deed, access, facility.area(request));
        let clash = self.writers.add(&self.state, &self.order, id, what, &locks);
        self.warnings.extend(clash);
        row.deeds.push(deed);
        if let Verb::Act(act) = &request.verb
            && let Some(why) = act.args.why_unknown()
        {
            row.end = End::Open(why);
        }
        let maybe = self.state.instance(id).maybe;
        if undo == Undo::AtEnd {
            let temporary = self.temporary.entry(id).or_default();
            temporary.extend(prediction.changes.iter().cloned());
        }
        for change in &prediction.changes {
            self.overlay.change(change, maybe);
        }
        if access == Access::Opaque {
            self.overlay.opaque_at(&request.host);
        }
        prediction.reply
    }

    async fn predict(
        &mut self,
        facility: &dyn Facility,
        effects: &Effects,
        request: &Request,
        access: Access,
    ) -> Prediction {
        if matches!(request.verb, Verb::Act(_)) {
            match effects {
                Effects::None => return unseen(facility, request, Vec::new()),
                Effects::These(resources) => {
                    let changes = self.declared(&request.host, resources).await;
                    return unseen(facility, request, changes);
                }
                _ if access == Access::Opaque => return unseen(facility, request, Vec::new()),
                _ => {}
            }
        }
        let known = self.facts_for(facility, request).await;
        let lookup = |key: &Key| {
            known
                .get(key)
                .cloned()
                .unwrap_or_else(|| Fact::Unknown(Unknown::because("not read")))
        };
        facility.predict(request, &lookup)
    }

    /// The changes that a workflow says an act makes, to values not known.
    async fn declared(&mut self, host: &Name, resources: &[(Name, Name)]) -> Vec<Change> {
        let mut changes = Vec::new();
        for (facility, resource) in resources {
            let key = Key {
                host: host.clone(),
                facility: facility.clone(),
                resource: resource.clone(),
            };
            let before = self.fact(&key).await;
            let after = Fact::Unknown(Unknown::because("a declared effect"));
            changes.push(Change { key, before, after });
        }
        changes
    }

    /// What a prediction looks up is read first, so that the prediction itself stays pure.
    async fn facts_for(
        &mut self,
        facility: &dyn Facility,
        request: &Request,
    ) -> BTreeMap<Key, Fact> {
        let mut keys = facility.looks_at(request);
        match &request.verb {
            Verb::Act(Act {
                effects: Some(effects),
                ..
            }) => {
                keys.extend(effects.iter().map(|effect| Key {
                    host: request.host.clone(),
                    facility: effect.facility.clone(),
                    resource: effect.resource.clone(),
                }));
            }
            _ => keys.push(request.key()),
        }
        let mut facts = BTreeMap::new();
        for key in keys {
            let fact = self.fact(&key).await;
            facts.insert(key, fact);
        }
        facts
    }

    async fn fact(&mut self, key: &Key) -> Fact {
        if let Some(fact) = self.overlay.predicted(key) {
            return fact.clone();
        }
        Fact::from(&self.read(&key.request(Verb::Get)).await)
    }

    /// Each thing is read once, so that a plan is made of one look at the site.
    async fn read(&mut self, request: &Request) -> Answer {
        if let Some(answer) = self.overlay.seen(request) {
            return answer.clone();
        }
        let answer = match ReadRequest::new(request.clone()) {
            Some(read) => self.readers.read(&read).await,
            None => Answer::Unknown(Unknown::because("what only a run can see")),
        };
        self.overlay.remember(request, answer.clone());
        answer
    }
}

/// The reply is seen in a run only.
fn unseen(facility: &dyn Facility, request: &Request, changes: Vec<Change>) -> Prediction {
    let why = format!("the reply of `{}`", facility.phrase(request));
    Prediction {
        reply: Answer::Unknown(Unknown::because(why)),
        changes,
    }
}

/// What a question may do, by the facility's word and then the workflow's, which says what an act
/// changes; what is written outright is plain to see.
fn access(facility: &dyn Facility, effects: &Effects, request: &Request) -> Access {
    let acts = matches!(request.verb, Verb::Act(_));
    match (facility.access(request), effects) {
        (Access::Read, _) => Access::Read,
        (_, Effects::Opaque) => Access::Opaque,
        (_, Effects::None | Effects::These(_)) if acts => Access::Write,
        (access, _) => access,
    }
}
