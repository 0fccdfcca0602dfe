//! A value as it is written, in one line.

use indexmap::IndexMap;
use runsheet_step::Name;

use super::secrets::{HIDDEN, Secrets, Veil, is_reference};
use crate::document::{Form, Node, Style};
use crate::site::Setting;

/// How many bytes of a value are shown; whoever wants more looks at its place.
const MOST: usize = 400;

/// Shows values, and hides those that are secrets.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) secrets: Secrets,
}

impl Words {
    /// A value in flow style: `{id: send, uses: exec, with: {argv: [reqmain, -t]}}`. The names
    /// lead to it.
    pub(super) fn line(&self, node: Node<'_>, names: &[&str]) -> String {
        let mut line = String::new();
        self.put(node, self.secrets.veil_at(names), &mut line);
        line
    }

    fn put(&self, node: Node<'_>, veil: Veil, line: &mut String) {
        if line.len() > MOST {
            return;
        }
        match node.form() {
            Form::Scalar(text, _) if veil.hides(text) => line.push_str(HIDDEN),
            Form::Scalar(text, style) => scalar(node, text, style, line),
            Form::List => {
                let items = node.items().map(|item| (None, item, veil));
                self.several('[', items, ']', line);
            }
            Form::Map => {
                let is_step = node.get("uses").is_some() || node.get("steps").is_some();
                let shown = node.entries();
                let shown =
                    shown.filter(|entry| !(is_step && matches!(entry.name(), "doc" | "see")));
                let entries = shown.map(|entry| {
                    let veil = self.secrets.veil_under(veil, node, entry.name());
                    (Some(entry.name()), entry.value, veil)
                });
                self.several('{', entries, '}', line);
            }
            Form::Hole => line.push('?'),
        }
    }

    fn several<'d>(
        &self,
        open: char,
        parts: impl Iterator<Item = (Option<&'d str>, Node<'d>, Veil)>,
        close: char,
        line: &mut String,
    ) {
        line.push(open);
        for (number, (key, value, veil)) in parts.enumerate() {
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
            self.put(value, veil, line);
        }
        line.push(close);
    }

    /// A value of a file of inputs or of an overlay, by its name.
    pub(super) fn setting(&self, name: &str, setting: &Setting) -> String {
        match &setting.text {
            Some(text) => self.text(name, text),
            None if self.secrets.hides(name) => HIDDEN.to_owned(),
            None => setting.value.to_string(),
        }
    }

    /// Several of them, as a map.
    pub(super) fn settings(&self, all: &IndexMap<Name, Setting>) -> String {
        let all = all.iter();
        let all = all.map(|(name, setting)| format!("{name}: {}", self.setting(name, setting)));
        format!("{{{}}}", all.collect::<Vec<_>>().join(", "))
    }

    /// A text that is given by a name.
    pub(super) fn text(&self, name: &str, text: &str) -> String {
        match self.secrets.hides(name) && !is_reference(text) {
            true => HIDDEN.to_owned(),
            false => text.to_owned(),
        }
    }
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
