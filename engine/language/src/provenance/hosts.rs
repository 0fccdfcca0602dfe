//! Values of a site: of its file, and the variables of its hosts, of which many have a say.

use runsheet_step::Name;

use super::inputs::of;
use super::spot::Lost;
use super::versions::{Part, item, versions};
use super::words::Words;
use super::{Asked, By, Chain, Layer};
use crate::document::Node;
use crate::expression::Template;
use crate::keys::SITE;
use crate::workflow::StepId;

impl Asked<'_> {
    /// A value of the site file.
    pub(super) fn of_site(&self, names: &[String], words: &Words) -> Option<Result<Chain, Lost>> {
        let (origins, _) = self.site?;
        let said = usize::from(names.first().is_some_and(|name| name == "site"));
        let names = &names[said..];
        let is_key = |name: &String| SITE.names().any(|key| key == name);
        if said == 0 && !names.first().is_some_and(is_key) {
            return None;
        }
        let mut lost = None;
        for version in versions(&origins.document) {
            match way(version.root, names) {
                Ok(way) => {
                    return Some(Ok(Chain {
                        layers: origins.layers(&way, words),
                        ..Chain::default()
                    }));
                }
                Err(first) => lost = lost.or(Some(first)),
            }
        }
        let lost = lost.unwrap_or_default();
        let after = lost.after + said;
        Some(Err(Lost { after, ..lost }))
    }

    /// A variable of a host; nothing where nobody knows the host, or the variable.
    pub(super) fn var(&self, host: &str, var: &str, words: &Words) -> Option<Chain> {
        let (origins, site) = self.site?;
        site.hosts.get(host)?;
        let groups: Vec<&Name> = site.groups_of(host).collect();
        let mut layers = self.set_vars(host, &groups, var, words);
        layers.extend(self.overlay_vars(host, &groups, var, words));
        let said = |way: &[&str]| {
            let way: Vec<Part> = way.iter().map(|key| Part::Key((*key).to_owned())).collect();
            origins.layers(&way, words).into_iter()
        };
        layers.extend(said(&["hosts", host, "vars", var]));
        let mut of_groups = Vec::new();
        for group in groups.iter().rev() {
            let own = said(&["groups", group, "vars", var]);
            of_groups.extend(own.map(|layer| of(&format!("group `{group}`"), layer)));
        }
        disagreeing(&mut of_groups, |_, _| true);
        layers.extend(of_groups);
        layers.extend(said(&["vars", var]).map(|layer| of("all hosts", layer)));
        layers.extend(self.declared(var, words));
        let bound = self.bound.and_then(|bound| bound.hosts.get(host));
        let value = bound.and_then(|host| host.vars.get(var));
        let kind = self.declarations().find(|(_, name, _)| *name == var);
        if layers.is_empty() && kind.is_none() {
            return None;
        }
        Some(Chain {
            kind: kind.map(|(_, _, declared)| declared.kind.to_string()),
            value: value.map(ToString::to_string),
            layers,
            ..Chain::default()
        })
    }

    /// What overlays and the site say of all variables of a host or group, or of one of them, as
    /// overlays write it: `vars.dx`, `vars.dx.exchange`.
    pub(super) fn vars_of(&self, names: &[String], words: &Words) -> Option<Chain> {
        let [vars, owner, var @ ..] = names else {
            return None;
        };
        let (origins, site) = self.site?;
        if vars != "vars" || var.len() > 1 {
            return None;
        }
        let mut layers = Vec::new();
        for (number, overlay) in site.overlays.iter().enumerate().rev() {
            let Some(own) = overlay.get(owner.as_str()) else {
                continue;
            };
            let (value, span) = match var.first() {
                None => (words.settings(&own.vars), own.span),
                Some(var) => match own.vars.get(var.as_str()) {
                    Some(setting) => (words.setting(var, setting), setting.span),
                    None => continue,
                },
            };
            let name = origins.overlays.get(number).map(|(_, name)| name.clone());
            layers.push(Layer {
                by: By::Overlay(number + 1, name.unwrap_or_default()),
                of: None,
                value,
                span: Some(span),
                is_removal: false,
                disagrees: false,
            });
        }
        for key in ["hosts", "groups"] {
            let way = [key, owner, "vars"].into_iter();
            let way = way.chain(var.iter().map(String::as_str));
            let way: Vec<Part> = way.map(|key| Part::Key(key.to_owned())).collect();
            layers.extend(origins.layers(&way, words));
        }
        (!layers.is_empty()).then_some(Chain {
            layers,
            ..Chain::default()
        })
    }

    /// What the command line says: of the host itself, then of its groups.
    fn set_vars(&self, host: &str, groups: &[&Name], var: &str, words: &Words) -> Vec<Layer> {
        let given = self
            .given
            .vars
            .iter()
            .rev()
            .filter(|given| *given.name == *var);
        let (own, others): (Vec<_>, Vec<_>) = given.partition(|given| *given.owner == *host);
        let of_group = others
            .into_iter()
            .filter(|given| groups.iter().any(|group| **group == given.owner));
        let is_decided = !own.is_empty();
        let all = own.into_iter().chain(of_group);
        let layers = all.map(|given| Layer {
            by: By::SetVar,
            of: (*given.owner != *host).then(|| format!("group `{}`", given.owner)),
            value: words.text(var, &given.text),
            span: None,
            is_removal: false,
            disagrees: false,
        });
        let mut layers: Vec<Layer> = layers.collect();
        if !is_decided {
            disagreeing(&mut layers, |one, other| one.of != other.of);
        }
        layers
    }

    /// What overlays say, the last first; each of the host itself before its groups.
    fn overlay_vars(&self, host: &str, groups: &[&Name], var: &str, words: &Words) -> Vec<Layer> {
        let Some((origins, site)) = self.site else {
            return Vec::new();
        };
        let mut layers = Vec::new();
        for (number, overlay) in site.overlays.iter().enumerate().rev() {
            let owners = groups.iter().map(|group| &***group).chain([host]);
            let owners: Vec<&str> = owners.collect();
            for owner in owners.into_iter().rev() {
                let setting = overlay.get(owner).and_then(|own| own.vars.get(var));
                let Some(setting) = setting else { continue };
                let name = origins.overlays.get(number).map(|(_, name)| name.clone());
                layers.push(Layer {
                    by: By::Overlay(number + 1, name.unwrap_or_default()),
                    of: (owner != host).then(|| format!("group `{owner}`")),
                    value: words.setting(var, setting),
                    span: Some(setting.span),
                    is_removal: false,
                    disagrees: false,
                });
            }
        }
        disagreeing(&mut layers, |one, other| one.of == other.of);
        layers
    }

    /// What the workflow and what it calls say where the site says nothing.
    fn declared(&self, var: &str, words: &Words) -> Vec<Layer> {
        let mut layers: Vec<Layer> = Vec::new();
        for (input, _, declared) in self.declarations().filter(|(_, name, _)| *name == var) {
            let default = declared.default.as_ref();
            let Some(value) = default.and_then(Template::constant) else {
                continue;
            };
            let span = default.map(Template::span);
            if layers.iter().any(|layer| layer.span == span) {
                continue;
            }
            layers.push(Layer {
                by: By::Workflow,
                of: Some(format!("default, hosts of `{input}`")),
                value: words.text(var, &value.to_string()),
                span,
                is_removal: false,
                disagrees: false,
            });
        }
        layers
    }

    /// Every variable that an input declares: the input, the variable, what is declared.
    fn declarations(
        &self,
    ) -> impl Iterator<Item = (&Name, &str, &crate::workflow::VarDeclaration)> {
        let scopes = self.workflow.ids();
        let scopes = scopes.filter(|step| *step == StepId::MAIN || self.workflow.is_call(*step));
        let inputs = scopes.flat_map(|scope| self.workflow.inputs_of(scope));
        inputs.flat_map(|(input, declared)| {
            let vars = declared.vars.iter();
            vars.map(move |(name, var)| (input, &**name, var))
        })
    }
}

/// Marks what is of one rank and says different things.
fn disagreeing(layers: &mut [Layer], is_of_one_rank: impl Fn(&Layer, &Layer) -> bool) {
    let differs = |one: &Layer| {
        let mut others = layers.iter();
        others.any(|other| is_of_one_rank(one, other) && one.value != other.value)
    };
    let differ: Vec<bool> = layers.iter().map(differs).collect();
    for (layer, differs) in layers.iter_mut().zip(differ) {
        layer.disagrees = differs;
    }
}

/// The way that names lead in a site file.
fn way(root: Node<'_>, names: &[String]) -> Result<Vec<Part>, Lost> {
    let mut way = Vec::with_capacity(names.len());
    let mut at = root;
    for (after, name) in names.iter().enumerate() {
        let (part, next) = match at.is_list() {
            true => (Part::Item(name.clone()), item(at, name)),
            false => (Part::Key(name.clone()), at.get(name).map(|one| one.value)),
        };
        let known = || at.entries().map(|entry| entry.name().to_owned()).collect();
        at = next.ok_or_else(|| Lost {
            after,
            known: known(),
        })?;
        way.push(part);
    }
    Ok(way)
}
