//! Plan, apply, plan: where a step has made it so, there is nothing left to make.

use runsheet_step::Access;
use runsheet_step::fact::Change;
use runsheet_step::request::Verb;

use super::Check;
use crate::course::{Course, End};
use crate::findings::Findings;
use crate::subject::Subject;
use crate::world::with_facility;

pub(super) const CHECK: Check = Check {
    name: "settled",
    about: "where a step has put things as they are to be, a second one changes nothing",
    nothing: "no step wrote a resource in the small worlds of the test; acts may be done again",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        for course in subject.courses(kind) {
            if course.outcome().is_none() || !only_puts(subject, &course) {
                continue;
            }
            let player = subject.player(kind);
            let again = player.play(&course.input, course.world.settled());
            let held = match &again.end {
                End::Done(_) => nothing_new(&again),
                end => Err(format!("done once more, {}", end.told())),
            };
            findings.hold(&kind.described.kind, held, &course.input);
        }
    }
}

/// Whether it wrote, and all that it did is to put and to delete.
fn only_puts(subject: &Subject, course: &Course<'_>) -> bool {
    let acts = course.requests().any(|request| {
        let is_act = matches!(request.verb, Verb::Act(_));
        is_act
            && with_facility(&subject.facilities, &request.facility, |facility| {
                facility.access(request) != Access::Read
            })
    });
    !acts && !course.world.changes.is_empty()
}

fn nothing_new(again: &Course<'_>) -> Result<(), String> {
    let new = |change: &Change| match (change.before.known(), change.after.known()) {
        (Some(before), Some(after)) => {
            let facility = &change.key.facility;
            with_facility(again.world.facilities, facility, |it| {
                !it.same(before, after)
            })
        }
        _ => change.before != change.after,
    };
    let changes = again.world.changes.iter().map(|(_, change)| change);
    match changes.into_iter().find(|change| new(change)) {
        Some(change) => Err(format!("done once more, it changes {} again", change.key)),
        None => Ok(()),
    }
}
