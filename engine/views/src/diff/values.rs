//! Values that are others after.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use super::matching::Block;
use super::names::{Named, Names, Scope};
use super::said::{Place, Said, Value};

/// How wide the lines of a value are.
const WIDE: usize = 92;

/// A value that is another, or there only before or after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The keys that lead to it: `with.argv`, `causes[1].say`.
    pub path: String,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Both as lines, where they have no room on one.
    #[serde(skip)]
    pub(super) lines: [Vec<String>; 2],
    /// Where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_at: Option<Place>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_at: Option<Place>,
}

/// The values of two blocks that are not the same, those of their steps left out.
/// `names` are those of the steps in them, and `scope` has the others that they can name.
pub(super) fn of_blocks(
    before: &Block,
    after: &Block,
    names: Option<&Names>,
    scope: Option<&Scope<'_>>,
) -> Vec<Change> {
    let mut comparing = Comparing {
        names,
        scope,
        out: Vec::new(),
    };
    comparing.maps("", &before.values, &after.values);
    comparing.out
}

/// A text without the names of the steps that it refers to.
pub(super) fn masked(text: &str) -> String {
    with_references(text, &|_: Option<&()>, _: &str| Some(("?".to_owned(), ())))
}

struct Comparing<'c> {
    names: Option<&'c Names>,
    scope: Option<&'c Scope<'c>>,
    out: Vec<Change>,
}

impl<'c> Comparing<'c> {
    /// In the order of the map after; what is gone stands behind what it stood behind.
    fn maps<'v>(
        &mut self,
        path: &str,
        before: &'v [(String, Value)],
        after: &'v [(String, Value)],
    ) {
        let by_name = |entries: &'v [(String, Value)]| -> BTreeMap<&'v str, &'v Value> {
            let entries = entries.iter().map(|(name, value)| (&**name, value));
            entries.collect()
        };
        let names = |entries: &'v [(String, Value)]| -> Vec<&'v str> {
            entries.iter().map(|(name, _)| &**name).collect()
        };
        let (old, new) = (by_name(before), by_name(after));
        for name in merged(&names(before), &names(after)) {
            let path = match path {
                "" => name.to_owned(),
                path => format!("{path}.{name}"),
            };
            self.values(&path, old.get(name).copied(), new.get(name).copied());
        }
    }

    fn values(&mut self, path: &str, before: Option<&Value>, after: Option<&Value>) {
        if let (Some(before), Some(after)) = (before, after) {
            match (&before.said, &after.said) {
                (Said::Map(before), Said::Map(after)) => return self.maps(path, before, after),
                (Said::List(before), Said::List(after)) if !are_plain(before, after) => {
                    return self.lists(path, before, after);
                }
                _ if self.is_same(path, before, after) => return,
                _ => {}
            }
        }
        self.out.push(Change {
            path: path.to_owned(),
            before: before.map(Value::shown),
            after: after.map(Value::shown),
            lines: [before, after].map(|value| value.map_or_else(Vec::new, |it| it.lines(WIDE))),
            before_at: before.map(|value| value.place.clone()),
            after_at: after.map(|value| value.place.clone()),
        });
    }

    /// Item by item; where there are more or fewer, those that came and those that went.
    fn lists(&mut self, path: &str, before: &[Value], after: &[Value]) {
        if before.len() == after.len() {
            for (at, (one, other)) in before.iter().zip(after).enumerate() {
                self.values(&format!("{path}[{at}]"), Some(one), Some(other));
            }
            return;
        }
        let mut left: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for (at, one) in after.iter().enumerate() {
            left.entry(one.written()).or_default().push_back(at);
        }
        for (at, one) in before.iter().enumerate() {
            let is_there = |text: &str| {
                let same = left.get_mut(text).and_then(VecDeque::pop_front);
                same.is_some()
            };
            if !self.ways(one).iter().map(String::as_str).any(is_there) {
                self.values(&format!("{path}[{at}]"), Some(one), None);
            }
        }
        let mut left: Vec<usize> = left.into_values().flatten().collect();
        left.sort_unstable();
        for at in left {
            self.values(&format!("{path}[{at}]"), None, Some(&after[at]));
        }
    }

    /// What a value is after, if it is the same: as it was written, or with steps that have other
    /// names.
    fn ways(&self, before: &Value) -> Vec<String> {
        let written = before.written();
        let followed = self.followed(&written);
        match followed == written {
            true => vec![written],
            false => vec![written, followed],
        }
    }

    /// Whether two values say the same, but for steps that have other names.
    fn is_same(&self, path: &str, before: &Value, after: &Value) -> bool {
        let (one, other) = (before.written(), after.written());
        if one == other {
            return true;
        }
        if matches!(path, "needs" | "since") {
            let names = one.trim_matches(['[', ']']).split(", ");
            let names = names.map(|name| self.followed_name(name));
            return names.collect::<Vec<_>>().join(", ") == other.trim_matches(['[', ']']);
        }
        self.followed(&one) == other
    }

    /// A text with the names that steps have after.
    fn followed(&self, text: &str) -> String {
        with_references(text, &|at: Option<&&'c Named>, name: &str| {
            let named = self.find(at.copied(), name)?;
            Some((named.id().to_owned(), named))
        })
    }

    /// The name of a step, which may lead through groups.
    fn followed_name(&self, name: &str) -> String {
        let mut at = None;
        let parts = name.split('.').map(|part| {
            let named = self.find(at, part);
            at = named;
            named.map_or(part, Named::id)
        });
        parts.collect::<Vec<_>>().join(".")
    }

    /// The step of an id in another, or that it means here.
    fn find(&self, within: Option<&'c Named>, id: &str) -> Option<&'c Named> {
        match within {
            Some(group) => group.find(id),
            None => {
                let around = self.scope.and_then(|scope| scope.find(id));
                around.or_else(|| self.names.and_then(|names| names.find(id)))
            }
        }
    }
}

