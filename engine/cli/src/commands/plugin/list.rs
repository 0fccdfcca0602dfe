//! `plugin list` and `plugin verify`: which plugins files name, and whether they are what was
//! taken.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_language::plugins::Isolation;
use runsheet_report::look::{Tone, drawn};
use runsheet_trust::entry::{Depth, Found};
use runsheet_trust::manifest::Tested;
use runsheet_trust::shelf::Looked;
use runsheet_trust::signature::{Signed, hex};
use runsheet_trust::user;

use crate::args::plugin::taken::PluginFilesArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::yaml_files;
use crate::exit::Exit;
use crate::reading::Reading;

pub(super) fn list(arguments: &PluginFilesArguments, console: &Console) -> Result<Exit, Complaint> {
    let (reading, all) = looked(arguments, console)?;
    let look = console.look();
    let mut text = String::new();
    for one in &all {
        let name = look.paint(Tone::Strong, &one.name);
        match &one.found {
            Ok(found) => text.push_str(&entry(&name, one, found, console)),
            Err(_) => text.push_str(&format!("{name}\n  cannot be used, see below\n")),
        }
    }
    tell_of_none(&all, &reading, console);
    console.data(&drawn(&text))?;
    told(all, &reading, console)
}

pub(super) fn verify(
    arguments: &PluginFilesArguments,
    console: &Console,
) -> Result<Exit, Complaint> {
    let (reading, all) = looked(arguments, console)?;
    let mut text = String::new();
    for one in &all {
        if let Ok(found) = &one.found {
            let version = &found.manifest.version;
            let signed = signed(&found.signed);
            text.push_str(&format!(
                "{} {version}: as it was taken; signed {signed}\n",
                one.name
            ));
        }
    }
    tell_of_none(&all, &reading, console);
    console.data(&drawn(&text))?;
    told(all, &reading, console)
}

/// The plugins of the files that were named, or of all in this folder. Their files are looked into,
/// since a manifest alone says nothing of who signed what lies beside it.
fn looked(
    arguments: &PluginFilesArguments,
    console: &Console,
) -> Result<(Reading, Vec<Looked>), Complaint> {
    if let Some(why) = &console.shelf.user().wrong {
        return Err(Complaint::new(why).help(user::REMEDY));
    }
    let mut reading = Reading::new(console);
    let mut named = Vec::new();
    let mut clashes = Vec::new();
    let files = match arguments.files.as_slice() {
        [] => yaml_files(console),
        files => files.to_vec(),
    };
    for file in &arguments.files {
        reading.names_plugins(file, console)?;
    }
    for file in &files {
        let (of_file, slips) = reading.named(file, console)?;
        reading.tell_once(slips);
        // What no file names together may go by one name.
        clashes.extend(console.shelf.clashes(&of_file, &reading.sources));
        named.extend(of_file);
    }
    reading.tell_once(clashes);
    let all = console.shelf.looked(&named, &reading.sources, Depth::Files);
    Ok((reading, all))
}

fn entry(name: &str, looked: &Looked, found: &Found, console: &Console) -> String {
    let manifest = &found.manifest;
    let mut text = format!("{name} {}: {}\n", manifest.version, manifest.summary);
    let mut line = |what: &str, said: String| {
        if !said.is_empty() {
            text.push_str(&format!("  {what:<10}  {said}\n"));
        }
    };
    let whose = if looked.is_of_user {
        ", for every workflow"
    } else {
        ""
    };
    line("file", format!("{}{whose}", console.shown(&found.library)));
    let kinds = manifest.kinds.iter().map(|one| one.kind.to_string());
    line("kinds", kinds.collect::<Vec<_>>().join(", "));
    let facilities = manifest.facilities.iter().map(|one| one.name.to_string());
    line("facilities", facilities.collect::<Vec<_>>().join(", "));
    let drivers = manifest.drivers.iter().map(|one| one.name.to_string());
    line("drivers", drivers.collect::<Vec<_>>().join(", "));
    line("line", manifest.line.clone());
    line("signed", signed(&found.signed));
    line("isolation", isolation(found.isolation).to_owned());
    line(
        "tested",
        match manifest.tested() {
            Tested::With(score) => format!("{score} checks hold, says {}", found.tester()),
            Tested::Before => "not as it is now: runsheet plugin test".to_owned(),
            Tested::Never => "not yet: runsheet plugin test".to_owned(),
        },
    );
    text
}

fn signed(signed: &Signed) -> String {
    match signed {
        Signed::No => "by nobody".to_owned(),
        Signed::Stranger(key) => format!("by {}, whom you do not trust", hex(key)),
        Signed::By(name) => format!("by {name}"),
    }
}

fn isolation(isolation: Isolation) -> &'static str {
    match isolation {
        Isolation::Process => "in a process of its own",
        Isolation::None => "none",
    }
}

/// Says that there is nothing to tell of.
fn tell_of_none(all: &[Looked], reading: &Reading, console: &Console) {
    if all.is_empty() && reading.found.is_empty() {
        console.note("no plugins: neither these files nor your own name any under `plugins:`");
    }
}

/// Tells what is wrong with any of them.
fn told(all: Vec<Looked>, reading: &Reading, console: &Console) -> Result<Exit, Complaint> {
    let wrong = all.into_iter().filter_map(|one| one.found.err());
    let wrong: Vec<Diagnostic> = wrong.chain(reading.found.iter().cloned()).collect();
    console.diagnose(&wrong, &reading.sources);
    match wrong.is_empty() {
        true => Ok(Exit::Done),
        false => Err(Complaint::told()),
    }
}
