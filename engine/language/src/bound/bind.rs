//! A workflow and a site brought together.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_step::shape::Type;
use runsheet_step::{Host, Map, Name, Secret, Value};

use super::before::BeforeRun;
use super::given::Given;
use super::lacking::{Lacked, Lacking};
use super::strays::strays;
use super::{Bound, hosts, set_vars};
use crate::expression::scope::{Found, Key, Missing, Scope};
use crate::expression::{Template, UNKNOWN_NAME};
use crate::site::{SecretSource, Setting, Site, UNKNOWN_HOST, reference};
use crate::spanned::Spanned;
use crate::workflow::{InputDeclaration, StepId, Workflow};

/// An input that nobody gives.
pub(crate) static MISSING_INPUT: Code =
    Code::new("missing-input", include_str!("../pages/missing-input.md"));
/// A variable that a host does not have.
pub(crate) static MISSING_VAR: Code =
    Code::new("missing-var", include_str!("../pages/missing-var.md"));

/// A workflow with its inputs and its site: nothing where something is missing or of a wrong type,
/// which is told.
#[must_use]
pub fn bind(
    workflow: &Arc<Workflow>,
    site: &Site,
    given: &Given,
) -> (Option<Bound>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let hosts = hosts::hosts(workflow, site, given, &mut found);
    let secrets = site.secrets.keys().map(|name| {
        let reference = Secret::reference(reference("secrets", name));
        (name.clone(), Value::Secret(Arc::new(reference)))
    });
    let mut binding = Binding {
        workflow,
        site,
        site_value: site_value(site, &hosts),
        hosts,
        inputs: Map::new(),
        secrets: Value::map(secrets),
        lacking: Lacking::default(),
        found,
    };
    binding.found.extend(given.unknown(workflow, site));
    binding.found.extend(strays(workflow, site, given));
    binding.found.extend(set_vars::disagreements(site, given));
    for (name, input) in &workflow.inputs {
        let value = binding.input(name, input, given);
        binding.inputs.insert(name.clone(), value);
    }
    binding.named_hosts();
    binding.calls();
    binding.finish()
}

pub(super) struct Binding<'b> {
    pub(super) workflow: &'b Arc<Workflow>,
    pub(super) site: &'b Site,
    hosts: IndexMap<Name, Arc<Host>>,
    pub(super) site_value: Value,
    pub(super) inputs: Map,
    pub(super) secrets: Value,
    lacking: Lacking,
    pub(super) found: Vec<Diagnostic>,
}

/// Where a host is named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'n> {
    pub(super) span: Span,
    /// What begins a message about it, where it is not named in a file.
    pub(super) by: &'n str,
    /// Where each is named, of several.
    pub(super) items: &'n [Setting],
}

impl Named<'_> {
    /// In a file.
    pub(super) fn at(span: Span) -> Self {
        Named {
            span,
            by: "",
            items: &[],
        }
    }

    fn item(mut self, at: usize) -> Self {
        if let Some(item) = self.items.get(at) {
            (self.span, self.items) = (item.span, &[]);
        }
        self
    }
}

fn site_value(site: &Site, hosts: &IndexMap<Name, Arc<Host>>) -> Value {
    let members = |members: &Vec<(Name, Span)>| {
        let hosts = members.iter().filter_map(|(name, _)| hosts.get(name));
        Value::list(hosts.cloned().map(Value::Host))
    };
    let groups = site
        .groups
        .iter()
        .map(|(name, list)| (name.clone(), members(list)));
    Value::map([
        ("name", Value::Text(site.name.clone())),
        ("groups", Value::map(groups)),
    ])
}

