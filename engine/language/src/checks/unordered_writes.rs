//! Steps that nothing orders and that write the same thing of one host, or that act there and may
//! change anything: what is there in the end would be chance.
//!
//! Only what is written out is compared, so that who is told may believe it. A plan looks again,
//! when all values are known.

mod items;

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::{Access, Host, Input, Map, Name, Request, Turn, Value};

use super::{Checked, UNORDERED_WRITES, edits};
use crate::expression::Template;
use crate::read::value;
use crate::workflow::{Action, Effects, Lock, StepId};

/// Where something is written: the names a host is said in, and the host as said.
type Place = (StepId, Option<StepId>, String);

/// What is written of a host: a part of a facility, or anything.
type Written = Option<(Name, Name)>;

/// What is written, and how people call it.
type Named = (Written, Name);

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    let mut last: BTreeMap<(Place, Written), StepId> = BTreeMap::new();
    for step in checked.resolved.workflow.ids() {
        let Some(place) = place(checked, step) else {
            continue;
        };
        for (written, name) in written(checked, step, &place.2) {
            let before = last.insert((place.clone(), written.clone()), step);
            let other = before.filter(|other| clashes(checked, *other, step, &written));
            found.extend(other.map(|other| told(checked, other, step, (&written, &name))));
        }
    }
    items::look(checked, found);
}

/// Where a step writes that runs whenever it is come to.
fn place(checked: &Checked<'_, '_>, step: StepId) -> Option<Place> {
    let workflow = &checked.resolved.workflow;
    let node = workflow.node(step);
    let action = node
        .action()
        .filter(|action| action.acts && node.when.is_none())?;
    let host = action.host.as_ref()?;
    let said = match host {
        Template::Expr(expr) => checked.texts.sources.text(expr.span).to_owned(),
        other => format!("\"{}\"", other.constant()?),
    };
    let from = action.host_from.unwrap_or(step);
    // An item of the same name is another in another `foreach`.
    let mut around = workflow.node(from).path.iter().rev();
    let foreach = around.find(|group| workflow.node(**group).foreach.is_some());
    Some((workflow.scope(from), foreach.copied(), said))
}

/// What a step writes, as far as its text says that.
fn written(checked: &Checked<'_, '_>, step: StepId, host: &str) -> Vec<Named> {
    let Some(action) = checked.resolved.workflow.node(step).action() else {
        return Vec::new();
    };
    match &action.effects {
        Effects::None => Vec::new(),
        Effects::Opaque => vec![(None, "".into())],
        Effects::These(these) => {
            let name = |one: &(Name, Name)| (Some(one.clone()), one.1.clone());
            these.iter().map(name).collect()
        }
        Effects::Unsaid => asked(checked, action, host),
    }
}

/// What a step asks first: a step that writes looks at the same resource before.
fn asked(checked: &Checked<'_, '_>, action: &Action, host: &str) -> Vec<Named> {
    let input = Input {
        host: Value::Host(
            Host {
                name: host.into(),
                groups: Vec::new(),
                vars: Map::new(),
            }
            .into(),
        ),
        with: value::known(&action.with),
    };
    let turn = checked
        .catalogue
        .kind(&action.kind)
        .map(|kind| kind.turn(&input, &[]));
    match turn {
        Some(Turn::Ask(requests)) => {
            let written = requests.iter().filter(|request| *request.host == *host);
            written.filter_map(|request| of(checked, request)).collect()
        }
        _ => Vec::new(),
    }
}

fn of(checked: &Checked<'_, '_>, request: &Request) -> Option<Named> {
    let facility = checked.catalogue.facility_named(&request.facility)?;
    let written = match facility.access(request) {
        Access::Opaque => None,
        _ => Some((request.facility.clone(), facility.area(request))),
    };
    Some((written, request.resource.clone()))
}

/// Whether the order of two writers matters and is nowhere said.
fn clashes(checked: &Checked<'_, '_>, one: StepId, other: StepId, written: &Written) -> bool {
    let (workflow, order) = (&checked.resolved.workflow, &checked.resolved.order);
    let ordered = order.is_before(workflow, one, other) || order.is_before(workflow, other, one);
    !ordered && !same_scope_apart(checked, one, other) && !alike(checked, one, other, written)
}

/// Whether only one of two runs, as far as a condition of a group around one of them can say.
fn same_scope_apart(checked: &Checked<'_, '_>, one: StepId, other: StepId) -> bool {
    let workflow = &checked.resolved.workflow;
    let shared = workflow.around(one, other);
    let conditional = |step: StepId| {
        let around = workflow.node(step).path.iter().rev();
        let mut inner = around.take_while(|group| Some(**group) != shared);
        inner.any(|group| workflow.node(*group).when.is_some())
    };
    conditional(one) || conditional(other)
}

/// Whether two writers do the same, or act under a common lock.
fn alike(checked: &Checked<'_, '_>, one: StepId, other: StepId, written: &Written) -> bool {
    let workflow = &checked.resolved.workflow;
    let (one, other) = (workflow.node(one), workflow.node(other));
    let (Some(a), Some(b)) = (one.action(), other.action()) else {
        return true;
    };
    let same = a.kind == b.kind
        && a.with
            .constant()
            .is_some_and(|with| Some(with) == b.with.constant());
    let locked = match (&one.lock, &other.lock) {
        (Lock::None, _) | (_, Lock::None) => false,
        (Lock::Names(one), Lock::Names(other)) => {
            let names = |all: &[Template]| {
                all.iter()
                    .filter_map(Template::constant)
                    .collect::<Vec<_>>()
            };
            let others = names(other);
            names(one).iter().any(|name| others.contains(name))
        }
        // Both hold the host; of another lock nobody knows.
        _ => true,
    };
    locked || written.is_some() && same
}

fn told(
    checked: &Checked<'_, '_>,
    one: StepId,
    other: StepId,
    (written, name): (&Written, &Name),
) -> Diagnostic {
    let workflow = &checked.resolved.workflow;
    let (first, second) = (workflow.node(one), workflow.node(other));
    let what = match written {
        Some((facility, _)) => format!("write {facility} `{name}`"),
        None => "act at one host and may change anything there".to_owned(),
    };
    let message = format!(
        "`{}` and `{}` both {what}, in no order",
        first.id, second.id
    );
    let diagnostic = Diagnostic::warning(&UNORDERED_WRITES, message)
        .at(second.span, "may come before or after")
        .at(first.span, "this step")
        .help("say `needs:` of one of them, or a common `lock:` where the order is all the same");
    match ordered(checked, one, other) {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    }
}

/// Lets the later in the text wait for the earlier, or the groups that they stand in.
fn ordered(checked: &Checked<'_, '_>, one: StepId, other: StepId) -> Option<Fix> {
    let workflow = &checked.resolved.workflow;
    let depth = workflow.node(workflow.around(one, other)?).path.len();
    let at = |step: StepId| workflow.node(step).path.get(depth).copied();
    let (first, then) = (at(one)?, at(other)?);
    let needs = checked.resolved.written[then.index()]?.get("needs")?;
    let id = &workflow.node(first).id;
    let edit = edits::add_item(checked.texts.sources, needs.value, id)?;
    let title = format!("let `{}` wait for `{id}`", workflow.node(then).id);
    let mut fix = Fix::new(title).by_choice();
    fix.edits.push(edit);
    Some(fix)
}
