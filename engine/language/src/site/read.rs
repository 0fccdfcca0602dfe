//! The text of a site file, read.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_step::{Catalogue, Name};

use super::keys::{GROUP, HOST, SITE};
use super::plain::{plain, setting};
use super::{Binding, Setting, Site, SiteHost, in_a_list, lab, overlays, secrets, unevaluated};
use crate::compose::{self, Overlay, Subject};
use crate::document::{Document, Entry, Node};
use crate::expression::WRONG_VALUE;
use crate::plugins;
use crate::reader::{self, Reader, UNKNOWN_WORD};

/// A host that the site does not have.
pub(crate) static UNKNOWN_HOST: Code =
    Code::new("unknown-host", include_str!("../pages/unknown-host.md"));
/// A site file that does not begin with `site: 1`.
pub(crate) static SITE_FORMAT: Code =
    Code::new("site-format", include_str!("../pages/site-format.md"));

/// Reads a site file. There is always a site, with gaps where something was wrong.
pub fn read_site(
    source: SourceId,
    sources: &Sources,
    catalogue: &Catalogue,
) -> (Site, Vec<Diagnostic>) {
    read_site_with(source, &[], sources, catalogue)
}

/// Reads a site file with overlays laid over it, in their order; else as [`read_site`].
pub fn read_site_with(
    source: SourceId,
    overlays: &[Overlay],
    sources: &Sources,
    catalogue: &Catalogue,
) -> (Site, Vec<Diagnostic>) {
    let text = sources.get(source).text.clone();
    let (document, mut found) = Document::parse(source, text);
    let of_text = found.len();
    let document = compose::overlaid(document, overlays, Subject::Site, &mut found);
    let mut site = Site::default();
    match document.root() {
        Some(root) => {
            if let Some(mut reader) = Reader::new(root, SITE, &mut found) {
                site = whole(&mut reader, catalogue);
                unevaluated::tell(root, "a site", &mut found);
            }
        }
        None => {
            let told = Diagnostic::error(&SITE_FORMAT, "the file is empty");
            let told = told.at(Span::at(source, 0..0), "nothing here");
            found.push(told.help("a site begins with `site: 1` and has `name:` and `hosts:`"));
        }
    }
    found.extend(secrets::in_no_lab(&site).filter(|_| document.root().is_some()));
    site.overlays = overlays.iter().map(|one| one.vars.clone()).collect();
    // Where no hosts can be read, that is what is wrong.
    let hosts = document.root().and_then(|root| root.get("hosts"));
    if hosts.is_some_and(|hosts| hosts.value.is_map()) {
        known_hosts(&site, &mut found);
        named_twice(&site, &mut found);
        overlays::known(&site, &mut found);
    }
    site.is_torn |= document.root().is_none() || !document.is_complete();
    if !document.is_complete() {
        // What is missed may stand in what could not be read.
        found.truncate(of_text);
    }
    (site, found)
}

fn whole(reader: &mut Reader<'_, '_>, catalogue: &Catalogue) -> Site {
    match reader.take("site") {
        Some(entry) if entry.value.text() == Some("1") => {}
        Some(entry) => {
            let span = entry.value.span();
            let fix = Fix::replace("write `site: 1`", span, "1");
            reader.found().push(no_format(span, Some(fix)));
        }
        None => {
            let root = reader.node();
            let fix = reader::put_first(root, "site: 1");
            reader.found().push(no_format(root.span().before(), fix));
        }
    }
    let name = reader
        .require("name")
        .and_then(|name| no_name(name, "a site"));
    reader.found().extend(name);
    reader.require("hosts");
    plugins::read(reader);
    let mut site = Site {
        name: reader
            .text("name")
            .map_or("".into(), |name| name.value.into()),
        real: reader.boolean("real").is_some_and(|real| real.value),
        vars: settings(reader, "vars"),
        secrets: secrets(reader),
        lab: reader
            .take("lab")
            .map(|entry| lab::lab(entry.value, reader.found())),
        ..Site::default()
    };
    let before = reader.found().len();
    for entry in reader.entries("groups") {
        reader.found().extend(no_name(entry.key, "a group"));
        group(entry, &mut site, reader.found());
    }
    site.is_torn |= reader.found().len() > before || !reader.has("hosts");
    let hosts = reader.take("hosts").map(|entry| entry.value);
    if let Some(list) = hosts.filter(|hosts| hosts.is_list()) {
        site.is_torn = true;
        reader.found().push(in_a_list::hosts(list));
        return site;
    }
    site.is_torn |= hosts.is_some_and(|hosts| !hosts.is_map());
    for entry in reader.entries("hosts") {
        reader.found().extend(no_name(entry.key, "a host"));
        let host = host(entry, catalogue, reader.found());
        site.hosts.insert(entry.name().into(), host);
    }
    site
}

