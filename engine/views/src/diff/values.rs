//! Values that are others after.

use serde::Serialize;

use super::matching::{Block, Renames};
use super::said::{Place, Said, Value};

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
    /// Where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_at: Option<Place>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_at: Option<Place>,
}

/// The values of two blocks that are not the same, those of their steps left out.
pub(super) fn of_blocks(before: &Block, after: &Block, renames: &Renames) -> Vec<Change> {
    let mut comparing = Comparing {
        renames,
        out: Vec::new(),
    };
    comparing.maps("", &before.values, &after.values);
    comparing.out
}

/// A text without the names of the steps that it refers to.
pub(super) fn masked(text: &str) -> String {
    with_references(text, |_| Some("?".to_owned()))
}

struct Comparing<'c> {
    renames: &'c Renames,
    out: Vec<Change>,
}

impl Comparing<'_> {
    /// In the order of the map after; what is gone stands behind what it stood behind.
    fn maps(&mut self, path: &str, before: &[(String, Value)], after: &[(String, Value)]) {
        let names = |entries: &[(String, Value)]| -> Vec<String> {
            entries.iter().map(|(name, _)| name.clone()).collect()
        };
        let find = |entries: &[(String, Value)], name: &str| -> Option<Value> {
            let found = entries.iter().find(|(other, _)| other == name);
            found.map(|(_, value)| value.clone())
        };
        for name in merged(&names(before), &names(after)) {
            let path = match path {
                "" => name.clone(),
                path => format!("{path}.{name}"),
            };
            self.values(
                &path,
                find(before, &name).as_ref(),
                find(after, &name).as_ref(),
            );
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
        let mut left: Vec<&Value> = after.iter().collect();
        for (at, one) in before.iter().enumerate() {
            let same = left.iter().position(|other| self.is_same("", one, other));
            match same {
                Some(same) => drop(left.remove(same)),
                None => self.values(&format!("{path}[{at}]"), Some(one), None),
            }
        }
        for one in left {
            let at = after.iter().position(|other| std::ptr::eq(one, other));
            let at = at.unwrap_or_default();
            self.values(&format!("{path}[{at}]"), None, Some(one));
        }
    }

    /// Whether two values say the same, but for steps that have other names.
    fn is_same(&self, path: &str, before: &Value, after: &Value) -> bool {
        let (one, other) = (before.written(), after.written());
        if one == other {
            return true;
        }
        if self.renames.is_empty() {
            return false;
        }
        let renamed = |name: &str| self.renames.get(name).cloned();
        if matches!(path, "needs" | "since") {
            let names = one.trim_matches(['[', ']']).split(", ");
            let names = names.map(|name| renamed(name).unwrap_or_else(|| name.to_owned()));
            return names.collect::<Vec<_>>().join(", ") == other.trim_matches(['[', ']']);
        }
        with_references(&one, renamed) == other
    }
}

/// Whether two lists have nothing but scalars and so are best shown whole.
fn are_plain(one: &[Value], other: &[Value]) -> bool {
    let is_plain = |value: &Value| matches!(value.said, Said::Text(_));
    one.iter().chain(other).all(is_plain)
}

/// A text with other names in place of some of those on the paths that follow `steps.`. What
/// stands between brackets is a text of its own.
fn with_references(text: &str, new: impl Fn(&str) -> Option<String>) -> String {
    let part_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut out = String::with_capacity(text.len());
    let mut outer = Vec::new();
    let mut on_path = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| !part_of_name(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end.max(first.len_utf8()));
        let follows_dot = out.ends_with('.');
        match word {
            name if on_path && follows_dot && end > 0 => {
                out.push_str(new(name).as_deref().unwrap_or(name));
            }
            other => {
                out.push_str(other);
                match other {
                    "." => {}
                    "[" => outer.push(std::mem::take(&mut on_path)),
                    "]" => on_path = outer.pop().unwrap_or_default(),
                    other => on_path = other == "steps" && !follows_dot,
                }
            }
        }
        rest = tail;
    }
    out
}

/// The names of two lists, in the order of the second; those of the first alone stand behind what
/// they stood behind.
pub(super) fn merged(before: &[String], after: &[String]) -> Vec<String> {
    let mut all = after.to_vec();
    for (at, name) in before.iter().enumerate() {
        if all.contains(name) {
            continue;
        }
        let behind = before[..at].iter().rev();
        let behind = behind
            .filter_map(|name| all.iter().position(|other| other == name))
            .next();
        all.insert(behind.map_or(0, |behind| behind + 1), name.clone());
    }
    all
}
