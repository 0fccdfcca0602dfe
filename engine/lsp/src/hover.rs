//! What stands under the cursor, in words: a key, a kind, a name in an expression, a function, a
//! host; with the place that says it.

mod named;

use std::ops::Range;

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};
use runsheet_language::compose::paths;
use runsheet_language::expression::functions;
use runsheet_step::shape::{Field, HostNeed, Shape};

use crate::called::called;
use crate::pieces::{pieces, plain};
use crate::position::{Encoding, Text};
use crate::provenance::{self, address};
use crate::scope::{Link, Seen};
use crate::session::Session;
use crate::steps::Scope;
use crate::store::names_file;
use crate::symbol::{Gathered, Owner, Symbol};
use crate::tree::{Hit, Id, Tree};
use crate::uri;
use crate::wants::{Known, Sort, told};

/// What stands at a place, in words.
pub(crate) fn hover(session: &Session, asked: HoverParams) -> Option<Hover> {
    let place = asked.text_document_position_params;
    let path = uri::path(&place.text_document.uri)?;
    let text = session.store.text(&path)?;
    let tree = Tree::parse(text.get().clone());
    let byte = session.byte(&text, place.position);
    let gathered = Gathered::of(&path, &tree, &session.store, session.tables(&path));
    let pointed = Pointed {
        session,
        gathered: &gathered,
        byte,
    };
    let (words, range) = pointed.told()?;
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: words,
        }),
        range: Some(text.places(&range, session.encoding)),
    })
}

struct Pointed<'p> {
    session: &'p Session,
    gathered: &'p Gathered<'p>,
    byte: usize,
}

type Answer = Option<(String, Range<usize>)>;

