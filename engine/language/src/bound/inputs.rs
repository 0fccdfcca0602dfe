//! What each input of a workflow is: what the command line says, a file of inputs, or its default.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::suggest;
use runsheet_step::shape::Type;
use runsheet_step::{Name, Secret, Value};

use super::bind::{Binding, MISSING_INPUT, Named};
use super::given::{self, Given};
use super::kept;
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
            return Some(to_be_opened(reference("inputs", name)));
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
            None if secret && kept::in_text(text).is_some() => {
                return Some(to_be_opened(reference("inputs", name)));
            }
            None => match texts::typed(text, &input.kind) {
                Ok(value) => return Some(value),
                Err(why) if secret => self.found.push(wrong(&why).help(kept::on_the_line(name))),
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
        if kept::are_secrets(&input.kind)
            && (matches!(setting.value, Value::List(_)) || input.kind == Type::Secret)
        {
            let own = reference("inputs", name);
            return self.secret_in_file((name, input), own, &input.kind, setting);
        }
        let read = texts::read(setting, &input.kind);
        let wrong = |why: String| self.found.push(given::wrong(name, setting, input, &why));
        read.map_err(wrong).ok()
    }

    /// A secret or a list of them; `own` is what it is called until it is opened.
    fn secret_in_file(
        &mut self,
        (name, input): (&Name, &InputDeclaration),
        own: Name,
        kind: &Type,
        setting: &Setting,
    ) -> Option<Value> {
        if let (Type::List(of), Value::List(_)) = (kind, &setting.value) {
            let items = setting.items.iter().enumerate().map(|(n, item)| {
                self.secret_in_file((name, input), kept::item_of(&own, n), of, item)
            });
            return items.collect::<Option<Vec<_>>>().map(Value::list);
        }
        let wrong = |why: &str| given::wrong(name, setting, input, why);
        let text = setting.text.as_deref();
        if let Some(of_site) = text.and_then(|text| text.strip_prefix("secrets.")) {
            match self.secrets.get(of_site) {
                Value::Null => self.found.push(self.not_kept(of_site, wrong)),
                secret => return Some(secret.clone()),
            }
            return None;
        }
        if kept::in_value(&setting.value).is_some() {
            return Some(to_be_opened(own));
        }
        let told = wrong(&kept::why(setting)).help(kept::in_a_file(name));
        self.found.push(told.confidential());
        None
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
        Type::Secret => kept::on_the_line(name),
        _ => format!("give it by `--set {name}=..`"),
    };
    Diagnostic::error(&MISSING_INPUT, format!("the input `{name}` is not given"))
        .at(input.span, "has no default")
        .help(help)
}

/// A secret by what it is called until it is opened.
fn to_be_opened(own: Name) -> Value {
    Value::Secret(Arc::new(Secret::reference(own)))
}
