//! Where the names of expressions get their values.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Value;

use super::rules;

/// The names an expression may use, with their values.
pub trait Scope {
    /// The value of a name and as many of the keys after it as the scope knows by itself.
    ///
    /// # Errors
    /// Which element there is not, and what to do about it.
    fn path(&self, root: &str, keys: &[Key<'_>]) -> Result<Found, Missing>;
}

/// One key after a name: `.dx`, `["SALES"]`, `[po]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Key<'k> {
    /// A key that is written there.
    Name(&'k str),
    /// The value of what stands in brackets.
    Value(&'k Value),
}

/// A value, and how many of the keys led to it; the rest is looked up inside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The value.
    pub value: Value,
    /// How many keys were used.
    pub used: usize,
}

/// A name or key that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Which element: 0 is the name, 1 the first key after it.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Why an expression has no value, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The part that has none.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether a name or a key is missing; `default` takes its second value then.
    pub missing: bool,
}

impl Trouble {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
            missing: false,
        }
    }

    pub(super) fn helped(mut self, help: Option<impl Into<String>>) -> Self {
        self.help = help.map(Into::into);
        self
    }

    /// As people are told.
    pub fn diagnostic(&self) -> Diagnostic {
        let code = if self.missing {
            &rules::UNKNOWN_NAME
        } else {
            &rules::NO_VALUE
        };
        let diagnostic = Diagnostic::error(code, &self.message).at(self.span, "here");
        match &self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}