impl Pointed<'_> {
    fn told(&self) -> Answer {
        let tree = self.gathered.tree;
        match tree.at(self.byte)? {
            Hit::Key(id) => {
                let known = self.session.tables_of(self.gathered.path).known(tree, id)?;
                let range = tree.node(id).key.clone()?;
                if let Some(words) = self.of_name(id) {
                    return Some((words, range));
                }
                let words = key(&known, self.value(id));
                Some((with(words, self.provenance(id)), range))
            }
            Hit::Value(id) => self.in_expression(id).or_else(|| self.value_of(id)),
        }
    }

    /// What is written under a key, if it is one line.
    fn value(&self, id: Id) -> Option<&str> {
        let tree = self.gathered.tree;
        tree.scalar(id)
            .filter(|text| !text.is_empty() && !text.contains('\n'))
    }

    fn in_expression(&self, id: Id) -> Answer {
        let tree = self.gathered.tree;
        let wants = self.session.tables(self.gathered.path).at(tree, id);
        let mut pieces = pieces(tree, id, wants.as_ref()).into_iter();
        let piece = pieces.find(|piece| piece.start <= self.byte && self.byte <= piece.end)?;
        let text = plain(tree, id, &piece);
        let (word, links) = chain(&text, self.byte - piece.start)?;
        let range = piece.start + word.start..piece.start + word.end;
        let name = &text[word.clone()];
        let calls = text[word.end..].trim_start().starts_with('(');
        if let Some(function) = functions::find(name).filter(|_| calls) {
            return Some((of_function(function), range));
        }
        let found = Seen::from(self.session, self.gathered, id).follow(&links)?;
        let detail = match found.detail.as_str() {
            "" => String::new(),
            detail => format!(": {detail}"),
        };
        let mut words = format!("`{name}`{detail}");
        if !found.doc.is_empty() {
            words = with(words, Some(found.doc));
        }
        words = with(words, self.defined());
        Some((with(words, self.input(id, &links)), range))
    }

    /// A scalar: a kind, a step, a host, or a value of which the key says what it means.
    fn value_of(&self, id: Id) -> Answer {
        let tree = self.gathered.tree;
        // What is pointed at in a map or list, and in nothing in it, is a comment or a bracket.
        tree.scalar(id)?;
        let known = self.session.tables_of(self.gathered.path).known(tree, id)?;
        let range = tree.node(id).span.clone();
        let Some(named) = self.gathered.at(self.byte) else {
            if let Some(words) = self.workflows(id) {
                return Some((words, range));
            }
            return Some((with(key(&known, None), self.provenance(id)), range));
        };
        let words = match &named.symbol {
            Symbol::Kind(name) => {
                let kind = self.session.kinds_of(self.gathered.path).kind(name)?;
                of_kind(name, kind.shape())
            }
            Symbol::Host(name) => self.host(name)?,
            Symbol::Lock(name) => format!("`{name}`: a lock, which one step at a time holds"),
            Symbol::Define(file, name) => self.called(tree.scalar(id)?, file, Some(name))?,
            Symbol::File(path) if tree.key(id) == Some("uses") => {
                let name = tree.scalar(id)?;
                let inner = name.split_once('.').map(|(_, inner)| inner);
                let define = inner.filter(|_| !names_file(tree, id));
                self.called(name, path, define)?
            }
            Symbol::File(path) => self.file(path),
            Symbol::Type(..) => {
                let written = &tree.text[named.range.clone()];
                self.named_type(written, &named.symbol)?
            }
            symbol => match self.step(symbol) {
                Some(words) => words,
                None => format!("`{}`", symbol.name()),
            },
        };
        let mut words = words;
        if let Some(place) = self.defined() {
            words.push_str("\n\n");
            words.push_str(&place);
        }
        Some((words, named.range.clone()))
    }

    /// What a kind takes and gives that is made of steps, by the name that `uses:` gives it.
    fn called(&self, name: &str, file: &str, define: Option<&str>) -> Option<String> {
        let owner = Owner {
            file: file.to_owned(),
            define: define.map(str::to_owned),
        };
        let kinds = self.session.kinds_of(self.gathered.path);
        let definition = called(&owner, &self.session.store, kinds)?;
        Some(of_kind(name, &definition.shape))
    }

    /// A key that is a name: the items of a `foreach:`, or a host that an overlay speaks of.
    fn of_name(&self, id: Id) -> Option<String> {
        let tree = self.gathered.tree;
        let name = tree.key(id)?;
        let mut way = tree.upward(id).filter_map(|id| tree.key(id)).skip(1);
        if Sort::of(tree) == Sort::Overlay && way.next() == Some("vars") && way.next().is_none() {
            return self.host(name);
        }
        let named = self.gathered.at(self.byte)?;
        match &named.symbol {
            Symbol::Var(name) => return Some(with(self.var(name)?, self.provenance(id))),
            Symbol::Type(..) => return self.named_type(name, &named.symbol),
            Symbol::Define(file, _) => return self.called(name, file, Some(name)),
            _ => {}
        }
        matches!(named.symbol, Symbol::Item(..)).then_some(())?;
        let seen = Seen::from(self.session, self.gathered, id);
        let item = seen.follow(&[Link::Name(name.to_owned())])?;
        Some(format!("`{name}`: {}\n\n{}", item.detail, item.doc))
    }

    /// Where the value at a node comes from.
    fn provenance(&self, id: Id) -> Option<String> {
        let address = address(self.gathered.tree, id)?;
        provenance::told(self.session, self.gathered.path, &address)
    }

    /// Where an input of the workflow comes from that an expression names.
    fn input(&self, id: Id, links: &[Link]) -> Option<String> {
        let [Link::Name(root), Link::Name(name)] = links else {
            return None;
        };
        let around = self.gathered.around(id);
        let is_main = around.is_none_or(|step| step.scope == Scope::Main);
        let address = (root == "inputs" && is_main).then(|| format!("inputs.{name}"))?;
        provenance::told(self.session, self.gathered.path, &address)
    }

    /// Where what is named here is said, and what its place says.
    fn defined(&self) -> Option<String> {
        let named = self.gathered.at(self.byte)?;
        let (tree, at) = self.home_of(&named.symbol)?;
        let line = Text::new(tree.text.clone()).place(at, Encoding::Utf8).line;
        let (_, file) = paths::split(named.symbol.home()?);
        let mut words = format!("said in {file}:{}", line + 1);
        if let Some(Hit::Key(id)) = tree.at(at)
            && let Some(default) = tree.get(id, "default")
        {
            let written = &tree.text[tree.node(default).span.clone()];
            words = format!("default: `{written}`, {words}");
        }
        Some(words)
    }

    /// A host and its variables, as the sites of the open folders have it.
    fn host(&self, name: &str) -> Option<String> {
        let store = &self.session.store;
        store.files().find_map(|path| {
            let tree = store.tree(path)?;
            let hosts = tree
                .get(Tree::ROOT, "site")
                .and(tree.get(Tree::ROOT, "hosts"))?;
            let host = tree.get(hosts, name)?;
            let (_, file) = paths::split(path);
            let mut words = format!("`{name}`: host of {file}");
            let vars = tree.get(host, "vars").into_iter();
            for var in vars.flat_map(|vars| tree.children(vars)) {
                // A secret says only where it is kept.
                let written = &tree.text[tree.node(*var).span.clone()];
                words.push_str(&format!("\n- `{}`: `{written}`", tree.key(*var)?));
            }
            Some(words)
        })
    }
}

