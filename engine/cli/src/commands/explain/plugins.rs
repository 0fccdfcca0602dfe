//! Kinds and facilities of plugins, where no workflow is named that names them.

use runsheet_trust::entry::{Depth, Found};

use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::yaml_files;
use crate::reading::Reading;

/// Whether it is a kind or a facility, the plugin that brings it, the first file in this folder that
/// names that, and how it is told of then.
pub(super) fn who_brings(what: &str, console: &Console) -> Option<Complaint> {
    let mut reading = Reading::new(console);
    reading.depth = Depth::Manifest;
    yaml_files(console).into_iter().find_map(|file| {
        let (named, _) = reading.named(&file, console).ok()?;
        let shelf = &console.shelf;
        let (depth, mut found) = (reading.depth, Vec::new());
        let shelved = shelf.shelved(&named, &reading.sources, depth, &mut found);
        let brings = |plugin: &Found| {
            let (mut kinds, mut facilities) = (
                plugin.manifest.kinds.iter(),
                plugin.manifest.facilities.iter(),
            );
            let kind = kinds.any(|step| *step.kind == *what).then_some("kind");
            kind.or_else(|| {
                facilities
                    .any(|one| *one.name == *what)
                    .then_some("facility")
            })
        };
        let mut plugins = shelved.plugins.iter();
        let (sort, plugin) = plugins.find_map(|plugin| Some((brings(plugin)?, plugin)))?;
        let (name, shown) = (&plugin.manifest.name, file.display());
        let complaint = Complaint::new(format!(
            "`{what}` is a {sort} of the plugin `{name}`, which {shown} names"
        ));
        let is_site = reading.site(&file, console).is_ok();
        Some(complaint.help(match is_site {
            true => format!("runsheet explain {what} -w WORKFLOW --site {shown}"),
            false => format!("runsheet explain {what} -w {shown}"),
        }))
    })
}
