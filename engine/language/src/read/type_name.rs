//! The names of types as `inputs:` and `vars:` write them: `host`, `list<host>`, `duration`; and
//! those that a file names itself under `types:`.

use std::collections::BTreeSet;
use std::ops::Range;

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::{suggest, words as english};
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::library::{space, spoken_for};
use super::prose::prose;
use super::{NAME_TAKEN, define, inputs};
use crate::document::Node;
use crate::keys::{Key, Keys, Takes, words};
use crate::reader::{self, Reader};
use crate::workflow::VarDeclaration;

/// The plain types by name.
const NAMES: &[(&str, Type)] = &[
    ("text", Type::Text),
    ("int", Type::Int),
    ("number", Type::Number),
    ("bool", Type::Bool),
    ("host", Type::Host),
    ("secret", Type::Secret),
    ("duration", Type::Duration),
    ("version", Type::Version),
    ("path", Type::Path),
    ("pattern", Type::Pattern),
    ("time", Type::Moment),
    ("any", Type::Any),
];

/// The names of the plain types; `list<..>` and `map<..>` of them are types too.
#[must_use]
pub fn type_names() -> Vec<&'static str> {
    words(NAMES)
}

/// How many lists and maps within each other a type may be: whoever looks into one goes as deep.
const DEPTH: usize = 16;

/// A type with the variables of its hosts.
#[derive(Clone)]
pub(crate) struct Typed {
    pub(crate) kind: Type,
    pub(crate) vars: IndexMap<Name, VarDeclaration>,
}

/// The types that a file names, and under their namespaces those of the files it includes.
#[derive(Clone, Default)]
pub(crate) struct Types {
    named: IndexMap<Name, Typed>,
    /// How many of them the files bring that it includes; they are the first.
    included: usize,
    /// The namespaces of the files that it includes.
    spaces: BTreeSet<Name>,
    /// The namespaces of files that cannot be read, which has been told.
    lost: BTreeSet<Name>,
    /// Whether one of them may have any name.
    lost_any: bool,
}

/// The name of a type, or more about it.
pub(super) const TAKES: Takes =
    Takes::Map(&Takes::Either(&[Takes::TypeName, Takes::Keys(|| &TYPE)]));

static TYPE: Keys<'static> = Keys::table(
    "a named type",
    &[
        Key::new("type", Takes::TypeName, "What it is a name for.").required(),
        Key::new(
            "vars",
            inputs::VARS,
            "The variables that are read of its hosts: for each a type, and perhaps a default.",
        ),
        Key::new("doc", Takes::Text, "What it is for."),
    ],
)
.called(&[("description", "doc"), ("variables", "vars")]);

impl Types {
    /// Takes up `types:` of a file; each may use those above it.
    pub(super) fn read(&mut self, node: Node<'_>, found: &mut Vec<Diagnostic>) {
        let entries = reader::entries(node, "`types`", found).map(Iterator::collect);
        let entries: Vec<crate::document::Entry<'_>> = entries.unwrap_or_default();
        for entry in entries {
            let name = reader::named(entry);
            if NAMES.iter().any(|(known, _)| *known == name.value) {
                found.push(taken(name.value, name.span));
                continue;
            }
            define::dotted_name(name.value, name.span, found);
            if let Some(space) = space(name.value).filter(|space| self.has_space(space)) {
                found.push(spoken_for(name.value, space, name.span));
            }
            let typed = self.one(entry.value, found);
            self.named.insert(name.value.into(), typed);
        }
    }

    fn one(&self, node: Node<'_>, found: &mut Vec<Diagnostic>) -> Typed {
        if node.text().is_some() {
            return type_name(node, self, found);
        }
        let nothing = Typed {
            kind: Type::Any,
            vars: IndexMap::new(),
        };
        let Some(mut reader) = Reader::new(node, TYPE, found) else {
            return nothing;
        };
        let mut typed = match reader.require("type") {
            Some(node) => type_name(node, self, reader.found()),
            None => nothing,
        };
        prose(&mut reader, "doc");
        if let Some(entry) = reader.take("vars") {
            typed
                .vars
                .extend(inputs::vars(entry.value, self, reader.found()));
        }
        typed
    }

    /// Notes that an included file cannot be read, which has this name here, or nobody knows which:
    /// what it would have brought is not missed.
    pub(super) fn lose(&mut self, space: Option<Name>) {
        match space {
            Some(space) => drop(self.lost.insert(space)),
            None => self.lost_any = true,
        }
    }

