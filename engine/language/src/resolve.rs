//! From drafts to a workflow: every name bound, every expression's type known, every wait armed.
//!
//! There is always a workflow. A name that is nearly a known one is told and read as that one, so
//! that nothing else follows from a slip; what cannot be guessed is of any type from there on.

mod arming;
mod before;
mod blame;
mod calls;
mod cycles;
mod early;
mod expressions;
mod forgotten;
mod inherit;
mod lists;
pub(crate) mod meaning;
mod misses;
mod names;
mod needs;
mod pools;
mod sources;
mod typing;
mod vars;

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_step::shape::Field;
use runsheet_step::{Catalogue, Input, Name, Value};

use crate::compose::lost::LostNames;
use crate::document::Node;
use crate::read::{DraftWorkflow, value};
use crate::workflow::order::Order;
use crate::workflow::{StepId, Workflow};
use lists::Lists;
pub(crate) use misses::Definition;
use misses::Misses;
pub(crate) use misses::misspelt;

/// A step that there is not.
static UNKNOWN_STEP: Code = Code::new("unknown-step", include_str!("pages/unknown-step.md"));
/// Two steps of one list with one id.
static DUPLICATE_ID: Code = Code::new("duplicate-id", include_str!("pages/duplicate-id.md"));
/// Steps that wait for each other.
static CYCLE: Code = Code::new("cycle", include_str!("pages/cycle.md"));
/// A reference to a step that may not have ended by then.
static NOT_BEFORE: Code = Code::new("not-before", include_str!("pages/not-before.md"));
/// A definition that nobody uses under its name, but under another that is close to it.
static MISSPELT: Code = Code::new("misspelt", include_str!("pages/misspelt.md"));
/// `since:` names a step that is not before.
static SINCE_NOT_BEFORE: Code = Code::new(
    "since-not-before",
    include_str!("pages/since-not-before.md"),
);
/// A wait is armed before it is known where.
static ARMED_TOO_EARLY: Code =
    Code::new("armed-too-early", include_str!("pages/armed-too-early.md"));
/// A secret where none may stand.
static SECRET_NOT_TAKEN: Code = Code::new(
    "secret-not-taken",
    include_str!("pages/secret-not-taken.md"),
);

/// An expression that stands where text is taken as it is.
pub(crate) static BARE_EXPRESSION: Code =
    Code::new("bare-expression", include_str!("pages/bare-expression.md"));
/// A pool that has two sizes.
static POOLS_DISAGREE: Code = Code::new("pools-disagree", include_str!("pages/pools-disagree.md"));

/// All codes of this module.
pub(crate) static CODES: &[&Code] = &[
    &UNKNOWN_STEP,
    &DUPLICATE_ID,
    &CYCLE,
    &NOT_BEFORE,
    &MISSPELT,
    &SINCE_NOT_BEFORE,
    &ARMED_TOO_EARLY,
    &SECRET_NOT_TAKEN,
    &POOLS_DISAGREE,
    &BARE_EXPRESSION,
];

/// A workflow with its names bound, and what is known of it besides.
pub(crate) struct Resolved<'d> {
    pub(crate) workflow: Workflow,
    pub(crate) order: Order,
    /// All that is referred to.
    pub(crate) used: BTreeSet<Definition>,
    /// The maps that steps are written as; the lists have none.
    pub(crate) written: Vec<Option<Node<'d>>>,
}

