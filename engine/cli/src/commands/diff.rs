//! `diff`: what tells workflows from each other, step by step.

use std::path::Path;

use runsheet_language::provenance::secrets::Secrets;
use runsheet_report::look::drawn;
use runsheet_views::diff::{self, Difference, Outline};

use crate::args::Laid;
use crate::args::diff::DiffArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;
use crate::exit::Exit;
use crate::reading::{self, Reading};

pub(super) fn diff(arguments: &DiffArguments, console: &Console) -> Result<Exit, Complaint> {
    let first = &arguments.before;
    let site = arguments.site.as_deref();
    let before = outline(first, (&Laid::default(), site), first, console);
    let others = match arguments.after.as_slice() {
        [] => std::slice::from_ref(first),
        others => others,
    };
    let others = others.iter().map(|path| {
        let mut laid = arguments.laid.clone();
        // A variant may be an overlay of the first.
        match is_overlay(path, console) {
            true => {
                laid.overlays.push(path.clone());
                outline(first, (&laid, site), path, console)
            }
            false => outline(path, (&laid, site), path, console),
        }
    });
    // All that is wrong with any of them is told.
    let others: Vec<Result<Outline, Complaint>> = others.collect();
    let before = before?;
    let mut differences = Vec::with_capacity(others.len());
    for after in others {
        differences.push(Difference::between(&before, &after?));
    }
    match differences.as_slice() {
        all if arguments.json => console.data(&diff::json(all))?,
        [one] => console.data(&drawn(&one.text()))?,
        all => console.data(&diff::table(&before, all))?,
    }
    let differ = differences.iter().any(|one| !one.is_empty());
    Ok(match arguments.exit_code && differ {
        true => Exit::Changes,
        false => Exit::Done,
    })
}

/// A workflow under overlays, by the name of one of these files and those of the other overlays, at
/// a site if one is named.
fn outline(
    path: &Path,
    (laid, site): (&Laid, Option<&Path>),
    known_by: &Path,
    console: &Console,
) -> Result<Outline, Complaint> {
    let mut reading = Reading::new(console);
    reading.overlays(laid, console)?;
    let workflow = reading.workflow(path, console)?;
    let site = site.map(|site| reading.site(site, console)).transpose()?;
    reading.tell(console)?;
    let parts = reading.parts(path, console)?;
    let others = laid.overlays.iter().filter(|overlay| *overlay != known_by);
    let name = others.fold(known_by.display().to_string(), |name, overlay| {
        format!("{name} under {}", overlay.display())
    });
    let outline = Outline::of(&name, &parts, &reading.sources, &reading.kinds);
    let secrets = Secrets::of(&workflow, &reading.kinds);
    let outline = outline.with(&reading.overlays, &secrets, &reading.sources);
    Ok(match &site {
        Some(site) => outline.at(site, &secrets, &reading.sources),
        None => outline,
    })
}

/// Whether a file says that it is an overlay. One that cannot be read is complained about later.
fn is_overlay(path: &Path, console: &Console) -> bool {
    disk::text(&console.resolve(path)).is_ok_and(|text| reading::is_overlay(&text))
}
