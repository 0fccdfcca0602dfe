//! `plugin add`: takes a plugin as it is now.

use std::path::{Path, PathBuf};

use runsheet_report::look::drawn;
use runsheet_trust::add::{Added, add};

use crate::args::plugin::taken::PluginAddArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;
use crate::exit::Exit;

pub(super) fn take(arguments: &PluginAddArguments, console: &Console) -> Result<Exit, Complaint> {
    let folder = match &arguments.workflow {
        Some(file) => folder_of(file, console)?,
        None => console.folder.clone(),
    };
    let added = add(&console.shelf, &arguments.file, &folder)
        .map_err(|(why, help)| Complaint::new(why).help(help))?;
    console.data(&drawn(&told(&added, console)))?;
    Ok(Exit::Done)
}

/// The folder of a workflow or site that is there.
fn folder_of(file: &Path, console: &Console) -> Result<PathBuf, Complaint> {
    let path = console.resolve(file);
    let told = |why: String| {
        let complaint = Complaint::new(format!("{}: {why}", file.display()));
        complaint.help("name the workflow, site or configuration that names the plugin")
    };
    disk::text(&path).map_err(told)?;
    let folder = path.parent().map(Path::to_owned);
    Ok(folder.unwrap_or_else(|| console.folder.clone()))
}

fn told(added: &Added, console: &Console) -> String {
    let manifest = &added.manifest;
    let mut text = format!(
        "{} {}: {}\n",
        manifest.name, manifest.version, manifest.summary
    );
    let kinds: Vec<&str> = manifest.kinds.iter().map(|one| &*one.kind).collect();
    let facilities: Vec<&str> = manifest.facilities.iter().map(|one| &*one.name).collect();
    let drivers: Vec<&str> = manifest.drivers.iter().map(|one| &*one.name).collect();
    for (what, names) in [
        ("kinds", kinds),
        ("facilities", facilities),
        ("drivers", drivers),
    ] {
        if !names.is_empty() {
            text.push_str(&format!("  {what:<10}  {}\n", names.join(", ")));
        }
    }
    let files: Vec<&str> = manifest.files.keys().map(String::as_str).collect();
    let drivers = manifest.drivers.iter();
    let environment: Vec<&str> = drivers
        .flat_map(|one| &one.environment)
        .map(|it| &**it)
        .collect();
    for (what, names) in [("files", files), ("environment", environment)] {
        if !names.is_empty() {
            text.push_str(&format!("  {what:<10}  {}\n", names.join(", ")));
        }
    }
    text.push_str(&format!("  {:<10}  {}\n", "line", manifest.line));
    text.push_str(&format!("  {:<10}  {}\n", "sha256", manifest.sha256));
    text.push_str(&format!("wrote {}\n", console.shown(&added.manifest_path)));
    text.push_str(&locked(added, console));
    text
}

/// What became of the lock, and what is to be known of what stands there besides.
fn locked(added: &Added, console: &Console) -> String {
    let manifest = &added.manifest;
    let mut text = String::new();
    let lock = console.shown(&added.lock_path);
    text.push_str(&match &added.before {
        None => format!("locked it in {lock}\n"),
        Some(before) if before.sha256 == manifest.sha256 => format!("{lock} has it as it is\n"),
        Some(before) if before.version == manifest.version => {
            let version = &before.version;
            format!("locked it in {lock}, in the place of another {version}\n")
        }
        Some(before) => format!(
            "locked it in {lock}, where version {} was\n",
            before.version
        ),
    });
    for (kind, other) in &added.contested {
        text.push_str(&format!(
            "the plugin {other} of that lock brings the kind {kind} too: no workflow can name both\n"
        ));
    }
    if let Some(stale) = &added.stale {
        let stale = console.shown(stale);
        text.push_str(&format!(
            "{stale} is a signature of what it was before: sign it anew, or remove that file\n"
        ));
    }
    text
}
