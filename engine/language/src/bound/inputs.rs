//! What each input of a workflow is: what the command line says, a file of inputs, or its default.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::suggest;
use runsheet_step::shape::Type;
use runsheet_step::{Name, Secret, Value};

use super::bind::{Binding, MISSING_INPUT, Named};
use super::given::{self, Given};
use super::texts::{self, Where};
use crate::expression::WRONG_VALUE;
use crate::site::{Setting, reference};
use crate::workflow::InputDeclaration;

impl Binding<'_> {
    /// An input, with the hosts that it names; null where it is wrong, which is told.
    pub(super) fn input(&mut self, name: &Name, input: &InputDeclaration, given: &Given) -> Value {
        let set = given.sets.iter().rev().find(|(set, _)| set == name);
        let by = format!("`--set {name}=..`: ");
        let (value, named) = match (set, given.inputs.get(name), &input.default) {
            (Some((_, text)), _, _) => {
                let named = Named {
                    by: &by,
                    ..Named::at(input.span)
                };
                (self.given(name, input, text), named)
            }
            (None, Some(setting), _) => {
                let named = Named {
                    items: &setting.items,
                    ..Named::at(setting.value.span)
                };
                (self.in_file(name, input, setting), named)
            }
            (None, None, Some(default)) => (self.default(default), Named::at(default.span())),
            (None, None, None) => (self.nowhere(name, input, given), Named::at(input.span)),
        };
        let value = self.as_hosts(value.unwrap_or_default(), &input.kind, named);
        self.vars(&value, name, input);
        value
    }

    /// An input of which nobody says anything: a person is asked, or it is missing. One that is
    /// given under a name that is nearly its own is told there.
    fn nowhere(&mut self, name: &Name, input: &InputDeclaration, given: &Given) -> Option<Value> {
        if given.asked.contains(name) {
            return Some(asked(name));
        }
        if !given.is_meant(name, self.workflow) {
            self.found.push(not_given(name, input));
        }
        None
    }

    /// What `--set NAME=TEXT` gives, read by the type of the input.
    fn given(&mut self, name: &Name, input: &InputDeclaration, text: &Name) -> Option<Value> {
        let wrong = |why: &str| {
            let message = format!("`--set {name}=..`: {why}");
            let label = format!("is declared {}", input.kind);
            Diagnostic::error(&WRONG_VALUE, message).at(input.span, label)
        };
        let secret = input.kind == Type::Secret;
        match text.strip_prefix("secrets.").filter(|_| secret) {
            Some(kept) => match self.secrets.get(kept) {
                Value::Null => self.found.push(self.not_kept(kept, wrong)),
                secret => return Some(secret.clone()),
            },
            None => match texts::typed(text, &input.kind) {
                Ok(value) => return Some(value),
                Err(why) if secret => self.found.push(wrong(&why).help(how_given(name))),
                Err(why) => {
                    let (why, remedy) = texts::remedied(&why, text, &input.kind, Where::Line);
                    self.found.push(wrong(&why).help(remedy));
                }
            },
        }
        None
    }

    /// What a file of inputs says.
    fn in_file(
        &mut self,
        name: &Name,
        input: &InputDeclaration,
        setting: &Setting,
    ) -> Option<Value> {
        let kept = setting
            .text
            .as_deref()
            .and_then(|text| text.strip_prefix("secrets."));
        if let Some(kept) = kept.filter(|_| input.kind == Type::Secret) {
            match self.secrets.get(kept) {
                Value::Null => {
                    let wrong = |why: &str| given::wrong(name, setting, input, why);
                    self.found.push(self.not_kept(kept, wrong));
                    return None;
                }
                secret => return Some(secret.clone()),
            }
        }
        match texts::read(setting, &input.kind) {
            Ok(value) => Some(value),
            Err(why) => {
                let told = given::wrong(name, setting, input, &why);
                self.found.push(match input.kind {
                    Type::Secret => told
                        .help(format!("name a secret of the site: `{name}: secrets.NAME`"))
                        .confidential(),
                    _ => told,
                });
                None
            }
        }
    }

    /// A secret that the site does not keep.
    fn not_kept(&self, name: &str, wrong: impl Fn(&str) -> Diagnostic) -> Diagnostic {
        let site = &self.site.name;
        let diagnostic = wrong(&format!("the site `{site}` keeps no secret `{name}`"));
        let known = self.site.secrets.keys().map(|known| &**known);
        diagnostic.help(match suggest::nearest(name, known) {
            Some(near) => format!("did you mean `secrets.{near}`?"),
            None => "say under `secrets:` of the site file where it is kept".to_owned(),
        })
    }
}

fn not_given(name: &str, input: &InputDeclaration) -> Diagnostic {
    let help = match input.kind {
        Type::Secret => how_given(name),
        _ => format!("give it by `--set {name}=..`"),
    };
    Diagnostic::error(&MISSING_INPUT, format!("the input `{name}` is not given"))
        .at(input.span, "has no default")
        .help(help)
}

/// A secret that a person is asked for.
fn asked(name: &str) -> Value {
    Value::Secret(Arc::new(Secret::reference(reference("inputs", name))))
}

/// How an input that is a secret is given.
fn how_given(name: &str) -> String {
    format!("name a secret of the site: `--set {name}=secrets.NAME`")
}
