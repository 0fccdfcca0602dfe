//! `explain ADDRESS`: where a value of a workflow or of its site comes from, layer by layer.

use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::words;
use runsheet_language::provenance::{Asked, Chain, Layer, NoAddress};
use runsheet_report::look::{Look, Tone, drawn, one_line};
use serde::Serialize;

use crate::args::explain::ExplainArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::reading::Traced;

/// How many items are named.
const SOME: usize = 8;

/// The version of the JSON.
const VERSION: u32 = 1;

/// A chain as JSON.
#[derive(Serialize)]
struct Json<'c> {
    #[serde(rename = "runsheet-explain")]
    version: u32,
    address: &'c str,
    /// The type it is declared to have.
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'c str>,
    /// What it is, where that is known without a run.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'c str>,
    /// What only a run tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    told_by_run: Option<&'c str>,
    layers: Vec<JsonLayer<'c>>,
    /// What it reads that can be asked for.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    reads: &'c [String],
    /// Of which steps it is not known whether they have the item that the address names.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unsure: &'c [(String, String)],
}

/// One of its layers, the winner first.
#[derive(Serialize)]
struct JsonLayer<'c> {
    value: &'c str,
    by: &'static str,
    /// The number and the name of an overlay.
    #[serde(skip_serializing_if = "Option::is_none")]
    overlay: Option<(usize, &'c str)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    removed: bool,
    disagrees: bool,
}

/// Explains an address if the workflow that is named has it.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn explained(
    address: &str,
    arguments: &ExplainArguments,
    console: &Console,
) -> Result<bool, Complaint> {
    let Some(workflow) = &arguments.workflow else {
        return Ok(false);
    };
    let traced = Traced::read(workflow, &arguments.place, console)?;
    let chain = traced.asked().chain(address).ok();
    let chain = chain.filter(|chain| !chain.layers.is_empty());
    if let Some(chain) = &chain {
        tell(address, chain, &traced, console)?;
    }
    Ok(chain.is_some())
}

/// Explains an address; `otherwise` is told where no address is near it.
pub(super) fn explain(
    address: &str,
    arguments: &ExplainArguments,
    otherwise: Option<Complaint>,
    console: &Console,
) -> Result<Exit, Complaint> {
    let Some(workflow) = &arguments.workflow else {
        let complaint = Complaint::new(format!("whose `{address}` is meant?"));
        return Err(complaint.help("name the workflow with -w FILE"));
    };
    let traced = Traced::read(workflow, &arguments.place, console)?;
    let asked = traced.asked();
    let chain = match (asked.chain(address), otherwise) {
        (Ok(chain), _) => chain,
        (Err(NoAddress { near: None, .. }), Some(otherwise)) => return Err(otherwise),
        (Err(lost), _) => return Err(nowhere(address, &lost, asked)),
    };
    if arguments.json {
        let json = json(address, &chain, &traced.reading.sources);
        console.data(&format!("{}\n", serde_json::to_string(&json)?))?;
        return Ok(Exit::Done);
    }
    tell(address, &chain, &traced, console)?;
    Ok(Exit::Done)
}

fn tell(address: &str, chain: &Chain, traced: &Traced, console: &Console) -> Result<(), Complaint> {
    let broken = traced.reading.found.iter().filter(|one| one.is_error());
    told_of_mistakes(broken.count(), console);
    for (step, item) in &chain.unsure {
        let which = match traced.asked().site {
            Some(_) => "before a run",
            None => "without a site, which `--site FILE` names",
        };
        console.note(&format!(
            "whether `{step}` has an item `{item}` is not known {which}"
        ));
    }
    let text = page(address, chain, &traced.reading.sources, console.look());
    console.data(&drawn(&text))?;
    Ok(())
}

fn told_of_mistakes(broken: usize, console: &Console) {
    if broken > 0 {
        let is = if broken == 1 { "is" } else { "are" };
        let mistakes = words::count("mistake", broken);
        console.note(&format!(
            "there {is} {mistakes} in these files, which `runsheet check` and `runsheet plan` tell"
        ));
    }
}