/// Words, and more of them in a paragraph of their own.
fn with(mut words: String, more: Option<String>) -> String {
    if let Some(more) = more {
        words.push_str("\n\n");
        words.push_str(&more);
    }
    words
}

/// The word at a byte of an expression, and the names up to it.
fn chain(text: &str, at: usize) -> Option<(Range<usize>, Vec<Link>)> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let before = text.get(..at)?.trim_end_matches(is_name).len();
    let rest = text.get(at..)?;
    let after = at + rest.len() - rest.trim_start_matches(is_name).len();
    if before == after {
        return None;
    }
    let whole = crate::completion::links(&format!("{}.", &text[..after]))?;
    Some((before..after, whole))
}

fn key(known: &Known, value: Option<&str>) -> String {
    let mut words = match known.name.as_str() {
        "" => told(&known.wants),
        name => format!("`{name}`: {}", told(&known.wants)),
    };
    if known.required {
        words.push_str(" (required)");
    }
    if !known.doc.is_empty() {
        words.push_str(&format!("\n\n{}", known.doc));
    }
    if !known.example.is_empty() {
        words.push_str(&format!("\n\n```yaml\n{}\n```", known.example.trim_end()));
    }
    if let Some(value) = value.filter(|_| known.doc.is_empty()) {
        words.push_str(&format!("\n\nvalue: `{value}`"));
    }
    words
}

fn of_function(function: &functions::Function) -> String {
    let mut words = format!("`{}`\n\n{}\n", function.signature(), function.doc);
    for (written, value) in function.examples {
        words.push_str(&format!("\n- `{written}` is `{value}`"));
    }
    words
}

/// A kind: what it does, where, what it takes and gives.
fn of_kind(name: &str, shape: &Shape) -> String {
    let mut words = match shape.summary.is_empty() {
        true => format!("`{name}`\n"),
        false => format!("`{name}`: {}\n", shape.summary),
    };
    words.push_str(match shape.host {
        HostNeed::Required => "\nacts at a `host:`",
        HostNeed::Optional => "\nmay act at a `host:`",
        HostNeed::None => "\ntakes no `host:`",
    });
    for (heading, fields) in [("with", &shape.inputs), ("outputs", &shape.outputs)] {
        if !fields.is_empty() {
            words.push_str(&format!("\n\n{heading}\n"));
            words.extend(fields.iter().map(field));
        }
    }
    if !shape.example.is_empty() {
        words.push_str(&format!("\n\n```yaml\n{}\n```", shape.example.trim_end()));
    }
    words
}

fn field(field: &Field) -> String {
    let must = if field.required { ", required" } else { "" };
    let (name, holds) = (&field.name, field.holds());
    match field.doc.is_empty() {
        true => format!("\n- `{name}` ({holds}{must})"),
        false => format!("\n- `{name}`: {} ({holds}{must})", field.doc),
    }
}
