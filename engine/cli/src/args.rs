//! What can be typed.

pub mod diff;
pub mod explain;
pub mod graph;
mod habits;
pub mod lab;
pub mod new;
pub mod plugin;
pub mod plugin_host;
pub mod render;
pub mod schema;
pub mod shell;

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use runsheet_language::bound::GivenVar;

use crate::console::Console;
use crate::exit::Exit;
use diff::DiffArguments;
use explain::ExplainArguments;
use graph::GraphArguments;
use lab::LabArguments;
use new::NewArguments;
use plugin::PluginArguments;
use render::RenderArguments;
use schema::SchemaArguments;
use shell::{CompletionsArguments, ManArguments};

/// Runs runbooks: plans exactly what would happen, does that and no more, and says how it went.
#[derive(Debug, Parser)]
#[command(name = "runsheet", version, max_term_width = 100)]
#[command(after_help = "\
Examples:
  runsheet check workflows/manual-dirsync-exchange-server.yaml
  runsheet plan  workflows/manual-dirsync-exchange-server.yaml --site sites/contoso.yaml
  runsheet apply workflows/manual-dirsync-exchange-server.yaml
  runsheet show  last

Exit codes: 0 done, 1 error, or a run that failed or would fail, 2 changes (plan --exit-code),
3 in doubt, 4 cancelled, 64 wrong usage.")]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Tell more about what happens; twice for every request
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// The folder that keeps runs [default: .runsheet, or RUNSHEET_STATE]
    #[arg(long, global = true, value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read a workflow and tell everything that is wrong with it
    Check(CheckArguments),
    /// Put indentation, spaces and blank lines of files in order; nothing else changes
    Fmt(FmtArguments),
    /// Show what a run would do, step by step; changes nothing
    Plan(PlanArguments),
    /// Plan a run and carry it out
    #[command(alias = "run")]
    Apply(ApplyArguments),
    /// List the runs there have been
    Runs(RunsArguments),
    /// Tell a run again: what happened, and the verdict
    Show(ShowArguments),
    /// Explain a kind of step, a key, a code, or where a value of a workflow comes from
    Explain(ExplainArguments),
    /// Make a simulated site, look into it, and act in it
    Lab(LabArguments),
    /// Tell an editor about the files it shows; started by the editor itself
    Lsp(LspArguments),
    /// Make a first workflow and a site for it, which run at once
    New(NewArguments),
    /// Make, test, take, list and sign plugins: kinds of step and facilities
    Plugin(PluginArguments),
    /// Draw the order of a workflow: as text, Mermaid, DOT or SVG
    Graph(GraphArguments),
    /// Tell what differs between workflows, step by step
    Diff(DiffArguments),
    /// Write a workflow and all that it is made of as one file
    Render(RenderArguments),
    /// Print the JSON Schema of workflow, site or overlay files, for editors
    Schema(SchemaArguments),
    /// Print what completes commands in a shell
    Completions(CompletionsArguments),
    /// Print the manual page, or write those of all commands into a folder
    Man(ManArguments),
}

/// Where, and with which inputs.
#[derive(Clone, Debug, Args)]
pub struct Where {
    /// The site to run on [default: sites/lab.yaml beside the workflow]
    #[arg(long, value_name = "FILE")]
    pub site: Option<PathBuf>,
    /// An input of the workflow; may be given again
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub sets: Vec<(String, String)>,
    /// A variable of a host, or of the hosts of a group; may be given again
    #[arg(long = "set-var", value_name = "HOST.VAR=VALUE", value_parser = var_and_value)]
    pub set_vars: Vec<GivenVar>,
    /// A file of inputs: a YAML map of their names and values
    #[arg(long, value_name = "FILE")]
    pub inputs: Option<PathBuf>,
    /// What is changed in the workflow or the site
    #[command(flatten)]
    pub laid: Laid,
    /// Ask nothing: a question that needs a person is answered with no
    #[arg(long)]
    pub no_input: bool,
}

/// Overlays.
#[derive(Debug, Default, Clone, Args)]
pub struct Laid {
    /// A patch of the workflow, its site or the variables of hosts; may be given again, in order
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
}

