//! What a value says, however it is written, and where.

use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::span::Span;
use runsheet_language::document::{Core, Form, Node, Style};
use runsheet_language::provenance::secrets::{HIDDEN, Secrets, Veil};
use runsheet_language::site::Setting;
use serde::Serialize;

use crate::render::build::in_order;
use crate::render::guide::Guide;
use crate::render::names::Names;
use crate::render::scalar::{self, Within};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The name of the file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) said: Said,
    pub(super) place: Place,
}

/// What it says.
#[derive(Clone, Debug)]
pub(super) enum Said {
    /// A scalar, as it is shown.
    Text(String),
    /// A scalar that is not to be shown.
    Secret(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// It as one line, for people: secrets are hidden.
    pub(super) fn shown(&self) -> String {
        self.line(|_| HIDDEN.to_owned())
    }

    /// It as lines for people, none wider than this as far as its texts have room: secrets are
    /// hidden.
    pub(super) fn lines(&self, width: usize) -> Vec<String> {
        let whole = self.shown();
        if whole.chars().count() <= width {
            return vec![whole];
        }
        let inner = |value: &Value| value.lines(width.saturating_sub(2));
        match &self.said {
            Said::List(items) => {
                let items = items.iter().map(|item| hung("- ", inner(item)));
                items.flatten().collect()
            }
            Said::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| match &inner(value)[..] {
                    [line] => vec![format!("{key}: {line}")],
                    lines => {
                        let head = std::iter::once(format!("{key}:"));
                        head.chain(hung("  ", lines.to_vec())).collect()
                    }
                });
                entries.flatten().collect()
            }
            Said::Text(_) | Said::Secret(_) => vec![whole],
        }
    }

    /// It as one line, to be held against others and never shown.
    pub(super) fn written(&self) -> String {
        self.line(str::to_owned)
    }

    fn line(&self, secret: fn(&str) -> String) -> String {
        match &self.said {
            Said::Text(text) => text.clone(),
            Said::Secret(text) => secret(text),
            Said::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.line(secret)).collect();
                format!("[{}]", items.join(", "))
            }
            Said::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| format!("{key}: {}", value.line(secret)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// Lines behind a mark, which stands before the first.
fn hung(mark: &str, lines: Vec<String>) -> Vec<String> {
    let blank = " ".repeat(mark.len());
    let marked = lines.into_iter().enumerate().map(|(n, line)| {
        let before = if n == 0 { mark } else { &blank };
        format!("{before}{line}")
    });
    marked.collect()
}

/// Reads values of one file.
#[derive(Clone, Copy)]
pub(super) struct Saying<'s> {
    pub(super) names: &'s Names<'s>,
    pub(super) sources: &'s Sources,
    /// The file whose names are meant.
    pub(super) file: usize,
}

impl Saying<'_> {
    pub(super) fn place(&self, span: Span) -> Place {
        place(self.sources, span)
    }

    pub(super) fn value(&self, node: Node<'_>, guide: Guide) -> Value {
        let said = match node.form() {
            Form::Scalar(text, style) => Said::Text(self.scalar(node, text, style, guide)),
            Form::List => {
                let guide = guide.item();
                Said::List(node.items().map(|item| self.value(item, guide)).collect())
            }
            Form::Map | Form::Hole => {
                let entries = in_order(node, guide.keys(node)).into_iter();
                let entries = entries.map(|entry| {
                    let guide = guide.under(node, entry.name());
                    (entry.name().to_owned(), self.value(entry.value, guide))
                });
                Said::Map(entries.collect())
            }
        };
        // What makes a list longer is a part of it.
        let said_by = if node.is_list() { node.said_by() } else { node };
        Value {
            said,
            place: self.place(said_by.span()),
        }
    }

    /// A scalar in quotes only where it would be something else without them.
    fn scalar(&self, node: Node<'_>, text: &str, style: Style, guide: Guide) -> String {
        let naming = guide.naming();
        let renamed = naming.and_then(|naming| self.names.renamed(self.file, naming, node));
        if let Some(renamed) = renamed {
            return renamed;
        }
        shown(text, style)
    }
}

/// Reads values in which nothing has names but some are secrets.
#[derive(Clone, Copy)]
pub(super) struct Veiled<'s> {
    pub(super) secrets: &'s Secrets,
    pub(super) sources: &'s Sources,
}

impl Veiled<'_> {
    pub(super) fn value(self, node: Node<'_>, veil: Veil) -> Value {
        let said = match node.form() {
            Form::Scalar(text, style) if veil.hides(text) => Said::Secret(shown(text, style)),
            Form::Scalar(text, style) => Said::Text(shown(text, style)),
            Form::List => Said::List(node.items().map(|item| self.value(item, veil)).collect()),
            Form::Map | Form::Hole => {
                let entries = node.entries().map(|entry| {
                    let veil = self.secrets.veil_under(veil, node, entry.name());
                    (entry.name().to_owned(), self.value(entry.value, veil))
                });
                Said::Map(entries.collect())
            }
        };
        let place = place(self.sources, node.span());
        Value { said, place }
    }

    /// What a site or an overlay says of a variable of a host.
    pub(super) fn setting(self, var: &str, setting: &Setting) -> Value {
        let text = setting.text.as_deref();
        let text = text.map_or_else(|| setting.value.to_string(), str::to_owned);
        // Where a secret is kept is no secret.
        let is_hidden = setting.text.is_some() && self.secrets.hides(var);
        Value {
            said: match is_hidden {
                true => Said::Secret(text),
                false => Said::Text(text),
            },
            place: self.place(setting.span),
        }
    }

    pub(super) fn place(self, span: Span) -> Place {
        place(self.sources, span)
    }
}

fn place(sources: &Sources, span: Span) -> Place {
    let source = sources.get(span.source);
    let place = source.place(span.range().start);
    Place {
        file: source.name.to_string(),
        line: place.line,
        column: place.column,
    }
}

fn shown(text: &str, style: Style) -> String {
    let is_text = style == Style::Plain || matches!(Core::of(text), Core::Text(_));
    let style = if is_text { Style::Plain } else { Style::Single };
    scalar::one_line(text, style, Within::Block)
}