fn no_format(span: Span, fix: Option<Fix>) -> Diagnostic {
    let message = "a site file begins with `site: 1`";
    let mut told = Diagnostic::error(&SITE_FORMAT, message).at(span, "should say `site: 1`");
    told.fixes.extend(fix);
    told
}

fn settings(reader: &mut Reader<'_, '_>, key: &str) -> IndexMap<Name, Setting> {
    let entries = reader.entries(key);
    let nothing = entries
        .iter()
        .filter_map(|entry| secrets::names_nothing(entry.value));
    reader.found().extend(nothing);
    let entries = entries.into_iter();
    entries
        .map(|entry| (entry.name().into(), setting(entry.value)))
        .collect()
}

fn secrets(reader: &mut Reader<'_, '_>) -> IndexMap<Name, Setting> {
    let entries = reader.entries("secrets").into_iter();
    entries
        .map(|entry| (entry.name().into(), secrets::secret(entry, reader.found())))
        .collect()
}

/// A text that names something, and says nothing.
fn no_name(node: Node<'_>, what: &str) -> Option<Diagnostic> {
    let is_empty = node.text().is_some_and(|text| text.trim().is_empty()) && !node.is_null();
    let told = Diagnostic::error(&WRONG_VALUE, format!("{what} has a name"));
    is_empty.then(|| told.at(node.place(), "is empty"))
}

/// `sales: [SALES, PLANT]`, or with variables `sales: {hosts: [..], vars: {..}}`.
fn group(entry: Entry<'_>, site: &mut Site, found: &mut Vec<Diagnostic>) {
    let name: Name = entry.name().into();
    let members = |nodes: Vec<Node<'_>>, found: &mut Vec<Diagnostic>| {
        let texts = nodes.into_iter().filter_map(|node| {
            let text = reader::text(node, found)?;
            Some((Name::from(text.value), reader::bare(node)))
        });
        texts.collect::<Vec<_>>()
    };
    if let Some(told) = in_a_list::not(entry.value) {
        found.push(told);
    } else if entry.value.is_map() {
        let Some(mut reader) = Reader::new(entry.value, GROUP, found) else {
            return;
        };
        let nodes = reader.items("hosts");
        let hosts = members(nodes, reader.found());
        site.group_vars
            .insert(name.clone(), settings(&mut reader, "vars"));
        site.groups.insert(name, hosts);
    } else if let Some(nodes) = reader::items(entry.value, found) {
        let nodes = nodes.collect();
        site.groups.insert(name, members(nodes, found));
    }
}

/// Tells of a host that a group names again: who goes through the group would meet it twice.
fn named_twice(site: &Site, found: &mut Vec<Diagnostic>) {
    for members in site.groups.values() {
        let mut seen = BTreeMap::new();
        for (name, span) in members {
            let Some(first) = seen.insert(name, *span) else {
                continue;
            };
            let message = format!("`{name}` is in this group already");
            let told = Diagnostic::warning(&WRONG_VALUE, message).at(*span, "again");
            found.push(told.at(first, "once").help("leave one of the two out"));
        }
    }
}

