//! What a site says beside `driver:`, held against what the driver takes.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_step::shape::{Field, Type};

use crate::compose::{Overlay, Subject, overlaid};
use crate::document::{Document, Node};
use crate::expression::template::template;
use crate::reader;

/// What is wrong with the options of drivers in a site, with overlays laid over it. `takes` knows
/// what a driver takes; of one that says nothing, nothing is told.
#[must_use]
pub fn check_options(
    source: SourceId,
    overlays: &[Overlay],
    sources: &Sources,
    takes: &dyn Fn(&str) -> Option<Vec<Field>>,
) -> Vec<Diagnostic> {
    let text = sources.get(source).text.clone();
    let (document, _) = Document::parse(source, text);
    let document = overlaid(document, overlays, Subject::Site, &mut Vec::new());
    let mut found = Vec::new();
    for binding in document.root().into_iter().flat_map(bindings) {
        options(binding, takes, &mut found);
    }
    found
}

/// What is wrong with the options of drivers that the `site:` of an overlay names, whatever site it
/// is laid over. What is missed there a site may say, and what directives say is for that site.
#[must_use]
pub fn check_options_alone(
    overlay: &Overlay,
    takes: &dyn Fn(&str) -> Option<Vec<Field>>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let of_site = overlay.of_sites().filter(|entry| entry.name() == "site");
    let bindings = of_site.flat_map(|site| bindings(site.value));
    let bindings = bindings.map(|binding| {
        let whole = binding.get("$replace");
        whole.map_or(binding, |whole| whole.value)
    });
    for binding in bindings.filter(|binding| !is_patch(*binding)) {
        options(binding, takes, &mut found);
    }
    found.retain(|one| one.code.name != reader::MISSING_KEY.name);
    found
}

/// Whether a directive stands in it.
fn is_patch(node: Node<'_>) -> bool {
    let mut entries = node.entries();
    entries.any(|entry| entry.name().starts_with('$') || is_patch(entry.value))
}

/// Every `facilities:` entry of the hosts of a site.
fn bindings(site: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let hosts = site.get("hosts").into_iter();
    let hosts = hosts.flat_map(|hosts| hosts.value.entries());
    let facilities = hosts.filter_map(|host| host.value.get("facilities"));
    let bindings = facilities.flat_map(|all| all.value.entries());
    bindings.map(|binding| binding.value)
}

fn options(
    binding: Node<'_>,
    takes: &dyn Fn(&str) -> Option<Vec<Field>>,
    found: &mut Vec<Diagnostic>,
) {
    let driver = match binding.get("driver") {
        Some(entry) => entry.value,
        None => binding,
    };
    let Some((name, mut fields)) = driver.text().and_then(|name| Some((name, takes(name)?))) else {
        return;
    };
    let what = format!("the options of the driver `{name}`");
    if binding.is_map() {
        fields.push(Field::new("driver", Type::Text, "the driver"));
        template(binding, &Type::Record(fields), &what, found);
        return;
    }
    for field in fields.iter().filter(|field| field.required) {
        let message = format!("the driver `{name}` needs `{}`", field.name);
        let told = Diagnostic::error(&reader::MISSING_KEY, message);
        let help = format!("say it beside: {{driver: {name}, {}: ..}}", field.name);
        found.push(told.at(binding.span(), "not said here").help(help));
    }
}
