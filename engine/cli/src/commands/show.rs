//! `show`: a run told again from its journal, by the code that told it when it happened.

use std::sync::Arc;

use runsheet_record::State;
use runsheet_record::observer::Observer;
use runsheet_report::ledger::Ledger;
use runsheet_report::look::Look;
use runsheet_report::progress::{JsonLines, Plain};
use runsheet_report::verdict::{self, Verdict};
use runsheet_report::{interrupted, json, plan};
use runsheet_runner::journal;

use crate::args::ShowArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::state_dir::{RunFolder, StateDir};

pub(super) fn show(
    arguments: &ShowArguments,
    state: &StateDir,
    console: &Console,
) -> Result<Exit, Complaint> {
    let folder = state.find(&arguments.run)?;
    let under = folder.plan()?;
    let catalogue = Arc::clone(console.shelf.linked());
    let look = Look {
        all: arguments.all,
        ..console.look()
    };
    if arguments.plan {
        let text = if arguments.json {
            json::plan(&under)? + "\n"
        } else {
            plan::plan(&under, look)
        };
        console.data(&text)?;
        return Ok(Exit::Done);
    }
    let mut ledger = Ledger::new(catalogue);
    let mut state = State::new(under.bound.clone());
    tell(&folder, arguments.json, (&mut state, &mut ledger), console)?;
    let at_work = folder.is_at_work();
    if state.ended.is_none() && !at_work {
        interrupted::settle(&mut state, &ledger);
    }
    let verdict = Verdict {
        run: folder.id.as_str().into(),
        at_work,
        ..Verdict::of(&state, &ledger, &under, &folder.sources())
    };
    let text = if arguments.json {
        json::verdict(&verdict)? + "\n"
    } else {
        format!("\n{}", verdict::text(&verdict, look))
    };
    console.data(&text)?;
    Ok(Exit::Done)
}

/// Tells all that happened, and keeps what a verdict needs.
fn tell(
    folder: &RunFolder,
    json: bool,
    (state, ledger): (&mut State, &mut Ledger),
    console: &Console,
) -> Result<(), Complaint> {
    let path = folder.journal();
    let recorded = journal::read(&path);
    let recorded = recorded.map_err(|error| Complaint::new(error.to_string()))?;
    let mut lines = JsonLines::new(console.output.clone());
    let mut plain = Plain::new(console.output.clone(), console.look());
    for event in &recorded.events {
        state.apply(event);
        ledger.on(event, state);
        if json {
            lines.on(event, state);
        } else {
            plain.on(event, state);
        }
    }
    if let Some((line, why)) = recorded.torn {
        console.note(&format!(
            "{}:{line}: {why}; what was written after it is lost",
            path.display()
        ));
    }
    Ok(())
}
