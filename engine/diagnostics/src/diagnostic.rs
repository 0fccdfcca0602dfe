//! One thing that is wrong: the rule, the place, the reason and the remedy.

use crate::code::Code;
use crate::fix::Fix;
use crate::span::Span;
use crate::words::or_list;

/// As many words as are asked for in one question.
const MOST: usize = 5;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be run.
    Error,
    /// It can be run, but is hardly what was meant.
    Warning,
    /// It could be said better.
    Advice,
}

impl Severity {
    /// The word people see.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

/// A place and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The bytes.
    pub span: Span,
    /// A few words; empty to underline only.
    pub text: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub code: &'static Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line, lower case, without a full stop.
    pub message: String,
    /// The places; the first is the culprit.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// Changes that would mend it, the likeliest first.
    pub fixes: Vec<Fix>,
    /// Whether its lines hold what nobody is to read over a shoulder or in a log.
    pub confidential: bool,
}

impl Diagnostic {
    /// Something that must be mended before anything can run.
    pub fn error(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// Something that is hardly what was meant.
    pub fn warning(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// Something that could be said better.
    pub fn advice(code: &'static Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Advice, message)
    }

    fn new(code: &'static Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fixes: Vec::new(),
            confidential: false,
        }
    }

    /// Adds a place; the first that is added is the culprit.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        let text = label.into();
        self.labels.push(Label { span, text });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Has its places named and their lines not shown: a secret stands there.
    #[must_use]
    pub fn confidential(mut self) -> Self {
        self.confidential = true;
        self
    }

    /// Adds a change that would mend it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Asks "did you mean?" and offers to put that word at the span.
    #[must_use]
    pub fn did_you_mean(self, word: &str, span: Span) -> Self {
        self.help(format!("did you mean `{word}`?"))
            .fix(Fix::replace(format!("change to `{word}`"), span, word))
    }

    /// Asks "did you mean?" of words that are equally near, and offers to put one at the span if
    /// there is only one.
    #[must_use]
    pub fn did_you_mean_one_of(self, words: &[&str], span: Span) -> Self {
        match words {
            [word] => self.did_you_mean(word, span),
            words => {
                let few = words.iter().take(MOST);
                self.help(format!("did you mean {}?", or_list(few)))
            }
        }
    }

    /// The culprit's place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// The change that it offers, if it is one; where there are several a person chooses.
    pub fn only_fix(&self) -> Option<&Fix> {
        match self.fixes.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether it keeps anything from running.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics into the order of their places; those without one come first, and those at
/// one place stay as they were.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(Diagnostic::span);
}
