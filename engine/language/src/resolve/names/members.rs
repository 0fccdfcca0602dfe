//! What is asked of values whose type says what can be, and names that are none here.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::seen::roots;
use super::{Here, Names};
use crate::expression::UNKNOWN_NAME;
use crate::expression::infer::{self, TypeKey};
use crate::resolve::meaning::Meaning;
use crate::resolve::misses::Definition;
use crate::spanned::Spanned;

impl Names<'_> {
    /// What stands in brackets behind something: an item, or the instance of a step.
    pub(super) fn indexed(&mut self, of: &Meaning, span: Span) -> Meaning {
        match of {
            Meaning::Step(step) => self.of_single(*step, span),
            Meaning::Value(Type::List(_) | Type::Map(_)) | Meaning::List(_) => of.item(),
            Meaning::Value(_) => self.member(of, TypeKey::Of(Type::Any), span),
            other => other.item(),
        }
    }

    /// What is plainly meant by a name that there is not, which is told: what a step gives by
    /// `register:`, a truth, or an output of this very step.
    pub(super) fn told_as_another(&mut self, name: &Spanned<Name>, here: Here) -> Option<Meaning> {
        if self.written.is_registered(&name.value) {
            return Some(Meaning::ANY);
        }
        if let Some(told) = truth(name) {
            self.found.push(told);
            return Some(Meaning::ANY);
        }
        let has_outputs = roots(self.workflow, here).contains(&"outputs");
        let is_item = self
            .items_seen(here)
            .iter()
            .any(|(item, _)| *item == name.value);
        let output = self.output(here.step, &name.value);
        let output = output.filter(|_| has_outputs && !is_item)?;
        let meant = format!("outputs.{}", name.value);
        self.found.push(none(name).did_you_mean(&meant, name.span));
        let used = Definition::Output(here.step, name.value.clone());
        self.misses.used(used);
        Some(output)
    }

    /// What a key leads to; tells where no value of the type has it.
    pub(super) fn member(&mut self, of: &Meaning, key: TypeKey<'_>, span: Span) -> Meaning {
        match infer::member(&of.kind(), &key) {
            Ok(kind) => Meaning::of(&kind),
            Err(absent) => {
                let diagnostic = Diagnostic::error(&UNKNOWN_NAME, absent.message);
                let diagnostic = diagnostic.at(span, "unknown name");
                self.found.push(match absent.help {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                });
                Meaning::ANY
            }
        }
    }
}

/// What says yes, no and nothing elsewhere.
const TRUTHS: &[(&str, &str)] = &[
    ("yes", "true"),
    ("on", "true"),
    ("always", "true"),
    ("no", "false"),
    ("off", "false"),
    ("never", "false"),
    ("nil", "null"),
    ("none", "null"),
    ("undefined", "null"),
];

/// Says so of a name that is `true`, `false` or `null` here.
fn truth(name: &Spanned<Name>) -> Option<Diagnostic> {
    let mut truths = TRUTHS.iter();
    let (_, truth) = truths.find(|(said, _)| name.value.eq_ignore_ascii_case(said))?;
    Some(none(name).did_you_mean(truth, name.span))
}

fn none(name: &Spanned<Name>) -> Diagnostic {
    let message = format!("there is no name `{}`", name.value);
    Diagnostic::error(&UNKNOWN_NAME, message).at(name.span, "unknown")
}

/// Where a name is seen that is not seen here.
pub(super) fn absent(name: &Spanned<Name>) -> Option<String> {
    let help = match &*name.value {
        "failure" => "it is there in `rescue:` of what failed, and in `finally:`",
        "groups" => "the groups of the site are `site.groups`",
        "vars" => {
            "the variables of the host of a step are `host.vars`, those of an input `inputs.NAME.vars`"
        }
        _ => return None,
    };
    Some(help.to_owned())
}

/// A key in brackets stands between quotes.
pub(super) fn unquoted(name: &Spanned<Name>) -> Spanned<Name> {
    let quotes = name.span.len().saturating_sub(name.value.len()) / 2;
    let inner = name.span.part(quotes..name.span.len() - quotes);
    Spanned::new(name.value.clone(), inner)
}
