//! The hosts of a site with their variables, typed as the workflow declares them.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::words;
use runsheet_step::shape::Type;
use runsheet_step::{Host, Map, Name, Value};

use super::given::{Given, GivenVar};
use super::{bind, texts};
use crate::expression::{Template, WRONG_VALUE};
use crate::site::{HOW_KEPT, Setting, Site};
use crate::workflow::{StepId, Workflow};

/// Two groups of one host that disagree.
pub(crate) static GROUPS_DISAGREE: Code = Code::new(
    "groups-disagree",
    include_str!("../pages/groups-disagree.md"),
);

/// All hosts, in the order written.
pub(super) fn hosts(
    workflow: &Workflow,
    site: &Site,
    given: &Given,
    found: &mut Vec<Diagnostic>,
) -> IndexMap<Name, Arc<Host>> {
    let groups = site.groups_by_host();
    let mut vars = Vars {
        site,
        given,
        declared: declared(workflow),
        wrong: BTreeSet::new(),
        told: BTreeSet::new(),
        found,
    };
    let mut disagreements = Disagreements::new();
    let mut hosts = IndexMap::with_capacity(site.hosts.len());
    for name in site.hosts.keys() {
        let own: Vec<&Name> = groups.get(name).cloned().unwrap_or_default();
        disagreement(site, name, &own, &mut disagreements);
        let host = Host {
            name: name.clone(),
            groups: own.iter().map(|group| Name::clone(group)).collect(),
            vars: vars.of(name, &own),
        };
        hosts.insert(name.clone(), Arc::new(host));
    }
    let told = |it: Disagreement<'_>| groups_disagree(&it.hosts, it.var, it.one, it.two);
    found.extend(disagreements.into_values().map(told));
    hosts
}

/// What the inputs of the workflow and of its calls together declare of a variable. They agree about its type.
struct Declared<'w> {
    kind: &'w Type,
    default: Option<Value>,
}

/// What any of them declares, by the name of the variable.
fn declared(workflow: &Workflow) -> IndexMap<&Name, Declared<'_>> {
    let mut declared: IndexMap<&Name, Declared<'_>> = IndexMap::new();
    let calls = workflow
        .ids()
        .filter(|step| *step == StepId::MAIN || workflow.is_call(*step));
    let inputs = calls.flat_map(|scope| workflow.inputs_of(scope));
    for (name, var) in inputs.flat_map(|(_, input)| &input.vars) {
        let kind = &var.kind;
        let default = None;
        let known = declared.entry(name).or_insert(Declared { kind, default });
        let default = || var.default.as_ref().and_then(Template::constant);
        known.default = known.default.take().or_else(default);
    }
    declared
}

/// Two groups that say different things of a variable, by the places where they do, and the hosts
/// that are in both.
type Disagreements<'s> = IndexMap<(Span, Span), Disagreement<'s>>;

struct Disagreement<'s> {
    var: &'s Name,
    one: (&'s Name, &'s Setting),
    two: (&'s Name, &'s Setting),
    hosts: Vec<Name>,
}

/// Two groups of a host that say different things, unless the host itself decides.
fn disagreement<'s>(
    site: &'s Site,
    host: &Name,
    groups: &[&'s Name],
    found: &mut Disagreements<'s>,
) {
    let mut said: IndexMap<&Name, (&Name, &Setting)> = IndexMap::new();
    for group in groups {
        for (name, setting) in site.group_vars.get(*group).into_iter().flatten() {
            let decided = site
                .hosts
                .get(host)
                .is_some_and(|host| host.vars.contains_key(name));
            match said.get(name) {
                Some((other, first)) if !decided && first.value != setting.value => {
                    let pair = found.entry((setting.span, first.span));
                    let about = || Disagreement {
                        var: name,
                        one: (*group, setting),
                        two: (*other, *first),
                        hosts: Vec::new(),
                    };
                    pair.or_insert_with(about).hosts.push(host.clone());
                }
                _ => {
                    said.insert(name, (group, setting));
                }
            }
        }
    }
}

