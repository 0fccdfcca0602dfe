//! What a failure means: causes that stand beside a step, and those that stand under a name of
//! their own, for all steps that name them.

mod mistyped;
mod repeated;

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::library::{Library, space, spoken_for};
use super::{define, value};
use crate::document::{Entry, Node};
use crate::keys::{Key, Keys, Takes};
use crate::reader::{self, Reader, UNKNOWN_WORD};
use crate::workflow::Cause;

/// The name of some, or a list of causes and such names.
pub(super) const CAUSES: Takes = Takes::Either(&[
    Takes::List(&Takes::Either(&[Takes::Keys(|| &CAUSE), Takes::Causes])),
    Takes::Causes,
]);

/// Such lists by name.
pub(super) const NAMED: Takes = Takes::Map(&CAUSES);

static CAUSE: Keys<'static> = Keys::table(
    "a cause",
    &[
        Key::new(
            "when",
            Takes::Condition,
            "Holds where this is the cause; it may look at `failure` and `outputs`.",
        )
        .required(),
        Key::new("say", TEXT, "What a person is told.").required(),
        Key::new("remedy", TEXT, "What mends it."),
        Key::new("see", Takes::Texts, "Where more is to be read."),
    ],
)
.called(&[
    ("if", "when"),
    ("message", "say"),
    ("help", "remedy"),
    ("fix", "remedy"),
]);

const TEXT: Takes = Takes::Value(|| Type::Text);

/// The causes that a file names, and under their namespaces those of the files it includes.
#[derive(Default)]
pub(crate) struct Causes {
    named: IndexMap<Name, Vec<Cause>>,
    /// How many of them the files bring that it includes; they are the first.
    included: usize,
}

impl Causes {
    /// Takes up those of a file that is included.
    pub(super) fn include(&mut self, space: &str, other: &Causes) {
        // What that file includes itself is its own affair.
        let own = other.named.iter().skip(other.included);
        let full = own.map(|(name, causes)| (format!("{space}.{name}").into(), causes.clone()));
        self.named.extend(full);
        self.included = self.named.len();
    }
}

impl Library<'_> {
    /// Takes up the `causes:` of a file; each may name those above it. A mistyped name is read as
    /// the one that steps say.
    pub(super) fn causes(&mut self, root: Node<'_>, entry: Entry<'_>, found: &mut Vec<Diagnostic>) {
        let entries = reader::entries(entry.value, "`causes`", found).map(Iterator::collect);
        let entries: Vec<Entry<'_>> = entries.unwrap_or_default();
        let names: Vec<_> = entries.iter().map(|entry| reader::named(*entry)).collect();
        let known = |name: &str| self.causes.named.contains_key(name) || self.types.has_lost(name);
        let meant = mistyped::mistyped(root, &names, known, found);
        for (entry, mut name) in entries.into_iter().zip(names) {
            name.value = meant.get(name.value).copied().unwrap_or(name.value);
            define::dotted_name(name.value, name.span, found);
            if let Some(space) = space(name.value).filter(|it| self.includes.contains_key(*it)) {
                found.push(spoken_for(name.value, space, name.span));
            }
            let causes = causes(entry.value, Some(self), found);
            self.causes.named.insert(name.value.into(), causes);
        }
    }

    /// Whether a scalar is the name of causes, be it a mistyped one.
    fn may_name_causes(&self, node: Node<'_>) -> bool {
        let name = node.text().filter(|_| !node.is_null());
        name.is_some_and(|name| !self.causes.named.is_empty() || self.types.has_lost(name))
    }

    /// Those of a name; of a mistyped one, which is told, those that were meant.
    fn named_causes(&self, node: Node<'_>, found: &mut Vec<Diagnostic>) -> Vec<Cause> {
        let name = node.text().unwrap_or_default();
        if self.types.has_lost(name) {
            return Vec::new();
        }
        let names: Vec<&str> = self.causes.named.keys().map(|name| &**name).collect();
        let mut own = Vec::new();
        let meant = reader::word(node, &names, &mut own);
        match space(name).is_some_and(|space| self.includes.contains_key(space)) {
            true => own.into_iter().for_each(|one| repeated::tell(one, found)),
            false => found.extend(own),
        }
        let causes = meant.and_then(|meant| self.causes.named.get(meant.value));
        causes.cloned().unwrap_or_default()
    }
}

/// The causes of a step or of a name, in the order written.
pub(super) fn causes(
    node: Node<'_>,
    library: Option<&Library<'_>>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Cause> {
    let named = |node: Node<'_>, found: &mut Vec<Diagnostic>| {
        let library = library.filter(|library| library.may_name_causes(node))?;
        Some(library.named_causes(node, found))
    };
    if let Some(causes) = named(node, found) {
        return causes;
    }
    if let Some(told) = no_causes(node) {
        found.push(told);
        return Vec::new();
    }
    let items = reader::items(node, found).map(Iterator::collect);
    let items: Vec<Node<'_>> = items.unwrap_or_default();
    let mut causes = Vec::new();
    for item in items {
        match named(item, found) {
            Some(named) => causes.extend(named),
            None if no_causes(item).is_some() => found.extend(no_causes(item)),
            None => causes.extend(cause(item, found)),
        }
    }
    causes
}

/// A name of causes where none are named.
fn no_causes(node: Node<'_>) -> Option<Diagnostic> {
    let name = node.text().filter(|_| !node.is_null())?;
    let told = Diagnostic::error(&UNKNOWN_WORD, format!("there are no causes `{name}`"));
    let help = "a file names causes under its `causes:`, for itself and for those that include it";
    Some(told.at(node.place(), "unknown causes").help(help))
}

fn cause(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Cause> {
    let mut reader = Reader::new(node, CAUSE, found)?;
    reader.require("when");
    reader.require("say");
    let when = value::condition_of(&mut reader, "when");
    let say = value::of(&mut reader, "say", &Type::Text);
    let remedy = value::of(&mut reader, "remedy", &Type::Text);
    let see = super::names(&mut reader, "see");
    Some(Cause {
        span: node.span(),
        when: when?,
        say: say?,
        remedy,
        see,
    })
}
