//! Hosts of a site in a list where a map belongs, and those of a group in a map where a list does.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::keys::GROUP;
use crate::document::Node;
use crate::reader::WRONG_TYPE;

/// `hosts: [EXCH1, SALES]`: each stands under its name.
pub(super) fn hosts(list: Node<'_>) -> Diagnostic {
    let names: Option<Vec<&str>> = list.items().map(|host| host.text()).collect();
    let named = list.items().find_map(|host| {
        let name = ["name", "id", "host"]
            .into_iter()
            .find_map(|key| host.get(key));
        name?.value.text()
    });
    let first = names.as_ref().and_then(|names| names.first().copied());
    let told = Diagnostic::error(&WRONG_TYPE, "expected a map of hosts, found a list");
    let told = told.at(list.place(), "should be a map");
    let name = first.or(named).unwrap_or("NAME");
    let told = told.help(format!("each host stands under its name: `{name}: {{..}}`"));
    let is_flow = list.written().starts_with('[');
    match names.filter(|_| is_flow) {
        Some(names) => {
            let hosts: Vec<String> = names.iter().map(|name| format!("{name}: {{}}")).collect();
            let map = format!("{{{}}}", hosts.join(", "));
            told.fix(Fix::replace("make it a map", list.span(), map))
        }
        None => told,
    }
}

/// `dx: {EXCH1: {}}`: a group lists its hosts.
pub(super) fn not(map: Node<'_>) -> Option<Diagnostic> {
    let is_host =
        |name: &str| !GROUP.knows(name) && !GROUP.called.iter().any(|(one, _)| *one == name);
    let names: Vec<&str> = map.entries().map(|entry| entry.name()).collect();
    if names.is_empty() || !names.iter().all(|name| is_host(name)) {
        return None;
    }
    let list = format!("[{}]", names.join(", "));
    let told = Diagnostic::error(&WRONG_TYPE, "expected a list of hosts, found a map");
    let told = told.at(map.place(), "should be a list");
    let told = told.help(format!("a group lists its hosts: `{list}`"));
    let says_nothing =
        |value: Node<'_>| value.is_null() || value.is_map() && value.entries().len() == 0;
    let is_bare =
        map.entries().all(|entry| says_nothing(entry.value)) && map.written().starts_with('{');
    Some(match is_bare {
        true => told.fix(Fix::replace("make it a list", map.span(), list)),
        false => told,
    })
}
