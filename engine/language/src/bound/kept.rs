//! Inputs that are secrets: a run is told where they are kept, never what they are.

use runsheet_diagnostics::suggest;
use runsheet_step::shape::Type;
use runsheet_step::{Name, Value};

use super::given::Given;
use crate::site::{SecretSource, Setting, reference};
use crate::workflow::{InputDeclaration, Workflow};

/// A secret that a run is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenSecret {
    /// What it is called until it is opened: `inputs.pw`, `inputs.pws[0]`.
    pub reference: Name,
    /// Where it is found.
    pub source: SecretSource,
    /// Whether a file of inputs says so, from which paths are seen; else the command line does.
    pub is_of_file: bool,
}

impl Given {
    /// Where the secrets of a workflow are found that it is given without a name of the site's.
    #[must_use]
    pub fn secrets(&self, workflow: &Workflow) -> Vec<GivenSecret> {
        let mut found = Vec::new();
        for (name, input) in &workflow.inputs {
            let set = self.sets.iter().rev().find(|(set, _)| set == name);
            let own = reference("inputs", name);
            match (set, self.inputs.get(name)) {
                (Some((_, text)), _) if input.kind == Type::Secret => {
                    found.extend(in_text(text).map(|source| GivenSecret {
                        reference: own,
                        source,
                        is_of_file: false,
                    }));
                }
                (None, Some(setting)) => of_file(own, &input.kind, setting, &mut found),
                (None, None) if self.asked.contains(name) => found.push(GivenSecret {
                    reference: own,
                    source: SecretSource::Ask(question(name, input)),
                    is_of_file: false,
                }),
                _ => {}
            }
        }
        found
    }
}

fn question(name: &str, input: &InputDeclaration) -> Name {
    match &*input.doc {
        "" => format!("the input {name}").into(),
        doc => format!("the input {name} ({doc})").into(),
    }
}

fn of_file(own: Name, kind: &Type, setting: &Setting, found: &mut Vec<GivenSecret>) {
    match kind {
        Type::Secret => found.extend(in_value(&setting.value).map(|source| GivenSecret {
            reference: own,
            source,
            is_of_file: true,
        })),
        Type::List(of) => {
            for (n, item) in setting.items.iter().enumerate() {
                of_file(item_of(&own, n), of, item, found);
            }
        }
        _ => {}
    }
}

/// What an item of a list of secrets is called.
pub(super) fn item_of(list: &str, n: usize) -> Name {
    format!("{list}[{n}]").into()
}

/// Whether values of a type are secrets, or lists of them.
pub(super) fn are_secrets(kind: &Type) -> bool {
    match kind {
        Type::Secret => true,
        Type::List(of) => are_secrets(of),
        _ => false,
    }
}

/// Where a value of a file says that a secret is kept. A lab has none for inputs.
pub(super) fn in_value(value: &Value) -> Option<SecretSource> {
    let source = SecretSource::of(value);
    source.filter(|source| !matches!(source, SecretSource::Lab(_)))
}

/// Where a text of a command line says so: `env:NAME`, `file:PATH`, `ask:QUESTION`.
pub(super) fn in_text(text: &str) -> Option<SecretSource> {
    let (key, rest) = text.split_once(':')?;
    let rest = Name::from(rest.trim());
    match key {
        _ if rest.is_empty() => None,
        "env" => Some(SecretSource::Env(rest)),
        "file" => Some(SecretSource::File(rest)),
        "ask" => Some(SecretSource::Ask(rest)),
        _ => None,
    }
}

/// Why a value of a file is no secret.
pub(super) fn why(setting: &Setting) -> String {
    let Some(map) = setting.value.as_map() else {
        return match setting.value.is_null() {
            true => "expected secret, found nothing".to_owned(),
            false => super::texts::WRITTEN_OUT.to_owned(),
        };
    };
    match map.keys().next() {
        Some(key) if map.len() == 1 => {
            let near = suggest::nearest(key, ["env", "file", "ask"]);
            let near = near.map_or(String::new(), |near| format!(": did you mean `{near}`?"));
            format!("no secret is kept in `{key}`{near}")
        }
        _ => "a secret is kept in one place".to_owned(),
    }
}

/// What to write for an input that is a secret, in a file of inputs.
pub(super) fn in_a_file(name: &str) -> String {
    format!(
        "name a secret of the site, `{name}: secrets.NAME`, or where it is kept: `{{env: NAME}}`, \
         `{{file: PATH}}` or `{{ask: question}}`"
    )
}

/// What to type for it.
pub(super) fn on_the_line(name: &str) -> String {
    format!(
        "name a secret of the site, `--set {name}=secrets.NAME`, or where it is kept: \
         `--set {name}=env:NAME`, `file:PATH` or `ask:QUESTION`"
    )
}
