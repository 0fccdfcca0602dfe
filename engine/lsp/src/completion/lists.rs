//! Lists that a `foreach:` can go over: inputs that are lists, and the groups of sites.

use lsp_types::CompletionItemKind;
use runsheet_language::compose::paths;

use super::{Asked, Offer};
use crate::symbol::Views;
use crate::tree::Tree;

/// `${{ inputs.requestors }}` and `${{ site.groups.dx }}`, for all that there are.
pub(super) fn lists(asked: &Asked<'_>) -> Vec<Offer> {
    let store = &asked.session.store;
    let inputs = Views::new(store).within(asked.path, &asked.tree).inputs;
    let inputs = inputs
        .iter()
        .filter(|(name, file)| match *file == asked.path {
            true => is_list(&asked.tree, name),
            false => store.tree(file).is_some_and(|tree| is_list(&tree, name)),
        });
    let inputs = inputs.map(|(name, file)| {
        let (_, file) = paths::split(file);
        offer(&format!("inputs.{name}"), &format!("an input of {file}"))
    });
    let groups = asked.session.of_sites("groups").into_iter();
    let groups =
        groups.map(|(name, site)| offer(&format!("site.groups.{name}"), &format!("of {site}")));
    inputs.chain(groups).collect()
}

fn offer(expression: &str, detail: &str) -> Offer {
    let text = format!("${{{{ {expression} }}}}");
    Offer::new(text, CompletionItemKind::VARIABLE).detail(detail)
}

/// Whether an input is declared as a list.
fn is_list(tree: &Tree, input: &str) -> bool {
    let inputs = tree.get(Tree::ROOT, "inputs");
    let input = inputs.and_then(|inputs| tree.get(inputs, input));
    let kind = input.and_then(|input| tree.scalar(input).or(tree.scalar_of(input, "type")));
    kind.is_some_and(|kind| kind.trim_start().starts_with("list<"))
}
