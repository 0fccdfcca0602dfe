//! What steps need and nobody serves, told at the place of the step before anything acts.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::words;
use runsheet_language::bound::Bound;
use runsheet_language::site::Site;
use runsheet_language::workflow::Node;
use runsheet_record::plan::{End, Plan};
use runsheet_report::address;
use runsheet_runner::drivers::Readers;
use runsheet_runner::planner;
use runsheet_step::driver::{Pending, ReadRequest};
use runsheet_step::{Answer, Catalogue, Failure, Form, Moment, Name, Unknown};

use crate::drivers::Bindings;

/// A facility that nobody serves at a host.
pub(crate) static NO_DRIVER: Code = Code::new("no-driver", include_str!("pages/no-driver.md"));

/// The most hosts that are named at a step.
const NAMED: usize = 4;

/// What nobody serves of what this plan needs, once a step.
pub(crate) fn unserved(plan: &Plan) -> Vec<Diagnostic> {
    let mut found: BTreeMap<u32, (&Node, &Failure, BTreeSet<&Name>)> = BTreeMap::new();
    for row in plan.rows.iter().filter(|row| row.guard.is_none()) {
        let around = address::nodes(&row.address, &plan.bound.workflow);
        let (End::Fails(failure), Some(node)) = (&row.end, around.last()) else {
            continue;
        };
        if failure.form == Form::code("no-driver") {
            let at = node.span.start;
            let entry = found
                .entry(at)
                .or_insert((*node, &**failure, BTreeSet::new()));
            entry.2.extend(&row.host);
        }
    }
    found.into_values().map(diagnostic).collect()
}

fn diagnostic((node, failure, hosts): (&Node, &Failure, BTreeSet<&Name>)) -> Diagnostic {
    let mut message = failure.message.to_string();
    if hosts.len() > 1 {
        let named = words::and_list(hosts.iter().take(NAMED));
        let more = match hosts.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        message.push_str(&format!("; so it is with {named}{more}"));
    }
    Diagnostic::error(&NO_DRIVER, message)
        .at(node.span, "needs it")
        .help(
            "name one under `facilities:` of the host in the site file: `local` serves `process`, \
             `operator` serves `prompt`, and `lab` everything where the site has a `lab:`",
        )
}

/// The same without a look at the site: as far as a plan goes that knows nothing of it.
pub(crate) async fn unserved_at(
    site: &Site,
    bound: Bound,
    catalogue: &Catalogue,
) -> Vec<Diagnostic> {
    unserved(&blind_plan(site, bound, catalogue).await)
}

/// A plan that knows nothing of the site but what its file says.
pub(crate) async fn blind_plan(site: &Site, bound: Bound, catalogue: &Catalogue) -> Plan {
    let readers = Blind(Bindings::of(site));
    planner::plan(bound.into(), catalogue, &readers).await
}

/// Who does not look.
struct Blind(Bindings);

impl Readers for Blind {
    fn read<'a>(&'a self, _: &'a ReadRequest) -> Pending<'a, Answer> {
        let why = Unknown::because("a look at the site");
        Box::pin(std::future::ready(Answer::Unknown(why)))
    }

    fn serves(&self, host: &str, facility: &str) -> bool {
        self.0.serve(host, facility)
    }

    fn now(&self) -> Moment {
        Moment(0)
    }
}
