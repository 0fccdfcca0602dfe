//! What a run came to: the data first, then its face for people.

mod accuracy;
mod failures;
mod gather;
mod readings;
mod text;

use runsheet_diagnostics::source::Sources;
use runsheet_record::event::Told;
use runsheet_record::plan::Plan;
use runsheet_record::{State, Status};
use runsheet_step::{Moment, Name, Value};
use serde::Serialize;

use crate::ledger::Ledger;
pub use accuracy::{Accuracy, Deviation};
pub use text::text;

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// Its name.
    pub run: Name,
    /// The workflow.
    pub workflow: Name,
    /// The site.
    pub site: Name,
    /// How it ended; nothing: it has not, or its journal breaks off.
    pub status: Option<Status>,
    /// Whether somebody is still at it.
    pub at_work: bool,
    /// When it began on the clock of the site.
    pub began: Option<Moment>,
    /// When it ended there, or the last that is known of it.
    pub ended: Option<Moment>,
    /// The steps of the outermost list, and of `finally:`.
    pub steps: Vec<Part>,
    /// The rules that hold, and what they read.
    pub readings: Vec<Reading>,
    /// What is not as it should be, though the step ended well.
    pub warnings: Vec<Warning>,
    /// What failed, in the order of the text.
    pub failures: Vec<Failed>,
    /// What was taken back.
    pub restored: Vec<Returned>,
    /// How the run compares with its plan.
    pub accuracy: Accuracy,
}

/// A step of the outermost list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Its address.
    pub address: Name,
    /// How it ended.
    pub status: Status,
    /// Whether it failed and was rescued.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rescued: bool,
    /// What is in it, counted in words; empty for a single step.
    pub tally: String,
    /// How long it took, in milliseconds of the site.
    pub millis: Option<u64>,
}

/// A rule that holds for a step, and what it read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The step.
    pub address: Name,
    /// The rule as written.
    pub rule: Name,
    /// What it read, by name.
    pub reads: Vec<(Name, Value)>,
    /// Whether a subject was cut, so that what is absent was not seen.
    pub cut: bool,
}

/// What is not as it should be, though the step ended well.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Warning {
    /// The step.
    pub address: Name,
    /// In words.
    pub text: Name,
}

/// A step that failed or is in doubt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failed {
    /// The step.
    pub address: Name,
    /// How it stands.
    pub status: Status,
    /// `file:line:column` in the workflow, if the text is known.
    pub place: Option<String>,
    /// What the workflow says it is.
    pub doc: Name,
    /// What happened.
    pub message: Name,
    /// What a person can do about it.
    pub help: Option<Name>,
    /// The rule that did not hold, and what it read.
    pub broken: Option<(Name, Vec<(Name, Value)>)>,
    /// What it means.
    pub causes: Vec<Told>,
}

/// A change that was taken back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Returned {
    /// The step that had made it.
    pub address: Name,
    /// The question that took it back, in a reader's words.
    pub phrase: Name,
    /// Why it could not be, if it could not.
    pub trouble: Option<Name>,
}

impl Verdict {
    /// What a run came to. The sources give places; they may be empty.
    #[must_use]
    pub fn of(state: &State, ledger: &Ledger, plan: &Plan, sources: &Sources) -> Verdict {
        let begun = ledger.begun.as_ref();
        Verdict {
            run: begun.map_or_else(|| "".into(), |begun| begun.run.0.clone()),
            workflow: plan.bound.workflow.name.clone(),
            site: plan.bound.site.clone(),
            status: state.ended,
            at_work: false,
            began: ledger.first,
            ended: ledger.last,
            steps: gather::parts(state),
            readings: readings::all(state),
            warnings: gather::warnings(state),
            failures: failures::all(state, sources),
            restored: gather::returned(ledger),
            accuracy: Accuracy::of(state, ledger, plan),
        }
    }
}
