//! A step tells truly whether it changed anything.

use runsheet_step::Access;

use super::Check;
use crate::course::Course;
use crate::findings::Findings;
use crate::subject::Subject;
use crate::world::with_facility;

pub(super) const CHECK: Check = Check {
    name: "changed",
    about: "a step says that it changed something where it did, and only there",
    nothing: "no step came to a good end in the small worlds of the test; `--samples` gives others",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        for course in subject.courses(kind) {
            let Some(outcome) = course.outcome() else {
                continue;
            };
            let held = match (outcome.changed, wrote(subject, &course), differs(&course)) {
                (true, false, _) => {
                    Err("it says that it changed something, and asked for no write")
                }
                (false, _, true) => {
                    Err("it says that nothing changed, and something is otherwise than it was")
                }
                _ => Ok(()),
            };
            let held = held.map_err(str::to_owned);
            findings.hold(&kind.described.kind, held, &course.input);
        }
    }
}

fn wrote(subject: &Subject, course: &Course<'_>) -> bool {
    course.requests().any(|request| {
        with_facility(&subject.facilities, &request.facility, |facility| {
            facility.access(request) != Access::Read
        })
    })
}

/// Whether anything is not as it was, to a person.
fn differs(course: &Course<'_>) -> bool {
    let world = &course.world;
    world.now.iter().any(|(key, now)| {
        let before = world.before.get(key);
        match (before.and_then(|fact| fact.known()), now.known()) {
            (Some(before), Some(now)) => {
                with_facility(world.facilities, &key.facility, |it| !it.same(before, now))
            }
            _ => before != Some(now),
        }
    })
}