/// Binds all names of a workflow that was written in these texts, whose patches took these names
/// away.
pub(crate) fn resolve<'d>(
    mut draft: DraftWorkflow<'d>,
    catalogue: &Catalogue,
    sources: &Sources,
    (texts, lost): (&[&str], &LostNames),
    found: &mut Vec<Diagnostic>,
) -> Resolved<'d> {
    let maps: Vec<Option<Node<'d>>> = draft.drafts.iter().map(|draft| draft.written).collect();
    let mut misses = Misses::of(lost);
    let lists = Lists::of(&draft.drafts, draft.finally, texts, found);
    needs::bind(&mut draft.drafts, &lists, &mut misses, found);
    cycles::cut(&mut draft.drafts, found);
    let written = before::Written::of(&draft.drafts, sources);
    let since = arming::since(&draft.drafts);
    let own_hosts = inherit::inherit(&mut draft, catalogue, found);
    let defaults = inherit::Given::take(&mut draft);
    pools::agree(&defaults, found);
    let mut workflow = workflow(draft);
    let order = Order::of(&workflow);
    let outputs = outputs(&workflow, catalogue);
    let checked = expressions::Check {
        workflow: &workflow,
        order: &order,
        lists: &lists,
        written: &written,
        catalogue,
        own_hosts,
        defaults: &defaults.by_scope,
    };
    let (mut misses, handed, typed) = checked.all(outputs, misses, found);
    calls::keep_types(&mut workflow, typed);
    let places = places(&workflow, catalogue);
    let place = |step: StepId| places.get(&step).cloned().unwrap_or_default();
    let kind = |name: &str| catalogue.kind(name);
    let is_idle = |name: &str| kind(name).is_some_and(|kind| !kind.shape().arms());
    let kinds = (&place as _, &is_idle as _);
    let armed = arming::find(&mut workflow, &since, &order, &lists, kinds, &mut misses);
    found.extend(armed);
    inherit::defaults(&mut workflow, &defaults);
    vars::hand_up(&mut workflow, handed, found);
    let blame = blame::Blame::new(&workflow, sources, texts);
    let used = blame.tell(misses, catalogue, found);
    Resolved {
        workflow,
        order,
        used,
        written: maps,
    }
}

/// The arena of a workflow whose names are not checked yet.
fn workflow(draft: DraftWorkflow<'_>) -> Workflow {
    let inputs: IndexMap<_, _> = draft
        .inputs
        .into_iter()
        .map(|(name, input)| (name.value.into(), input))
        .collect();
    Workflow {
        name: draft.name,
        summary: draft.summary,
        see: draft.see,
        inputs,
        nodes: draft.drafts.into_iter().map(|draft| draft.node).collect(),
        outputs: draft.outputs,
        finally: draft.finally,
        is_library: draft.is_library,
        source_hash: "".into(),
    }
}

/// The outputs of every step whose kind is known.
fn outputs(workflow: &Workflow, catalogue: &Catalogue) -> HashMap<StepId, Vec<Field>> {
    let of = |step| Some((step, outputs_of(workflow, catalogue, step)?));
    workflow.ids().filter_map(of).collect()
}

/// The outputs of a step, if its kind is known.
pub(crate) fn outputs_of(
    workflow: &Workflow,
    catalogue: &Catalogue,
    step: StepId,
) -> Option<Vec<Field>> {
    let node = workflow.node(step);
    let action = node.action()?;
    let kind = catalogue.kind(&action.kind)?;
    // What a mistake in the input would have brought cannot be told.
    if value::has_hole(&action.with) {
        return None;
    }
    let input = Input {
        host: Value::unknown("the run has begun"),
        with: value::known(&action.with),
    };
    let mut fields = kind.shape().outputs.clone();
    fields.extend(kind.more_outputs(&input));
    if !node.accept.is_empty() {
        fields.push(meaning::fault());
    }
    Some(fields)
}

/// The inputs that say where each step arms.
fn places(workflow: &Workflow, catalogue: &Catalogue) -> HashMap<StepId, Vec<Name>> {
    let place = |step| (step, place(workflow, catalogue, step));
    workflow.ids().map(place).collect()
}

fn place(workflow: &Workflow, catalogue: &Catalogue, step: StepId) -> Vec<Name> {
    let action = workflow.node(step).action().filter(|action| action.arms);
    let kind = action.and_then(|action| catalogue.kind(&action.kind));
    kind.map(|kind| kind.shape().place.clone())
        .unwrap_or_default()
}
