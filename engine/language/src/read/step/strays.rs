//! Keys of a step that stand in its `with:`, and input of its kind that stands at the step: each
//! told once, with the change that moves it.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::words;
use runsheet_step::shape::Field;

use super::super::foreach;
use super::keys::STEP;
use super::one_host;
use crate::document::layout::{Layout, between, on_a_new_line};
use crate::document::{Entry, Node};
use crate::expression::Template;
use crate::expression::template::hole;
use crate::reader::{Reader, UNKNOWN_KEY, bare};

/// What stands in a wrong place of a step.
#[derive(Default)]
pub(in crate::read) struct Strays<'d> {
    /// Input of the kind, at the step.
    inputs: Vec<Entry<'d>>,
    /// Keys of the step, in `with:`.
    keys: Vec<Entry<'d>>,
    /// Several hosts where one belongs.
    hosts: Option<Entry<'d>>,
    /// What other tools call `foreach:`.
    looped: Option<Entry<'d>>,
}

impl<'d> Strays<'d> {
    /// Looks for them; `fields` gives the input of what is called, where that is known, and is
    /// only asked if something may be wrong.
    pub(super) fn of(step: Node<'d>, fields: impl FnOnce(&'d str) -> Option<Vec<Field>>) -> Self {
        let with = step.get("with").map(|entry| entry.value);
        let inner = with.into_iter().flat_map(Node::entries);
        let keys: Vec<Entry<'d>> = inner.filter(|entry| is_key(*entry)).collect();
        let inputs: Vec<Entry<'d>> = step
            .entries()
            .filter(|entry| is_strange(step, *entry))
            .collect();
        let others = Self {
            hosts: one_host::listed(step),
            looped: foreach::called(step),
            ..Self::default()
        };
        let kind = step.get("uses").and_then(|uses| uses.value.text());
        let kind = kind.filter(|_| !keys.is_empty() || !inputs.is_empty());
        let Some(fields) = kind.and_then(fields) else {
            return others;
        };
        let is_field = |entry: &Entry<'_>| fields.iter().any(|field| *field.name == *entry.name());
        Self {
            inputs: inputs.into_iter().filter(is_field).collect(),
            keys: keys.into_iter().filter(|entry| !is_field(entry)).collect(),
            ..others
        }
    }

    /// What the reader of `with:` has no more to tell of.
    pub(in crate::read) fn told(&self) -> Vec<&'d str> {
        let all = self.inputs.iter().chain(&self.keys);
        all.map(|entry| entry.name()).collect()
    }

    /// Whether input stands at the step.
    pub(in crate::read) fn has_inputs(&self) -> bool {
        !self.inputs.is_empty()
    }

    /// Has the step read what stands elsewhere, and tells of its keys in `with:`. A step in a map
    /// has its id as its key there.
    pub(super) fn adopt(&self, step: &mut Reader<'d, '_>, id: Option<Node<'d>>) {
        if let Some(hosts) = self.hosts {
            step.forget(hosts.name());
        }
        if let Some(key) = id.filter(|_| !step.has("id")) {
            step.adopt("id", Entry { key, value: key });
        }
        for entry in &self.keys {
            let node = step.node();
            tell_key(node, *entry, step.found());
            if !step.has(entry.name()) {
                step.adopt(entry.name(), *entry);
            }
        }
    }

    /// Where the step acts, if that has been told to be wrong.
    pub(super) fn host(&self) -> Option<Template> {
        self.hosts.map(|hosts| hole(hosts.value))
    }

    /// The names of what the reader of the step has no more to tell of.
    pub(super) fn names(&self) -> Vec<&'d str> {
        let inputs = self.inputs.iter().copied();
        let all = inputs.chain(self.hosts).chain(self.looped);
        all.map(|entry| entry.name()).collect()
    }

    /// Tells of what stands at the step.
    pub(super) fn tell(&self, step: Node<'d>, found: &mut Vec<Diagnostic>) {
        found.extend(self.hosts.map(|hosts| one_host::told(step, hosts)));
        self.tell_inputs(step, found);
    }

    /// Tells of the inputs at the step, all at once.
    fn tell_inputs(&self, step: Node<'d>, found: &mut Vec<Diagnostic>) {
        let names = self.inputs.iter().map(|entry| entry.name());
        let message = match self.inputs.as_slice() {
            [] => return,
            [one] => format!("`{}` is no key of a step", one.name()),
            _ => format!("{} are no keys of a step", words::and_list(names)),
        };
        let kind = step.get("uses").and_then(|uses| uses.value.text());
        let label = format!("input of `{}`", kind.unwrap_or_default());
        let told = Diagnostic::error(&UNKNOWN_KEY, message);
        let told = self
            .inputs
            .iter()
            .fold(told, |told, entry| told.at(bare(entry.key), label.clone()));
        let told = told.help("what the kind takes stands under `with:`");
        found.push(match into_with(step, &self.inputs) {
            Some(fix) => told.fix(fix),
            None => told,
        });
    }
}

