//! Pools of one name: they are one pool of the run, and have one size.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::POOLS_DISAGREE;
use super::inherit::Given;
use crate::workflow::Pool;

/// Tells where a pool has another size than where it is first named, each place once.
pub(super) fn agree(given: &Given, found: &mut Vec<Diagnostic>) {
    let defaults = given.by_scope.values().map(|defaults| &defaults.pools);
    let all = defaults.chain(&given.pools).flatten().flatten();
    let mut first: BTreeMap<&str, &Pool> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for pool in all {
        let known = first.entry(&pool.name).or_insert(pool);
        if known.size != pool.size && told.insert(pool.span) {
            found.push(disagreement(known, pool));
        }
    }
}

fn disagreement(known: &Pool, pool: &Pool) -> Diagnostic {
    let (name, size) = (&pool.name, known.size);
    let message = format!("the pool `{name}` has two sizes");
    let fix = Fix::replace(format!("make it {size}"), pool.span, size.to_string());
    Diagnostic::error(&POOLS_DISAGREE, message)
        .at(pool.span, format!("{} here", pool.size))
        .at(known.span, format!("{size} here"))
        .help("a pool is one for the whole run: say the same size, or give one another name")
        .fix(fix.by_choice())
}
