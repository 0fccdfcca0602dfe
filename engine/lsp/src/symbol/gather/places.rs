//! What is named in a place, by what may stand there.

use std::ops::Range;

use runsheet_language::compose::paths;
use runsheet_language::keys::Takes;
use runsheet_step::shape::Type;

use super::Gathered;
use crate::pieces::{parsed, pieces};
use crate::steps::{Scope, meanings};
use crate::store::names_file;
use crate::symbol::Symbol;
use crate::tree::Id;
use crate::wants::{Tables, Wants};

impl Gathered<'_> {
    /// What the tables say that a scalar names.
    pub(super) fn place(&mut self, id: Id, wants: &Wants, tables: Tables<'_>) {
        self.held(id, wants);
        let Some(range) = self.tree.inner(id) else {
            return;
        };
        let text = &self.tree.text[range.clone()];
        if names_file(self.tree, id) {
            let path = paths::beside(self.path, text);
            return self.note(Symbol::File(path), range, false);
        }
        match wants {
            Wants::Takes(Takes::Step | Takes::Steps) => self.named(id, range.clone()),
            Wants::Takes(Takes::Kind) => self.kind(text, range.clone(), tables),
            Wants::Takes(takes) if names_causes(takes) => {
                let causes = self.names.at_home(&self.names.causes, text);
                let symbol = causes.map(|(file, name)| Symbol::Causes(file, name));
                self.named_from(symbol, &range);
            }
            Wants::Takes(takes) if names_type(takes) => {
                let (start, end) = inner_type(text);
                let types = self.names.at_home(&self.names.types, &text[start..end]);
                let symbol = types.map(|(file, name)| Symbol::Type(file, name));
                self.named_from(symbol, &(range.start + start..range.start + end));
            }
            _ => {}
        }
        let pieces = pieces(self.tree, id, Some(wants));
        if pieces.is_empty() && is_host(wants) && !text.is_empty() {
            self.note(Symbol::Host(text.to_owned()), range, false);
        }
        for piece in pieces {
            if let Some(expr) = parsed(self.tree, id, &piece) {
                self.expression(id, &expr);
            }
        }
    }

    /// `needs:` and `since:`.
    fn named(&mut self, id: Id, range: Range<usize>) {
        let Some(step) = self.around(id) else { return };
        let (scope, from) = (step.scope.clone(), step.dotted.clone());
        let name = &self.tree.text[range.clone()];
        if let Some(dotted) = self.find(&scope, &from, name) {
            self.note(self.step(&scope, &dotted), range, false);
        }
    }

    /// The step that an id means, seen from another.
    pub(crate) fn find(&self, scope: &Scope, from: &str, id: &str) -> Option<String> {
        let known = |dotted: &String| {
            dotted != from
                && self
                    .names
                    .homes
                    .contains_key(&(scope.clone(), dotted.clone()))
        };
        meanings(from, id).find(known)
    }

    fn kind(&mut self, text: &str, range: Range<usize>, tables: Tables<'_>) {
        let symbol = match tables.catalogue.kind(text) {
            Some(_) => Some(Symbol::Kind(text.to_owned())),
            None => {
                let define = self.names.at_home(&self.names.defines, text);
                define.map(|(file, name)| Symbol::Define(file, name))
            }
        };
        self.named_from(symbol, &range);
    }

    /// Notes what a scalar names, and the file whose name stands before it.
    fn named_from(&mut self, symbol: Option<Symbol>, range: &Range<usize>) {
        if let Some(symbol) = symbol {
            let name = range.end - symbol.name().len().min(range.len());
            let space = range.start..name.saturating_sub(1).max(range.start);
            if let Some(file) = symbol.home().filter(|_| !space.is_empty()) {
                self.note(Symbol::File(file.to_owned()), space, false);
            }
            self.note(symbol, name..range.end, false);
        }
    }

    /// `$before`, `$after` and `$rename` of a patch.
    pub(super) fn directives(&mut self) {
        let tree = self.tree;
        for id in tree.ids() {
            let Some(range) = tree.inner(id) else {
                continue;
            };
            match tree.key(id) {
                Some("$before" | "$after") => self.named(id, range),
                Some("$rename") => {
                    if let Some(step) = self.around(id) {
                        let symbol = self.step(&step.scope, &step.dotted);
                        self.note(symbol, range, false);
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_host(wants: &Wants) -> bool {
    match wants {
        Wants::Takes(Takes::Value(kind)) => kind() == Type::Host,
        Wants::Type(kind) => *kind == Type::Host,
        Wants::Takes(_) => false,
    }
}

/// Whether the name of a type may stand there.
fn names_type(takes: &Takes) -> bool {
    match takes {
        Takes::TypeName => true,
        Takes::Either(all) => all.iter().any(names_type),
        _ => false,
    }
}

/// The bytes of the name in `list<map<m.office>>`.
fn inner_type(text: &str) -> (usize, usize) {
    let start = text.rfind('<').map_or(0, |at| at + 1);
    let end = text.find('>').unwrap_or(text.len()).max(start);
    let name = &text[start..end];
    let before = name.len() - name.trim_start().len();
    (start + before, start + name.trim_end().len().max(before))
}

/// Whether the name of causes may stand there.
fn names_causes(takes: &Takes) -> bool {
    match takes {
        Takes::Causes => true,
        Takes::Either(all) => all.iter().any(names_causes),
        _ => false,
    }
}
