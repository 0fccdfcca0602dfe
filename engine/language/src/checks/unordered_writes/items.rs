//! Items of one `foreach`, several of which go at once and write the same thing: what is there in
//! the end would be that of any of them.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::Name;

use super::{Checked, Named, UNORDERED_WRITES, place, written};
use crate::document::layout::Layout;
use crate::expression::Template;
use crate::workflow::{Foreach, Lock, StepId};

/// The names that are the same for all items.
const SHARED: [&str; 2] = ["inputs", "site"];

pub(super) fn look(checked: &Checked<'_, '_>, found: &mut Vec<Diagnostic>) {
    for step in checked.resolved.workflow.ids() {
        let Some((group, foreach)) = parallel(checked, step) else {
            continue;
        };
        let Some((_, _, host)) = place(checked, step) else {
            continue;
        };
        let mut written = written(checked, step, &host).into_iter();
        let last = written.rfind(|(what, _)| what.is_some());
        found.extend(last.map(|one| told(checked, (step, group), foreach, &one)));
    }
}

/// The innermost `foreach` around a step of which several items go at once, if all of them write at
/// one host, and each its own.
fn parallel<'c>(checked: &'c Checked<'_, '_>, step: StepId) -> Option<(StepId, &'c Foreach)> {
    let workflow = &checked.resolved.workflow;
    let node = workflow.node(step);
    let path = || {
        node.path
            .iter()
            .rev()
            .map(|group| (*group, workflow.node(*group)))
    };
    let (group, around) = path().find(|(_, group)| group.foreach.is_some())?;
    let foreach = around.foreach.as_ref().filter(|it| it.parallel > 1)?;
    let action = node.action().filter(|_| matches!(node.lock, Lock::None))?;
    let host = action.host.as_ref()?;
    let from = action.host_from.unwrap_or(step);
    let is_own = workflow.scope(group) == workflow.scope(step);
    let is_shared = is_own && workflow.scope(from) == workflow.scope(step) && is_same(host);
    let inner = path().take_while(|(own, _)| *own != group);
    let mut conditions = inner.chain([(group, around)]);
    let is_chosen = conditions.any(|(_, group)| group.when.is_some());
    let differs = names(&action.with).contains(&foreach.var);
    let several = !is_single(&foreach.list);
    (is_shared && !is_chosen && differs && several).then_some((group, foreach))
}

/// Whether a value is the same for all items.
fn is_same(value: &Template) -> bool {
    names(value).iter().all(|name| SHARED.contains(&&**name))
}

fn names(value: &Template) -> Vec<Name> {
    let references = value.references().into_iter();
    references.map(|one| one.root.value).collect()
}

/// Whether a list is written out and has one item.
fn is_single(list: &Template) -> bool {
    match list {
        Template::List(items) => items.len() < 2,
        _ => false,
    }
}

fn told(
    checked: &Checked<'_, '_>,
    (step, group): (StepId, StepId),
    foreach: &Foreach,
    (written, name): &Named,
) -> Diagnostic {
    let node = checked.resolved.workflow.node(step);
    let facility = written.as_ref().map_or("", |(facility, _)| facility);
    let message = format!("all items write {facility} `{name}`, in no order");
    let told = Diagnostic::warning(&UNORDERED_WRITES, message)
        .at(node.span, "writes the same for each item")
        .at(foreach.span, "several items at once")
        .help("leave out `parallel:`, or name what is written by the item");
    match one_by_one(checked, group) {
        Some(fix) => told.fix(fix.by_choice()),
        None => told,
    }
}

/// Leaves `parallel:` out.
fn one_by_one(checked: &Checked<'_, '_>, group: StepId) -> Option<Fix> {
    let map = checked.resolved.written[group.index()]?
        .get("foreach")?
        .value;
    let parallel = map.get("parallel")?;
    Layout::of(map)?.without(Fix::new("leave `parallel:` out"), &[parallel])
}
