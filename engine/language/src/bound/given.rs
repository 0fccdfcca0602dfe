//! What a workflow is given from outside: on the command line, in a file of inputs, by a person.

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::{suggest, words};
use runsheet_step::shape::Type;
use runsheet_step::{Name, Value};

use super::texts::{self, Where};
use crate::document::Document;
use crate::expression::{UNKNOWN_NAME, WRONG_VALUE};
use crate::reader;
use crate::site::{Setting, Site, UNKNOWN_HOST, plain, unevaluated};
use crate::spanned::Spanned;
use crate::workflow::{InputDeclaration, Workflow};

/// What is given from outside. The later outranks the earlier: defaults, the file of inputs, sets.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Inputs by name and text (`--set`); of two for one input the later counts.
    pub sets: Vec<(Name, Name)>,
    /// Variables of hosts (`--set-var`), which outrank everything that is said of them elsewhere.
    pub vars: Vec<GivenVar>,
    /// Inputs of a file, as [`read_inputs`] reads them.
    pub inputs: IndexMap<Name, Spanned<Setting>>,
    /// Inputs that are secrets and that a person is asked for when they are needed.
    pub asked: Vec<Name>,
}

/// A variable of a host, or of all hosts of a group, and its value as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenVar {
    /// The host or group.
    pub owner: Name,
    /// The variable.
    pub name: Name,
    /// Its value.
    pub text: Name,
}

impl Given {
    /// Inputs by name and text, and nothing else.
    pub fn sets<N: Into<Name>>(sets: impl IntoIterator<Item = (N, N)>) -> Self {
        let sets = sets.into_iter();
        Self {
            sets: sets
                .map(|(name, text)| (name.into(), text.into()))
                .collect(),
            ..Self::default()
        }
    }

    /// The variables given for a host: those of its groups, then its own.
    pub(super) fn vars_of<'g>(
        &'g self,
        host: &'g str,
        groups: &'g [&Name],
    ) -> impl Iterator<Item = &'g GivenVar> {
        let of_group = |var: &&GivenVar| groups.iter().any(|group| **group == var.owner);
        let own = move |var: &&GivenVar| *var.owner == *host;
        let of_groups = self.vars.iter().filter(of_group);
        of_groups.chain(self.vars.iter().filter(own))
    }

    /// Whether something is given under a name that no input has, and that is nearly this one's.
    #[must_use]
    pub fn is_meant(&self, name: &str, workflow: &Workflow) -> bool {
        let names = self.sets.iter().map(|(set, _)| set);
        let mut strange = names
            .chain(self.inputs.keys())
            .filter(|set| !workflow.inputs.contains_key(*set));
        strange.any(|set| suggest::nearest(set, [name]).is_some())
    }

    /// Tells of inputs that the workflow does not have, and of hosts that the site does not have.
    pub(super) fn unknown(&self, workflow: &Workflow, site: &Site) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (name, _) in &self.sets {
            if !workflow.inputs.contains_key(name) {
                found.push(not_to_set(name, workflow));
            }
        }
        for (name, given) in &self.inputs {
            if !workflow.inputs.contains_key(name) {
                let message = format!("there is no input `{name}` in the workflow");
                let diagnostic = Diagnostic::error(&UNKNOWN_NAME, message);
                let diagnostic = diagnostic.at(given.span, "unknown input");
                let near = nearest_inputs(name, workflow);
                found.push(match near.as_slice() {
                    [] => diagnostic.help(inputs_of(workflow)),
                    near => diagnostic.did_you_mean_one_of(near, given.span),
                });
            }
        }
        let known = |owner: &str| site.hosts.contains_key(owner) || site.groups.contains_key(owner);
        let strange = self.vars.iter().filter(|var| !known(&var.owner));
        found.extend(strange.map(|var| no_owner(var, site)));
        found
    }
}

/// `--set` of what the workflow does not have: the place is that of what was meant.
fn not_to_set(name: &str, workflow: &Workflow) -> Diagnostic {
    let message = format!("there is no input `{name}` to set");
    let diagnostic = Diagnostic::error(&UNKNOWN_NAME, message);
    let near = nearest_inputs(name, workflow);
    let diagnostic = match (near.as_slice(), workflow.inputs.first()) {
        ([only], _) => diagnostic.at(workflow.inputs[*only].span, "is declared here"),
        (_, Some((_, first))) => diagnostic.at(first.span, "the inputs begin here"),
        (_, None) => diagnostic,
    };
    diagnostic.help(asked(&near).unwrap_or_else(|| inputs_of(workflow)))
}

/// More are not listed.
const LISTED: usize = 12;

