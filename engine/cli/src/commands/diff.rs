//! `diff`: what tells workflows from each other, step by step.

use std::path::Path;

use runsheet_report::look::drawn;
use runsheet_step::Catalogue;
use runsheet_views::diff::{self, Difference, Outline};

use crate::args::Laid;
use crate::args::diff::DiffArguments;
use crate::catalogue::catalogue;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::reading::Reading;

pub(super) fn diff(arguments: &DiffArguments, console: &Console) -> Result<Exit, Complaint> {
    let catalogue = catalogue();
    let first = &arguments.before;
    let before = outline(first, &Laid::default(), &catalogue, console);
    let others = match arguments.after.as_slice() {
        [] => std::slice::from_ref(first),
        others => others,
    };
    let others = others.iter();
    let others = others.map(|path| outline(path, &arguments.laid, &catalogue, console));
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

/// A workflow under overlays, by the names of all of them.
fn outline(
    path: &Path,
    laid: &Laid,
    catalogue: &Catalogue,
    console: &Console,
) -> Result<Outline, Complaint> {
    let mut reading = Reading::default();
    reading.overlays(laid, console)?;
    reading.workflow(path, catalogue, console)?;
    reading.tell(console)?;
    let parts = reading.parts(path, console)?;
    let overlays = laid.overlays.iter();
    let name = overlays.fold(path.display().to_string(), |name, overlay| {
        format!("{name} under {}", overlay.display())
    });
    Ok(Outline::of(&name, &parts, &reading.sources, catalogue))
}