/// The changes that `check --fix` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fixing {
    /// Those that no person need look at
    Sure,
    /// All of them
    All,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet check workflows/*.yaml
  runsheet check workflows/manual-dirsync-exchange-server.yaml --site sites/contoso.yaml
  runsheet check workflows/*.yaml --fix --diff")]
pub struct CheckArguments {
    /// Workflow files
    #[arg(required = true, value_name = "WORKFLOW")]
    pub workflows: Vec<PathBuf>,
    /// A site that the workflows must fit
    #[arg(long, value_name = "FILE")]
    pub site: Option<PathBuf>,
    /// What is changed in the workflows or the site
    #[command(flatten)]
    pub laid: Laid,
    /// Make the changes that mend what is wrong, in the files named here; with `=all` also those
    /// that a person should look at: they take something out, or choose a value or an order
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "sure")]
    pub fix: Option<Fixing>,
    /// With --fix: also in files that those name
    #[arg(long, requires = "fix")]
    pub all_files: bool,
    /// With --fix: show the changes and make none
    #[arg(long, requires = "fix")]
    pub diff: bool,
}

/// Arguments of `fmt`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet fmt
  runsheet fmt workflows/manual-dirsync-exchange-server.yaml --diff
  runsheet fmt --check workflows
  runsheet fmt - < workflow.yaml")]
pub struct FmtArguments {
    /// Files, and folders whose workflows, sites and overlays are meant; `-`: what is typed
    #[arg(value_name = "FILE", default_value = ".")]
    pub files: Vec<PathBuf>,
    /// Change nothing; end with 1 if a file is not in order
    #[arg(long)]
    pub check: bool,
    /// Change nothing; show what would change
    #[arg(long)]
    pub diff: bool,
}

/// Arguments of `plan`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet plan workflows/manual-dirsync-exchange-server.yaml
  runsheet plan workflows/manual-dirsync-exchange-server.yaml --set prepare_pause=false --all")]
pub struct PlanArguments {
    /// The workflow file
    pub workflow: PathBuf,
    /// Where, and with which inputs
    #[command(flatten)]
    pub place: Where,
    /// Write JSON
    #[arg(long)]
    pub json: bool,
    /// Show every item, however many are alike
    #[arg(long)]
    pub all: bool,
    /// End with 2 if there are changes
    #[arg(long)]
    pub exit_code: bool,
}

/// Arguments of `apply`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet apply workflows/manual-dirsync-exchange-server.yaml
  runsheet apply workflows/manual-dirsync-exchange-server.yaml --site sites/contoso.yaml --yes")]
pub struct ApplyArguments {
    /// The workflow file
    pub workflow: PathBuf,
    /// Where, and with which inputs
    #[command(flatten)]
    pub place: Where,
    /// Answer yes to every question
    #[arg(long)]
    pub yes: bool,
    /// Write every event, and the verdict, as a line of JSON
    #[arg(long)]
    pub json: bool,
    /// Show everything, however much is alike
    #[arg(long)]
    pub all: bool,
    /// How many steps may act at once
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..))]
    pub limit_acting: u32,
}

/// Arguments of `runs`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet runs
  runsheet runs --state /srv/runs --json")]
pub struct RunsArguments {
    /// Write a line of JSON for each
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet show last
  runsheet show 20260123-0815")]
pub struct ShowArguments {
    /// The name of a run, its beginning, or `last`
    pub run: String,
    /// Write every event, and the verdict, as a line of JSON
    #[arg(long)]
    pub json: bool,
    /// Show the plan it was run under in place of what happened
    #[arg(long)]
    pub plan: bool,
    /// Show everything, however much is alike
    #[arg(long)]
    pub all: bool,
}

/// Arguments of `lsp`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet lsp")]
pub struct LspArguments {
    /// Speak over the standard streams, as is always done
    #[arg(long, hide = true)]
    pub stdio: bool,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` has no `=`: write NAME=VALUE"))?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

fn var_and_value(text: &str) -> Result<GivenVar, String> {
    let (name, value) = name_and_value(text)?;
    let (owner, name) = name
        .rsplit_once('.')
        .ok_or_else(|| format!("`{name}` has no `.`: write HOST.VAR=VALUE"))?;
    Ok(GivenVar {
        owner: owner.into(),
        name: name.into(),
        text: value.into(),
    })
}

/// Help that was asked for is data; anything else that cannot be read is wrong usage.
pub(crate) fn refuse(mut error: clap::Error, console: &Console) -> Exit {
    habits::tell(&mut error);
    lab::tell_of_quotes(&mut error);
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let look = if is_help {
        console.look()
    } else {
        console.talk_look()
    };
    let text = error.render();
    let text = if look.colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    if is_help {
        return match console.data(&text) {
            Ok(()) => Exit::Done,
            Err(_) => Exit::Failed,
        };
    }
    console.say(&text);
    Exit::Usage
}
