//! Keys of the map that the cursor is in.

use lsp_types::CompletionItemKind;
use runsheet_language::compose::directive::{OF_STEPS, OF_VALUES, Says, Word};
use runsheet_language::compose::paths;
use runsheet_language::keys::Takes;
use runsheet_step::shape::Type;

use super::{Asked, Offer, held};
use crate::store::Store;
use crate::symbol::{Views, holds_vars};
use crate::tree::{Id, Part, Tree};
use crate::wants::{Known, Sort, Wants, is_step, item, told};

/// The keys that a map may have and has not yet; `typed` is the node that is being typed.
pub(super) fn offers(asked: &Asked<'_>, map: Id, typed: Id, wants: &Wants) -> Vec<Offer> {
    let keys = asked
        .session
        .tables_of(asked.path)
        .keys(&asked.tree, map, wants);
    let against = against(asked, map, typed, wants);
    let free = |known: &&Known| match asked.tree.get(map, &known.name) {
        Some(there) => there == typed,
        None => !against.contains(&known.name.as_str()),
    };
    let mut free: Vec<&Known> = keys.iter().filter(free).collect();
    // What must be there comes first, otherwise as a person writes them.
    free.sort_by_key(|known| !known.required);
    let mut offers: Vec<Offer> = free
        .into_iter()
        .map(|known| offer(asked, known, typed))
        .collect();
    offers.extend(known_names(asked, map, typed));
    offers.extend(directives(asked, map, typed, wants));
    if offers.is_empty() && is_steps(wants) {
        offers.push(Offer::new("- id", CompletionItemKind::SNIPPET).insert("- id: "));
    }
    offers
}

/// The keys that cannot stand beside those that are there.
fn against(asked: &Asked<'_>, map: Id, typed: Id, wants: &Wants) -> Vec<&'static str> {
    let Wants::Takes(Takes::Keys(table)) = wants else {
        return Vec::new();
    };
    let there = asked.tree.children(map).iter().filter(|id| **id != typed);
    let there = there.filter_map(|id| asked.tree.key(*id));
    there.flat_map(|key| table().against(key)).collect()
}

fn offer(asked: &Asked<'_>, known: &Known, typed: Id) -> Offer {
    let insert = match has_colon(&asked.tree, typed) {
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

/// Names that are not of the language and known all the same: inputs that a patch may change, hosts
/// that an overlay may give variables to, these, and pools.
fn known_names(asked: &Asked<'_>, map: Id, typed: Id) -> Vec<Offer> {
    let tree = &asked.tree;
    let store = &asked.session.store;
    let way: Vec<&str> = tree.upward(map).filter_map(|id| tree.key(id)).collect();
    let sort = Sort::of(tree);
    let names: Vec<(String, String)> = match way[..] {
        ["inputs", "patch"] => {
            let names = Views::new(store).within(asked.path, tree);
            let others = names.inputs.into_iter();
            let others = others.filter(|(_, file)| file != asked.path);
            others.map(|(name, file)| (name, of(&file))).collect()
        }
        ["pool", ..] => held::pools(asked),
        [key @ ("hosts" | "groups" | "secrets"), "site"] if sort == Sort::Overlay => {
            let known = asked.session.of_sites(key).into_iter();
            known.map(|(name, file)| (name, of(&file))).collect()
        }
        ["vars"] if sort == Sort::Overlay => ["hosts", "groups"]
            .into_iter()
            .flat_map(|key| asked.session.of_sites(key))
            .map(|(name, file)| (name, of(&file)))
            .collect(),
        _ if matches!(sort, Sort::Site | Sort::Overlay) && holds_vars(tree, map) => {
            let asked = variables(store).into_iter();
            asked.map(|(name, file)| (name, of(&file))).collect()
        }
        _ => Vec::new(),
    };
    let free = |name: &str| tree.get(map, name).is_none_or(|there| there == typed);
    let free = names.into_iter().filter(|(name, _)| free(name));
    free.map(|(name, detail)| {
        let insert = if has_colon(tree, typed) { "" } else { ": " };
        let insert = format!("{name}{insert}");
        Offer::new(name, CompletionItemKind::VARIABLE)
            .detail(detail)
            .insert(insert)
    })
    .collect()
}

fn of(path: &str) -> String {
    let (_, file) = paths::split(path);
    format!("of {file}")
}

/// The variables that workflows ask of their hosts, each with the first file that does.
fn variables(store: &Store) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for path in store.files() {
        let Some(tree) = store
            .tree(path)
            .filter(|tree| Sort::of(tree) == Sort::Workflow)
        else {
            continue;
        };
        for id in tree.ids() {
            let held = tree
                .node(id)
                .parent
                .is_some_and(|map| holds_vars(&tree, map));
            if let Some(name) = tree.key(id).filter(|_| held)
                && found.iter().all(|(known, _)| known != name)
            {
                found.push((name.to_owned(), path.to_owned()));
            }
        }
    }
    found
}

/// Whether a colon stands behind the key that is typed.
fn has_colon(tree: &Tree, typed: Id) -> bool {
    tree.node(typed).colon && tree.node(typed).key.is_some()
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
        let insert = match has_colon(tree, typed) {
            true => word.name.to_owned(),
            false => insert,
        };
        Offer::new(word.name, CompletionItemKind::KEYWORD)
            .doc(word.doc)
            .insert(insert)
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
