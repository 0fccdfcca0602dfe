//! Values: kinds, words, types, names of steps, hosts and files.

use std::collections::BTreeSet;

use lsp_types::CompletionItemKind;
use runsheet_language::compose::paths;
use runsheet_language::keys::{Takes, type_names};
use runsheet_step::shape::Type;

use super::lists::lists;
use super::{Asked, Offer, held};
use crate::session::folder;
use crate::steps::{LAST, Scope, Step, is_within, list_of, steps};
use crate::symbol::{Gathered, Views};
use crate::tree::{Id, Part, Tree};
use crate::wants::{Sort, Wants, words};

/// What can stand in a place.
pub(super) fn offers(asked: &Asked<'_>, id: Id, wants: &Wants) -> Vec<Offer> {
    let beside = directive(asked, id);
    if !beside.is_empty() {
        return beside;
    }
    let mut offers: Vec<Offer> = words(wants)
        .into_iter()
        .map(|word| Offer::new(word, CompletionItemKind::ENUM_MEMBER))
        .collect();
    offers.extend(special(asked, id, wants));
    let key = asked.tree.upward(id).find_map(|id| asked.tree.key(id));
    if matches!(key, Some("lock" | "exclusive")) {
        let locks = held::locks(asked).into_iter();
        offers.extend(
            locks.map(|(name, detail)| {
                Offer::new(name, CompletionItemKind::CONSTANT).detail(detail)
            }),
        );
    }
    offers
}

fn special(asked: &Asked<'_>, id: Id, wants: &Wants) -> Vec<Offer> {
    match wants {
        Wants::Takes(Takes::Kind) => kinds(asked),
        Wants::Takes(Takes::Causes) => named(asked, "causes", CompletionItemKind::CONSTANT),
        Wants::Takes(Takes::TypeName) => types(asked),
        Wants::Takes(Takes::Steps) => beside(asked, id, false),
        Wants::Takes(Takes::Step) => beside(asked, id, asked.tree.key(id) == Some("since")),
        Wants::Takes(Takes::NewStep) => patched(asked, id),
        Wants::Takes(Takes::Either(all)) => {
            let all = all.iter().map(|takes| Wants::Takes(*takes));
            all.flat_map(|wants| special(asked, id, &wants)).collect()
        }
        Wants::Takes(Takes::Value(kind)) if kind() == Type::list(Type::Any) => lists(asked),
        Wants::Takes(Takes::Value(kind)) if kind() == Type::Any => default(asked, id),
        Wants::Takes(Takes::Value(kind)) => special(asked, id, &Wants::Type(kind())),
        Wants::Type(Type::Host) => hosts(asked),
        Wants::Takes(Takes::Text) => match Sort::of(&asked.tree) {
            Sort::Site => [members(asked, id), drivers(asked, id)].concat(),
            Sort::Overlay => [overlaid(asked, id), drivers(asked, id)].concat(),
            Sort::Workflow | Sort::Other => files(asked, id),
        },
        Wants::Takes(Takes::Anything) => files(asked, id),
        _ => Vec::new(),
    }
}

/// Kinds: those that are built in, those of this file, and those that it includes.
fn kinds(asked: &Asked<'_>) -> Vec<Offer> {
    let built_in = asked
        .session
        .kinds_of(asked.path)
        .kinds()
        .map(|(name, kind)| {
            Offer::new(name, CompletionItemKind::FUNCTION)
                .detail(kind.shape().summary.to_string())
                .doc(format!("```yaml\n{}\n```", kind.shape().example.trim_end()))
        });
    let mut offers: Vec<Offer> = built_in.collect();
    offers.extend(named(asked, "define", CompletionItemKind::FUNCTION));
    offers.extend(workflows(asked));
    offers
}

/// The workflows that can be called by their paths.
fn workflows(asked: &Asked<'_>) -> Vec<Offer> {
    let all = asked.session.store.workflows();
    let others = all.filter(|(path, _)| *path != asked.path);
    others
        .map(|(path, name)| {
            let path = relative(asked.path, path);
            let seen = match path.starts_with("../") || path.starts_with('/') {
                true => path,
                false => format!("./{path}"),
            };
            Offer::new(seen, CompletionItemKind::FILE).detail(format!("the workflow {name}"))
        })
        .collect()
}

/// Types: plain ones and those that are named here, and lists of them.
fn types(asked: &Asked<'_>) -> Vec<Offer> {
    let kind = CompletionItemKind::TYPE_PARAMETER;
    let plain = type_names().into_iter().map(|name| Offer::new(name, kind));
    let all = plain.chain(named(asked, "types", kind));
    all.flat_map(|offer| {
        let list = Offer {
            label: format!("list<{}>", offer.label),
            ..offer.clone()
        };
        [offer, list]
    })
    .collect()
}

