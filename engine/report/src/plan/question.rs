//! What a person is asked before a step or group begins.

use runsheet_language::expression::template::{Part, Template};
use runsheet_record::plan::End;

use super::Page;
use super::outline::Branch;
use crate::look::Tone;

impl Page {
    /// A line with the question, if there is one; of a `foreach` it stands once for all items.
    pub(super) fn question(&self, branch: &Branch<'_>, depth: usize, text: &mut String) {
        if let Some(question) = question(branch).filter(|_| self.asks) {
            let question = self.look.paint(Tone::Faint, &question);
            text.push_str(&format!("{}      {question}\n", "  ".repeat(depth)));
        }
    }
}

fn question(branch: &Branch<'_>) -> Option<String> {
    let is_skipped = branch.row.is_some_and(|row| row.end == End::Skipped);
    let node = branch.node.filter(|_| !is_skipped && !branch.is_item)?;
    let when = if branch.is_fan() {
        "asks before each item"
    } else {
        "asks first"
    };
    let confirm = node.confirm.as_ref()?;
    Some(format!("{when}: {}", written(&confirm.say)))
}

/// A text as it is written: what it asks about may be known in the run only.
fn written(text: &Template) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.to_string(),
        Part::Expr(expr) => format!("${{{{ {expr} }}}}"),
    };
    match text {
        Template::Expr(expr) => part(&Part::Expr(expr.clone())),
        Template::Text(parts) => parts.value.iter().map(part).collect(),
        other => other
            .constant()
            .map_or_else(String::new, |value| value.to_string()),
    }
}