    /// Whether a name is one of those that a file would have brought which cannot be read, perhaps
    /// since its path, of which it has its name here, is misspelt.
    pub(super) fn has_lost(&self, name: &str) -> bool {
        let space = name.split_once('.').map(|(space, _)| space);
        let is_near = |space| {
            let lost = self.lost.iter().map(|lost| &**lost);
            !self.spaces.contains(space) && suggest::nearest(space, lost).is_some()
        };
        space.is_some_and(|space| self.lost_any || self.lost.contains(space) || is_near(space))
    }

    /// Takes up the types of a file that is included.
    pub(super) fn include(&mut self, space: &str, other: &Types) {
        // What that file includes itself is its own affair.
        let own = other.named.iter().skip(other.included);
        let full = own.map(|(name, typed)| (format!("{space}.{name}").into(), typed.clone()));
        self.named.extend(full);
        self.included = self.named.len();
        self.spaces.insert(space.into());
    }

    /// Whether a file is included under this name and brings types.
    fn has_space(&self, wanted: &str) -> bool {
        let included = self.named.keys().take(self.included);
        included
            .filter_map(|name| space(name))
            .any(|it| it == wanted)
    }
}

fn taken(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(&NAME_TAKEN, format!("there is a type `{name}` already"))
        .at(span, "taken")
        .help("give it a name of its own")
}

/// The type that a scalar names; any type where it names none, which is told.
pub(super) fn type_name(node: Node<'_>, types: &Types, found: &mut Vec<Diagnostic>) -> Typed {
    let mut naming = Naming {
        node,
        types,
        vars: IndexMap::new(),
        found,
    };
    let kind = naming.whole();
    let vars = naming.vars;
    Typed { kind, vars }
}

/// A scalar that names a type.
struct Naming<'n, 'd> {
    node: Node<'d>,
    types: &'n Types,
    vars: IndexMap<Name, VarDeclaration>,
    found: &'n mut Vec<Diagnostic>,
}

impl Naming<'_, '_> {
    fn whole(&mut self) -> Type {
        if self.node.is_list() {
            self.found.push(self.listed());
            return Type::Any;
        }
        if let Some(told) = self.mapped() {
            self.found.push(told);
            return Type::Any;
        }
        let Some(text) = reader::text(self.node, self.found) else {
            return Type::Any;
        };
        if text.value.matches('<').count() > DEPTH {
            let message = format!("a type is at most {DEPTH} lists and maps deep");
            let diagnostic = Diagnostic::error(&reader::WRONG_TYPE, message);
            self.found.push(diagnostic.at(text.span, "is deeper"));
            return Type::Any;
        }
        self.within(text.value, 0..text.value.len())
    }

    /// The type named by a part of the text.
    fn within(&mut self, text: &str, range: Range<usize>) -> Type {
        let part = &text[range.clone()];
        let start = range.start + part.len() - part.trim_start().len();
        let range = start..start + part.trim().len();
        let part = part.trim();
        let Some(open) = part.find('<') else {
            return self.plain(part, range);
        };
        let outer = start..start + open;
        let inner = outer.end + 1..range.end - usize::from(part.ends_with('>'));
        if !part.ends_with('>') {
            let message = format!("`{part}` has no closing `>`");
            let span = self.node.part(range.clone());
            let diagnostic = Diagnostic::error(&reader::WRONG_TYPE, message);
            let fix = Fix::replace("close it with `>`", span.after(), ">");
            self.found
                .push(diagnostic.at(span, "never closed").fix(fix));
        }
        let names = ["list", "map"];
        let name = part[..open].trim();
        let known = names.iter().find(|known| **known == name).copied();
        let near = known.or_else(|| {
            self.unknown(name, outer, &suggest::all_nearest(name, names), &names);
            suggest::only_nearest(name, names)
        });
        let of = self.within(text, inner);
        match near {
            Some("list") => Type::list(of),
            Some(_) => Type::map(of),
            None => Type::Any,
        }
    }

    fn is_known(&self, name: &str) -> bool {
        type_names().contains(&name) || self.types.named.contains_key(name)
    }

    /// A list where a type is named: words that are possible, or the type of the items of one.
    fn listed(&self) -> Diagnostic {
        let node = self.node;
        let mut items = node.items().map(|item| item.text());
        let (only, more) = (items.next().flatten(), items.next());
        match only.filter(|only| more.is_none() && self.is_known(only)) {
            Some(of) => no_name(node).did_you_mean(&format!("list<{of}>"), node.span()),
            None => no_name(node).help(format!("{NO_CHOICES}, and the type of words is `text`")),
        }
    }

