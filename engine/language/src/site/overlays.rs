//! The variables that overlays give to the hosts of a site.

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::suggest;
use runsheet_step::Name;

use super::{Setting, Site, UNKNOWN_HOST};
use crate::compose::disagree;

/// Tells of hosts and groups that the site does not have, and of overlays that disagree.
pub(super) fn known(site: &Site, found: &mut Vec<Diagnostic>) {
    let mut said: IndexMap<(&Name, &Name), &Setting> = IndexMap::new();
    for (owner, own) in site.overlays.iter().flatten() {
        if !site.hosts.contains_key(owner) && !site.groups.contains_key(owner) {
            found.push(unknown(site, owner, own.span));
        }
        for (name, setting) in &own.vars {
            if let Some(before) = said.insert((owner, name), setting)
                && before.value != setting.value
            {
                found.push(disagree::told(setting.span, before.span));
            }
        }
    }
}

fn unknown(site: &Site, owner: &str, span: runsheet_diagnostics::span::Span) -> Diagnostic {
    let message = format!("there is no host or group `{owner}` in this site");
    let diagnostic = Diagnostic::error(&UNKNOWN_HOST, message).at(span, "unknown host or group");
    let known = site.hosts.keys().chain(site.groups.keys());
    match suggest::nearest(owner, known.map(|name| &**name)) {
        Some(near) => diagnostic.did_you_mean(near, span),
        None => diagnostic.help("name a host or a group of the site"),
    }
}

impl Site {
    /// What overlays say of a host: of each overlay first what it says of its groups.
    pub fn overlay_vars_of(&self, host: &str) -> impl Iterator<Item = (&Name, &Setting)> {
        let groups: Vec<&Name> = self.groups_of(host).collect();
        self.overlays.iter().flat_map(move |overlay| {
            let of_groups = groups.iter().filter_map(|group| overlay.get(*group));
            let own = overlay.get(host);
            let all: Vec<_> = of_groups.chain(own).flat_map(|own| &own.vars).collect();
            all
        })
    }
}
