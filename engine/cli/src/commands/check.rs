//! `check`: everything that is wrong with workflows, and with a site for them.

use runsheet_diagnostics::words;
use runsheet_language::bound::bind;

use crate::args::CheckArguments;
use crate::catalogue::catalogue;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::reading::Reading;

pub(super) fn check(arguments: &CheckArguments, console: &Console) -> Result<Exit, Complaint> {
    let catalogue = catalogue();
    let mut reading = Reading::default();
    let site = match &arguments.site {
        Some(path) => Some(reading.site(path, &catalogue, console)?),
        None => None,
    };
    let mut good = String::new();
    for path in &arguments.workflows {
        let before = reading.found.len();
        let workflow = reading.workflow(path, &catalogue, console)?;
        let is_broken = reading.found[before..].iter().any(|one| one.is_error());
        if let Some(site) = site.as_ref().filter(|_| !is_broken) {
            reading.found.extend(bind(&workflow, site, &[]).1);
        }
        if !reading.found[before..].iter().any(|one| one.is_error()) {
            let steps = workflow.nodes.iter().filter(|node| node.action().is_some());
            let steps = words::count("step", steps.count());
            good.push_str(&format!(
                "{}: {}, {steps}, no errors\n",
                path.display(),
                workflow.name
            ));
        }
    }
    console.data(&good)?;
    reading.tell(console)?;
    Ok(Exit::Done)
}
