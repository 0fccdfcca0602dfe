//! Where in which file an address leads: through lists of steps by their ids, through calls into
//! what they call, and by keys to a value.

use super::address::Segment;
use super::versions::{Part, item, versions};
use crate::document::{Entry, Node};
use crate::keys::{Keys, LISTS_OF_STEPS, WORKFLOW, within};
use crate::read::Shelf;
use crate::read::library::LibraryId;

/// The keys under which files share what others can use.
const SHARED: [&str; 3] = ["types", "define", "causes"];

/// A place in the files that a workflow is made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    pub(super) file: LibraryId,
    pub(super) way: Vec<Part>,
    /// The number of the name that each part of the way is from.
    pub(super) from: Vec<usize>,
    /// The steps that call what it stands in, the outermost first.
    pub(super) calls: Vec<Call>,
    /// The items of `foreach`es that it names, the outermost first.
    pub(super) items: Vec<Chosen>,
    /// The innermost step or group that it belongs to, as plans call it.
    pub(super) step: Option<String>,
    /// How many parts of the way lead to that step.
    pub(super) step_at: usize,
}

/// An item of a `foreach` that an address names.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// The step that has the `foreach`.
    pub(super) spot: Spot,
    /// What the item is called.
    pub(super) item: String,
    /// The number of that name.
    pub(super) at: usize,
}

/// A step that calls something.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) spot: Spot,
    /// What it calls, as its file names it.
    pub(super) kind: String,
}

/// A name that leads nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lost {
    /// The names before it.
    pub(super) after: usize,
    /// What there is in its place.
    pub(super) known: Vec<String>,
}

/// What a map is to whoever looks for a step in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    /// A whole file.
    File,
    /// A step or group.
    Step,
    /// A definition.
    Define,
    /// Anything else.
    None,
}

struct Walk<'s> {
    shelf: &'s Shelf,
    spot: Spot,
    node: Node<'s>,
    holder: Holder,
    /// The number of the name that comes next.
    at: usize,
}

impl Spot {
    /// The place that names lead to, from the tree at `root` of the workflow's own file.
    pub(super) fn of(shelf: &Shelf, root: Node<'_>, names: &[Segment]) -> Result<Spot, Lost> {
        let main = shelf.main();
        let document = shelf.document(main);
        let mut walk = Walk {
            shelf,
            spot: Spot {
                file: main,
                ..Spot::default()
            },
            node: document.at(root.number()),
            holder: Holder::File,
            at: 0,
        };
        while walk.at < names.len() {
            let from = walk.at;
            let taken = walk.step(&names[from..]);
            walk.at += taken.map_err(|known| Lost { after: from, known })?;
            let way = walk.spot.way.len();
            walk.spot.from.resize(way, from);
        }
        Ok(walk.spot)
    }
}

