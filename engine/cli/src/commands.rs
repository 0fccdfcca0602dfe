//! One file a command.

mod apply;
mod check;
mod diff;
mod explain;
mod fmt;
mod foreseen;
mod graph;
pub(crate) mod lab;
mod lsp;
mod made;
mod new;
mod plan;
mod plugin;
pub(crate) mod plugin_host;
mod render;
mod runs;
mod schema;
mod shell;
mod show;

pub(crate) use check::checked;

use crate::args::{Arguments, Command};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::state_dir::StateDir;

/// Does what was meant.
///
/// # Errors
/// What keeps it from being done.
pub(crate) fn perform(arguments: Arguments, console: &Console) -> Result<Exit, Complaint> {
    let state = StateDir::of(arguments.state.as_deref(), console);
    match &arguments.command {
        Command::Check(check) => check::check(check, console),
        Command::Fmt(fmt) => fmt::fmt(fmt, console),
        Command::Plan(plan) => plan::plan(plan, console),
        Command::Apply(apply) => apply::apply(apply, &state, arguments.verbose, console),
        Command::Runs(runs) => runs::runs(runs, &state, console),
        Command::Show(show) => show::show(show, &state, console),
        Command::Explain(explain) => explain::explain(explain, console),
        Command::Lab(lab) => lab::lab(lab, console),
        Command::Lsp(_) => lsp::lsp(console),
        Command::New(new) => new::new(new, console),
        Command::Graph(graph) => graph::graph(graph, console),
        Command::Diff(diff) => diff::diff(diff, console),
        Command::Render(render) => render::render(render, console),
        Command::Schema(schema) => schema::schema(schema, console),
        Command::Completions(shell) => shell::completions(shell, console),
        Command::Man(man) => shell::man(man, console),
        Command::Plugin(plugin) => plugin::plugin(plugin, console),
    }
}