fn inputs_of(workflow: &Workflow) -> String {
    match workflow.inputs.len() {
        0 => "the workflow takes no inputs".to_owned(),
        1..=LISTED => format!("its inputs are {}", words::and_list(workflow.inputs.keys())),
        _ => "`inputs:` of the workflow lists them".to_owned(),
    }
}

fn nearest_inputs<'w>(name: &str, workflow: &'w Workflow) -> Vec<&'w str> {
    suggest::all_nearest(name, workflow.inputs.keys().map(|known| &**known))
}

/// Asks which of the nearest was meant, if there are any.
fn asked(near: &[&str]) -> Option<String> {
    let few = near.iter().take(LISTED);
    (!near.is_empty()).then(|| format!("did you mean {}?", words::or_list(few)))
}

fn no_owner(var: &GivenVar, site: &Site) -> Diagnostic {
    let (owner, name) = (&var.owner, &var.name);
    let message = format!("`--set-var {owner}.{name}=..`: the site has no host or group `{owner}`");
    let diagnostic = Diagnostic::error(&UNKNOWN_HOST, message);
    let known = site.hosts.keys().chain(site.groups.keys());
    let near = suggest::all_nearest(owner, known.map(|known| &**known));
    let host = match near.as_slice() {
        [only] => site.hosts.get(*only),
        _ => None,
    };
    let diagnostic = match (host, site.hosts.first()) {
        (Some(host), _) => diagnostic.at(host.span, "is a host"),
        (None, Some((_, first))) => diagnostic.at(first.span, "the hosts begin here"),
        (None, None) => diagnostic,
    };
    let lists = || "`hosts:` and `groups:` of the site file list them".to_owned();
    diagnostic.help(asked(&near).unwrap_or_else(lists))
}

/// Why a text is no value of an input at a site, and what is to be typed instead.
#[must_use]
pub fn unfit(text: &str, input: &InputDeclaration, site: &Site) -> Option<String> {
    match texts::typed(&text.into(), &input.kind) {
        Ok(value) => strange_host(&value, &input.kind, site),
        Err(why) => {
            let (why, remedy) = texts::remedied(&why, text, &input.kind, Where::Line);
            Some(format!("{why}: {remedy}"))
        }
    }
}

/// The first host of a value that a site does not have.
fn strange_host(value: &Value, kind: &Type, site: &Site) -> Option<String> {
    match (kind, value) {
        (Type::Host, Value::Text(name)) if !site.hosts.contains_key(name) => {
            let known = || site.hosts.keys().map(|known| &**known);
            let lists = || format!("it has {}", words::and_list(known().take(LISTED)));
            let remedy = asked(&suggest::all_nearest(name, known())).unwrap_or_else(lists);
            Some(format!(
                "the site `{}` has no host `{name}`: {remedy}",
                site.name
            ))
        }
        (Type::List(of), Value::List(items)) => {
            items.iter().find_map(|item| strange_host(item, of, site))
        }
        _ => None,
    }
}

/// Reads a file of inputs: a map of their names and values.
#[must_use]
pub fn read_inputs(
    source: SourceId,
    sources: &Sources,
) -> (IndexMap<Name, Spanned<Setting>>, Vec<Diagnostic>) {
    let text = sources.get(source).text.clone();
    let (document, mut found) = Document::parse(source, text);
    let Some(root) = document.root() else {
        return (IndexMap::new(), found);
    };
    let entries = reader::entries(root, "a file of inputs", &mut found);
    let inputs = entries.into_iter().flatten().map(|entry| {
        let setting = Spanned::new(plain::setting(entry.value), reader::bare(entry.key));
        (Name::from(entry.name()), setting)
    });
    let inputs = inputs.collect();
    unevaluated::tell(root, "a file of inputs", &mut found);
    (inputs, found)
}

/// Tells that a value of a file of inputs is none of its type.
pub(super) fn wrong(
    name: &str,
    setting: &Setting,
    input: &InputDeclaration,
    why: &str,
) -> Diagnostic {
    let kind = &input.kind;
    let text = setting.text.as_deref().unwrap_or_default();
    let (why, remedy) = match why {
        texts::WRITTEN_OUT => (why.to_owned(), String::new()),
        _ => texts::remedied(why, text, kind, Where::File),
    };
    let diagnostic = Diagnostic::error(&WRONG_VALUE, format!("`{name}`: {why}"))
        .at(setting.span, format!("should be {kind}"));
    match why == texts::WRITTEN_OUT {
        true => diagnostic.confidential(),
        false => diagnostic
            .at(input.span, format!("is declared {kind}"))
            .help(remedy),
    }
}
