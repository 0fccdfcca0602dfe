//! What is asked of values whose type says what can be.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::Type;

use super::Names;
use crate::expression::UNKNOWN_NAME;
use crate::expression::infer::{self, TypeKey};
use crate::resolve::meaning::Meaning;

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
