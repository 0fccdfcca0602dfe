//! What keeps a plan from being carried out: a run that would fail, or need somebody who is not
//! there, does not begin.

use std::collections::BTreeSet;

use runsheet_diagnostics::words;
use runsheet_language::workflow::Effects;
use runsheet_record::plan::{Deed, End, Plan, Row, Sign};
use runsheet_report::address;
use runsheet_report::plan::foreseen;

use super::Prepared;
use crate::commands::foreseen::remedy;
use crate::complaint::Complaint;
use crate::operator::Answers;

/// # Errors
/// A failure that the plan foresees; the plan has told it. A run that only looks does no harm, and
/// tells more than its plan.
pub(super) fn failures(prepared: &Prepared) -> Result<(), Complaint> {
    let plan = &prepared.plan;
    let foreseen = foreseen(plan);
    if foreseen.is_empty() || only_looks(plan) {
        return Ok(());
    }
    let count = words::count("step", foreseen.len());
    let message = format!("{count} would fail, so nothing was done");
    let help = remedy(&foreseen);
    Err(Complaint::new(message).help(help))
}

/// Whether nothing is written, and no act is done but such as change nothing by the workflow's word.
fn only_looks(plan: &Plan) -> bool {
    let looks = |deed: &Deed| {
        let person = *deed.key.facility == *runsheet_site::prompt::NAME;
        matches!(deed.sign, Sign::Wait | Sign::Same) && !person
    };
    let harmless = |row: &Row| {
        let around = address::nodes(&row.address, &plan.bound.workflow);
        around.last().is_some_and(|own| {
            own.action()
                .is_some_and(|action| action.effects == Effects::None)
        })
    };
    let mut rows = plan.rows.iter();
    rows.all(|row| row.deeds.iter().all(looks) || harmless(row)) && plan.restores.is_empty()
}

/// # Errors
/// A question that nobody can answer.
pub(super) fn questions(prepared: &Prepared) -> Result<(), Complaint> {
    let Answers::No(why) = &prepared.answers else {
        return Ok(());
    };
    let asking = asking(&prepared.plan);
    if asking.is_empty() {
        return Ok(());
    }
    let steps = words::and_list(&asking);
    let needs = if asking.len() == 1 { "needs" } else { "need" };
    let message = format!("{steps} {needs} a person, and there is nobody to ask: {why}");
    Err(Complaint::new(message).help("run it at a terminal, or answer yes to all with --yes"))
}

/// The steps, as written, that ask a person something for certain.
fn asking(plan: &Plan) -> BTreeSet<String> {
    let runs = |row: &&Row| row.end != End::Skipped && row.guard.is_none();
    let rows = plan.rows.iter().filter(runs);
    let asked = rows.flat_map(|row| {
        let around = address::nodes(&row.address, &plan.bound.workflow);
        let confirmed = around.iter().position(|node| node.confirm.is_some());
        let by_hand = row.deeds.iter().any(|deed| {
            deed.sign == Sign::Wait && *deed.key.facility == *runsheet_site::prompt::NAME
        });
        let depth = confirmed.or(by_hand.then(|| around.len().saturating_sub(1)))?;
        let ids = around.iter().take(depth + 1).map(|node| &*node.id);
        Some(ids.collect::<Vec<_>>().join("."))
    });
    asked.collect()
}