/// What one group says and another says otherwise of a variable of hosts.
pub(crate) fn groups_disagree(
    hosts: &[Name],
    var: &Name,
    (group, setting): (&Name, &Setting),
    (other, first): (&Name, &Setting),
) -> Diagnostic {
    let are = words::and_list(hosts);
    let message = format!("two groups of {are} disagree about `{var}`");
    let diagnostic = Diagnostic::error(&GROUPS_DISAGREE, message)
        .at(setting.span, format!("`{group}` says this"))
        .at(first.span, format!("`{other}` says this"));
    diagnostic.help(match hosts.len() {
        1 => format!("say it at the host {are} itself"),
        _ => "say it at each of these hosts itself".to_owned(),
    })
}

/// The variables of one host after the other.
struct Vars<'b> {
    site: &'b Site,
    given: &'b Given,
    declared: IndexMap<&'b Name, Declared<'b>>,
    /// What has been told: a value for all hosts is wrong once, not once for each.
    wrong: BTreeSet<Span>,
    told: BTreeSet<String>,
    found: &'b mut Vec<Diagnostic>,
}

impl Vars<'_> {
    fn of(&mut self, host: &Name, groups: &[&Name]) -> Map {
        let site = self.site;
        let mut said: IndexMap<&Name, &Setting> = site.vars.iter().collect();
        let of_groups = groups
            .iter()
            .filter_map(|group| site.group_vars.get(*group));
        said.extend(of_groups.flatten());
        said.extend(site.hosts.get(host).into_iter().flat_map(|host| &host.vars));
        said.extend(site.overlay_vars_of(host, groups));
        let mut vars = Map::new();
        for (name, declared) in &self.declared {
            if let Some(default) = &declared.default {
                vars.insert(Name::clone(name), default.clone());
            }
        }
        for (name, setting) in said {
            vars.insert(name.clone(), self.typed(host, name, setting));
        }
        let given = self.given;
        for var in given.vars_of(host, groups) {
            vars.insert(var.name.clone(), self.given(host, var));
        }
        vars
    }

    /// What the command line says.
    fn given(&mut self, host: &Name, var: &GivenVar) -> Value {
        let kind = self
            .declared
            .get(&var.name)
            .map_or(&Type::Text, |it| it.kind);
        let why = match texts::typed(&var.text, kind) {
            Ok(value) => return value,
            Err(why) => why,
        };
        let message = format!("`--set-var {}.{}=..`: {why}", var.owner, var.name);
        if self.told.insert(message.clone()) {
            let span = self.site.hosts.get(host).map(|host| host.span);
            let diagnostic = Diagnostic::error(&WRONG_VALUE, message);
            self.found.push(match span {
                Some(span) => diagnostic.at(span, format!("`{}` is {kind}", var.name)),
                None => diagnostic,
            });
        }
        Value::unknown("it is wrong on the command line")
    }

    /// One value as the type it is declared to have. A wrong one, once told, is unknown, so that
    /// nothing follows from it.
    fn typed(&mut self, host: &Name, name: &Name, setting: &Setting) -> Value {
        let kind = self.declared.get(name).map(|declared| declared.kind);
        let secret = bind::secret(host, name, &setting.value);
        let wrong = match (kind, secret, &setting.text) {
            (None | Some(Type::Secret | Type::Any), Some(secret), _) => return secret,
            (Some(_), Some(_), _) => kept_secret(name, setting),
            // What no workflow has a type for is text, as it is written.
            (None, None, Some(text)) => return Value::Text(text.clone()),
            (None, None, None) => return setting.value.clone(),
            (Some(kind), None, _) => match texts::read(setting, kind) {
                Ok(value) => return value,
                Err(why) => not_of_type(name, setting, kind, &why),
            },
        };
        if self.wrong.insert(setting.span) {
            self.found.push(wrong);
        }
        Value::unknown("it is wrong in the site file")
    }
}

fn kept_secret(name: &str, setting: &Setting) -> Diagnostic {
    let message = format!("`{name}` is kept secret here, and the workflow takes it for text");
    Diagnostic::error(&WRONG_VALUE, message)
        .at(setting.span, "a secret")
        .help(format!("declare `{name}: secret` in the workflow"))
}

fn not_of_type(name: &str, setting: &Setting, kind: &Type, why: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(&WRONG_VALUE, format!("`{name}`: {why}"));
    let diagnostic = diagnostic.at(setting.span, format!("should be {kind}"));
    match kind {
        Type::Secret => diagnostic.help(HOW_KEPT).confidential(),
        _ => diagnostic,
    }
}
