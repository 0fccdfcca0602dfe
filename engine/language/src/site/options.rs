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
    let Some(hosts) = document.root().and_then(|root| root.get("hosts")) else {
        return found;
    };
    for host in hosts.value.entries() {
        let facilities = host.value.get("facilities");
        for binding in facilities.into_iter().flat_map(|all| all.value.entries()) {
            options(binding.value, takes, &mut found);
        }
    }
    found
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