impl Walk<'_> {
    /// Goes on by the first of the names, or the first two; gives how many that were.
    fn step(&mut self, names: &[Segment]) -> Result<usize, Vec<String>> {
        let name = &*names[0].name;
        // All items of a `foreach` are made from one text.
        if names[0].is_quoted && self.holder == Holder::Step && self.node.get("foreach").is_some() {
            self.spot.items.push(Chosen {
                spot: self.spot.clone(),
                item: name.to_owned(),
                at: self.at,
            });
            return Ok(1);
        }
        if self.node.is_list() {
            return self.item(name).then_some(1).ok_or_else(|| self.known());
        }
        let is_key = self.node.get(name).is_some();
        let by_key = is_key && (self.holder == Holder::File || !self.has_step(name));
        if by_key {
            self.key(name);
            return Ok(1);
        }
        if self.inner(name) {
            return Ok(1);
        }
        if let Some(count) = self.space(names) {
            return Ok(count);
        }
        if self.holder == Holder::File && self.spot.way.is_empty() {
            let is_shared = SHARED.contains(&name);
            let count = is_shared.then(|| self.space_of(name, &names[1..]));
            if let Some(count) = count.flatten() {
                return Ok(1 + count);
            }
            let two = names.iter().take(2).map(|one| one.name.as_str());
            let two = two.collect::<Vec<_>>().join(".");
            for (count, full) in [(1, name.to_owned()), (2, two)] {
                if self.define(&full) {
                    return Ok(count);
                }
            }
        }
        if self.call(name) {
            return Ok(1);
        }
        if names.len() == 1 && self.may_say(name) {
            self.spot.way.push(Part::Key(name.to_owned()));
            return Ok(1);
        }
        Err(self.known())
    }

    fn has_step(&self, name: &str) -> bool {
        self.list_with(name).is_some()
    }

    /// The list that has a step. Those of `finally:` of a workflow are called by their ids too.
    fn list_with(&self, name: &str) -> Option<&'static str> {
        let lists: &[&'static str] = match self.holder {
            Holder::File => &["steps", "finally"],
            Holder::Define | Holder::Step => &["steps"],
            Holder::None => &[],
        };
        let has = |key: &&&'static str| {
            let list = self.node.get(key).map(|entry| entry.value);
            list.is_some_and(|list| item(list, name).is_some())
        };
        lists.iter().find(has).copied()
    }

    fn key(&mut self, name: &str) {
        if let Some(entry) = self.node.get(name) {
            let way = &self.spot.way;
            let defines = way.len() == 1 && way[0] == Part::Key("define".to_owned());
            self.spot.way.push(Part::Key(name.to_owned()));
            self.holder = if defines {
                Holder::Define
            } else {
                Holder::None
            };
            self.node = entry.value;
        }
    }

    /// An item of a list; one with an id is a step, if the list is one of steps.
    fn item(&mut self, name: &str) -> bool {
        let Some(found) = item(self.node, name) else {
            return false;
        };
        let list = match self.spot.way.last() {
            Some(Part::Key(key)) => key.clone(),
            _ => String::new(),
        };
        self.node = found;
        self.spot.way.push(Part::Item(name.to_owned()));
        self.holder = Holder::None;
        if LISTS_OF_STEPS.contains(&&*list) && found.get("id").is_some() {
            self.holder = Holder::Step;
            let own = match &*list {
                "steps" => name.to_owned(),
                list => format!("{list}.{name}"),
            };
            self.spot.step = Some(match &self.spot.step {
                Some(outer) => format!("{outer}.{own}"),
                None => own,
            });
            self.spot.step_at = self.spot.way.len();
        }
        true
    }

    /// A step of the list that a group, a definition or a file holds.
    fn inner(&mut self, name: &str) -> bool {
        let Some(list) = self.list_with(name) else {
            return false;
        };
        self.key(list);
        self.item(name)
    }

    /// A file that is included under a name, behind `types.` and the like.
    fn space(&mut self, names: &[Segment]) -> Option<usize> {
        let key = match &self.spot.way[..] {
            [Part::Key(key)] if SHARED.contains(&key.as_str()) => key.clone(),
            _ => return None,
        };
        self.space_of(&key, names)
    }

    /// What files bring under a key: the first of those that the names lead to, one including the
    /// other, that has the name behind them. A workflow that is called has the name of its file.
    fn space_of(&mut self, key: &str, names: &[Segment]) -> Option<usize> {
        let (mut file, mut taken) = (self.spot.file, None);
        for (at, name) in names.iter().enumerate() {
            let named = self.shelf.space(file, &name.name);
            let Some(named) = named.or_else(|| self.shelf.whole(&name.name)) else {
                break;
            };
            file = named;
            let brings = self.shelf.document(file).root()?.get(key);
            let next = names.get(at + 1);
            let leads = |one: Entry<'_>| next.is_none_or(|it| one.value.get(&it.name).is_some());
            if brings.is_some_and(leads) {
                taken = Some((file, at + 1));
                break;
            }
            taken = taken.or(brings.map(|_| (file, at + 1)));
        }
        let whole = names.first().filter(|_| taken.is_none() && key == "define");
        if let Some(file) = whole.and_then(|name| self.shelf.whole(&name.name)) {
            self.enter(file, None);
            return Some(1);
        }
        let (file, count) = taken?;
        self.enter(file, None);
        self.key(key);
        Some(count)
    }

    /// A definition by the name that steps call it by.
    fn define(&mut self, name: &str) -> bool {
        let Some((file, name)) = self.shelf.defined(self.spot.file, name) else {
            return false;
        };
        let name = name.to_owned();
        self.enter(file, Some(&name));
        true
    }

    /// Goes into a definition, or into a whole file.
    fn enter(&mut self, file: LibraryId, define: Option<&str>) {
        let Some(root) = self.shelf.document(file).root() else {
            return;
        };
        self.spot.file = file;
        self.spot.way.clear();
        self.spot.from.clear();
        self.spot.step_at = 0;
        self.node = root;
        self.holder = Holder::File;
        if let Some(name) = define {
            self.key("define");
            self.key(name);
        }
    }

    /// A step, or an input, of what a step calls.
    fn call(&mut self, name: &str) -> bool {
        let uses = self
            .node
            .get("uses")
            .filter(|_| self.holder == Holder::Step);
        let Some(uses) = uses.map(|entry| entry.value) else {
            return false;
        };
        let Some((file, define)) = self.shelf.called(self.spot.file, uses) else {
            return false;
        };
        let mut inside = Walk {
            spot: self.spot.clone(),
            ..*self
        };
        inside.spot.calls.push(Call {
            spot: self.spot.clone(),
            kind: uses.text().unwrap_or_default().to_owned(),
        });
        inside.enter(file, define);
        let is_of_it = matches!(name, "finally" | "inputs" | "outputs" | "defaults");
        if is_of_it && inside.node.get(name).is_some() {
            inside.key(name);
        } else if !inside.inner(name) {
            return false;
        }
        *self = inside;
        true
    }

    /// Whether a key can stand here although it does not.
    fn may_say(&self, name: &str) -> bool {
        let what = match (self.holder, self.spot.way.last()) {
            (Holder::Step, _) => "a step",
            (Holder::File, _) => WORKFLOW.what,
            (Holder::None, Some(Part::Key(key))) if key == "defaults" => "`defaults`",
            _ => return false,
        };
        table(what).any(|key| key == name)
    }

    /// The names that lead on from here.
    fn known(&self) -> Vec<String> {
        let mut known: Vec<String> = self
            .node
            .entries()
            .map(|one| one.name().to_owned())
            .collect();
        let mut holders = vec![self.node];
        let uses = self
            .node
            .get("uses")
            .filter(|_| self.holder == Holder::Step);
        let called = uses.and_then(|uses| self.shelf.called(self.spot.file, uses.value));
        if let Some((file, define)) = called {
            let root = self.shelf.document(file).root();
            holders.extend(root.and_then(|root| match define {
                Some(name) => Some(root.get("define")?.value.get(name)?.value),
                None => Some(root),
            }));
        }
        let lists = holders.iter().filter_map(|holder| holder.get("steps"));
        let lists = lists.map(|entry| entry.value).chain([self.node]);
        let ids = lists
            .flat_map(Node::items)
            .filter_map(|step| step.get("id"));
        known.extend(ids.filter_map(|id| id.value.text().map(str::to_owned)));
        known
    }
}

/// The keys of a sort of map, by what it is.
fn table(what: &str) -> impl Iterator<Item = &'static str> {
    let tables = within(&WORKFLOW);
    let found = tables.into_iter().find(|keys| keys.what == what);
    found.into_iter().flat_map(Keys::names)
}

/// The place that names lead to, in the newest tree that has it: what a patch takes out is still
/// known before it.
pub(super) fn find(shelf: &Shelf, names: &[Segment]) -> Result<Spot, Lost> {
    let all = versions(shelf.document(shelf.main()));
    let mut lost = None;
    for version in all {
        match Spot::of(shelf, version.root, names) {
            Ok(spot) => return Ok(spot),
            Err(first) => lost = lost.or(Some(first)),
        }
    }
    Err(lost.unwrap_or(Lost {
        after: 0,
        known: Vec::new(),
    }))
}
