//! `graph`: the order of a workflow, drawn.

use runsheet_diagnostics::suggest;
use runsheet_report::look::drawn;
use runsheet_views::graph::{Form, Graph, Open, UnknownGroup};

use crate::args::graph::GraphArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::reading::Reading;

pub(super) fn graph(arguments: &GraphArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut reading = Reading::new(console);
    reading.overlays(&arguments.laid, console)?;
    let workflow = reading.workflow(&arguments.workflow, console)?;
    reading.tell(console)?;
    let open = Open {
        depth: arguments.depth,
        expand: arguments.expand.clone(),
        collapse: arguments.collapse.clone(),
    };
    let graph = Graph::of(&workflow, &open).map_err(|unknown| no_group(&unknown))?;
    let named = Form::ALL.iter().find(|(name, _)| *name == arguments.format);
    let form = named.map_or(Form::Text, |(_, form)| *form);
    let picture = graph.draw(form);
    match form {
        Form::Text => console.data(&drawn(&picture))?,
        _ => console.data(&picture)?,
    }
    Ok(Exit::Done)
}

fn no_group(unknown: &UnknownGroup) -> Complaint {
    let complaint = Complaint::new(format!("there is no group `{}`", unknown.address));
    let groups = unknown.groups.iter().map(String::as_str);
    match suggest::nearest(&unknown.address, groups) {
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None => complaint.help("`runsheet graph` shows groups with a `+` or a `-`"),
    }
}
