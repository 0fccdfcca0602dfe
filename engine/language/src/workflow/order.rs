//! Which steps have ended whenever another one starts, answered without walking.
//!
//! In a plain list everything above a step is before it, and one number says so. Only where
//! `needs:` opens a list does a step carry a set.

use petgraph::algo::toposort;
use petgraph::graph::DiGraph;

use super::{StepId, Workflow};

/// The order of all steps of a workflow.
#[derive(Clone, Debug)]
pub struct Order {
    /// The place of each step in its list.
    places: Vec<usize>,
    rows: Vec<Row>,
}

/// What is before one step, by places in its list.
#[derive(Clone, Debug, Default)]
struct Row {
    /// Every place below this one.
    below: usize,
    /// Others, as bits; empty: none.
    others: Vec<u64>,
}

impl Row {
    fn holds(&self, place: usize) -> bool {
        let bit = |word: &u64| word >> (place % 64) & 1 == 1;
        place < self.below || self.others.get(place / 64).is_some_and(bit)
    }

    fn add(&mut self, place: usize) {
        if place == self.below && self.others.is_empty() {
            self.below += 1;
        } else if !self.holds(place) {
            let words = self.others.len().max(place / 64 + 1);
            self.others.resize(words, 0);
            self.others[place / 64] |= 1 << (place % 64);
        }
    }

    fn add_all(&mut self, other: &Row) {
        self.below = self.below.max(other.below);
        if self.others.len() < other.others.len() {
            self.others.resize(other.others.len(), 0);
        }
        for (word, more) in self.others.iter_mut().zip(&other.others) {
            *word |= more;
        }
    }

    /// Says by one number what it can.
    fn tidy(mut self) -> Row {
        while self
            .others
            .get(self.below / 64)
            .is_some_and(|word| word >> (self.below % 64) & 1 == 1)
        {
            self.below += 1;
        }
        let beyond = |(n, word): (usize, &u64)| match self.below.saturating_sub(n * 64) {
            0 => *word != 0,
            64.. => false,
            past => word >> past != 0,
        };
        if !self.others.iter().enumerate().any(beyond) {
            self.others = Vec::new();
        }
        self
    }
}

impl Order {
    /// The order of a workflow. Steps that wait for each other in a circle have none.
    #[must_use]
    pub fn of(workflow: &Workflow) -> Order {
        let mut order = Order {
            places: vec![0; workflow.nodes.len()],
            rows: vec![Row::default(); workflow.nodes.len()],
        };
        for node in &workflow.nodes {
            for (place, child) in node.children.iter().enumerate() {
                order.places[child.index()] = place;
            }
            for child in sorted(workflow, &node.children) {
                order.rows[child.index()] = order.row(&workflow.node(child).needs);
            }
            if let Some(rescue) = node.rescue {
                order.places[rescue.index()] = node.children.len();
                order.rows[rescue.index()].below = node.children.len();
            }
        }
        order
    }

    fn row(&self, needs: &[StepId]) -> Row {
        let mut row = Row::default();
        for need in needs {
            row.add_all(&self.rows[need.index()]);
        }
        for need in needs {
            row.add(self.places[need.index()]);
        }
        row.tidy()
    }

    /// Whether `one` has ended whenever `other` starts, both being of one list.
    #[must_use]
    pub fn in_list(&self, one: StepId, other: StepId) -> bool {
        self.rows[other.index()].holds(self.places[one.index()])
    }

    /// Whether `one` has ended whenever `other` starts, for instances that share their groups.
    /// All of the run is before all of `finally:`, and a step before all of its `rescue:`.
    #[must_use]
    pub fn is_before(&self, workflow: &Workflow, one: StepId, other: StepId) -> bool {
        let (above, below) = (&workflow.node(one).path, &workflow.node(other).path);
        let shared = above.iter().zip(below).take_while(|(a, b)| a == b).count();
        match (above.get(shared), below.get(shared)) {
            (Some(one), Some(other)) if shared > 0 => self.in_list(*one, *other),
            (Some(one), Some(other)) => *one == StepId::MAIN && *other != StepId::MAIN,
            (None, Some(other)) => workflow.is_rescue(*other),
            _ => false,
        }
    }
}

/// The steps of a list, each after what it needs; in the order written if that is one.
pub(crate) fn sorted(workflow: &Workflow, children: &[StepId]) -> Vec<StepId> {
    let later = |child: &StepId| workflow.node(*child).needs.iter().any(|need| need > child);
    if !children.iter().any(later) {
        return children.to_vec();
    }
    let mut graph = DiGraph::<StepId, ()>::new();
    let places: std::collections::BTreeMap<_, _> = children
        .iter()
        .map(|child| (*child, graph.add_node(*child)))
        .collect();
    for (child, at) in &places {
        for need in &workflow.node(*child).needs {
            if let Some(need) = places.get(need) {
                graph.add_edge(*need, *at, ());
            }
        }
    }
    let found = toposort(&graph, None).unwrap_or_default();
    found.into_iter().map(|at| graph[at]).collect()
}
