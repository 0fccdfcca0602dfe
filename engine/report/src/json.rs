//! Plans, events and verdicts as JSON, for programs. Each says what it is and its version.

use runsheet_record::Event;
use runsheet_record::plan::{Coverage, Plan, Row};
use runsheet_step::Name;
use serde::Serialize;

use crate::verdict::Verdict;

/// The version of all of them; it grows when a program that reads them could misread.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct PlanView<'p> {
    #[serde(rename = "runsheet-plan")]
    version: u32,
    workflow: &'p Name,
    site: &'p Name,
    real: bool,
    source_hash: &'p Name,
    rows: &'p [Row],
    restores: &'p [Row],
    warnings: &'p [Name],
    coverage: Coverage,
}

#[derive(Serialize)]
struct EventView<'e> {
    #[serde(rename = "runsheet-event")]
    version: u32,
    #[serde(flatten)]
    event: &'e Event,
}

#[derive(Serialize)]
struct VerdictView<'v> {
    #[serde(rename = "runsheet-verdict")]
    version: u32,
    #[serde(flatten)]
    verdict: &'v Verdict,
}

/// A plan, without the workflow it was made from.
///
/// # Errors
/// A value that is no JSON, which is a fault of this program.
pub fn plan(plan: &Plan) -> serde_json::Result<String> {
    let view = PlanView {
        version: VERSION,
        workflow: &plan.bound.workflow.name,
        site: &plan.bound.site,
        real: plan.bound.real,
        source_hash: &plan.bound.workflow.source_hash,
        rows: &plan.rows,
        restores: &plan.restores,
        warnings: &plan.warnings,
        coverage: plan.coverage(),
    };
    serde_json::to_string_pretty(&view).map(harmless)
}

/// An event, in one line.
///
/// # Errors
/// As [`plan`].
pub fn event(event: &Event) -> serde_json::Result<String> {
    let view = EventView {
        version: VERSION,
        event,
    };
    serde_json::to_string(&view).map(harmless)
}

/// A verdict, in one line.
///
/// # Errors
/// As [`plan`].
pub fn verdict(verdict: &Verdict) -> serde_json::Result<String> {
    let view = VerdictView {
        version: VERSION,
        verdict,
    };
    serde_json::to_string(&view).map(harmless)
}

/// JSON names most control characters by their numbers; a terminal obeys the others too.
fn harmless(json: String) -> String {
    let obeyed = |c: char| matches!(c, '\u{7f}'..='\u{9f}');
    if !json.contains(obeyed) {
        return json;
    }
    let shown = |c: char| match c {
        c if obeyed(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    json.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_terminal_obeys_nothing_in_a_line_of_json() {
        assert_eq!(harmless("\"\u{9b}2Jä\"".to_owned()), "\"\\u009b2Jä\"");
    }
}
