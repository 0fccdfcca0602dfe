//! What a step calls the item of a loop that gives it no name.

use std::collections::BTreeSet;

use runsheet_step::Name;

use crate::document::Node;
use crate::expression::Expr;
use crate::expression::template::embedded;
use crate::names::ROOTS;

/// Keys under which an expression stands bare.
const CONDITIONS: &[&str] = &["when", "expect", "warn", "changed"];

/// The only name in the expressions of a step that nothing stands for: neither the language, nor
/// a loop around the step, nor one in it.
pub(super) fn named(step: Node<'_>, around: &[Name]) -> Option<Name> {
    let mut said = Said::default();
    for entry in step.entries() {
        if entry.name() == "rescue" || entry.value.is_map() || entry.value.is_list() {
            said.within(entry.value);
        } else {
            said.scalar(entry.value, CONDITIONS.contains(&entry.name()));
        }
    }
    let is_known = |name: &Name| {
        around.contains(name)
            || said.items.contains(&**name)
            || ROOTS.iter().any(|(root, _)| **root == **name)
    };
    let mut names = said.names.iter().filter(|name| !is_known(name));
    let only = names.next()?.clone();
    names.next().is_none().then_some(only)
}

/// What the expressions of a step say, and the items of loops in it.
#[derive(Default)]
struct Said<'d> {
    names: BTreeSet<Name>,
    items: BTreeSet<&'d str>,
}

impl<'d> Said<'d> {
    fn within(&mut self, node: Node<'d>) {
        for entry in node.entries() {
            if entry.name() == "foreach" {
                self.items
                    .extend(entry.value.entries().map(|one| one.name()));
            }
            self.scalar(entry.value, CONDITIONS.contains(&entry.name()));
            self.within(entry.value);
        }
        for item in node.items() {
            self.scalar(item, false);
            self.within(item);
        }
    }

    fn scalar(&mut self, node: Node<'d>, is_condition: bool) {
        let Some(text) = node.text() else { return };
        let expressions = match is_condition && !text.contains("${{") {
            true => Expr::parse(text, &|_| node.span()).into_iter().collect(),
            false => embedded(text),
        };
        let references = expressions.iter().flat_map(Expr::references);
        self.names.extend(references.map(|one| one.root.value));
    }
}