/// The address and its value, then a line for each layer.
fn page(address: &str, chain: &Chain, sources: &Sources, look: Look) -> String {
    let mut text = look.paint(Tone::Strong, address);
    if let Some(value) = &chain.value {
        text.push_str(&format!(" = {}", one_line(value)));
    }
    if let Some(kind) = &chain.kind {
        text.push_str(&look.paint(Tone::Faint, &format!(" ({kind})")));
    }
    text.push('\n');
    if let Some(told) = &chain.told_by_run {
        text.push_str(&format!("\n  {}\n", one_line(told)));
    }
    if chain.layers.is_empty() {
        if chain.told_by_run.is_none() {
            text.push_str("\n  nothing is said of it\n");
        }
        return text;
    }
    text.push('\n');
    let places: Vec<String> = chain.layers.iter().map(|one| place(one, sources)).collect();
    let who: Vec<String> = chain.layers.iter().map(ToString::to_string).collect();
    let values = chain.layers.iter().map(|layer| one_line(&layer.value));
    let values: Vec<String> = values.collect();
    let (of_place, of_who, of_value) = (wide(&places), wide(&who), wide(&values));
    // Where there is no room for all on one line, values have lines of their own.
    let beside = of_value + of_place + of_who + 6 <= look.width;
    for (number, ((value, place), who)) in values.iter().zip(&places).zip(&who).enumerate() {
        let tone = if number == 0 { Tone::Good } else { Tone::Faint };
        if beside {
            let value = look.paint(tone, &format!("{value:<of_value$}"));
            text.push_str(&format!("  {value}  {place:<of_place$}  {who}\n"));
        } else {
            let value = look.paint(
                tone,
                &shortened(value, look.width.saturating_sub(6).max(24)),
            );
            text.push_str(&format!("  {place:<of_place$}  {who}\n      {value}\n"));
        }
    }
    if !chain.reads.is_empty() {
        let reads = words::and_list(&chain.reads);
        text.push_str(&format!("\n  it reads {reads}\n"));
    }
    text
}

fn wide(texts: &[String]) -> usize {
    let lengths = texts.iter().map(|text| text.chars().count());
    lengths.max().unwrap_or(0)
}

fn place(layer: &Layer, sources: &Sources) -> String {
    layer
        .span
        .map_or_else(|| "command line".to_owned(), |span| sources.place(span))
}

/// As much of a value as there is room for.
fn shortened(value: &str, most: usize) -> String {
    if value.chars().count() <= most {
        return value.to_owned();
    }
    let mut short: String = value.chars().take(most.saturating_sub(2)).collect();
    short.push_str("..");
    short
}

fn json<'c>(address: &'c str, chain: &'c Chain, sources: &'c Sources) -> Json<'c> {
    let layers = chain.layers.iter().map(|layer| {
        let source = layer.span.map(|span| sources.get(span.source));
        let place = layer.span.zip(source);
        let place = place.map(|(span, source)| source.place(span.start as usize));
        JsonLayer {
            value: &layer.value,
            by: layer.by.word(),
            overlay: layer.by.overlay(),
            of: layer.of.as_deref(),
            file: source.map(|source| &*source.name),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            removed: layer.is_removal,
            disagrees: layer.disagrees,
        }
    });
    Json {
        version: VERSION,
        address,
        r#type: chain.kind.as_deref(),
        value: chain.value.as_deref(),
        told_by_run: chain.told_by_run.as_deref(),
        layers: layers.collect(),
        reads: &chain.reads,
        unsure: &chain.unsure,
    }
}

fn nowhere(address: &str, lost: &NoAddress, asked: Asked<'_>) -> Complaint {
    let NoAddress {
        near,
        name,
        after,
        items,
    } = lost;
    let message = match &**after {
        after if !items.is_empty() => format!("`{after}` has no item `{name}`"),
        "" => format!("there is no `{address}` in the workflow"),
        after => format!("`{after}` has no `{name}`"),
    };
    let complaint = Complaint::new(message);
    let of_site = ["site", "hosts", "groups", "vars"].contains(&&**name);
    match near {
        _ if of_site && after.is_empty() && asked.site.is_none() => {
            complaint.help("name the site with --site FILE")
        }
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None if !items.is_empty() => {
            let some = words::and_list(items.iter().take(SOME));
            let more = if items.len() > SOME {
                " and others"
            } else {
                ""
            };
            complaint.help(format!("its items are {some}{more}"))
        }
        None => complaint.help(
            "`runsheet graph` shows the steps; `runsheet explain` lists kinds, keys and codes",
        ),
    }
}
