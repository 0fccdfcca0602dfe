//! The variables that overlays give to the hosts of a site.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_step::Name;

use super::{Setting, Site, UNKNOWN_HOST};
use crate::bound::groups_disagree;
use crate::compose::{OwnVars, disagree};

/// Tells of hosts and groups that the site does not have, and of those who disagree about a host:
/// two groups in one overlay, or two overlays.
pub(super) fn known(site: &Site, found: &mut Vec<Diagnostic>) {
    for (owner, own) in site.overlays.iter().flatten() {
        if !site.hosts.contains_key(owner) && !site.groups.contains_key(owner) {
            found.push(unknown(site, owner, own.span));
        }
    }
    // What is said of a group is told once, not for each of its hosts.
    let mut told = BTreeSet::new();
    if site.overlays.is_empty() {
        return;
    }
    let groups = site.groups_by_host();
    for host in site.hosts.keys() {
        let groups = groups.get(host).map_or(&[][..], Vec::as_slice);
        let mut before: IndexMap<&Name, &Setting> = IndexMap::new();
        for overlay in &site.overlays {
            let said = said((host, groups), overlay, &mut |one| {
                let places: Vec<Span> = one.labels.iter().map(|label| label.span).collect();
                if told.insert(places) {
                    found.push(one);
                }
            });
            for (name, setting) in said {
                let old = before.insert(name, setting);
                if let Some(old) = old.filter(|old| old.value != setting.value)
                    && told.insert(vec![setting.span, old.span])
                {
                    found.push(disagree::told(setting.span, old.span));
                }
            }
        }
    }
}

/// What one overlay says of a host: what it says of the host itself outranks its groups, and two
/// groups must not disagree.
fn said<'s>(
    (host, groups): (&'s Name, &[&'s Name]),
    overlay: &'s IndexMap<Name, OwnVars>,
    tell: &mut dyn FnMut(Diagnostic),
) -> IndexMap<&'s Name, &'s Setting> {
    let own = overlay.get(host).map(|own| &own.vars);
    let mut by_group: IndexMap<&Name, (&Name, &Setting)> = IndexMap::new();
    for group in groups.iter().copied() {
        let vars = overlay.get(group).into_iter().flat_map(|own| &own.vars);
        for (name, setting) in vars {
            let other = by_group.insert(name, (group, setting));
            let decided = own.is_some_and(|own| own.contains_key(name));
            if let Some((other, first)) = other
                && !decided
                && first.value != setting.value
            {
                let (one, two) = ((group, setting), (other, first));
                let hosts = std::slice::from_ref(host);
                tell(groups_disagree(hosts, name, one, two));
            }
        }
    }
    let mut said: IndexMap<_, _> = by_group
        .into_iter()
        .map(|(name, (_, setting))| (name, setting))
        .collect();
    said.extend(own.into_iter().flatten());
    said
}

fn unknown(site: &Site, owner: &str, span: runsheet_diagnostics::span::Span) -> Diagnostic {
    let message = format!("there is no host or group `{owner}` in this site");
    let diagnostic = Diagnostic::error(&UNKNOWN_HOST, message).at(span, "unknown host or group");
    let known = site.hosts.keys().chain(site.groups.keys());
    match suggest::all_nearest(owner, known.map(|name| &**name)).as_slice() {
        [] => diagnostic.help("name a host or a group of the site"),
        near => diagnostic.did_you_mean_one_of(near, span),
    }
}

impl Site {
    /// What overlays say of a host: of each overlay first what it says of its groups.
    pub(crate) fn overlay_vars_of<'s>(
        &'s self,
        host: &str,
        groups: &[&Name],
    ) -> impl Iterator<Item = (&'s Name, &'s Setting)> {
        self.overlays.iter().flat_map(move |overlay| {
            let of_groups = groups.iter().filter_map(|group| overlay.get(*group));
            let own = overlay.get(host);
            let all: Vec<_> = of_groups.chain(own).flat_map(|own| &own.vars).collect();
            all
        })
    }
}