    /// `{list: text}`, where the name of a type belongs.
    fn mapped(&self) -> Option<Diagnostic> {
        let node = self.node;
        let mut entries = node.entries();
        let (only, None) = (entries.next()?, entries.next()) else {
            return None;
        };
        let of = only.value.text().filter(|of| self.is_known(of))?;
        let outer = ["list", "map"]
            .into_iter()
            .find(|outer| *outer == only.name())?;
        Some(no_name(node).did_you_mean(&format!("{outer}<{of}>"), node.span()))
    }

    fn plain(&mut self, name: &str, range: Range<usize>) -> Type {
        if let Some(kind) = self.known(name) {
            return kind;
        }
        if matches!(name, "list" | "array") {
            self.unknown(name, range, &["list<text>", "list<host>"], &[]);
            return Type::list(Type::Any);
        }
        if let Some(meant) = elsewhere(name) {
            self.unknown(name, range, &[&meant], &[]);
            return self.silently(&meant);
        }
        let named = self.types.named.keys().map(|name| &**name);
        let names: Vec<&str> = type_names().into_iter().chain(named).collect();
        let near = suggest::all_nearest(name, names.iter().copied());
        self.unknown(name, range, &near, &names);
        match near.as_slice() {
            [only] => self.known(only).unwrap_or(Type::Any),
            _ => Type::Any,
        }
    }

    /// The type that a text names, of whose own mistakes nothing is said.
    fn silently(&mut self, text: &str) -> Type {
        let told = self.found.len();
        let kind = self.within(text, 0..text.len());
        self.found.truncate(told);
        kind
    }

    fn known(&mut self, name: &str) -> Option<Type> {
        if let Some((_, kind)) = NAMES.iter().find(|(known, _)| *known == name) {
            return Some(kind.clone());
        }
        if self.types.has_lost(name) {
            return Some(Type::Any);
        }
        let typed = self.types.named.get(name)?;
        self.vars.extend(typed.vars.clone());
        Some(typed.kind.clone())
    }

    fn unknown(&mut self, name: &str, range: Range<usize>, near: &[&str], possible: &[&str]) {
        let span = self.node.part(range);
        let message = format!("`{name}` is no type");
        let diagnostic = Diagnostic::error(&super::UNKNOWN_TYPE, message).at(span, "unknown type");
        self.found.push(match near {
            [_, ..] => diagnostic.did_you_mean_one_of(near, span),
            [] => {
                let plain = possible.contains(&"text");
                let more = if plain {
                    "; `list<..>` and `map<..>` hold such"
                } else {
                    ""
                };
                diagnostic.help(format!("a type is {}{more}", english::or_list(possible)))
            }
        });
    }
}

/// Why a type is no list of the words that are possible.
pub(super) const NO_CHOICES: &str =
    "no type lists words: a first step that uses `assert` can refuse others";

fn no_name(node: Node<'_>) -> Diagnostic {
    let message = format!("expected the name of a type, found {}", node.found());
    Diagnostic::error(&reader::WRONG_TYPE, message).at(node.place(), "is no type")
}

/// Types of other languages, and what they are called here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("string", "text"),
    ("str", "text"),
    ("integer", "int"),
    ("boolean", "bool"),
    ("float", "number"),
    ("double", "number"),
    ("timestamp", "time"),
    ("datetime", "time"),
    ("password", "secret"),
    ("hostname", "host"),
    ("regex", "pattern"),
    ("strings", "list<text>"),
    ("hosts", "list<host>"),
    ("map", "map<text>"),
    ("object", "map<any>"),
];

/// Longer names are no types of any language.
const LONGEST: usize = 64;

/// What a type of another language is called here: `string`, `[]host`, `host[]`.
fn elsewhere(name: &str) -> Option<String> {
    if name.len() > LONGEST {
        return None;
    }
    let of = name.strip_prefix("[]").or_else(|| name.strip_suffix("[]"));
    if let Some(of) = of.filter(|of| !of.is_empty()) {
        return Some(format!("list<{}>", elsewhere(of).unwrap_or(of.to_owned())));
    }
    let bracketed = |open: char, close: char| name.strip_suffix(close)?.split_once(open);
    if let Some((outer, of)) = bracketed('[', ']').or_else(|| bracketed('(', ')')) {
        let outer = match outer.to_ascii_lowercase().as_str() {
            "" | "array" | "list" | "sequence" | "set" => "list",
            "map" | "dict" | "object" => "map",
            _ => return None,
        };
        let of = of.rsplit(',').next().unwrap_or(of).trim();
        return Some(format!(
            "{outer}<{}>",
            elsewhere(of).unwrap_or(of.to_owned())
        ));
    }
    let found = ELSEWHERE.iter().find(|(other, _)| *other == name);
    found.map(|(_, ours)| (*ours).to_owned())
}
