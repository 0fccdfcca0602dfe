//! Events and plans in few words, for tables.

use runsheet_record::State;
use runsheet_record::event::{Event, What};
use runsheet_record::plan::{End, Plan, Row};

/// One event in a line.
pub(crate) fn event(event: &Event) -> String {
    let at = event.at.0 / 1000;
    let said = match &event.what {
        What::RunStarted(_) => "run started".to_owned(),
        What::Expanded(one) => format!("expanded {} to {}", one.address, one.items.len()),
        What::Reserved(one) => format!("reserved {} {:?}", one.address, one.locks),
        What::Promised(one) => format!("promised {} {}", one.address, one.marks),
        What::Armed(one) => format!("armed {} marks", one.serves.len()),
        What::Started(one) => format!("started {} {}", one.address, one.attempt),
        What::Asked(one) => {
            let asked = one.questions.iter().map(|one| one.request.verb.word());
            format!(
                "{} asked {}",
                one.address,
                asked.collect::<Vec<_>>().join(" ")
            )
        }
        What::Answered(one) => format!("{} heard {}", one.address, one.answers.len()),
        What::Confirmed(one) => format!("confirmed {} {}", one.address, one.yes),
        What::Retried(one) => format!("retried {} {}", one.address, one.attempt),
        What::Ended(one) => format!("ended {} {}", one.address, one.status),
        What::Restored(one) => format!("restored {}: {}", one.address, one.request.resource),
        What::CancelRequested => "cancel".to_owned(),
        What::Rescuing(one) => format!("rescuing {}", one.address),
        What::RunEnded(one) => format!("run {}", one.status),
    };
    format!("{at}s {said}")
}

/// How every step stands, a line each, in the order of the text: `send succeeded`.
pub(crate) fn ends(state: &State) -> Vec<String> {
    let all = state.in_order().into_iter();
    let named = all
        .map(|id| state.instance(id))
        .filter(|one| !one.address.is_empty());
    let line = |one: &runsheet_record::state::Instance| match &one.failure {
        Some(failure) => format!("{} {}: {}", one.address, one.status, failure.form),
        None => format!("{} {}", one.address, one.status),
    };
    named.map(line).collect()
}

/// Every row of a plan in a line: `+ set K: (absent) -> 1`.
pub(crate) fn rows(plan: &Plan) -> Vec<String> {
    plan.rows.iter().map(row).collect()
}

pub(crate) fn row(row: &Row) -> String {
    let deeds = row.deeds.iter().map(|deed| {
        let change = deed.change.as_ref();
        let change = change.map_or_else(String::new, |(from, to)| format!(": {from} -> {to}"));
        let last = if deed.irreversible { " !" } else { "" };
        let secret = if deed.secret { " $" } else { "" };
        let (sign, phrase) = (deed.sign.character(), &deed.phrase);
        format!(" {sign} {phrase}{change} {:?}{last}{secret}", deed.grasp)
    });
    let deeds: Vec<_> = deeds.collect();
    let end = match &row.end {
        End::Known => String::new(),
        End::Open(_) => " ..".to_owned(),
        End::Skipped => " skipped".to_owned(),
        End::Fails(failure) => format!(" fails {}", failure.form),
    };
    let guard = row
        .guard
        .as_ref()
        .map_or_else(String::new, |guard| format!(" ? {guard}"));
    let assumes = if row.assumes { " ^" } else { "" };
    format!("{}{}{end}{guard}{assumes}", row.address, deeds.join(";"))
}
