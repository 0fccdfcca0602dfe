//! `strategy: {matrix: {n: [..]}}` and `matrix:`, which say elsewhere what `foreach:` says here.

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::{in_a_map, is_items, is_letter, is_name, of_items};
use crate::document::{Core, Entry, Node};
use crate::expression::template::hole;
use crate::reader::{UNKNOWN_KEY, bare};
use crate::workflow::Foreach;

/// How expressions elsewhere begin that name what is in a matrix.
const WAY: &str = "matrix.";

/// A matrix at a step.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'d> {
    step: Node<'d>,
    /// The key of the step with what it says.
    pub(super) entry: Entry<'d>,
    lists: Node<'d>,
}

/// The matrix of a step without `foreach:`. One of which expressions do not name what is in it is
/// only a `foreach:` by another name.
pub(super) fn of(step: Node<'_>) -> Option<Matrix<'_>> {
    let called = step.get("matrix").filter(|_| step.written().contains(WAY));
    let entry = step.get("strategy").or(called)?;
    let lists = match entry.name() {
        "strategy" => entry.value.get("matrix")?.value,
        _ => entry.value,
    };
    let has_own = !lists.is_map() || step.get("foreach").is_some();
    (!has_own).then_some(Matrix { step, entry, lists })
}

impl<'d> Matrix<'d> {
    /// The `foreach:` that it stands for, as far as expressions can be read that name its lists.
    pub(super) fn read(self) -> Foreach {
        let only = self.only().filter(|_| !self.step.written().contains(WAY));
        match only {
            Some(only) => of_items(only.value, only.name().into()),
            None => Foreach {
                list: hole(self.lists),
                ..of_items(self.lists, "matrix".into())
            },
        }
    }

    pub(super) fn told(self) -> Diagnostic {
        let message = format!("`{}` is no key of a step", self.entry.name());
        let told = Diagnostic::error(&UNKNOWN_KEY, message);
        let told = told.at(bare(self.entry.key), "unknown key");
        let Some(only) = self.only() else {
            return told.help(
                "`foreach:` takes one list: for all that two make together, put a group with a \
                 `foreach:` into another",
            );
        };
        let told = told.help(format!("did you mean `foreach: {{{}: ..}}`?", only.name()));
        match self.fix(only) {
            Some(fix) => told.fix(fix),
            None => told,
        }
    }

    /// Its list, if it has one only.
    fn only(self) -> Option<Entry<'d>> {
        let mut lists = self.lists.entries();
        let only = lists.next().filter(|_| lists.len() == 0)?;
        (is_name(only.name()) && is_items(only.value)).then_some(only)
    }

    fn fix(self, only: Entry<'d>) -> Option<Fix> {
        let mut map = match in_a_map(only.value, only.name()) {
            Some(map) => map.strip_suffix('}')?.to_owned(),
            None => format!("{{{}: {}", only.name(), in_line(only.value)?),
        };
        let strategy = self.entry.value.entries();
        for entry in strategy.filter(|_| self.entry.name() == "strategy") {
            if entry.value.is_map() && entry.name() == "matrix" {
                continue;
            }
            match (entry.name(), entry.value.core()?) {
                ("max-parallel", Core::Int(most)) => map.push_str(&format!(", parallel: {most}")),
                ("fail-fast", Core::Bool(false)) => map.push_str(", failures: finish"),
                ("fail-fast", Core::Bool(true)) => {}
                _ => return None,
            }
        }
        let text = format!("foreach: {map}}}");
        let fix = Fix::replace("change to `foreach`", self.entry.span(), text);
        let span = self.step.span();
        let ways = self.ways(only.name())?.into_iter();
        Some(ways.fold(fix, |fix, way| fix.edit(span.part(way), "")))
    }

    /// Where expressions name the list by a longer way than here; nothing where they name another.
    fn ways(self, name: &str) -> Option<Vec<Range<usize>>> {
        let text = self.step.written();
        let all = text.match_indices(WAY).filter(|(at, _)| {
            let before = text[..*at].chars().next_back();
            !before.is_some_and(|c| is_letter(c) || matches!(c, '.' | '-'))
        });
        let ways = all.map(|(at, way)| {
            let rest = text[at + way.len()..].strip_prefix(name)?;
            let is_whole = !rest.starts_with(|c| is_letter(c) || c == '-');
            is_whole.then_some(at..at + way.len())
        });
        ways.collect()
    }
}

/// A list whose items are short, in brackets.
fn in_line(list: Node<'_>) -> Option<String> {
    let is_short = |item: &Node<'_>| item.text().is_some() && !item.written().contains('\n');
    let items: Vec<Node<'_>> = list.items().collect();
    let written: Vec<&str> = items.iter().map(|item| item.written()).collect();
    let is_plain =
        items.iter().all(is_short) && !written.iter().any(|item| item.contains([',', '[', '{']));
    (is_plain && !items.is_empty()).then(|| format!("[{}]", written.join(", ")))
}