/// What stands under names of a key of this file, and of those that it extends or includes.
fn named(asked: &Asked<'_>, key: &str, kind: CompletionItemKind) -> Vec<Offer> {
    let names = Views::new(&asked.session.store).within(asked.path, &asked.tree);
    let mut offers = defined(&asked.tree, key, kind, "");
    let bases = names.bases.iter().map(|file| (String::new(), file));
    let spaces = names.spaces.iter();
    let spaces = spaces.map(|(space, file)| (format!("{space}."), file));
    for (prefix, file) in bases.chain(spaces) {
        if let Some(tree) = asked.session.store.tree(file) {
            offers.extend(defined(&tree, key, kind, &prefix));
        }
    }
    offers
}

fn defined(tree: &Tree, key: &str, kind: CompletionItemKind, prefix: &str) -> Vec<Offer> {
    let all = tree.get(Tree::ROOT, key).into_iter();
    let all = all.flat_map(|all| tree.children(all));
    all.map(|one| {
        let name = tree.key(*one).unwrap_or_default();
        let doc = tree.scalar_of(*one, "doc").unwrap_or_default();
        Offer::new(format!("{prefix}{name}"), kind).detail(doc)
    })
    .collect()
}

/// The steps of the same list, and with `outward` of the lists around it too; above ones first.
fn beside(asked: &Asked<'_>, id: Id, outward: bool) -> Vec<Offer> {
    let gathered = gathered(asked);
    let Some(own) = gathered.around(id) else {
        return Vec::new();
    };
    let own_list = list_of(&own.dotted);
    let seen = |step: &&Step| {
        let list = list_of(&step.dotted);
        let around = list.is_empty() || is_within(own_list, list);
        let holds = is_within(&own.dotted, &step.dotted);
        step.scope == own.scope && !holds && (list == own_list || outward && around)
    };
    let offer = |step: &Step| {
        let kind = step.kind.clone().unwrap_or("group".to_owned());
        Offer::new(step.id(), CompletionItemKind::REFERENCE).detail(kind)
    };
    let (above, below): (Vec<&Step>, Vec<&Step>) = gathered
        .steps
        .iter()
        .filter(seen)
        .partition(|step| step.span.start < own.span.start);
    let all = above.into_iter().rev().chain(below);
    all.map(offer).collect()
}

fn gathered<'g>(asked: &'g Asked<'_>) -> Gathered<'g> {
    let session = asked.session;
    Gathered::of(
        asked.path,
        &asked.tree,
        &session.store,
        session.tables(asked.path),
    )
}

/// In a patch: the steps of the files that are extended, as the list names them that this is in.
fn patched(asked: &Asked<'_>, id: Id) -> Vec<Offer> {
    let way = asked.tree.path(id);
    if way.first() != Some(&Part::Key("patch".to_owned())) {
        return Vec::new();
    }
    let gathered = gathered(asked);
    let own = gathered.around(id);
    let own = own.map_or("", |own| &own.dotted[..own.dotted.len() - own.span.len()]);
    let known = extended(asked, &gathered);
    let inside = known.iter().filter_map(|(step, file)| {
        let address = step.dotted.strip_prefix(own)?;
        // What runs last is a list of its own.
        (step.last == own.starts_with(LAST)).then(|| target(address, file))
    });
    inside.collect()
}

/// `$before` and `$after` of a patch: the steps of the same list.
pub(super) fn directive(asked: &Asked<'_>, id: Id) -> Vec<Offer> {
    if !matches!(asked.tree.key(id), Some("$before" | "$after")) {
        return Vec::new();
    }
    let gathered = gathered(asked);
    let own = gathered.around(id).map_or("", |own| &own.dotted);
    let known = extended(asked, &gathered);
    let beside = known.iter().filter(|(step, _)| {
        let is_beside = list_of(&step.dotted) == list_of(own);
        is_beside && step.dotted != own
    });
    beside.map(|(step, file)| target(step.id(), file)).collect()
}

fn target(name: &str, file: &str) -> Offer {
    Offer::new(name, CompletionItemKind::REFERENCE).detail(format!("of {file}"))
}

/// Every step of the files that are extended, with the file that has it.
fn extended(asked: &Asked<'_>, gathered: &Gathered<'_>) -> Vec<(Step, String)> {
    let mut found: Vec<(Step, String)> = Vec::new();
    for path in &gathered.names.bases {
        let tree = asked.session.store.tree(path);
        let (_, file) = paths::split(path);
        for step in tree.iter().flat_map(steps) {
            let is_known = found.iter().any(|(known, _)| known.dotted == step.dotted);
            if step.scope == Scope::Main && !is_known {
                found.push((step, file.to_owned()));
            }
        }
    }
    found
}

