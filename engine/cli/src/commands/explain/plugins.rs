//! Kinds of plugins, where no workflow is named that names them.

use runsheet_trust::entry::{Depth, Found};

use crate::console::Console;
use crate::disk::yaml_files;
use crate::reading::Reading;

/// The plugin that brings a kind, and the first file in this folder that names it.
pub(super) fn who_brings(kind: &str, console: &Console) -> Option<(String, String)> {
    let mut reading = Reading::new(console);
    reading.depth = Depth::Manifest;
    yaml_files(console).into_iter().find_map(|file| {
        let (named, _) = reading.named(&file, console).ok()?;
        let shelf = &console.shelf;
        let (depth, mut found) = (reading.depth, Vec::new());
        let shelved = shelf.shelved(&named, &reading.sources, depth, &mut found);
        let brings = |plugin: &&Found| {
            let mut kinds = plugin.manifest.kinds.iter();
            kinds.any(|step| *step.kind == *kind)
        };
        let plugin = shelved.plugins.iter().find(brings)?;
        Some((plugin.manifest.name.to_string(), file.display().to_string()))
    })
}
