//! `schema`: what editors hold files against while they are typed.

use std::fs;

use runsheet_views::schema::{File, text};

use crate::args::schema::SchemaArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::unwritten;
use crate::exit::Exit;

pub(super) fn schema(arguments: &SchemaArguments, console: &Console) -> Result<Exit, Complaint> {
    let named = File::ALL.iter().find(|(name, _)| *name == arguments.file);
    let file = named.map_or(File::Workflow, |(_, file)| *file);
    let schema = text(file, console.shelf.linked());
    match &arguments.output {
        None => console.data(&schema)?,
        Some(path) => fs::write(console.resolve(path), schema).map_err(|error| {
            Complaint::new(format!("{}: {}", path.display(), unwritten(&error)))
        })?,
    }
    Ok(Exit::Done)
}