impl Binding<'_> {
    pub(super) fn default(&mut self, default: &Template) -> Option<Value> {
        match default.evaluate(&Names(self.before(&self.inputs))) {
            Ok(value) => Some(value),
            Err(trouble) => {
                let of_site = self.unknown_group(default);
                let diagnostic = of_site.unwrap_or_else(|| trouble.diagnostic());
                self.found.push(diagnostic);
                None
            }
        }
    }

    /// That a value asks the site for a group it does not have, told with what it has.
    pub(super) fn unknown_group(&self, value: &Template) -> Option<Diagnostic> {
        for reference in value.references() {
            let names: Vec<_> = reference.keys.iter().filter_map(|key| key.name()).collect();
            let [groups, group, ..] = names.as_slice() else {
                continue;
            };
            let asked = &*reference.root.value == "site" && &*groups.value == "groups";
            if !asked || self.site.groups.contains_key(&group.value) {
                continue;
            }
            let message = format!(
                "the site `{}` has no group `{}`",
                self.site.name, group.value
            );
            let diagnostic =
                Diagnostic::error(&UNKNOWN_NAME, message).at(group.span, "unknown group");
            let known = self.site.groups.keys().map(|known| &**known);
            return Some(match suggest::nearest(&group.value, known) {
                Some(near) => self.other_group(diagnostic, group, near),
                None => diagnostic.help("add it to `groups:` of the site file"),
            });
        }
        None
    }

    /// Tells of a group that is nearly called so. Either file may have the slip, and other sites
    /// may have the name that this one lacks: a person decides.
    fn other_group(&self, told: Diagnostic, asked: &Spanned<Name>, near: &str) -> Diagnostic {
        let wanted = &asked.value;
        let members = self.site.groups.get(near).and_then(|hosts| hosts.first());
        let told = match members {
            Some((_, span)) => told.at(*span, format!("is of the group `{near}`")),
            None => told,
        };
        let fix = Fix::replace(format!("change to `{near}`"), asked.span, near);
        told.help(format!("did you mean `{near}`? or call it `{wanted}` in the site file, as workflows for several sites want"))
            .fix(fix.by_choice())
    }

    /// Names of hosts as the hosts they name.
    pub(super) fn as_hosts(&mut self, value: Value, kind: &Type, named: Named<'_>) -> Value {
        match (kind, &value) {
            (Type::Host, Value::Text(name)) => self.host(name, named),
            (Type::List(of), Value::List(items)) => {
                let items = items.iter().enumerate();
                let items = items.map(|(at, item)| self.as_hosts(item.clone(), of, named.item(at)));
                Value::list(items.collect::<Vec<_>>())
            }
            _ => value,
        }
    }

    fn host(&mut self, name: &Name, named: Named<'_>) -> Value {
        if let Some(host) = self.hosts.get(name) {
            return Value::Host(host.clone());
        }
        let (by, site) = (named.by, &self.site.name);
        let message = format!("{by}the site `{site}` has no host `{name}`");
        let label = if by.is_empty() {
            "unknown host"
        } else {
            "is for a host"
        };
        let diagnostic = Diagnostic::error(&UNKNOWN_HOST, message).at(named.span, label);
        let near = suggest::nearest(name, self.hosts.keys().map(|known| &**known));
        self.found.push(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("`hosts:` of the site file lists them"),
        });
        Value::Null
    }

    /// A variable that a host has, which nobody reads, and which is nearly called so.
    fn likely(&self, host: &str, var: &str) -> Option<Name> {
        let inputs = self.workflow.inputs_of(StepId::MAIN);
        let read: BTreeSet<&Name> = inputs.flat_map(|(_, input)| input.vars.keys()).collect();
        let vars = self.site.vars_of(host);
        let unread = vars.keys().filter(|name| !read.contains(**name));
        suggest::nearest(var, unread.map(|name| &***name)).map(Name::from)
    }

    /// Every host of an input has the variables that are read of it.
    pub(super) fn vars(&mut self, value: &Value, name: &Name, input: &InputDeclaration) {
        match value {
            Value::Host(host) => {
                for (var, declared) in &input.vars {
                    if !host.vars.contains_key(var) && self.lacking.is_new(&host.name, var) {
                        let lacked = Lacked {
                            var: var.clone(),
                            declared: declared.span,
                            near: self.likely(&host.name, var),
                        };
                        self.lacking.add(lacked, &host.name, name);
                    }
                }
            }
            Value::List(items) => {
                for item in items.iter() {
                    self.vars(item, name, input);
                }
            }
            _ => {}
        }
    }

    /// What is known before a run where these inputs are.
    pub(super) fn before(&self, inputs: &Map) -> BeforeRun {
        BeforeRun {
            inputs: inputs.clone(),
            site: self.site_value.clone(),
            secrets: self.secrets.clone(),
            host: None,
            items: Map::new(),
        }
    }

    /// Hosts that steps name outright are hosts of the site.
    fn named_hosts(&mut self) {
        for step in self.workflow.ids().filter(|step| *step != StepId::MAIN) {
            let action = self.workflow.node(step).action();
            let host = action.and_then(|action| action.host.as_ref());
            if let Some(Template::Literal(literal)) = host
                && let Value::Text(name) = &literal.value
            {
                self.host(name, Named::at(literal.span));
            }
        }
    }

    fn finish(mut self) -> (Option<Bound>, Vec<Diagnostic>) {
        self.found.extend(self.lacking.told(self.site));
        if self.site.is_torn {
            let misses = [UNKNOWN_HOST.name, UNKNOWN_NAME.name];
            self.found.retain(|one| !misses.contains(&one.code.name));
            return (None, self.found);
        }
        let sound = !self.found.iter().any(Diagnostic::is_error);
        let exclusive = self.site.hosts.iter().filter_map(|(name, host)| {
            let shared = host.exclusive.clone()?;
            Some((name.clone(), shared))
        });
        let bound = Bound {
            workflow: self.workflow.clone(),
            inputs: self.inputs,
            site: self.site.name.clone(),
            real: self.site.real,
            hosts: self.hosts,
            exclusive: exclusive.collect(),
            site_value: self.site_value,
            secrets: self.secrets,
        };
        (sound.then_some(bound), self.found)
    }
}

/// The names that defaults may use: the site, and the inputs before.
struct Names(BeforeRun);

impl Scope for Names {
    fn path(&self, root: &str, keys: &[Key<'_>]) -> Result<Found, Missing> {
        self.0.path(root, keys).map_err(|missing| Missing {
            help: Some("a default may use `site` and the inputs before it".to_owned()),
            ..missing
        })
    }
}

/// A secret as the reference to where it is kept.
pub(super) fn secret(host: &str, var: &str, value: &Value) -> Option<Value> {
    SecretSource::of(value)?;
    Some(Value::Secret(Arc::new(Secret::reference(reference(
        host, var,
    )))))
}
