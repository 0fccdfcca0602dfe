//! What a facility says takes a change back does so.

use std::collections::BTreeSet;

use runsheet_step::fact::{Fact, Key};
use runsheet_step::{Answer, Request};

use super::Check;
use crate::course::Course;
use crate::findings::Findings;
use crate::subject::Subject;
use crate::world::{World, with_facility};

pub(super) const CHECK: Check = Check {
    name: "undo",
    about: "the question that takes a change back leaves all as it was before",
    nothing: "nothing that can be taken back was changed in the small worlds of the test",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        for course in subject.courses(kind) {
            if let Some(held) = taken_back(&course) {
                findings.hold(&kind.described.kind, held, &course.input);
            }
        }
    }
}

/// Takes back what can be taken back, the last change first.
fn taken_back(course: &Course<'_>) -> Option<Result<(), String>> {
    let mut world = course.world.clone();
    let changes = std::mem::take(&mut world.changes);
    let mut stays: BTreeSet<Key> = BTreeSet::new();
    let mut backs = Vec::new();
    for (_, change) in changes.iter().rev() {
        let inverse = with_facility(world.facilities, &change.key.facility, |facility| {
            facility.inverse(change)
        });
        match inverse.filter(|_| !stays.contains(&change.key)) {
            Some(inverse) => {
                if let Err(why) = asked(&mut world, &inverse) {
                    return Some(Err(why));
                }
                backs.push(change.key.clone());
            }
            None => {
                stays.insert(change.key.clone());
            }
        }
    }
    backs.retain(|key| !stays.contains(key));
    (!backs.is_empty()).then(|| backs.iter().try_for_each(|key| as_before(&world, key)))
}

fn asked(world: &mut World<'_>, inverse: &Request) -> Result<(), String> {
    let what = format!("`{} {}`", inverse.verb.word(), inverse.resource);
    match world.answer(inverse) {
        Some(Answer::Fault(fault)) => Err(format!(
            "to take it back it asks for {what}, which is refused: {}",
            fault.message
        )),
        _ => Ok(()),
    }
}

fn as_before(world: &World<'_>, key: &Key) -> Result<(), String> {
    let (before, now) = (world.before.get(key), world.now.get(key));
    let same = match (before.and_then(Fact::known), now.and_then(Fact::known)) {
        (Some(before), Some(now)) => {
            with_facility(world.facilities, &key.facility, |it| it.same(before, now))
        }
        _ => before == now,
    };
    let told = |fact: Option<&Fact>| match fact {
        Some(Fact::Known(value)) => format!("`{value}`"),
        _ => "absent".to_owned(),
    };
    match same {
        true => Ok(()),
        false => Err(format!(
            "taken back, {key} is {}, and was {}",
            told(now),
            told(before)
        )),
    }
}
