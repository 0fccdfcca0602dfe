//! What an overlay says of a workflow or a site beside its `patch:` and its `site:`, where it
//! belongs under them.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::words;

use super::OVERLAY;
use crate::document::layout::Layout;
use crate::document::{Entry, Node};
use crate::read::WORKFLOW;
use crate::reader::{UNKNOWN_KEY, bare};
use crate::site::SITE;

/// Tells of it, once for `patch:` and once for `site:`; gives the keys.
pub(super) fn tell<'d>(root: Node<'d>, found: &mut Vec<Diagnostic>) -> Vec<&'d str> {
    let is_strange = |entry: &Entry<'d>| !OVERLAY.knows(entry.name()) && entry.name() != "workflow";
    let strange = root.entries().filter(is_strange);
    let (patch, rest): (Vec<_>, Vec<_>) = strange.partition(|entry| WORKFLOW.knows(entry.name()));
    let site = rest.into_iter().filter(|entry| SITE.knows(entry.name()));
    let site: Vec<_> = site.collect();
    found.extend(belong(root, "patch", &patch));
    found.extend(belong(root, "site", &site));
    patch.iter().chain(&site).map(Entry::name).collect()
}

/// Says that some keys belong under another.
fn belong(root: Node<'_>, key: &str, strays: &[Entry<'_>]) -> Option<Diagnostic> {
    let names = strays.iter().map(|entry| entry.name());
    let message = match strays {
        [] => return None,
        [one] => format!("`{}` is no key of an overlay", one.name()),
        _ => format!("{} are no keys of an overlay", words::and_list(names)),
    };
    let label = format!("belongs under `{key}:`");
    let told = Diagnostic::error(&UNKNOWN_KEY, message);
    let told = strays
        .iter()
        .fold(told, |told, entry| told.at(bare(entry.key), label.clone()));
    let told = told.help(format!("what it changes stands under `{key}:`"));
    Some(match below(root, key, strays) {
        Some(fix) => told.fix(fix),
        None => told,
    })
}

/// Puts keys that stand on lines of their own, one after another, two spaces deeper, below a new
/// key, or below the one right before them.
fn below(root: Node<'_>, key: &str, strays: &[Entry<'_>]) -> Option<Fix> {
    let (first, last) = (strays.first()?, strays.last()?);
    let is_stray = |entry: &Entry<'_>| strays.iter().any(|one| one.key.span() == entry.key.span());
    let all: Vec<Entry<'_>> = root.entries().collect();
    let (before, behind) = all.split_at(all.iter().position(is_stray)?);
    let is_free = first.key.line_before().is_empty()
        && behind.iter().take(strays.len()).all(is_stray)
        && Layout::of(root).is_some_and(|layout| !layout.is_flow);
    let head = match (root.get(key), before.last()) {
        (None, _) => format!("{key}:\n  "),
        (Some(there), Some(before)) if before.key.span() == there.key.span() => {
            let indented = there.value.entries().next()?.key.line_before();
            (indented == "  ").then(|| indented.to_owned())?
        }
        _ => return None,
    };
    let whole = first.key.span().to(last.value.span().after());
    let text = root.whole_text().get(whole.range())?;
    let lines = text.match_indices('\n').map(|(at, _)| at + 1);
    let filled = lines.filter(|at| !text[*at..].starts_with('\n'));
    let title = format!("put it under `{key}:`");
    let fix = Fix::replace(title, first.key.span().before(), &*head);
    let deeper = filled.fold(fix, |fix, at| fix.edit(whole.part(at..at), "  "));
    is_free.then_some(deeper)
}
