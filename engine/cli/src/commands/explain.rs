//! `explain`: the page of a code, what a kind takes and gives, what is asked of a facility, what a
//! key means, or where a value of a workflow comes from.

mod address;
mod expressions;
mod facilities;
mod folding;
mod keys;
mod plugins;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::suggest;
use runsheet_language::definitions::Definition;
use runsheet_report::look::{Look, Tone, drawn};
use runsheet_step::Catalogue;
use runsheet_step::shape::{Field, HostNeed, Shape, Type};
use runsheet_trust::entry::Depth;

use crate::args::explain::ExplainArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::drivers::{BAD_LAB, UNKNOWN_DRIVER};
use crate::exit::Exit;
use crate::reading::Reading;
use crate::unserved::NO_DRIVER;

/// What is explained as a whole.
const TOPICS: [(&str, &str); 2] = [
    (
        "expressions",
        "what stands in `${{ }}`: values, operators, functions",
    ),
    ("keys", "the keys of workflow and site files"),
];

pub(super) fn explain(arguments: &ExplainArguments, console: &Console) -> Result<Exit, Complaint> {
    let arguments = &arguments.arranged();
    let mut reading = Reading::new(console);
    reading.depth = Depth::Manifest;
    let codes = codes();
    let look = console.look();
    let defined = match &arguments.workflow {
        Some(path) => {
            reading.expect_usual_site(path, &arguments.place, console);
            reading.definitions(path, console)?
        }
        None => {
            reading.expect(&[], console);
            Vec::new()
        }
    };
    let catalogue = &*reading.kinds;
    let Some(what) = &arguments.what else {
        let own = of_file(&defined, look);
        console.data(&drawn(&format!("{own}{}", list(catalogue, &codes, look))))?;
        return Ok(Exit::Done);
    };
    // What has a dot is an address, unless a kind is called so.
    let is_address = what.contains(['.', '[']) || arguments.json;
    if let Some(definition) = defined.iter().find(|one| *one.name == **what) {
        console.data(&drawn(&told_of_file(definition, look)))?;
    } else if is_address {
        return address::explain(what, arguments, None, console);
    } else if let Some(page) = of_catalogue(what, &reading, console) {
        console.data(&drawn(&page))?;
    } else if let Some(code) = codes.iter().find(|code| code.name == what) {
        console.data(&format!("{}\n", code.page.trim_end()))?;
    } else if let Some(page) = keys::page(what, look) {
        // In a workflow that is named the key may have a value.
        if !address::explained(what, arguments, console)? {
            console.data(&drawn(&page))?;
        }
    } else if what == "expressions" {
        console.data(&drawn(&expressions::page(look)))?;
    } else if what == "keys" {
        console.data(&drawn(&keys::list(look)))?;
    } else {
        let unknown = unknown(what, catalogue, &codes, &defined);
        return elsewhere(what, arguments, unknown, &mut reading, console);
    }
    Ok(Exit::Done)
}

/// The page of the kind of that name, and of the facility.
fn of_catalogue(what: &str, reading: &Reading, console: &Console) -> Option<String> {
    let (catalogue, look) = (&*reading.kinds, console.look());
    let kind = catalogue.kind(what);
    let kind = kind.map(|kind| told(what, kind.shape(), look));
    let facility = catalogue.facility_named(what).map(|facility| {
        let is_own = console.shelf.linked().facility_named(what).is_some();
        facilities::page(facility, is_own, &reading.brought, look)
    });
    let pages: Vec<String> = kind.into_iter().chain(facility).collect();
    (!pages.is_empty()).then(|| pages.join("\n"))
}

/// What is no kind, facility, key or code here: a value of the workflow perhaps, or what a plugin would bring.
fn elsewhere(
    what: &str,
    arguments: &ExplainArguments,
    unknown: Complaint,
    reading: &mut Reading,
    console: &Console,
) -> Result<Exit, Complaint> {
    match &arguments.workflow {
        None => Err(plugins::who_brings(what, console).unwrap_or(unknown)),
        // What cannot be used may be what brings it.
        Some(workflow) if reading.tell_of_plugins(workflow, console) => Err(Complaint::told()),
        Some(_) => address::explain(what, arguments, Some(unknown), console),
    }
}

/// Every word that is explained without a workflow, with a line about it.
pub(super) fn words(catalogue: &Catalogue) -> Vec<(String, String)> {
    let kinds = catalogue.kinds();
    let kinds = kinds.map(|(name, kind)| (name.to_owned(), kind.shape().summary.to_string()));
    let topics = TOPICS.map(|(name, what)| (name.to_owned(), what.to_owned()));
    let codes = codes().into_iter();
    let codes = codes.map(|code| (code.name.to_owned(), code.title().to_owned()));
    let mut words: Vec<(String, String)> = kinds.chain(topics).chain(codes).collect();
    for (name, facility) in catalogue.facilities() {
        if words.iter().all(|(known, _)| known != name) {
            words.push((name.to_owned(), facilities::title(facility)));
        }
    }
    for key in keys::names() {
        if words.iter().all(|(known, _)| known != key) {
            words.push((key.to_owned(), "a key".to_owned()));
        }
    }
    words
}

