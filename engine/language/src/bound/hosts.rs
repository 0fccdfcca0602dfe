//! The hosts of a site with their variables, typed as the workflow declares them.

use std::sync::Arc;

use indexmap::IndexMap;
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::shape::Type;
use runsheet_step::{Host, Map, Name, Value};

use super::{bind, texts};
use crate::expression::{Template, WRONG_VALUE};
use crate::site::{Setting, Site};
use crate::workflow::{VarDeclaration, Workflow};

/// Two groups of one host that disagree.
pub(crate) static GROUPS_DISAGREE: Code = Code::new(
    "groups-disagree",
    include_str!("../pages/groups-disagree.md"),
);

/// All hosts, in the order written.
pub(super) fn hosts(
    workflow: &Workflow,
    site: &Site,
    found: &mut Vec<Diagnostic>,
) -> IndexMap<Name, Arc<Host>> {
    let declared = declared(workflow);
    let groups = groups(site);
    let mut hosts = IndexMap::with_capacity(site.hosts.len());
    for name in site.hosts.keys() {
        let own: Vec<&Name> = groups.get(name).cloned().unwrap_or_default();
        disagreement(site, name, &own, found);
        let host = Host {
            name: name.clone(),
            groups: own.iter().map(|group| Name::clone(group)).collect(),
            vars: vars(site, name, &own, &declared, found),
        };
        hosts.insert(name.clone(), Arc::new(host));
    }
    hosts
}

/// What any input declares, by the name of the variable.
fn declared(workflow: &Workflow) -> IndexMap<&Name, &VarDeclaration> {
    workflow
        .inputs
        .values()
        .flat_map(|input| &input.vars)
        .collect()
}

/// The groups of every host.
fn groups(site: &Site) -> IndexMap<&Name, Vec<&Name>> {
    let mut groups: IndexMap<&Name, Vec<&Name>> = IndexMap::new();
    for (group, members) in &site.groups {
        for (member, _) in members {
            groups.entry(member).or_default().push(group);
        }
    }
    groups
}

/// Two groups of a host that say different things, unless the host itself decides.
fn disagreement(site: &Site, host: &Name, groups: &[&Name], found: &mut Vec<Diagnostic>) {
    let mut said: IndexMap<&Name, (&Name, &Setting)> = IndexMap::new();
    for group in groups {
        for (name, setting) in site.group_vars.get(*group).into_iter().flatten() {
            let decided = site
                .hosts
                .get(host)
                .is_some_and(|host| host.vars.contains_key(name));
            match said.get(name) {
                Some((other, first)) if !decided && first.value != setting.value => {
                    let message = format!("two groups of `{host}` disagree about `{name}`");
                    let diagnostic = Diagnostic::error(&GROUPS_DISAGREE, message)
                        .at(setting.span, format!("`{group}` says this"))
                        .at(first.span, format!("`{other}` says this"));
                    found.push(diagnostic.help(format!("say it at the host `{host}` itself")));
                }
                _ => {
                    said.insert(name, (group, setting));
                }
            }
        }
    }
}

fn vars(
    site: &Site,
    host: &Name,
    groups: &[&Name],
    declared: &IndexMap<&Name, &VarDeclaration>,
    found: &mut Vec<Diagnostic>,
) -> Map {
    let mut said: IndexMap<&Name, &Setting> = site.vars.iter().collect();
    said.extend(
        groups
            .iter()
            .filter_map(|group| site.group_vars.get(*group))
            .flatten(),
    );
    said.extend(site.hosts.get(host).into_iter().flat_map(|host| &host.vars));
    let mut vars = Map::new();
    for (name, var) in declared {
        let default = var.default.as_ref().and_then(Template::constant);
        if let Some(default) = default {
            vars.insert(Name::clone(name), default);
        }
    }
    for (name, setting) in said {
        let kind = declared.get(name).map(|var| &var.kind);
        if let Some(value) = typed(host, name, setting, kind, found) {
            vars.insert(name.clone(), value);
        }
    }
    vars
}

fn typed(
    host: &Name,
    name: &Name,
    setting: &Setting,
    kind: Option<&Type>,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    if let Some(secret) = bind::secret(host, name, &setting.value) {
        if kind.is_none_or(|kind| matches!(kind, Type::Secret | Type::Any)) {
            return Some(secret);
        }
        let message = format!("`{name}` is kept secret here, and the workflow takes it for text");
        let diagnostic = Diagnostic::error(&WRONG_VALUE, message).at(setting.span, "a secret");
        found.push(diagnostic.help(format!("declare `{name}: secret` in the workflow")));
        return None;
    }
    match (kind, &setting.text) {
        // What no workflow has a type for is text, as it is written.
        (None, Some(text)) => Some(Value::Text(text.clone())),
        (Some(kind), Some(text)) => match texts::typed(text, kind) {
            Ok(value) => Some(value),
            Err(why) => {
                let message = format!("`{name}` of `{host}`: {why}");
                let diagnostic = Diagnostic::error(&WRONG_VALUE, message);
                found.push(diagnostic.at(setting.span, format!("should be {kind}")));
                None
            }
        },
        (_, None) => Some(setting.value.clone()),
    }
}
