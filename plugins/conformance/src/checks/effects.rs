//! What a kind or an act declares covers what it does.

use std::borrow::Cow;
use std::collections::BTreeSet;

use runsheet_host::line::ask;
use runsheet_messages::describe::Answered;
use runsheet_messages::method::Method;
use runsheet_messages::step::{Checked, OneStep};
use runsheet_step::fact::Key;
use runsheet_step::request::Verb;
use runsheet_step::{Access, Input, Request};

use super::Check;
use crate::course::Course;
use crate::findings::Findings;
use crate::subject::{Kind, Subject};
use crate::world::with_facility;

pub(super) const CHECK: Check = Check {
    name: "effects",
    about: "a kind that says it only looks asks for no write, and declared effects cover what changes",
    nothing: "it has no kinds",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        let name = &kind.described.kind;
        for course in subject.courses(kind) {
            let writes = |request: &&Request| access(subject, request) != Access::Read;
            let write = course.requests().find(writes);
            let held = match write {
                Some(write) if !may_act(subject, kind, &course.input) => Err(format!(
                    "it says that it only looks, and asks for `{} {}`",
                    write.verb.word(),
                    write.resource
                )),
                _ => covered(&course),
            };
            findings.hold(name, held, &course.input);
        }
    }
}

fn access(subject: &Subject, request: &Request) -> Access {
    with_facility(&subject.facilities, &request.facility, |facility| {
        facility.access(request)
    })
}

fn may_act(subject: &Subject, kind: &Kind, input: &Input) -> bool {
    let message = OneStep {
        kind: Cow::Borrowed(&kind.described.kind),
        input: Cow::Borrowed(input),
    };
    match kind.described.acts {
        Answered::Always => true,
        Answered::Never => false,
        Answered::EachTime if !subject.line.answers(Method::Check) => true,
        Answered::EachTime => ask::<Checked>(&*subject.line, Method::Check, &message)
            .map_or(true, |checked| checked.acts),
    }
}

/// Whether what changed is what was written, or is among the declared effects.
fn covered(course: &Course<'_>) -> Result<(), String> {
    for (request, change) in &course.world.changes {
        if change.key.host != request.host {
            return Err(format!("`{}` changes {}", request.resource, change.key));
        }
        let Verb::Act(act) = &request.verb else {
            continue;
        };
        let Some(effects) = &act.effects else {
            continue;
        };
        let declared: BTreeSet<Key> = effects
            .iter()
            .map(|effect| Key {
                host: request.host.clone(),
                facility: effect.facility.clone(),
                resource: effect.resource.clone(),
            })
            .collect();
        if !declared.contains(&change.key) {
            return Err(format!(
                "`{}` of {} changes {}, which is none of its effects",
                act.name, request.resource, change.key
            ));
        }
    }
    Ok(())
}
