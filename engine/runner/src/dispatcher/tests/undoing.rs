//! Acts that are to be taken back at the end.

use crate::testing::bench::{Ran, bench};
use runsheet_record::event::What;
use runsheet_step::Answer;

fn answers(ran: &Ran) -> Vec<String> {
    let told = ran.events.iter().filter_map(|event| match &event.what {
        What::Restored(one) => Some(match &one.answer {
            Answer::Fault(fault) => format!("{}: {}", one.request.resource, fault.message),
            _ => format!("{} {}", one.request.verb.word(), one.request.resource),
        }),
        _ => None,
    });
    told.collect()
}

#[test]
fn an_act_is_taken_back_where_its_facility_knows_how() {
    let ran = bench("steps:\n  - {id: l, uses: lamp, undo: at-end, with: {name: L, to: on}}\n")
        .given(|site| {
            site.lamps.insert("L".into(), "off".into());
        })
        .run();
    assert_eq!(answers(&ran), ["act L"]);
    let performed = ran.world.site().performed.clone();
    let last = performed.last().expect("it was switched back");
    assert!(format!("{:?}", last.1.verb).contains("off"), "{last:?}");
    assert_eq!(ran.status().word(), "succeeded");
}

#[test]
fn an_act_that_cannot_be_taken_back_is_told_at_the_end() {
    let ran = bench("steps:\n  - {id: a, uses: act, undo: at-end, with: {run: a}}\n").run();
    assert_eq!(answers(&ran), ["a: nobody knows what this act has changed"]);
    assert_eq!(ran.status().word(), "failed");
}

#[test]
fn an_act_that_is_not_to_be_taken_back_is_not_looked_at() {
    let ran = bench("steps:\n  - {id: l, uses: lamp, with: {name: L, to: on}}\n").run();
    assert_eq!(answers(&ran), [""; 0]);
    assert_eq!(ran.performed("get"), ["L"], "by the step itself");
}