fn host(entry: Entry<'_>, catalogue: &Catalogue, found: &mut Vec<Diagnostic>) -> SiteHost {
    let mut host = SiteHost {
        span: reader::bare(entry.key),
        ..SiteHost::default()
    };
    if entry.value.is_null() {
        return host;
    }
    let Some(mut reader) = Reader::new(entry.value, HOST, found) else {
        return host;
    };
    host.at = reader.text("at").map(|at| at.value.into());
    host.at_span = reader.take("at").map(|entry| reader::bare(entry.value));
    host.exclusive = reader.text("exclusive").map(|name| name.value.into());
    host.vars = settings(&mut reader, "vars");
    for entry in reader.entries("facilities") {
        let facility = facility(entry, catalogue, reader.found());
        if let Some(binding) = binding(entry, reader.found()) {
            host.facilities.insert(facility, binding);
        }
    }
    host
}

/// The facility that is meant.
fn facility(entry: Entry<'_>, catalogue: &Catalogue, found: &mut Vec<Diagnostic>) -> Name {
    let name = reader::named(entry);
    let mut known = catalogue.facilities().map(|(known, _)| known).peekable();
    if known.peek().is_none() || catalogue.facility_named(name.value).is_some() {
        return name.value.into();
    }
    let near = suggest::all_nearest(name.value, known);
    let message = format!("there is no facility `{}`", name.value);
    let diagnostic = Diagnostic::error(&UNKNOWN_WORD, message).at(name.span, "unknown facility");
    found.push(match near.as_slice() {
        [] => diagnostic,
        near => diagnostic.did_you_mean_one_of(near, name.span),
    });
    near.first().copied().unwrap_or(name.value).into()
}

/// `registry: operator`, or with options `registry: {driver: net-rpc, server: exch1}`.
fn binding(entry: Entry<'_>, found: &mut Vec<Diagnostic>) -> Option<Binding> {
    if !entry.value.is_map() {
        let driver = reader::text(entry.value, found)?;
        return Some(Binding {
            driver: driver.value.into(),
            span: driver.span,
            options: runsheet_step::Value::Map(std::sync::Arc::default()),
        });
    }
    // Which options there are is the driver's to say, so only `driver` is looked for.
    let Some(driver) = entry.value.get("driver") else {
        let message = "a facility is served by a `driver`";
        let diagnostic = Diagnostic::error(&reader::MISSING_KEY, message);
        found.push(diagnostic.at(reader::bare(entry.key), "has no `driver`"));
        return None;
    };
    let name = reader::text(driver.value, found)?;
    let options = entry
        .value
        .entries()
        .filter(|entry| entry.name() != "driver");
    let options = options.map(|entry| (Name::from(entry.name()), plain(entry.value)));
    Some(Binding {
        driver: name.value.into(),
        span: name.span,
        options: runsheet_step::Value::map(options),
    })
}

/// Every host that a group or an `at:` names is one of the site.
fn known_hosts(site: &Site, found: &mut Vec<Diagnostic>) {
    let members = site
        .groups
        .values()
        .flatten()
        .map(|(name, span)| (name, *span));
    let acting = site
        .hosts
        .values()
        .filter_map(|host| Some((host.at.as_ref()?, host.at_span?)));
    for (name, span) in members.chain(acting) {
        if site.hosts.contains_key(name) {
            continue;
        }
        let message = format!("there is no host `{name}` in this site");
        let diagnostic = Diagnostic::error(&UNKNOWN_HOST, message).at(span, "unknown host");
        let near = suggest::all_nearest(name, site.hosts.keys().map(|known| &**known));
        found.push(match near.as_slice() {
            [_, ..] => diagnostic.did_you_mean_one_of(&near, span),
            [] => diagnostic.help(format!("list it under `hosts:`, if only as `{name}: {{}}`")),
        });
    }
}
