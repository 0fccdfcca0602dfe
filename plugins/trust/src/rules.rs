//! What can be wrong with a plugin that a file names, and how it is told.

use std::path::Path;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_language::plugins::NamedPlugin;

use crate::file;

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $name:literal;)*) => {
        $(
            $(#[$doc])*
            pub(crate) static $rule: Code =
                Code::new($name, include_str!(concat!("pages/", $name, ".md")));
        )*
        /// All rules of plugins.
        pub static CODES: &[&Code] = &[$(&$rule),*];
    };
}

rules! {
    /// Kinds or facilities of a plugin that others have brought already.
    CLASH = "plugin-clash";
    /// A plugin that is not what was locked.
    CHANGED = "plugin-changed";
    /// A plugin without its file or its manifest.
    MISSING = "plugin-missing";
    /// A plugin under another name than its own.
    NAME = "plugin-name";
    /// A plugin that nobody has taken.
    NOT_LOCKED = "plugin-not-locked";
    /// A plugin that is there and cannot be used.
    REFUSED = "plugin-refused";
    /// A signature that does not hold.
    SIGNATURE = "plugin-signature";
    /// A plugin of a stranger that a file would have in this process.
    UNTRUSTED = "plugin-untrusted";
}

/// What is wrong with one plugin.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    pub(crate) code: &'static Code,
    pub(crate) message: String,
    pub(crate) help: String,
    /// What should stand there instead.
    pub(crate) instead: Option<Instead>,
    /// Where something else stands that it is about, and what that is.
    pub(crate) other: Option<(Span, &'static str)>,
}

/// What should stand where a plugin is named.
#[derive(Clone, Debug)]
pub(crate) enum Instead {
    /// Another name.
    Name(String),
    /// The library of another name, beside the one that is named.
    Beside(String),
}

impl Trouble {
    pub(crate) fn new(
        code: &'static Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Trouble {
        Trouble {
            code,
            message: message.into(),
            help: help.into(),
            instead: None,
            other: None,
        }
    }

    /// It as it is told where a file of the workflow or site names the plugin.
    pub(crate) fn at(self, named: &NamedPlugin) -> Diagnostic {
        let diagnostic = Diagnostic::error(self.code, self.message);
        let diagnostic = match self.instead {
            Some(Instead::Name(name)) => diagnostic
                .at(named.span, "its name is another")
                .fix(Fix::replace(self.help, named.span, name)),
            Some(Instead::Beside(library)) => diagnostic
                .at(named.file_span, "this plugin")
                .did_you_mean(&file::beside(&named.file, &library), named.file_span),
            None => diagnostic
                .at(named.file_span, "this plugin")
                .help(self.help),
        };
        match self.other {
            Some((span, label)) => diagnostic.at(span, label),
            None => diagnostic,
        }
    }

    /// It as it is told of the plugins of a person's own file. Whatever does not use them is done all
    /// the same.
    pub(crate) fn of_user(self, file: &Path) -> Diagnostic {
        let message = format!("{}: {}", file.display(), self.message);
        Diagnostic::warning(self.code, message).help(self.help)
    }
}
