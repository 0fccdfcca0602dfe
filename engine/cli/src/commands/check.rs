//! `check`: everything that is wrong with workflows, and with a site for them.

mod fix;

use std::path::{Path, PathBuf};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::words;
use runsheet_language::bound::{Bound, Given, bind};
use runsheet_language::site::Site;
use runsheet_language::workflow::Workflow;

use crate::args::CheckArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::drafts::Drafts;
use crate::drivers::{mistakes, unknown_drivers};
use crate::exit::Exit;
use crate::reading::Reading;
use crate::runtime::runtime;
use crate::unserved::unserved_at;

pub(super) fn check(arguments: &CheckArguments, console: &Console) -> Result<Exit, Complaint> {
    fix::refuse_loose_word(arguments, console)?;
    let mut checked = look(arguments, Drafts::default(), console)?;
    if arguments.fix.is_some() {
        checked = fix::mended(arguments, checked, console)?;
    }
    // A difference that is to be handed on holds nothing else.
    if !arguments.diff {
        console.data(&checked.good)?;
    }
    let told = checked.reading.tell(console);
    let are_missing = !checked.missing.is_empty();
    for complaint in checked.missing {
        complaint.tell(console);
    }
    told?;
    Ok(if are_missing {
        Exit::Failed
    } else {
        Exit::Done
    })
}

/// What there is to tell, if all files can be read.
pub(crate) fn checked(arguments: &CheckArguments, console: &Console) -> Option<crate::Checked> {
    let Checked {
        reading, missing, ..
    } = look(arguments, Drafts::default(), console).ok()?;
    missing.is_empty().then_some(crate::Checked {
        found: reading.found,
        sources: reading.sources,
    })
}

/// What was looked at, and what came of it.
struct Checked {
    reading: Reading,
    /// What is to be said of the workflows that are well.
    good: String,
    /// What could not be looked at.
    missing: Vec<Complaint>,
}

/// Looks at all files, with new texts in the place of some.
fn look(
    arguments: &CheckArguments,
    drafts: Drafts,
    console: &Console,
) -> Result<Checked, Complaint> {
    let mut reading = Reading::new(console);
    reading.drafts = drafts;
    let mut checking = Checking {
        reading,
        runtime: runtime()?,
        site_path: arguments.site.clone(),
        is_around_well: true,
    };
    checking.reading.overlays(&arguments.laid, console)?;
    let mut missing = Vec::new();
    let site = match &arguments.site {
        Some(path) => checking
            .site(path, &arguments.workflows, console)
            .map_err(|one| missing.push(one))
            .ok(),
        None => None,
    };
    checking.is_around_well = missing.is_empty() && !checking.reading.is_broken();
    let mut good = String::new();
    for path in &arguments.workflows {
        match checking.workflow(path, site.as_ref(), console) {
            Ok(told) => good.push_str(&told),
            Err(complaint) => missing.push(complaint),
        }
    }
    if arguments.site.is_none() {
        checking.reading.without_site();
    }
    Ok(Checked {
        reading: checking.reading,
        good,
        missing,
    })
}

/// What is needed to look at one file after another.
struct Checking {
    reading: Reading,
    runtime: tokio::runtime::Runtime,
    site_path: Option<PathBuf>,
    /// Whether the site is well, and what is laid over the workflows.
    is_around_well: bool,
}

impl Checking {
    /// Reads the site, which may name facilities that only plugins of the workflows bring.
    fn site(
        &mut self,
        path: &Path,
        workflows: &[PathBuf],
        console: &Console,
    ) -> Result<Site, Complaint> {
        self.reading.expect_site(path, console);
        self.reading.expect(workflows, console);
        let site = self.reading.site(path, console)?;
        self.reading
            .found
            .extend(unknown_drivers(&site, &self.reading.brought));
        Ok(site)
    }

    /// What is to be said of a workflow that is well; nothing of others.
    fn workflow(
        &mut self,
        path: &Path,
        site: Option<&Site>,
        console: &Console,
    ) -> Result<String, Complaint> {
        let before = self.reading.found.len();
        let workflow = self.reading.workflow(path, console)?;
        let is_broken = |found: &[Diagnostic]| found.iter().any(Diagnostic::is_error);
        if let Some(site) = site.filter(|_| !is_broken(&self.reading.found[before..])) {
            let (bound, found) = bind(&workflow, site, &Given::default());
            self.reading.found.extend(found);
            if let Some(bound) = bound {
                self.lab(site, &bound);
                let looking = unserved_at(site, bound, &self.reading.kinds);
                let found = self.runtime.block_on(looking);
                self.reading.found.extend(found);
            }
        }
        if !self.is_around_well || is_broken(&self.reading.found[before..]) {
            return Ok(String::new());
        }
        Ok(well(path, &workflow))
    }
}

impl Checking {
    /// Looks whether the lab of a site can be built; what is wrong is told once for all workflows.
    fn lab(&mut self, site: &Site, bound: &Bound) {
        let (Some(options), Some(path)) = (&site.lab, &self.site_path) else {
            return;
        };
        let reading = &mut self.reading;
        if reading.is_broken() {
            return;
        }
        let found = mistakes(options, bound, path, &reading.sources);
        reading.tell_once(found);
    }
}

fn well(path: &Path, workflow: &Workflow) -> String {
    if workflow.is_library {
        return format!("{}: for others to include, no errors\n", path.display());
    }
    let steps = workflow.nodes.iter().filter(|node| node.action().is_some());
    let steps = words::count("step", steps.count());
    format!(
        "{}: {}, {steps}, no errors\n",
        path.display(),
        workflow.name
    )
}