/// Whether two lists have nothing but scalars and so are best shown whole.
fn are_plain(one: &[Value], other: &[Value]) -> bool {
    let is_plain = |value: &Value| matches!(value.said, Said::Text(_));
    one.iter().chain(other).all(is_plain)
}

/// Where in a text a path of names is.
enum Path<S> {
    /// In none.
    Off,
    /// Behind `steps`.
    Steps,
    /// Behind the name of a step.
    At(S),
}

/// A text with other names in place of some of those on the paths that follow `steps.`: `new` is
/// asked with the step that the path has come to. What stands between brackets is a text of its
/// own.
fn with_references<S>(
    text: &str,
    new: &impl Fn(Option<&S>, &str) -> Option<(String, S)>,
) -> String {
    let part_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut out = String::with_capacity(text.len());
    let mut outer = Vec::new();
    let mut path = Path::Off;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| !part_of_name(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end.max(first.len_utf8()));
        let follows_dot = out.ends_with('.');
        let named = match &path {
            _ if !follows_dot || end == 0 => None,
            Path::Off => None,
            Path::Steps => Some(new(None, word)),
            Path::At(step) => Some(new(Some(step), word)),
        };
        match named {
            Some(Some((name, step))) => {
                out.push_str(&name);
                path = Path::At(step);
            }
            _ => {
                out.push_str(word);
                path = match (word, path) {
                    (".", path) => path,
                    ("[", path) => {
                        outer.push(path);
                        Path::Off
                    }
                    ("]", _) => outer.pop().unwrap_or(Path::Off),
                    ("steps", _) if !follows_dot => Path::Steps,
                    _ => Path::Off,
                };
            }
        }
        rest = tail;
    }
    out
}

/// The names of two lists, in the order of the second; those of the first alone stand behind what
/// they stood behind.
pub(super) fn merged<'n>(before: &[&'n str], after: &[&'n str]) -> Vec<&'n str> {
    let known: BTreeSet<&str> = after.iter().copied().collect();
    let mut seen = BTreeSet::new();
    let (mut first, mut behind): (Vec<&str>, BTreeMap<&str, Vec<&str>>) = Default::default();
    let mut last = None;
    for name in before {
        if known.contains(name) {
            last = Some(*name);
        } else if seen.insert(*name) {
            match last {
                Some(last) => behind.entry(last).or_default().push(name),
                None => first.push(name),
            }
        }
    }
    let mut all = first;
    for name in after {
        all.push(name);
        all.extend(behind.remove(name).unwrap_or_default());
    }
    all
}
