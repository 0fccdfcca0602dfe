//! `lab new`: a lab on disk, with a site file that names it and the programs of its machines.

mod links;
mod site_file;

use std::fs;
use std::path::Path;

use runsheet_lab::disk::Disk;
use runsheet_lab::lab::Lab;

use super::at_hand;
use crate::args::lab::LabNewArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::drivers::blueprint;
use crate::exit::Exit;
use crate::reading;

/// The name of the site file in the folder of a lab.
const SITE: &str = "site.yaml";

pub(super) fn new(arguments: &LabNewArguments, console: &Console) -> Result<Exit, Complaint> {
    let folder = console.resolve(&arguments.folder);
    let text = match &arguments.site {
        Some(site) => site_file::with_disk(site, console)?,
        None => site_file::made(arguments, &folder)?,
    };
    let whole = reading::site_in_text(&arguments.folder.join(SITE), &text, console)?;
    let Some(options) = &whole.site.lab else {
        let message = format!("{}: this site is no lab", whole.site_path.display());
        return Err(Complaint::new(message).help("a site is one if it has a `lab:`"));
    };
    let blueprint = blueprint(options, &whole, console)?;
    let mut disk = Disk::create(&folder, &blueprint)?;
    let site = folder.join(SITE);
    fs::write(&site, text).map_err(|error| at(&site, &error))?;
    let linked = links::make(&mut disk, console)?;
    let machines = disk.look(counted)?;
    told(&arguments.folder, &machines, linked, console)
}

/// What cannot be written, and where.
fn at(path: &Path, error: &std::io::Error) -> Complaint {
    Complaint::new(format!("{}: {error}", path.display()))
        .help("the lab itself is there; mend this, or remove the folder and begin again")
}

fn counted(lab: &Lab) -> String {
    let several = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let counted = [
        several(lab.exchanges.len(), "Exchange server", "Exchange servers"),
        several(lab.postoffices.len(), "postoffice", "postoffices"),
        several(lab.workstations.len(), "workstation", "workstations"),
    ];
    let counted: Vec<String> = counted.into_iter().flatten().collect();
    counted.join(", ")
}

fn told(folder: &Path, machines: &str, linked: bool, console: &Console) -> Result<Exit, Complaint> {
    let (lab, site) = (folder.display(), folder.join(SITE));
    let site = site.display();
    let mut text = format!("made a lab of {machines} in {lab}; its site file is {site}\n\nnext:\n");
    text.push_str(&format!("  runsheet lab show --lab {lab}\n"));
    let workflow = Path::new(at_hand::FLAGSHIP);
    let workflow = if console.resolve(workflow).is_file() {
        at_hand::FLAGSHIP
    } else {
        "WORKFLOW"
    };
    text.push_str(&format!("  runsheet apply {workflow} --site {site}\n"));
    if linked {
        text.push_str(&format!("  runsheet-lab serve {lab} --clock 60\n"));
    }
    console.data(&text)?;
    if !linked {
        console.note(
            "runsheet-lab is not beside this program, so the machines of the lab have no programs \
             to be run by hand",
        );
    }
    Ok(Exit::Done)
}