/// Tells of a key of the step that stands in `with:`.
fn tell_key(step: Node<'_>, entry: Entry<'_>, found: &mut Vec<Diagnostic>) {
    let name = entry.name();
    let kind = step.get("uses").and_then(|uses| uses.value.text());
    let kind = kind.unwrap_or_default();
    let message = format!("`{name}` is a key of the step, and no input of `{kind}`");
    let told = Diagnostic::error(&UNKNOWN_KEY, message).at(bare(entry.key), "not here");
    let has_own = step.get(name).is_some();
    let fix = out_of_with(step, entry).filter(|_| !has_own);
    let told = told.help(match has_own {
        true => "the step says it too: leave one of the two out",
        false => "move it out of `with:`",
    });
    found.push(match fix {
        Some(fix) => told.fix(fix),
        None => told,
    });
}

/// Whether an entry has the name of a key of steps, and of nothing else that is common.
fn is_key(entry: Entry<'_>) -> bool {
    STEP.knows(entry.name()) && !matches!(entry.name(), "id" | "doc" | "see" | "uses" | "with")
}

/// Whether an entry is no key of a step, nor another tool's word for one that is free.
fn is_strange(step: Node<'_>, entry: Entry<'_>) -> bool {
    let name = entry.name();
    let called = STEP.called.iter().find(|(other, _)| *other == name);
    let is_called = called.is_some_and(|(_, ours)| step.get(ours).is_none());
    !STEP.knows(name) && !is_called
}

/// Puts inputs into the `with:` of their step, or makes one of them.
fn into_with(step: Node<'_>, inputs: &[Entry<'_>]) -> Option<Fix> {
    let (own, first) = (Layout::of(step)?, *inputs.first()?);
    let title = "move it into `with:`";
    let written = |into| {
        let texts = inputs.iter().map(|entry| own.text(*entry, into));
        texts.collect::<Option<Vec<String>>>()
    };
    let Some(with) = step.get("with") else {
        let written = written(own)?;
        let text = if own.is_flow {
            format!("with: {{{}}}", written.join(", "))
        } else {
            let deeper = format!("{}  ", on_a_new_line(first)?);
            format!("with:{deeper}{}", written.join(&deeper))
        };
        let fix = Fix::replace(title, first.span(), text);
        return own.without(fix, &inputs[1..]);
    };
    let into = Layout::of(with.value)?;
    let (place, text) = into.before(with.value.entries().next()?, &written(into)?)?;
    let fix = Fix::replace(title, place, text);
    (place.source == step.span().source)
        .then(|| own.without(fix, inputs))
        .flatten()
}

/// Puts a key before the `with:` that it stands in, or into its place if it is all of it.
fn out_of_with(step: Node<'_>, entry: Entry<'_>) -> Option<Fix> {
    let with = step.get("with")?;
    let (outer, inner) = (Layout::of(step)?, Layout::of(with.value)?);
    let title = format!("move `{}` out of `with:`", entry.name());
    let written = inner.text(entry, outer)?;
    if with.value.entries().len() == 1 {
        let head = between(with.key, entry.key)?.trim_start_matches([':', '{', ' ', '\n']);
        return head
            .is_empty()
            .then(|| Fix::replace(title, with.span(), written));
    }
    let (place, text) = outer.before(with, &[written])?;
    inner.without(Fix::replace(title, place, text), &[entry])
}
