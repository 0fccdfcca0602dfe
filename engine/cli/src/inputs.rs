//! What the command line gives a workflow: inputs by name, in a file, and as a person types them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use runsheet_language::bound::{Given, read_inputs, unfit};
use runsheet_language::site::{SecretSource, Site};
use runsheet_language::workflow::{InputDeclaration, Workflow};
use runsheet_step::Name;
use runsheet_step::shape::Type;

use crate::args::Where;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::reading::Reading;

/// All that is given. What is missing is asked of the person at the terminal, unless nothing may
/// be asked or something is wrong already.
///
/// # Errors
/// A file of inputs that cannot be read, and a terminal that is gone.
pub(crate) fn given(
    (workflow, site): (&Workflow, &Site),
    place: &Where,
    reading: &mut Reading,
    console: &Console,
) -> Result<Given, Complaint> {
    let mut given = said(place, reading, console)?;
    let may_ask = console.person.is_there() && !place.no_input && !reading.is_broken();
    for (name, input) in &workflow.inputs {
        if may_ask && is_missing(name, input, &given, workflow) {
            ask((name, input), site, &mut given, console)?;
        }
    }
    Ok(given)
}

/// What is given without asking anybody.
///
/// # Errors
/// A file of inputs that cannot be read.
pub(crate) fn said(
    place: &Where,
    reading: &mut Reading,
    console: &Console,
) -> Result<Given, Complaint> {
    let sets = place.sets.iter();
    let mut given = Given::sets(sets.map(|(name, text)| (name.as_str(), text.as_str())));
    given.vars.clone_from(&place.set_vars);
    if let Some(path) = &place.inputs {
        let source = reading.inputs_file(path, console)?;
        let (inputs, found) = read_inputs(source, &reading.sources);
        reading.found.extend(found);
        given.inputs = inputs;
    }
    Ok(given)
}

/// Where secrets are found that are given. Paths are seen from the file of inputs that names them,
/// or from where the command is typed.
pub(crate) fn secrets(
    given: &Given,
    workflow: &Workflow,
    place: &Where,
    console: &Console,
) -> BTreeMap<Name, SecretSource> {
    let folder = place.inputs.as_deref().and_then(Path::parent);
    let folder = folder.unwrap_or(Path::new(""));
    let found = given.secrets(workflow).into_iter().map(|one| {
        let source = match one.source {
            SecretSource::File(path) => {
                let path = match one.is_of_file {
                    true => folder.join(&*path),
                    false => PathBuf::from(&*path),
                };
                SecretSource::File(console.resolve(&path).display().to_string().into())
            }
            source => source,
        };
        (one.reference, source)
    });
    found.collect()
}

/// Whether nobody gives an input, not even under a name that is nearly its own.
fn is_missing(name: &Name, input: &InputDeclaration, given: &Given, workflow: &Workflow) -> bool {
    let is_given = given.sets.iter().any(|(set, _)| set == name) || given.inputs.contains_key(name);
    input.default.is_none() && !is_given && !given.is_meant(name, workflow)
}

fn ask(
    (name, input): (&Name, &InputDeclaration),
    site: &Site,
    given: &mut Given,
    console: &Console,
) -> Result<(), Complaint> {
    if input.kind == Type::Secret {
        given.asked.push(name.clone());
        return Ok(());
    }
    let doc = match &*input.doc {
        "" => String::new(),
        doc => format!(": {doc}"),
    };
    let question = format!("{name} ({}){doc}? ", input.kind);
    while let Some(typed) = line(&question, console)?.filter(|typed| !typed.is_empty()) {
        if let Some(why) = unfit(&typed, input, site) {
            console.note(&why);
            continue;
        }
        given.sets.push((name.clone(), typed.into()));
        break;
    }
    Ok(())
}

/// What a person types to a question. The thread is not one of a runtime's, which may be waiting
/// for this.
fn line(question: &str, console: &Console) -> Result<Option<String>, Complaint> {
    let (question, person) = (question.to_owned(), console.person.clone());
    let typed = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        runtime.block_on(person.ask(&question))
    });
    let typed = typed.join();
    Ok(typed.map_err(|_| Complaint::new("the terminal is gone"))??)
}
