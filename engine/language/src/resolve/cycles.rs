//! Steps that wait for each other in a circle, told as a path with every place.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;

use super::CYCLE;
use super::early::Early;
use crate::read::Draft;
use crate::workflow::StepId;

/// Finds the circles of every list, tells each once, and cuts them so that an order is left.
pub(super) fn cut(drafts: &mut [Draft<'_>], found: &mut Vec<Diagnostic>) {
    for group in 0..drafts.len() {
        let children = drafts[group].node.children.clone();
        let upward = |child: &StepId| {
            let needs = &drafts[child.index()].node.needs;
            needs.iter().any(|need| need >= child)
        };
        // Who waits only for what stands above is in no circle.
        if !children.iter().any(upward) {
            continue;
        }
        let list: BTreeSet<StepId> = children.iter().copied().collect();
        let mut early = Early::default();
        for circle in circles(drafts, &children) {
            let path = shortest(drafts, &circle);
            found.push(told(drafts, &path));
            for step in circle.iter().copied() {
                let needs = &mut drafts[step.index()].node.needs;
                let before = needs.len();
                needs.retain(|need| *need < step);
                if needs.len() == before {
                    continue;
                }
                // What it no longer waits for may have waited for those above it.
                let above = list.range(..step).next_back().copied();
                if let Some(above) = above.filter(|above| early.is(drafts, *above, step)) {
                    drafts[step.index()].node.needs.push(above);
                }
            }
        }
    }
}

/// Groups of steps that all wait for each other.
fn circles(drafts: &[Draft<'_>], children: &[StepId]) -> Vec<Vec<StepId>> {
    let mut graph = DiGraph::<StepId, ()>::new();
    let places: BTreeMap<StepId, NodeIndex> = children
        .iter()
        .map(|child| (*child, graph.add_node(*child)))
        .collect();
    for (child, at) in &places {
        let needs = drafts[child.index()].node.needs.iter();
        for need in needs.filter_map(|need| places.get(need)) {
            graph.add_edge(*at, *need, ());
        }
    }
    let components = tarjan_scc(&graph)
        .into_iter()
        .filter(|found| found.len() > 1);
    let mut circles: Vec<Vec<StepId>> = components
        .map(|found| {
            let mut steps: Vec<StepId> = found.into_iter().map(|at| graph[at]).collect();
            steps.sort_unstable();
            steps
        })
        .collect();
    circles.sort_unstable();
    circles
}

/// The shortest way from the first step of a circle back to itself.
fn shortest(drafts: &[Draft<'_>], circle: &[StepId]) -> Vec<StepId> {
    let first = circle[0];
    let mut came_from: BTreeMap<StepId, StepId> = BTreeMap::new();
    let mut todo = std::collections::VecDeque::from([first]);
    while let Some(step) = todo.pop_front() {
        for need in &drafts[step.index()].node.needs {
            if *need == first {
                let mut path = vec![step];
                while let Some(before) = came_from.get(&path[path.len() - 1]) {
                    path.push(*before);
                }
                path.reverse();
                return path;
            }
            if circle.binary_search(need).is_ok() && !came_from.contains_key(need) {
                came_from.insert(*need, step);
                todo.push_back(*need);
            }
        }
    }
    circle.to_vec()
}

/// How many steps of a circle are shown.
const MOST: usize = 20;

fn told(drafts: &[Draft<'_>], path: &[StepId]) -> Diagnostic {
    let id = |step: &StepId| format!("`{}`", drafts[step.index()].node.id);
    let mut circle: Vec<String> = path.iter().take(MOST).map(id).collect();
    circle.extend((path.len() > MOST).then(|| format!("{} more", path.len() - MOST)));
    circle.push(id(&path[0]));
    let message = format!("steps wait for each other: {}", circle.join(" -> "));
    let mut diagnostic = Diagnostic::error(&CYCLE, message);
    for (n, step) in path.iter().enumerate().take(MOST) {
        let need = path[(n + 1) % path.len()];
        let (span, written) = place(drafts, *step, need);
        let label = match written {
            true => format!("{} needs {}", id(step), id(&need)),
            false => format!(
                "{} waits for all above it, {} among them",
                id(step),
                id(&need)
            ),
        };
        diagnostic = diagnostic.at(span, label);
    }
    diagnostic.help("take one of these out of its `needs:`")
}

/// Where it is said that a step waits for another, and whether that is written at all.
fn place(drafts: &[Draft<'_>], step: StepId, need: StepId) -> (Span, bool) {
    let draft = &drafts[step.index()];
    let wanted = &drafts[need.index()].node.id;
    let ids = draft.needs.iter().flat_map(|needs| &needs.ids);
    match ids.into_iter().find(|id| *id.value == **wanted) {
        Some(id) => (id.span, true),
        None => (draft.node.span, draft.needs.is_some()),
    }
}
