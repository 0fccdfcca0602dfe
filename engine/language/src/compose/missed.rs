//! What a patch names and does not find, or finds to be of another form, and what was meant by it.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;

use super::change::Change;
use super::directive::GROWS;
use super::lost::{self, Owner};
use super::patch::{Pair, Patching};
use super::slots::Slots;
use super::steps::id_of;
use super::{PATCH_CLASH, PATCH_HITS_NOTHING};
use crate::document::{Node, Place};
use crate::reader::bare;

/// How many ids are compared before no more is suggested, as for names in expressions.
const COMPARISONS: usize = 400_000;

impl Patching<'_> {
    /// Whether names are still held against each other.
    pub(super) fn compares(&self) -> bool {
        self.compared <= COMPARISONS
    }

    /// Tells that the step that another is to stand beside is not in its list.
    pub(super) fn no_neighbour(&self, slots: &Slots, said: Node<'_>, name: &str) -> Diagnostic {
        let span = bare(said);
        let message = format!("there is no step `{name}` in this list");
        let diagnostic = Diagnostic::error(&PATCH_HITS_NOTHING, message).at(span, "hits nothing");
        let written = (span, &str::to_owned as &dyn Fn(&str) -> String);
        let lost = self.lost.told(
            (&[Owner::step_of(&self.path)], name),
            diagnostic,
            written,
            "name another step",
        );
        let diagnostic = match lost {
            Ok((told, _)) => return told,
            Err(diagnostic) => diagnostic,
        };
        if let Some((old, to)) = self.renames_to(name) {
            return diagnostic
                .at(bare(self.at(to)), "only after this patch")
                .did_you_mean(old, span);
        }
        let near = suggest::all_nearest(name, self.likely(slots));
        match (near.as_slice(), self.holding(slots, name)) {
            (near @ [_, ..], _) => diagnostic.did_you_mean_one_of(near, span),
            ([], Some((group, inner))) => diagnostic
                .at(bare(self.at(inner)), format!("stands in `{group}`"))
                .help(format!("a step beside it is called `{group}.ID`")),
            ([], None) => diagnostic.help("name a step of the same list"),
        }
    }

    /// The group of a list that holds a step of that name, and the scalar that says it there.
    fn holding<'s>(&self, slots: &'s Slots, name: &str) -> Option<(&'s str, Place)> {
        let mut slots = slots.iter().take_while(|_| self.compares());
        slots.find_map(|slot| {
            let body = self.at(slot.node).get("steps")?.value;
            let inner = body.items().find(|item| id_of(*item) == Some(name))?;
            Some((slot.id.as_str(), inner.get("id")?.value.number()))
        })
    }

    /// The ids that are held against one that there is not; none once that was done too often.
    fn likely<'s>(&self, slots: &'s Slots) -> impl Iterator<Item = &'s str> {
        let slots = slots.iter().take_while(|_| self.compares());
        slots.map(|slot| slot.id.as_str())
    }

    /// The step of this list that this patch gives a name to, as it is called until then.
    fn renames_to(&self, name: &str) -> Option<(&str, Place)> {
        let mut path = self.path.clone();
        path.push(name.to_owned());
        let (old, to) = self.new_ids.get(&path)?;
        Some((old.as_str(), *to))
    }

    /// Tells that `address`, the rest of what a change names, leads nowhere from here.
    pub(super) fn no_step(&self, slots: &Slots, change: &Change, address: &str) -> Diagnostic {
        let span = bare(self.at(change.id.value));
        let message = format!("there is no step `{}` to change", change.address);
        let diagnostic = Diagnostic::error(&PATCH_HITS_NOTHING, message).at(span, "hits nothing");
        let outer = &change.address[..change.address.len() - address.len()];
        let (first, rest) = address.split_at(address.find('.').unwrap_or(address.len()));
        let written = |now: &str| format!("{outer}{now}{rest}");
        let lost = self.lost.told(
            (&[Owner::step_of(&self.path)], first),
            diagnostic,
            (span, &written),
            "leave this out",
        );
        match lost {
            Ok((told, _)) => told,
            Err(diagnostic) => self.never_was(slots, change, address, diagnostic),
        }
    }

    /// What may have been meant by an address that nothing ever had.
    fn never_was(
        &self,
        slots: &Slots,
        change: &Change,
        address: &str,
        diagnostic: Diagnostic,
    ) -> Diagnostic {
        let span = bare(self.at(change.id.value));
        let outer = &change.address[..change.address.len() - address.len()];
        let (first, rest) = address.split_at(address.find('.').unwrap_or(address.len()));
        if let Some((old, to)) = self.renames_to(first) {
            return diagnostic
                .at(bare(self.at(to)), "only after this patch")
                .did_you_mean(&format!("{outer}{old}{rest}"), span);
        }
        let near = suggest::all_nearest(first, self.likely(slots)).into_iter();
        let near: Vec<String> = near.map(|near| format!("{outer}{near}{rest}")).collect();
        if !near.is_empty() {
            let near: Vec<&str> = near.iter().map(String::as_str).collect();
            return diagnostic.did_you_mean_one_of(&near, span);
        }
        let inside = self.holding(slots, first);
        let inside = inside.map(|(group, _)| format!("{outer}{group}.{address}"));
        match inside {
            Some(address) => diagnostic.did_you_mean(&address, span),
            None if change.may_be_new() => {
                if let Some(place) = self.without_sign(slots, change) {
                    let told = diagnostic.help("a directive begins with `$`");
                    return told.fix(Fix::replace("put `$` before it", place.before(), "$"));
                }
                let last = slots.last().map_or("ID", |at| slots.at(at).id.as_str());
                let told = diagnostic.help(format!(
                    "a new step says where it belongs: `$after: {last}`"
                ));
                match self.put_after(change, last) {
                    Some(fix) => told.fix(fix),
                    None => told,
                }
            }
            None => diagnostic.help("leave it out, or say `$optional: true`"),
        }
    }

    /// Tells that what a directive is said of is not there.
    pub(super) fn no_key(&self, entries: &[Pair], change: &Pair) -> Diagnostic {
        let name = &change.name;
        let span = bare(self.at(change.key));
        let message = match self.path.split_last() {
            Some((_, [])) | None => format!("there is no `{name}` to change"),
            Some((_, above)) => format!("`{}` has no `{name}` to change", above.join(".")),
        };
        let diagnostic = Diagnostic::error(&PATCH_HITS_NOTHING, message).at(span, "hits nothing");
        if let Some(by) = self.document.taken_out(&self.path) {
            return lost::taken_out(
                diagnostic,
                self.at(by),
                "say `$optional: true` beside the directive",
            );
        }
        let known = entries.iter().map(|pair| pair.name.as_str());
        match suggest::all_nearest(name, known).as_slice() {
            [] => diagnostic.help("leave it out, or say `$optional: true` beside the directive"),
            near => diagnostic.did_you_mean_one_of(near, span),
        }
    }

    /// That an input is changed which another file took out: a whole new one says its type.
    pub(super) fn half_an_input(&self, change: &Pair) -> Option<Diagnostic> {
        Owner::input_at(&self.path)?;
        let by = self.document.taken_out(&self.path)?;
        let value = self.at(change.value);
        if !value.is_map() || value.get("type").is_some() {
            return None;
        }
        let message = format!("there is no input `{}` to change", change.name);
        let told = Diagnostic::error(&PATCH_HITS_NOTHING, message);
        let told = told.at(bare(self.at(change.key)), "hits nothing");
        Some(lost::taken_out(told, self.at(by), "leave this out"))
    }

    /// Where a new step says its place by a word that lacks its `$`: `after: ID`.
    fn without_sign(&self, slots: &Slots, change: &Change) -> Option<Span> {
        let says_place = |pair: &&Pair| match pair.name.as_str() {
            "first" | "last" => self.at(pair.value).text() == Some("true"),
            "after" | "before" => {
                let id = self.at(pair.value).text();
                id.is_some_and(|id| slots.find(id).is_some())
            }
            _ => false,
        };
        let pair = change.content.iter().find(says_place)?;
        Some(bare(self.at(pair.key)))
    }

    /// Gives a place to what is a whole step.
    fn put_after(&self, change: &Change, last: &str) -> Option<Fix> {
        let is_whole = |pair: &Pair| matches!(pair.name.as_str(), "uses" | "steps");
        change.content.iter().find(|pair| is_whole(pair))?;
        let (key, id) = (self.at(change.id.key), self.at(change.id.value));
        let before = key.line_before();
        let text = match before.contains('{') {
            true => format!(", $after: {last}"),
            false => format!("\n{}$after: {last}", " ".repeat(before.chars().count())),
        };
        let title = format!("put it after `{last}`");
        Some(Fix::replace(title, id.span().after(), text).by_choice())
    }

    pub(super) fn no_group(&self, group: Place, change: &Change) -> Diagnostic {
        let node = self.at(group);
        let id = id_of(node).unwrap_or_default();
        let span = bare(self.at(change.id.value));
        let message = format!("`{id}` holds no steps of its own");
        let says = node.get("uses").or_else(|| node.get("id"));
        let diagnostic = Diagnostic::error(&PATCH_CLASH, message)
            .at(span, "would be in it")
            .at(bare(says.map_or(node, |says| says.value)), "no group");
        let uses = node.get("uses").and_then(|entry| entry.value.text());
        let is_own = |uses: &str| self.defines(uses);
        diagnostic.help(match uses {
            Some(uses) if is_own(uses) => {
                format!(
                    "its steps are those of `{uses}`: patch `define: {{{uses}: {{steps: ..}}}}`"
                )
            }
            Some(uses) if uses.contains('/') => format!(
                "its steps are those of `{uses}`: an overlay whose `applies_to:` names that \
                 workflow reaches them"
            ),
            Some(uses) if uses.contains('.') => format!(
                "its steps are those of `{uses}`, which a patch of this workflow does not reach: \
                 give it inputs, or put a step of your own in its place by `$replace: true`"
            ),
            _ => "name a step of the list itself".to_owned(),
        })
    }
}

/// `$append` or `$prepend`, as `by` says it, of what is no list.
pub(super) fn no_list(old: Node<'_>, by: Node<'_>) -> Diagnostic {
    let message = format!("only a list grows, and this is {}", old.found());
    let told = Diagnostic::error(&PATCH_CLASH, message);
    let word = by.entries().find(|entry| GROWS.contains(&entry.name()));
    let told = match word {
        Some(word) => told.at(bare(word.key), "would grow"),
        None => told,
    };
    told.at(old.place(), "no list")
        .help("say `{$replace: ..}`, or leave the directive out")
}

/// What stands behind one of those and is no list.
pub(super) fn no_items(node: Node<'_>) -> Diagnostic {
    let message = format!("a list grows by a list, and this is {}", node.found());
    let told = Diagnostic::error(&PATCH_CLASH, message).at(node.place(), "no list");
    match node.text() {
        Some(_) if !node.is_null() && node.written().lines().count() == 1 => {
            told.fix(Fix::replace(
                "put it into brackets",
                node.place(),
                format!("[{}]", node.written()),
            ))
        }
        _ => told.help("write its items in brackets"),
    }
}
