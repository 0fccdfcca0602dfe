//! `apply`: plans, and runs under that plan.

mod face;
mod refuse;

use std::sync::Arc;

use runsheet_record::event::RunStarted;
use runsheet_record::plan::Plan;
use runsheet_record::{RunId, State};
use runsheet_report::ledger::Ledger;
use runsheet_report::look::Look;
use runsheet_report::verdict::{self, Verdict};
use runsheet_report::{json, plan};
use runsheet_runner::dispatcher::{self, Setup};
use runsheet_runner::drivers::Drivers;
use runsheet_runner::journal::FileJournal;
use runsheet_runner::schedule::Limit;
use runsheet_runner::vault::Vault;
use runsheet_step::Catalogue;
use runsheet_step::driver::Drain;
use tokio::sync::mpsc;

use crate::args::ApplyArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::drivers::{self, SiteDrivers};
use crate::exit::Exit;
use crate::operator::Answers;
use crate::reading::{self, Whole};
use crate::runtime::runtime;
use crate::secrets;
use crate::signals::Signals;
use crate::state_dir::StateDir;
use face::Face;

/// All that a run is made from.
struct Prepared {
    whole: Whole,
    plan: Plan,
    catalogue: Arc<Catalogue>,
    drivers: Arc<SiteDrivers>,
    answers: Answers,
}

pub(super) fn apply(
    arguments: &ApplyArguments,
    state: &StateDir,
    verbose: u8,
    console: &Console,
) -> Result<Exit, Complaint> {
    let runtime = runtime()?;
    runtime.block_on(async {
        let mut signals = Signals::listen(console);
        let prepared = signals.or(prepare(arguments, console)).await?;
        let drivers = Arc::clone(&prepared.drivers);
        let run = Run {
            arguments,
            state,
            verbose,
            console,
            prepared,
        };
        let exit = run.agreed_and_carried_out(signals).await;
        drivers.close().await;
        exit
    })
}

/// A run that may begin.
struct Run<'r> {
    arguments: &'r ApplyArguments,
    state: &'r StateDir,
    verbose: u8,
    console: &'r Console,
    prepared: Prepared,
}

impl Run<'_> {
    async fn agreed_and_carried_out(self, mut signals: Signals) -> Result<Exit, Complaint> {
        let (prepared, console) = (&self.prepared, self.console);
        show_plan(prepared, self.verbose, console);
        super::plan::all_served(&prepared.plan, &prepared.whole, console)?;
        refuse::failures(prepared)?;
        let vault = signals.or(agree(prepared, console)).await?;
        prepared.drivers.keep(&vault);
        self.carried_out(vault, signals).await
    }

    async fn carried_out(self, vault: Vault, mut signals: Signals) -> Result<Exit, Complaint> {
        let prepared = &self.prepared;
        let _hold = match prepared.whole.site.lab {
            Some(_) => None,
            None => Some(self.state.hold(&prepared.whole.site.name)?),
        };
        let begun = begun(prepared, self.console);
        let (sender, cancel) = mpsc::unbounded_channel();
        let left = format!(
            "left at once: what was in flight is in doubt; look with: runsheet show {}",
            begun.run
        );
        signals.pass_on(sender, left.clone())?;
        let sources = &prepared.whole.sources;
        let (mut journal, _at_work) = self.state.begin(&begun.run, &prepared.plan, sources)?;
        let setup = self.setup(vault, cancel);
        let bound = prepared.plan.bound.clone();
        let face = Face::of(self.arguments.json, self.verbose, bound, self.console);
        let mut told = face::Told::new(Ledger::new(prepared.catalogue.clone()), face);
        self.console.under_way.is_now(Some(begun.run.clone()));
        let drawn = told.face.keep_drawn(prepared.drivers.clock());
        let ended = tokio::select! {
            biased;
            ended = carry_out(&prepared.plan, begun, setup, &mut journal, &mut told) => ended?,
            () = signals.heard_one() => {
                self.console.note(&left);
                return Ok(Exit::InDoubt);
            }
            never = drawn => match never {},
        };
        self.console.under_way.is_now(None);
        conclude(ended, &mut told, prepared, self.arguments, self.console)
    }

    fn setup(&self, vault: Vault, cancel: mpsc::UnboundedReceiver<()>) -> Setup {
        Setup {
            catalogue: self.prepared.catalogue.clone(),
            drivers: self.prepared.drivers.clone(),
            vault,
            operator: Arc::new(self.prepared.answers.clone()),
            sink: Arc::new(Drain),
            limit: Limit(self.arguments.limit_acting as usize),
            cancel,
        }
    }
}

