//! `new`: a first workflow and a site for it, which run at once.

use std::path::Path;

use runsheet_views::schema::{File, text};

use super::made::{make, quoted};
use crate::args::new::NewArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

/// The workflow, with `NAME` for its name.
const WORKFLOW: &str = include_str!("new/workflow.yaml");
/// A lab of two postoffices and an Exchange server.
const SITE: &str = include_str!("new/site.yaml");
/// Where a site is looked for if none is named.
const SITE_FILE: &str = "sites/lab.yaml";

pub(super) fn new(arguments: &NewArguments, console: &Console) -> Result<Exit, Complaint> {
    let folder = &arguments.folder;
    let name = name(&console.resolve(folder));
    let workflow = folder.join(format!("{name}.yaml"));
    let catalogue = console.shelf.linked();
    let files = [
        (workflow.clone(), WORKFLOW.replace("NAME", &name)),
        (folder.join(SITE_FILE), SITE.to_owned()),
        (
            folder.join("workflow.schema.json"),
            text(File::Workflow, catalogue),
        ),
        (folder.join("site.schema.json"), text(File::Site, catalogue)),
    ];
    make(&files, "runsheet new DIR", console)?;
    let mut told = String::new();
    for (path, _) in &files {
        told.push_str(&format!("made {}\n", path.display()));
    }
    told.push_str("\nNow try:\n");
    for command in ["check", "plan", "apply"] {
        told.push_str(&format!("  runsheet {command} {}\n", quoted(&workflow)));
    }
    console.data(&told)?;
    Ok(Exit::Done)
}

/// The workflow is called as its folder, as far as that makes a name.
fn name(folder: &Path) -> String {
    let last = folder.file_name().unwrap_or_default().to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = last
        .chars()
        .map(|c| if plain(c) { c } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    if name.starts_with(char::is_alphabetic) {
        name.to_owned()
    } else {
        "first".to_owned()
    }
}
