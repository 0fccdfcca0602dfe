//! `graph`: the order of a workflow, drawn.

use std::path::Path;
use std::sync::Arc;

use runsheet_diagnostics::suggest;
use runsheet_language::bound::bind;
use runsheet_language::workflow::Workflow;
use runsheet_record::plan::End;
use runsheet_report::look::drawn;
use runsheet_views::graph::{AtSite, Form, Graph, Open, There, UnknownGroup};

use crate::args::graph::GraphArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::inputs;
use crate::reading::Reading;
use crate::runtime::runtime;
use crate::unserved::blind_plan;

pub(super) fn graph(arguments: &GraphArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut reading = Reading::new(console);
    reading.overlays(&arguments.laid, console)?;
    if let Some(site) = &arguments.site {
        reading.expect_site(site, console);
    }
    let workflow = reading.workflow(&arguments.workflow, console)?;
    let known = match &arguments.site {
        Some(site) => at_site(site, &workflow, arguments, &mut reading, console)?,
        None => None,
    };
    reading.tell(console)?;
    let open = Open {
        depth: arguments.depth,
        expand: arguments.expand.clone(),
        collapse: arguments.collapse.clone(),
    };
    let graph = Graph::of(&workflow, &open, known.as_ref());
    let graph = graph.map_err(|unknown| no_group(&unknown))?;
    let named = Form::ALL.iter().find(|(name, _)| *name == arguments.format);
    let form = named.map_or(Form::Text, |(_, form)| *form);
    let picture = graph.draw(form);
    match form {
        Form::Text => console.data(&drawn(&picture))?,
        _ => console.data(&picture)?,
    }
    Ok(Exit::Done)
}

/// What is known at a site without a look at it; nothing where something is wrong.
fn at_site(
    path: &Path,
    workflow: &Arc<Workflow>,
    arguments: &GraphArguments,
    reading: &mut Reading,
    console: &Console,
) -> Result<Option<AtSite>, Complaint> {
    let site = reading.site(path, console)?;
    let given = inputs::said(&arguments.place(), reading, console)?;
    if reading.is_broken() {
        return Ok(None);
    }
    let (bound, found) = bind(workflow, &site, &given);
    reading.found.extend(found);
    let Some(bound) = bound else { return Ok(None) };
    let plan = runtime()?.block_on(blind_plan(&site, bound, &reading.kinds));
    let mut known = AtSite::new(&plan.bound.site);
    for row in &plan.rows {
        let there = There {
            host: row.host.as_ref().map(ToString::to_string),
            is_skipped: row.end == End::Skipped,
        };
        known.add(&row.address, there);
    }
    Ok(Some(known))
}

fn no_group(unknown: &UnknownGroup) -> Complaint {
    let complaint = Complaint::new(format!("there is no group `{}`", unknown.address));
    let groups = unknown.groups.iter().map(String::as_str);
    match suggest::nearest(&unknown.address, groups) {
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None => complaint.help("`runsheet graph` shows groups with a `+` or a `-`"),
    }
}
