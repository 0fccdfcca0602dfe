//! `schema`: what editors hold files against while they are typed.

use std::fs;

use runsheet_views::schema::{File, text};

use crate::args::schema::SchemaArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::unwritten;
use crate::exit::Exit;
use crate::reading::Reading;

pub(super) fn schema(arguments: &SchemaArguments, console: &Console) -> Result<Exit, Complaint> {
    let named = File::ALL.iter().find(|(name, _)| *name == arguments.file);
    let file = named.map_or(File::Workflow, |(_, file)| *file);
    let mut reading = Reading::new(console);
    if let Some(workflow) = &arguments.workflow {
        // What is wrong with it is told by `check`.
        reading.file(workflow, "a workflow", console)?;
        reading.expect(std::slice::from_ref(workflow), console);
    }
    let schema = text(file, &reading.kinds);
    match &arguments.output {
        None => console.data(&schema)?,
        Some(path) => fs::write(console.resolve(path), schema).map_err(|error| {
            Complaint::new(format!("{}: {}", path.display(), unwritten(&error)))
        })?,
    }
    Ok(Exit::Done)
}
