//! Aliases, and what each stands for.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;

use super::super::{Kind, rules};
use super::{Builder, Stop};

impl Builder {
    pub(super) fn alias(&mut self, number: usize, span: Span) -> Result<(), Stop> {
        let Some(&target) = self.anchors.get(&number) else {
            return self.push(Kind::Hole, span, 0);
        };
        if self.open.iter().any(|open| open.id == target) {
            let inside = self.document.nodes[target as usize];
            let outer = self.span(inside.start as usize..inside.start as usize + 1);
            let diagnostic = Diagnostic::error(&rules::ALIAS, "the alias stands for what it is in")
                .at(span, "this alias")
                .at(outer, "stands for what begins here")
                .help("write the value out, or give it another anchor");
            self.found.push(diagnostic);
            return self.push(Kind::Hole, span, 0);
        }
        self.push(Kind::Alias(target), span, 0)
    }

    pub(super) fn unknown_alias(&mut self, name: &str, span: Span) -> Result<(), Stop> {
        if let Some(meant) = name.strip_suffix(':') {
            self.found.push(close_to_colon(name, meant, span));
            // What is behind it is no value of anything.
            return Err(Stop);
        }
        let message = format!("there is no anchor `&{name}` above");
        let diagnostic = Diagnostic::error(&rules::ALIAS, message).at(span, "stands for nothing");
        let near = suggest::nearest(name, self.names.keys().map(String::as_str));
        self.found.push(match near {
            Some(near) => diagnostic.did_you_mean(&format!("*{near}"), span),
            None => self.without_anchor(name, span, diagnostic),
        });
        self.push(Kind::Hole, span, 0)
    }

    /// What to do about an alias that nothing above is called like.
    fn without_anchor(&self, name: &str, span: Span, diagnostic: Diagnostic) -> Diagnostic {
        let below = &self.document.text()[span.range().end..];
        if below.contains(&format!("&{name} ")) {
            return diagnostic.help(format!("`&{name}` stands below: move it up"));
        }
        let diagnostic = diagnostic.help("quote the value if it is meant to begin with `*`");
        let quoted = Fix::replace("quote it", span, format!("\"*{name}\""));
        // A plain name was hardly meant as text.
        match name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        {
            true => diagnostic,
            false => diagnostic.fix(quoted),
        }
    }
}

/// The alias of a key, with its colon taken for a part of it.
fn close_to_colon(name: &str, meant: &str, span: Span) -> Diagnostic {
    let message = format!("there is no anchor `&{name}` above");
    Diagnostic::error(&rules::ALIAS, message)
        .at(span, "the colon is read as a part of the name")
        .help(format!("leave a blank: `*{meant} :`"))
        .fix(Fix::replace("leave a blank", span, format!("*{meant} :")))
}
