//! What the lab of a site is built from; and where the site file says what no lab can be.

use std::path::Path;
use std::sync::Arc;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_lab::blueprint::Blueprint;
use runsheet_lab::options;
use runsheet_language::bound::Bound;
use runsheet_language::document::{Document, Node};
use runsheet_step::{Failure, Host, Value};

use crate::complaint::Complaint;
use crate::console::Console;
use crate::reading::Whole;

/// A lab that cannot be built.
pub(crate) static BAD_LAB: Code = Code::new("bad-lab", include_str!("../pages/bad-lab.md"));

/// What the lab of a site is built from.
///
/// # Errors
/// Options that make no lab; they are told with their places.
pub(crate) fn blueprint(
    options: &Value,
    whole: &Whole,
    console: &Console,
) -> Result<Blueprint, Complaint> {
    made(options, &whole.bound).map_err(|failures| {
        let found = told(&failures, &whole.site_path, &whole.sources);
        console.diagnose(&found, &whole.sources);
        Complaint::told()
    })
}

/// What is wrong with the lab of a site.
pub(crate) fn mistakes(
    options: &Value,
    bound: &Bound,
    site: &Path,
    sources: &Sources,
) -> Vec<Diagnostic> {
    match made(options, bound) {
        Ok(_) => Vec::new(),
        Err(failures) => told(&failures, site, sources),
    }
}

fn made(options: &Value, bound: &Bound) -> Result<Blueprint, Vec<Failure>> {
    let hosts: Vec<Host> = bound.hosts.values().map(|host| Host::clone(host)).collect();
    options::blueprint(options, &hosts)
}

fn told(failures: &[Failure], site: &Path, sources: &Sources) -> Vec<Diagnostic> {
    let name = site.display().to_string();
    let known = sources.iter().filter(|(_, source)| *source.name == *name);
    let document = known.last().map(|(id, source)| document(id, &source.text));
    let root = document.as_ref().and_then(Document::root);
    let told = failures.iter().map(|failure| {
        let told = Diagnostic::error(&BAD_LAB, failure.message.to_string());
        let told = match root.and_then(|root| place(root, failure)) {
            Some(span) => told.at(span, "the lab refuses this"),
            None => told,
        };
        match &failure.help {
            Some(help) => told.help(&**help),
            None => told,
        }
    });
    told.collect()
}

fn document(id: SourceId, text: &Arc<str>) -> Document {
    Document::parse(id, Arc::clone(text)).0
}

/// Where what is wrong stands: an option of the lab, or a host and a variable of it. Of what an
/// overlay or a group says, it is the nearest that the file itself has.
fn place(root: Node<'_>, failure: &Failure) -> Option<Span> {
    let path: Vec<&str> = failure.at.iter().map(|name| &**name).collect();
    let (first, rest) = path.split_first()?;
    let lab = root.get("lab");
    if let Some(lab) = lab.filter(|lab| lab.value.get(name(first)).is_some()) {
        return Some(deepest(lab.value, &path, &failure.message));
    }
    let of_host = root.get("hosts").and_then(|hosts| hosts.value.get(first));
    if let Some(host) = of_host {
        let vars = host.value.get("vars").map(|vars| vars.value);
        let vars = vars.filter(|vars| rest.first().is_some_and(|var| vars.get(var).is_some()));
        let var = vars.map(|vars| deepest(vars, rest, &failure.message));
        return Some(var.unwrap_or(host.key.place()));
    }
    lab.map(|lab| lab.key.place())
}

/// What a path leads to, as far as it does; a key where it is the key that is wrong.
fn deepest(from: Node<'_>, path: &[&str], message: &str) -> Span {
    let (mut at, mut span) = (from, from.place());
    for part in path {
        let mut items = at.items();
        if let Some(item) = items.find(|item| item.text() == Some(*part)) {
            return item.place();
        }
        let Some(entry) = at.get(name(part)) else {
            break;
        };
        at = entry.value;
        let number = part
            .strip_suffix(']')
            .and_then(|part| part.rsplit_once('['));
        let item = number.and_then(|(_, number)| at.items().nth(number.parse().ok()?));
        at = item.unwrap_or(at);
        span = match message.starts_with(&format!("`{part}`")) {
            true => entry.key.place(),
            false => at.place(),
        };
    }
    span
}

/// A key without the number of an item.
fn name(part: &str) -> &str {
    part.split_once('[').map_or(part, |(name, _)| name)
}
