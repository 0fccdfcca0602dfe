//! `plan`: what a run would do. Nothing that can have an effect is within its reach.

use std::sync::Arc;

use runsheet_diagnostics::words;
use runsheet_record::plan::Plan;
use runsheet_report::json;
use runsheet_report::plan::foreseen;
use runsheet_runner::drivers::OnlyReads;
use runsheet_runner::planner;

use super::foreseen::{place, remedy};
use crate::args::PlanArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::drivers::{self, SiteDrivers};
use crate::exit::Exit;
use crate::operator::Answers;
use crate::reading::{self, Whole};
use crate::runtime::runtime;
use crate::secrets;
use crate::unserved::unserved;

pub(super) fn plan(arguments: &PlanArguments, console: &Console) -> Result<Exit, Complaint> {
    let whole = reading::whole(&arguments.workflow, &arguments.place, console)?;
    let drivers = drivers::of(&whole, &Answers::No("a plan asks nothing"), console)?;
    let plan = runtime()?.block_on(async {
        let plan = made(&whole, &drivers, console).await;
        drivers.close().await;
        plan
    });
    let look = runsheet_report::look::Look {
        all: arguments.all,
        ..console.look()
    };
    let text = if arguments.json {
        json::plan(&plan)? + "\n"
    } else {
        runsheet_report::plan::plan(&plan, look)
    };
    console.data(&text)?;
    all_served(&plan, &whole, console)?;
    nothing_fails(&plan)?;
    let changes = arguments.exit_code && !plan.is_empty();
    Ok(if changes { Exit::Changes } else { Exit::Done })
}

/// # Errors
/// A failure that the plan foresees; the plan has told it.
fn nothing_fails(plan: &Plan) -> Result<(), Complaint> {
    let failing = foreseen(plan);
    if failing.is_empty() {
        return Ok(());
    }
    let count = words::count("step", failing.len());
    let complaint = Complaint::new(format!("{count} would fail"));
    Err(complaint.help(remedy(&failing)))
}

/// Plans, with the half of the drivers that only looks.
pub(super) async fn made(whole: &Whole, drivers: &Arc<SiteDrivers>, console: &Console) -> Plan {
    let vault = secrets::at_hand(whole, console);
    drivers.keep(&vault);
    let readers = OnlyReads::new(drivers.clone(), vault);
    let mut plan = planner::plan(whole.bound.clone(), &whole.kinds, &readers).await;
    place(&mut plan, &whole.sources);
    plan
}

/// # Errors
/// Anything that a step needs and nobody serves.
pub(super) fn all_served(plan: &Plan, whole: &Whole, console: &Console) -> Result<(), Complaint> {
    let unserved = unserved(plan);
    if unserved.is_empty() {
        return Ok(());
    }
    console.diagnose(&unserved, &whole.sources);
    Err(Complaint::told())
}
