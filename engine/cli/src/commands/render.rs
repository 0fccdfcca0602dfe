//! `render`: a workflow as one file that means the same.

use std::fs;
use std::path::Path;

use runsheet_language::compose::paths;
use runsheet_views::render;

use crate::args::render::RenderArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::unwritten;
use crate::exit::Exit;
use crate::reading::Reading;

pub(super) fn render(arguments: &RenderArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut reading = Reading::new(console);
    reading.overlays(&arguments.laid, console)?;
    reading.workflow(&arguments.workflow, console)?;
    reading.tell(console)?;
    let parts = reading.parts(&arguments.workflow, console)?;
    let beside = render::beside(&parts, &reading.sources);
    let whole = |path: &Path| console.resolve(path).to_string_lossy().into_owned();
    let seen = |path: &str| match &arguments.output {
        None => beside(path),
        Some(output) => paths::seen_from(&whole(output), &whole(Path::new(path))),
    };
    let text = render::render(&parts, &reading.sources, &reading.kinds, &seen);
    for overlay in reading.overlays.iter().filter(|it| it.is_for_sites()) {
        let name = &overlay.name;
        console.note(&format!(
            "note: what `{name}` says of hosts and sites is not part of a workflow: lay it over again where it is planned"
        ));
    }
    match &arguments.output {
        None => console.data(&text)?,
        Some(path) => write(path, &text, &reading, console)?,
    }
    Ok(Exit::Done)
}

fn write(path: &Path, text: &str, reading: &Reading, console: &Console) -> Result<(), Complaint> {
    let place = console.resolve(path);
    let same = |other: &str| {
        let other = fs::canonicalize(console.resolve(Path::new(other)));
        fs::canonicalize(&place).is_ok_and(|place| other.is_ok_and(|other| other == place))
    };
    let shown = path.display();
    if reading.sources.iter().any(|(_, source)| same(&source.name)) {
        let complaint = Complaint::new(format!("{shown} is one of the files that are rendered"));
        return Err(complaint.help("write into another file"));
    }
    let written = fs::write(place, text);
    written.map_err(|error| Complaint::new(format!("{shown}: {}", unwritten(&error))))
}
