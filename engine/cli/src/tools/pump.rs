//! `runsheet-lab pump`: one pass over everything that carries mail.

use std::path::Path;

use super::place::{self, Named};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

pub(super) fn pump(
    arguments: &[String],
    named: &Named,
    console: &Console,
) -> Result<Exit, Complaint> {
    let folder = match arguments {
        [] => named.lab.as_deref(),
        [folder] if !folder.starts_with('-') => Some(Path::new(folder)),
        _ => {
            let complaint = Complaint::new("pump takes the folder of a lab, and nothing else");
            return Err(complaint
                .help("write runsheet-lab pump DIR")
                .exit(Exit::Usage));
        }
    };
    let mut disk = place::lab(folder, console)?;
    let (before, now) = disk.change(|lab| {
        let before = lab.now();
        lab.pump();
        (before, lab.now())
    })?;
    console.data(&format!("{before} to {now} UTC: mail was carried once\n"))?;
    Ok(Exit::Done)
}
