//! The name of a host that is asked for what only the host itself has.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::{Here, Names, Position};
use crate::expression::references::Reference;
use crate::expression::{Template, UNKNOWN_NAME};
use crate::resolve::meaning::Meaning;
use crate::resolve::misses::Definition;
use crate::spanned::Spanned;

impl Names<'_> {
    /// Tells that a text is asked for the variables of a host, and how these are to be had.
    pub(super) fn no_host(
        &self,
        of: &Meaning,
        key: &Spanned<Name>,
        (reference, at): (&Reference, usize),
        here: Here,
    ) -> Option<Diagnostic> {
        let is_text = matches!(of, Meaning::Value(Type::Text));
        if !is_text || !matches!(&*key.value, "vars" | "groups") {
            return None;
        }
        let (root, keys) = (&reference.root, &reference.keys);
        let told = Diagnostic::error(&UNKNOWN_NAME, format!("text has no `{}`", key.value));
        let told = told.at(key.span, "unknown name");
        if *root.value == *"inputs" {
            let input = keys.first()?.name()?;
            let kind = if at == 1 { "host" } else { "list<host>" };
            let help = format!("declare the input `{}` with `type: {kind}`", input.value);
            return Some(told.help(help));
        }
        let items = self.items_seen(here).into_iter();
        let mut items = items.filter(|(var, _)| at == 0 && *var == root.value);
        let Some((var, Definition::Item(step))) = items.next() else {
            return Some(told);
        };
        if self.acts_at(here, &var) {
            let rest: String = keys
                .iter()
                .filter_map(|key| key.name())
                .map(|key| format!(".{}", key.value))
                .collect();
            let fix = Fix::replace("say `host`", root.span, "host");
            let help = format!(
                "`{var}` is the name of a host, and `host` that of this step itself: `host{rest}`"
            );
            return Some(told.help(help).fix(fix));
        }
        let foreach = self.workflow.node(step).foreach.as_ref()?;
        let inputs = foreach.list.references();
        let input = match inputs.as_slice() {
            [one] if *one.root.value == *"inputs" => one.keys.first().and_then(|key| key.name()),
            _ => None,
        };
        Some(told.help(match input {
            Some(input) => format!("declare the input `{}` with `type: list<host>`", input.value),
            None => format!(
                "let `{var}` be each host of a group, `foreach: {{{var}: \"${{{{ site.groups.NAME }}}}\"}}`, or of an input of type `list<host>`"
            ),
        }))
    }

    /// Whether a step acts at the host that an item names.
    fn acts_at(&self, here: Here, item: &str) -> bool {
        let action = self.workflow.node(here.step).action();
        let Some(Template::Expr(host)) = action.and_then(|action| action.host.as_ref()) else {
            return false;
        };
        let is_there = matches!(
            here.position,
            Position::Start | Position::End | Position::Failure
        );
        let references = host.references();
        is_there
            && matches!(references.as_slice(), [one] if one.keys.is_empty() && *one.root.value == *item && one.span == host.span)
    }
}