/// Reads everything, and plans.
async fn prepare(arguments: &ApplyArguments, console: &Console) -> Result<Prepared, Complaint> {
    let whole = reading::whole(&arguments.workflow, &arguments.place, console)?;
    let answers = Answers::of(arguments.yes, arguments.place.no_input, &console.person);
    let drivers = drivers::of(&whole, &answers, console)?;
    let plan = super::plan::made(&whole, &drivers, console).await;
    Ok(Prepared {
        catalogue: Arc::clone(&whole.kinds),
        whole,
        plan,
        drivers,
        answers,
    })
}

async fn carry_out(
    plan: &Plan,
    begun: RunStarted,
    setup: Setup,
    journal: &mut FileJournal,
    told: &mut face::Told,
) -> Result<State, Complaint> {
    let path = journal.path().display().to_string();
    dispatcher::run(plan, begun, setup, journal, told)
        .await
        .map_err(|error| {
            Complaint::new(format!("{path}: the journal cannot be written: {error}"))
                .help("nothing has acted since; what was in flight is in doubt")
                .exit(Exit::InDoubt)
        })
}

/// The whole plan for a real site or with `-v`, otherwise what it amounts to.
fn show_plan(prepared: &Prepared, verbose: u8, console: &Console) {
    let look = console.talk_look();
    if verbose > 0 || prepared.plan.bound.real {
        console.say(&plan::plan(&prepared.plan, look));
    } else {
        console.say(&plan::summary(&prepared.plan, look));
    }
}

/// A real site wants its name typed, and what is asked later wants somebody to answer; then
/// secrets are fetched.
async fn agree(prepared: &Prepared, console: &Console) -> Result<Vault, Complaint> {
    if prepared.plan.bound.real {
        agree_to_real(prepared).await?;
    }
    refuse::questions(prepared)?;
    secrets::open(&prepared.whole, &prepared.plan, console).await
}

async fn agree_to_real(prepared: &Prepared) -> Result<(), Complaint> {
    let site = &prepared.plan.bound.site;
    match &prepared.answers {
        Answers::Yes => Ok(()),
        Answers::No(_) => {
            let message = format!("{site} is a real site, and nobody can agree to the plan");
            Err(Complaint::new(message).help("agree with --yes, or run it at a terminal"))
        }
        Answers::Person(person) => {
            let question = format!("{site} is a real site. Type its name to go on: ");
            match person.ask(&question).await? {
                Some(typed) if typed == **site => Ok(()),
                _ => Err(Complaint::cancelled()),
            }
        }
    }
}

fn begun(prepared: &Prepared, console: &Console) -> RunStarted {
    let bound = &prepared.plan.bound;
    RunStarted {
        run: RunId::new(console.now, console.salt),
        workflow: bound.workflow.name.clone(),
        site: bound.site.clone(),
        source_hash: bound.workflow.source_hash.clone(),
        version: env!("CARGO_PKG_VERSION").into(),
        wall: console.now,
    }
}

/// The verdict, and the exit code that goes with it.
fn conclude(
    state: State,
    told: &mut face::Told,
    prepared: &Prepared,
    arguments: &ApplyArguments,
    console: &Console,
) -> Result<Exit, Complaint> {
    let sources = &prepared.whole.sources;
    let verdict = Verdict::of(&state, &told.ledger, &prepared.plan, sources);
    let look = Look {
        all: arguments.all,
        ..console.look()
    };
    let text = if arguments.json {
        json::verdict(&verdict)? + "\n"
    } else {
        // Apart from what was told before, which is no data.
        console.say("\n");
        verdict::text(&verdict, look)
    };
    console.data(&text)?;
    if let Some(trouble) = told.trouble() {
        console.note(&format!("not all of it could be shown: {trouble}"));
    }
    Ok(Exit::of_run(state.ended))
}