/// The default of an input, by the type that stands beside it.
fn default(asked: &Asked<'_>, id: Id) -> Vec<Offer> {
    let tree = &asked.tree;
    let input = tree.node(id).parent;
    let kind = input.and_then(|input| tree.scalar_of(input, "type"));
    match (tree.key(id), kind) {
        (Some("default"), Some("bool")) => ["true", "false"]
            .map(|word| Offer::new(word, CompletionItemKind::ENUM_MEMBER))
            .into(),
        (Some("default"), Some("host")) => hosts_of_sites(asked).collect(),
        _ => Vec::new(),
    }
}

fn hosts(asked: &Asked<'_>) -> Vec<Offer> {
    let inputs = inputs_of_hosts(asked).into_iter();
    inputs.chain(hosts_of_sites(asked)).collect()
}

fn hosts_of_sites(asked: &Asked<'_>) -> impl Iterator<Item = Offer> {
    let known = asked.session.of_sites("hosts").into_iter();
    known.map(|(name, site)| {
        Offer::new(name, CompletionItemKind::CONSTANT).detail(format!("host of {site}"))
    })
}

/// `${{ inputs.dx }}` for every input that is a host.
fn inputs_of_hosts(asked: &Asked<'_>) -> Vec<Offer> {
    let tree = &asked.tree;
    let inputs = tree.get(Tree::ROOT, "inputs").into_iter();
    let inputs = inputs.flat_map(|inputs| tree.children(inputs));
    let hosts = inputs.filter(|input| tree.scalar_of(**input, "type") == Some("host"));
    hosts
        .map(|input| {
            let name = tree.key(*input).unwrap_or_default();
            let text = format!("${{{{ inputs.{name} }}}}");
            Offer::new(text, CompletionItemKind::VARIABLE).detail("an input")
        })
        .collect()
}

/// In a site: its own hosts where a group or `at:` names them.
fn members(asked: &Asked<'_>, id: Id) -> Vec<Offer> {
    let tree = &asked.tree;
    let way = tree.path(id);
    let in_group = way.first() == Some(&Part::Key("groups".to_owned()));
    if !in_group && tree.key(id) != Some("at") {
        return Vec::new();
    }
    let hosts = tree.get(Tree::ROOT, "hosts").into_iter();
    let hosts = hosts.flat_map(|hosts| tree.children(hosts));
    hosts
        .filter_map(|host| tree.key(*host))
        .map(|name| Offer::new(name, CompletionItemKind::CONSTANT))
        .collect()
}

/// In a site: the drivers there are for a facility, where one is named.
fn drivers(asked: &Asked<'_>, id: Id) -> Vec<Offer> {
    let way = asked.tree.path(id);
    let facility = match way.as_slice() {
        [.., Part::Key(above), Part::Key(facility)] if above == "facilities" => facility,
        [.., Part::Key(above), Part::Key(facility), Part::Key(key)]
            if above == "facilities" && key == "driver" =>
        {
            facility
        }
        _ => return Vec::new(),
    };
    let all = asked.session.drivers_of(asked.path).into_iter().flatten();
    let offers = all.filter(|driver| driver.may_serve(facility));
    offers
        .map(|driver| Offer::new(&driver.name, CompletionItemKind::ENUM_MEMBER).detail("a driver"))
        .collect()
}

/// In an overlay: the workflows it may be for.
fn overlaid(asked: &Asked<'_>, id: Id) -> Vec<Offer> {
    let way = asked.tree.path(id);
    if way.first() != Some(&Part::Key("applies_to".to_owned())) {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let names = asked.session.store.workflows();
    names
        .filter(|(_, name)| seen.insert(*name))
        .map(|(path, name)| {
            let (_, file) = paths::split(path);
            Offer::new(name, CompletionItemKind::MODULE).detail(file)
        })
        .collect()
}

/// Files where one is named: `extends:` and `include:`.
fn files(asked: &Asked<'_>, id: Id) -> Vec<Offer> {
    let way = asked.tree.path(id);
    let names = match way.first() {
        Some(Part::Key(key)) => key == "extends" || key == "include",
        _ => false,
    };
    let names = names && asked.tree.key(id) != Some("as");
    let store = &asked.session.store;
    let is_workflow = |path: &&str| store.sort_of(path) == Some(Sort::Workflow);
    let known = store.files().filter(|path| names && *path != asked.path);
    known
        .filter(is_workflow)
        .map(|path| Offer::new(relative(asked.path, path), CompletionItemKind::FILE))
        .collect()
}

/// A path as it is seen from another file.
fn relative(from: &str, path: &str) -> String {
    let (mut base, mut ups) = (folder(from), String::new());
    loop {
        let rest = path
            .strip_prefix(base)
            .and_then(|rest| rest.strip_prefix('/'));
        if let Some(rest) = rest {
            return format!("{ups}{rest}");
        }
        if base.is_empty() {
            return path.to_owned();
        }
        base = folder(base);
        ups.push_str("../");
    }
}
