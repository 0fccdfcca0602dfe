//! A value as it is written, in one line.

use std::collections::BTreeSet;

use runsheet_step::Name;

use crate::document::{Form, Node, Style};
use crate::site::Setting;

/// How many bytes of a value are shown; whoever wants more looks at its place.
const MOST: usize = 400;

/// Shows values, and hides those that have names of secrets: one that is written out by mistake
/// must not be shown once more.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// The names whose values are secrets.
    pub(super) secrets: BTreeSet<Name>,
}

/// In place of a secret.
pub(super) const HIDDEN: &str = "***";

impl Words {
    /// A value in flow style: `{id: send, uses: exec, with: {argv: [reqmain, -t]}}`. The names
    /// lead to it.
    pub(super) fn line(&self, node: Node<'_>, names: &[&str]) -> String {
        let mut line = String::new();
        let last = names.iter().rev().take(2);
        let hidden = last.clone().any(|name| self.secrets.contains(*name));
        self.put(node, hidden, &mut line);
        line
    }

    fn put(&self, node: Node<'_>, hidden: bool, line: &mut String) {
        if line.len() > MOST {
            return;
        }
        match node.form() {
            Form::Scalar(text, _) if hidden && !is_reference(text) => line.push_str(HIDDEN),
            Form::Scalar(text, style) => scalar(node, text, style, line),
            Form::List => {
                let items = node.items().map(|item| (None, item, hidden));
                self.several('[', items, ']', line);
            }
            Form::Map => {
                let is_step = node.get("uses").is_some() || node.get("steps").is_some();
                let shown = node.entries();
                let shown =
                    shown.filter(|entry| !(is_step && matches!(entry.name(), "doc" | "see")));
                let entries = shown.map(|entry| {
                    let default = hidden && entry.name() == "default";
                    let hidden = default || self.secrets.contains(entry.name());
                    (Some(entry.name()), entry.value, hidden)
                });
                self.several('{', entries, '}', line);
            }
            Form::Hole => line.push('?'),
        }
    }

    fn several<'d>(
        &self,
        open: char,
        parts: impl Iterator<Item = (Option<&'d str>, Node<'d>, bool)>,
        close: char,
        line: &mut String,
    ) {
        line.push(open);
        for (number, (key, value, hidden)) in parts.enumerate() {
            if number > 0 {
                line.push_str(", ");
            }
            if line.len() > MOST {
                line.push_str("..");
                break;
            }
            if let Some(key) = key {
                line.push_str(key);
                line.push_str(": ");
            }
            self.put(value, hidden, line);
        }
        line.push(close);
    }

    /// A value of a file of inputs or of an overlay, by its name.
    pub(super) fn setting(&self, name: &str, setting: &Setting) -> String {
        match &setting.text {
            Some(text) => self.text(name, text),
            None => setting.value.to_string(),
        }
    }

    /// A text that is given by a name.
    pub(super) fn text(&self, name: &str, text: &str) -> String {
        match self.secrets.contains(name) && !is_reference(text) {
            true => HIDDEN.to_owned(),
            false => text.to_owned(),
        }
    }
}

/// Whether a text only says where a secret is kept.
fn is_reference(text: &str) -> bool {
    text.starts_with("secrets.") || text.starts_with("${{") || text == "secret"
}

/// A scalar as its author wrote it; of one with several lines the first.
fn scalar(node: Node<'_>, text: &str, style: Style, line: &mut String) {
    let quoted = matches!(style, Style::Single | Style::Double);
    let written = match quoted {
        // In a text with an exchanged name the source has the old one.
        true if !text.contains(['"', '\'', '\\', '\n']) => format!("\"{text}\""),
        true => node.written().to_owned(),
        false if node.is_null() => "null".to_owned(),
        false => text.trim_end().to_owned(),
    };
    let first = written.lines().next().unwrap_or_default();
    let end = first.char_indices().map(|(at, _)| at).nth(MOST);
    line.push_str(&first[..end.unwrap_or(first.len())]);
    if end.is_some() || first.len() < written.len() {
        line.push_str(" ..");
    }
}
