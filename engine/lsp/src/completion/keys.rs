//! Keys of the map that the cursor is in.

use lsp_types::CompletionItemKind;
use runsheet_language::compose::directive::{OF_STEPS, OF_VALUES, Says, Word};
use runsheet_language::keys::Takes;
use runsheet_step::shape::Type;

use super::{Asked, Offer};
use crate::tree::{Id, Part};
use crate::wants::{Known, Sort, Wants, is_step, item, told};

/// The keys that a map may have and has not yet; `typed` is the node that is being typed.
pub(super) fn offers(asked: &Asked<'_>, map: Id, typed: Id, wants: &Wants) -> Vec<Offer> {
    let keys = asked
        .session
        .tables_of(asked.path)
        .keys(&asked.tree, map, wants);
    let free = |known: &&Known| match asked.tree.get(map, &known.name) {
        Some(there) => there == typed,
        None => true,
    };
    let mut free: Vec<&Known> = keys.iter().filter(free).collect();
    // What must be there comes first, otherwise as a person writes them.
    free.sort_by_key(|known| !known.required);
    let mut offers: Vec<Offer> = free
        .into_iter()
        .map(|known| offer(asked, known, typed))
        .collect();
    offers.extend(directives(asked, map, typed, wants));
    if offers.is_empty() && is_steps(wants) {
        offers.push(Offer::new("- id", CompletionItemKind::SNIPPET).insert("- id: "));
    }
    offers
}

fn offer(asked: &Asked<'_>, known: &Known, typed: Id) -> Offer {
    let colon = asked.tree.node(typed).colon && asked.tree.node(typed).key.is_some();
    let insert = match colon {
        true => known.name.clone(),
        false if is_inside(&known.wants) && !in_brackets(asked, typed) => {
            format!("{}:", known.name)
        }
        false => format!("{}: ", known.name),
    };
    let required = if known.required { ", required" } else { "" };
    Offer::new(&known.name, CompletionItemKind::PROPERTY)
        .detail(format!("{}{required}", told(&known.wants)))
        .doc(&known.doc)
        .insert(insert)
}

/// The directives that may stand in a map of a patch.
fn directives(asked: &Asked<'_>, map: Id, typed: Id, wants: &Wants) -> Vec<Offer> {
    let tree = &asked.tree;
    let way = tree.path(map);
    let in_patch = match way.first() {
        Some(Part::Key(key)) if key == "patch" => true,
        Some(Part::Key(key)) if key == "site" => Sort::of(tree) == Sort::Overlay,
        _ => false,
    };
    if !in_patch || way.len() < 2 {
        return Vec::new();
    }
    let words = if is_step(wants) { OF_STEPS } else { OF_VALUES };
    let free = |word: &&Word| tree.get(map, word.name).is_none_or(|there| there == typed);
    let offer = |word: &Word| {
        let insert = match word.says {
            Says::True => format!("{}: true", word.name),
            Says::Step | Says::Value | Says::Items => format!("{}: ", word.name),
        };
        let colon = tree.node(typed).colon && tree.node(typed).key.is_some();
        Offer::new(word.name, CompletionItemKind::KEYWORD)
            .doc(word.doc)
            .insert(if colon { word.name.to_owned() } else { insert })
    };
    words.iter().filter(free).map(offer).collect()
}

/// Whether what stands under it mostly has lines of its own.
fn is_inside(wants: &Wants) -> bool {
    matches!(
        wants,
        Wants::Takes(Takes::Keys(_) | Takes::Map(_) | Takes::With | Takes::List(_))
            | Wants::Type(Type::Record(_))
    )
}

fn in_brackets(asked: &Asked<'_>, typed: Id) -> bool {
    let tree = &asked.tree;
    let mut above = tree.upward(typed).skip(1);
    above.any(|id| tree.text[tree.node(id).span.clone()].starts_with(['{', '[']))
}

fn is_steps(wants: &Wants) -> bool {
    let Some(Wants::Takes(Takes::Keys(keys))) = item(wants) else {
        return false;
    };
    keys().knows("uses")
}
