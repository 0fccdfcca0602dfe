//! Variables that the command line gives to groups: two groups of one host must not disagree there
//! either.

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::words;
use runsheet_step::Name;

use super::given::{Given, GivenVar};
use super::hosts::GROUPS_DISAGREE;
use crate::site::Site;

/// Tells of them, unless the command line says it of the host itself. Of two values for one group
/// the later counts.
pub(super) fn disagreements(site: &Site, given: &Given) -> Vec<Diagnostic> {
    // Most give none, and a site may have many hosts.
    let given_to_group = |var: &GivenVar| site.groups.contains_key(&var.owner);
    if !given.vars.iter().any(given_to_group) {
        return Vec::new();
    }
    let groups = site.groups_by_host();
    let mut hosts: IndexMap<(&Name, &Name, &Name), Vec<&Name>> = IndexMap::new();
    for host in site.hosts.keys() {
        for (var, one, two) in of_host(groups.get(host), host, given) {
            hosts.entry((var, one, two)).or_default().push(host);
        }
    }
    let told = hosts.into_iter().map(|((var, one, two), hosts)| {
        let are = words::and_list(&hosts);
        let message = format!(
            "two groups of {are} disagree about `{var}`: `--set-var {one}.{var}=..` and `--set-var {two}.{var}=..`"
        );
        let mut told = Diagnostic::error(&GROUPS_DISAGREE, message);
        for group in [one, two] {
            let members = site.groups.get(group).into_iter().flatten();
            let member = members.clone().find(|(member, _)| member == hosts[0]);
            if let Some((_, span)) = member {
                told = told.at(*span, format!("is in `{group}`"));
            }
        }
        told.help(match hosts.as_slice() {
            [host] => format!("say it of the host itself: `--set-var {host}.{var}=..`"),
            _ => "say it of each of these hosts itself, or of one of the groups only".to_owned(),
        })
    });
    told.collect()
}

/// The variables that two groups of a host are given differently, with the groups.
fn of_host<'g>(
    groups: Option<&Vec<&'g Name>>,
    host: &Name,
    given: &'g Given,
) -> Vec<(&'g Name, &'g Name, &'g Name)> {
    let is_own = |var: &GivenVar| {
        let mut others = given.vars.iter();
        others.any(|other| other.owner == *host && other.name == var.name)
    };
    let mut last: IndexMap<(&Name, &Name), &Name> = IndexMap::new();
    for group in groups.into_iter().flatten() {
        let of_group = given.vars.iter().filter(|var| var.owner == **group);
        for var in of_group.filter(|var| !is_own(var)) {
            last.insert((&var.name, &var.owner), &var.text);
        }
    }
    let mut found = Vec::new();
    for (n, ((var, two), text)) in last.iter().enumerate() {
        let mut before = last.iter().take(n);
        let other = before.find(|((name, _), other)| name == var && *other != text);
        found.extend(other.map(|((_, one), _)| (*var, *one, *two)));
    }
    found
}