fn codes() -> Vec<&'static Code> {
    let mut codes = runsheet_language::codes();
    codes.extend([&UNKNOWN_DRIVER, &NO_DRIVER, &BAD_LAB]);
    codes.extend(runsheet_trust::CODES);
    codes.sort_unstable_by_key(|code| code.name);
    codes
}

/// The kinds that a file brings.
fn of_file(defined: &[Definition], look: Look) -> String {
    if defined.is_empty() {
        return String::new();
    }
    let mut text = format!("{}\n", look.paint(Tone::Strong, "defined in the file"));
    for one in defined {
        let line = format!("  {:<18} {}", one.name, one.shape.summary);
        text.push_str(&format!("{}\n", line.trim_end()));
    }
    text.push('\n');
    text
}

/// A kind that a file brings, with its sources.
fn told_of_file(definition: &Definition, look: Look) -> String {
    let mut text = told(&definition.name, &definition.shape, look);
    if !definition.see.is_empty() {
        text.push_str(&format!("\nsee {}\n", definition.see.join(", ")));
    }
    text
}

fn unknown(
    what: &str,
    catalogue: &Catalogue,
    codes: &[&Code],
    defined: &[Definition],
) -> Complaint {
    let kinds = catalogue.kinds().map(|(name, _)| name);
    let codes = codes.iter().map(|code| code.name);
    let topics = TOPICS.iter().map(|(name, _)| *name);
    let keys = keys::names().collect::<Vec<&str>>().into_iter();
    let defined = defined.iter().map(|one| &*one.name);
    let facilities = catalogue.facilities().map(|(name, _)| name);
    let known = defined
        .chain(kinds)
        .chain(facilities)
        .chain(codes)
        .chain(topics);
    let known: Vec<&str> = known.chain(keys).collect();
    let complaint = Complaint::new(format!("there is no kind, facility, key or code `{what}`"));
    match suggest::nearest(what, known) {
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None => complaint.help(
            "`runsheet explain` lists all; with `-w FILE` also those that a workflow defines, or \
             that its plugins bring",
        ),
    }
}

fn list(catalogue: &Catalogue, codes: &[&Code], look: Look) -> String {
    let mut text = format!("{}\n", look.paint(Tone::Strong, "kinds"));
    for (name, kind) in catalogue.kinds() {
        text.push_str(&format!("  {name:<18} {}\n", kind.shape().summary));
    }
    text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, "facilities")));
    for (name, facility) in catalogue.facilities() {
        text.push_str(&format!("  {name:<18} {}\n", facilities::title(facility)));
    }
    text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, "language")));
    for (name, what) in TOPICS {
        text.push_str(&format!("  {name:<18} {what}\n"));
    }
    text.push_str(&format!("\n{}", keys::list(look)));
    text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, "codes")));
    for code in codes {
        text.push_str(&format!("  {:<18} {}\n", code.name, code.title()));
    }
    text
}

/// A kind: what it does, what it takes, what it gives, and a step of it.
fn told(name: &str, shape: &Shape, look: Look) -> String {
    let first = folding::folded(&format!("{name}: {}", shape.summary), look.width);
    let mut text = first.replacen(name, &look.paint(Tone::Strong, name), 1);
    text.push_str(match shape.host {
        HostNeed::Required => "It acts at a `host:`.\n",
        HostNeed::Optional => "It may act at a `host:`.\n",
        HostNeed::None => "It takes no `host:`.\n",
    });
    if shape.arms() {
        text.push_str("It watches from before the nearest step above that acts.\n");
    }
    fields("with", &shape.inputs, look, &mut text);
    fields("outputs", &shape.outputs, look, &mut text);
    if !shape.example.is_empty() {
        text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, "example")));
        for line in shape.example.lines() {
            text.push_str(format!("  {line}").trim_end());
            text.push('\n');
        }
    }
    text
}

fn fields(heading: &str, fields: &[Field], look: Look, text: &mut String) {
    if fields.is_empty() {
        return;
    }
    text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, heading)));
    listed(fields, 1, look.width, text);
}

/// Fields one by one, and below each the fields of its map.
fn listed(fields: &[Field], depth: usize, width: usize, text: &mut String) {
    let names = fields.iter().map(|field| field.name.chars().count());
    let wide = names.max().unwrap_or(0);
    for field in fields {
        let must = if field.required { "; required" } else { "" };
        let secret = if field.takes_secret {
            "; may be a secret"
        } else {
            ""
        };
        let said = format!("{} ({}{must}{secret})", field.doc, field.holds());
        text.push_str(&folding::beside(2 * depth, &field.name, wide, &said, width));
        let inner = inside(&field.kind);
        let same = |inner: &Field| fields.iter().any(|field| field.name == inner.name);
        // What stands at the top already, as of the first of `items`, is not told twice.
        if !inner.iter().all(same) {
            listed(inner, depth + 1, width, text);
        }
    }
}

/// The fields of the maps of a type.
fn inside(kind: &Type) -> &[Field] {
    match kind {
        Type::Record(fields) => fields,
        Type::List(of) | Type::Map(of) => inside(of),
        Type::OneOf(types) => {
            let mut inner = types.iter().map(inside);
            inner.find(|fields| !fields.is_empty()).unwrap_or(&[])
        }
        _ => &[],
    }
}
