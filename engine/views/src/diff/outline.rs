//! A workflow as blocks: itself, its steps, and the kinds and types it defines or takes from
//! other files, by the names they have in one file of all.

use runsheet_diagnostics::source::Sources;
use runsheet_language::document::{Entry, Node};
use runsheet_language::keys::LISTS_OF_STEPS;
use runsheet_language::parts::Parts;
use runsheet_language::provenance::secrets::Veil;
use runsheet_language::site::Site;
use runsheet_step::Catalogue;

use super::count;
use super::matching::{Block, Listing};
use super::said::{Said, Saying, Value, Veiled};
use crate::render::build::in_order;
use crate::render::guide::Guide;
use crate::render::names::{CALLED, Names, Offer, What, workflow};

/// Keys that are worked in or say nothing of what is done.
const LEFT_OUT: [&str; 6] = ["workflow", "extends", "include", "patch", "id", "define"];

/// What overlays say besides.
const OF_SITES: [&str; 2] = ["vars", "site"];

pub(super) fn whole(parts: &Parts, sources: &Sources, catalogue: &Catalogue) -> Block {
    let names = Names::of(parts, sources, catalogue);
    let main = parts.main();
    let saying = Saying {
        names: &names,
        sources,
        file: main,
    };
    let Some(root) = names.root(main) else {
        return Block::default();
    };
    let mut whole = block(&saying, "", root, workflow());
    let mut kinds = Listing {
        key: "define".to_owned(),
        is_ordered: false,
        blocks: Vec::new(),
    };
    if let Some(own) = root.get("define").map(|entry| entry.value) {
        let guide = workflow().under(root, "define");
        kinds.blocks.extend(own.entries().map(|entry| {
            let guide = guide.under(own, entry.name());
            block(&saying, entry.name(), entry.value, guide)
        }));
    }
    for offer in &names.used {
        let saying = Saying {
            file: offer.file,
            ..saying
        };
        brought(&saying, *offer, &mut kinds.blocks, &mut whole.values);
    }
    whole.lists.push(kinds);
    for key in OF_SITES {
        let said = Said::Map(Vec::new());
        let place = saying.place(root.span());
        whole.values.push((key.to_owned(), Value { said, place }));
    }
    count::fill(&mut whole);
    whole
}

/// Adds what an overlay says of hosts or of a site. What a later one says wins.
pub(super) fn lay_over(whole: &mut Block, entry: Entry<'_>, veiled: Veiled<'_>) {
    let value = veiled.value(entry.value, Veil::None);
    let mut there = whole.values.iter_mut();
    if let Some((_, there)) = there.find(|(key, _)| key == entry.name()) {
        merge(there, value);
    }
}

/// Puts the variables of the hosts of a site in the place of what overlays say of them.
pub(super) fn settle(whole: &mut Block, site: &Site, veiled: Veiled<'_>) {
    whole.values.retain(|(key, _)| key != "vars");
    let hosts = site.hosts.iter().map(|(name, host)| {
        let vars = site.vars_of(name).into_iter();
        let vars = vars.map(|(var, setting)| (var.to_string(), veiled.setting(var, setting)));
        let said = Said::Map(vars.collect());
        let place = veiled.place(host.span);
        (name.to_string(), Value { said, place })
    });
    for (name, vars) in hosts {
        whole.values.push((format!("hosts.{name}.vars"), vars));
    }
}

fn merge(there: &mut Value, value: Value) {
    match (&mut there.said, value.said) {
        (Said::Map(entries), Said::Map(others)) => {
            for (key, value) in others {
                match entries.iter_mut().find(|(other, _)| *other == key) {
                    Some((_, there)) => merge(there, value),
                    None => entries.push((key, value)),
                }
            }
        }
        (said, other) => (*said, there.place) = (other, value.place),
    }
}

/// Takes up what another file offers.
fn brought(
    saying: &Saying<'_>,
    offer: Offer,
    kinds: &mut Vec<Block>,
    values: &mut Vec<(String, Value)>,
) {
    let names = saying.names;
    let (Some(name), Some(root)) = (names.full(offer), names.root(offer.file)) else {
        return;
    };
    match (offer.what, names.offer(offer)) {
        (What::Define(_), Some((entry, guide))) => {
            kinds.push(block(saying, &name, entry.value, guide));
        }
        (what, Some((entry, guide))) => {
            let key = what.place().map_or("", |(key, _)| key);
            add(values, key, name, saying.value(entry.value, guide));
        }
        (_, None) => kinds.push(called(saying, &name, root)),
    }
}

/// Adds a value to those that stand together under a key.
fn add(values: &mut Vec<(String, Value)>, key: &str, name: String, value: Value) {
    let there = values.iter_mut().find(|(other, _)| other == key);
    match there {
        Some((_, together)) => {
            if let Said::Map(entries) = &mut together.said {
                entries.push((name, value));
            }
        }
        None => {
            let place = value.place.clone();
            let said = Said::Map(vec![(name, value)]);
            values.push((key.to_owned(), Value { said, place }));
        }
    }
}

/// A whole workflow that a step calls.
fn called(saying: &Saying<'_>, name: &str, root: Node<'_>) -> Block {
    let mut called = block(saying, name, root, workflow());
    called
        .values
        .retain(|(key, _)| CALLED.contains(&key.as_str()));
    for (key, _) in &mut called.values {
        if key == "summary" {
            *key = "doc".to_owned();
        }
    }
    called
}

/// A map with lists of steps in it.
fn block(saying: &Saying<'_>, id: &str, map: Node<'_>, guide: Guide) -> Block {
    let mut block = Block {
        id: id.to_owned(),
        place: Some(saying.place(map.span())),
        ..Block::default()
    };
    for entry in in_order(map, guide.keys(map)) {
        let name = entry.name();
        if LEFT_OUT.contains(&name) || name.starts_with("x-") {
            continue;
        }
        let guide = guide.under(map, name);
        match holds_steps(name, entry.value) {
            true => block.lists.push(listing(saying, name, entry.value, guide)),
            false => {
                let value = saying.value(entry.value, guide);
                block.values.push((name.to_owned(), value));
            }
        }
    }
    block
}

fn holds_steps(key: &str, value: Node<'_>) -> bool {
    let is_step = |item: Node<'_>| item.is_map() && item.get("id").is_some();
    value.is_list()
        && (LISTS_OF_STEPS.contains(&key) || value.items().len() > 0)
        && value.items().all(is_step)
}

/// Where the step that was there before all patches says its id.
fn origin(step: Node<'_>) -> Option<Node<'_>> {
    let oldest = std::iter::successors(Some(step), |step| step.older()).last()?;
    Some(oldest.get("id")?.value)
}

fn listing(saying: &Saying<'_>, key: &str, list: Node<'_>, guide: Guide) -> Listing {
    let guide = guide.item();
    let blocks = list.items().map(|item| {
        let id = item.get("id").map(|entry| entry.value);
        let name = id.and_then(Node::text).unwrap_or_default();
        Block {
            place: Some(saying.place(id.unwrap_or(item).span())),
            origin: origin(item).map(|id| saying.place(id.span())),
            ..block(saying, name, item, guide)
        }
    });
    Listing {
        key: key.to_owned(),
        is_ordered: true,
        blocks: blocks.collect(),
    }
}
