//! What can be typed next: keys, kinds, words, names of steps and hosts, and all that expressions
//! can say.
//!
//! A letter that nobody types is put where the cursor stands, and the text is taken as a tree; what
//! holds that letter is what is being typed. So a blank line, a word half typed and a quote never
//! closed are all one case.

mod expressions;
mod held;
mod keys;
mod lists;
mod values;

use std::ops::Range;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit,
    Documentation, MarkupContent, MarkupKind, TextEdit,
};

use crate::pieces::pieces;
use crate::position::Text;
use crate::session::Session;
use crate::tree::{Hit, Id, Tree};
use crate::uri;

/// Stands in the tree where the cursor is.
const MARK: char = '\u{e000}';

/// The names of the chain that a text ends with, which ends with a dot.
pub(crate) fn links(text: &str) -> Option<Vec<crate::scope::Link>> {
    expressions::Chain::before(text).map(|chain| chain.links)
}

/// What can be typed at a place.
pub(crate) fn completion(session: &Session, asked: CompletionParams) -> Option<CompletionResponse> {
    let place = asked.text_document_position;
    let path = uri::path(&place.text_document.uri)?;
    let text = session.store.text(&path)?;
    let cursor = session.byte(&text, place.position);
    let items = Asked::new(session, &path, &text, cursor).items();
    Some(CompletionResponse::Array(items))
}

/// The place that is asked about.
struct Asked<'a> {
    session: &'a Session,
    path: &'a str,
    text: &'a Text,
    /// The byte of the cursor, which in the tree is that of the mark.
    cursor: usize,
    tree: Tree,
}

/// Something that can be typed.
#[derive(Clone)]
struct Offer {
    label: String,
    kind: CompletionItemKind,
    detail: String,
    doc: String,
    /// What is typed; the label, unless something else is.
    insert: Option<String>,
}

impl Offer {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Offer {
        Offer {
            label: label.into(),
            kind,
            detail: String::new(),
            doc: String::new(),
            insert: None,
        }
    }

    fn detail(mut self, detail: impl Into<String>) -> Offer {
        self.detail = detail.into();
        self
    }

    fn doc(mut self, doc: impl Into<String>) -> Offer {
        self.doc = doc.into();
        self
    }

    fn insert(mut self, text: impl Into<String>) -> Offer {
        self.insert = Some(text.into());
        self
    }
}

impl<'a> Asked<'a> {
    fn new(session: &'a Session, path: &'a str, text: &'a Text, cursor: usize) -> Asked<'a> {
        let (before, after) = text.get().split_at(cursor);
        let tree = Tree::parse(format!("{before}{MARK}{after}"));
        Asked {
            session,
            path,
            text,
            cursor,
            tree,
        }
    }

    fn items(&self) -> Vec<CompletionItem> {
        let (offers, typed) = match self.tree.at(self.cursor) {
            Some(Hit::Key(id)) if self.is_marked(self.tree.node(id).key.clone()) => {
                let typed = self.tree.node(id).key.clone().unwrap_or_default();
                (self.keys_beside(id), typed)
            }
            Some(Hit::Value(id)) if self.is_marked(self.tree.inner(id)) => self.values(id),
            _ => return Vec::new(),
        };
        // From where the word begins up to the cursor; what is behind it stays.
        let range = typed.start.min(self.cursor)..self.cursor;
        let numbered = offers.into_iter().enumerate();
        numbered
            .map(|(n, offer)| self.item(n, offer, &range))
            .collect()
    }

    fn is_marked(&self, range: Option<Range<usize>>) -> bool {
        range.is_some_and(|range| range.start <= self.cursor && self.cursor < range.end)
    }

    /// Values, keys of a map that is not there yet, or a part of an expression.
    fn values(&self, id: Id) -> (Vec<Offer>, Range<usize>) {
        let tables = self.session.tables_of(self.path);
        let wants = tables.at(&self.tree, id);
        let inner = self.tree.inner(id).unwrap_or_default();
        let pieces = pieces(&self.tree, id, wants.as_ref());
        let holds = |piece: &Range<usize>| piece.start <= self.cursor && self.cursor < piece.end;
        if let Some(piece) = pieces.into_iter().find(holds) {
            return expressions::offers(self, id, &piece);
        }
        let Some(wants) = wants else {
            return (values::directive(self, id), inner);
        };
        let mut offers = values::offers(self, id, &wants);
        if self.is_alone(&inner) {
            offers.extend(keys::offers(self, id, id, &wants));
        }
        (offers, inner)
    }

    /// Whether a word stands on a line of its own, where a key may begin.
    fn is_alone(&self, inner: &Range<usize>) -> bool {
        let before = &self.tree.text[..inner.start];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        line.trim_start_matches([' ', '-']).is_empty()
    }

    fn keys_beside(&self, id: Id) -> Vec<Offer> {
        let Some(map) = self.tree.node(id).parent else {
            return Vec::new();
        };
        let wants = self.session.tables_of(self.path).at(&self.tree, map);
        wants.map_or_else(Vec::new, |wants| keys::offers(self, map, id, &wants))
    }

    fn item(&self, n: usize, offer: Offer, range: &Range<usize>) -> CompletionItem {
        let range = self.text.places(range, self.session.encoding);
        let insert = offer.insert.unwrap_or_else(|| offer.label.clone());
        let doc = Some(offer.doc).filter(|doc| !doc.is_empty()).map(|value| {
            let kind = MarkupKind::Markdown;
            Documentation::MarkupContent(MarkupContent { kind, value })
        });
        CompletionItem {
            label: offer.label,
            kind: Some(offer.kind),
            detail: (!offer.detail.is_empty()).then_some(offer.detail),
            documentation: doc,
            sort_text: Some(format!("{n:04}")),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, insert))),
            ..CompletionItem::default()
        }
    }
}
