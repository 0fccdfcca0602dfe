//! The outline of a file: its inputs, kinds, steps within steps; the groups and hosts of a site.

use lsp_types::{DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolKind};

use crate::session::Session;
use crate::tree::{Body, Id, Tree};
use crate::uri;

/// How deep the outline goes.
const DEPTH: usize = 12;

/// The outline of a file.
pub(crate) fn symbols(
    session: &Session,
    asked: DocumentSymbolParams,
) -> Option<DocumentSymbolResponse> {
    let path = uri::path(&asked.text_document.uri)?;
    let text = session.store.text(&path)?;
    let tree = Tree::parse(text.get().clone());
    let outline = Outline {
        session,
        text,
        tree: &tree,
    };
    let top = tree.children(Tree::ROOT).iter();
    let all = top.filter_map(|id| outline.entry(*id, 0)).collect();
    Some(DocumentSymbolResponse::Nested(all))
}

struct Outline<'o> {
    session: &'o Session,
    text: crate::position::Text,
    tree: &'o Tree,
}

impl Outline<'_> {
    /// A key of the file, or a name of the author's own under one.
    fn entry(&self, id: Id, depth: usize) -> Option<DocumentSymbol> {
        let name = self.tree.key(id)?;
        let kind = match depth {
            0 => SymbolKind::NAMESPACE,
            _ => SymbolKind::VARIABLE,
        };
        let detail = self.tree.scalar(id).unwrap_or_default();
        let children = match self.tree.node(id).body {
            Body::List(_) => self.steps(id, depth + 1),
            Body::Map(_) if depth < 2 => {
                let inner = self.tree.children(id).iter();
                inner.filter_map(|id| self.entry(*id, depth + 1)).collect()
            }
            _ => Vec::new(),
        };
        let place = self.tree.node(id).key.clone()?;
        Some(self.symbol(name, detail, kind, id, place, children))
    }

    /// The steps of a list; nothing for lists of other things.
    fn steps(&self, list: Id, depth: usize) -> Vec<DocumentSymbol> {
        let items = self.tree.children(list).iter();
        items.filter_map(|item| self.step(*item, depth)).collect()
    }

    fn step(&self, node: Id, depth: usize) -> Option<DocumentSymbol> {
        let id = self.tree.get(node, "id")?;
        let name = self.tree.scalar(id).filter(|name| !name.is_empty())?;
        let uses = self.tree.scalar_of(node, "uses");
        let kind = match uses {
            Some(_) => SymbolKind::FUNCTION,
            None => SymbolKind::CLASS,
        };
        let lists = ["steps", "rescue", "finally"].iter();
        let lists = lists.filter_map(|key| self.tree.get(node, key));
        let inner = lists.filter(|_| depth < DEPTH);
        let inner = inner.flat_map(|list| self.steps(list, depth + 1)).collect();
        let detail = uses.unwrap_or_default();
        Some(self.symbol(name, detail, kind, node, self.tree.inner(id)?, inner))
    }

    #[expect(
        deprecated,
        reason = "the type has a field that nobody is to use and all must fill"
    )]
    fn symbol(
        &self,
        name: &str,
        detail: &str,
        kind: SymbolKind,
        id: Id,
        place: std::ops::Range<usize>,
        children: Vec<DocumentSymbol>,
    ) -> DocumentSymbol {
        let encoding = self.session.encoding;
        DocumentSymbol {
            name: name.to_owned(),
            detail: (!detail.is_empty()).then(|| detail.to_owned()),
            kind,
            tags: None,
            deprecated: None,
            range: self.text.places(&self.tree.extent(id), encoding),
            selection_range: self.text.places(&place, encoding),
            children: (!children.is_empty()).then_some(children),
        }
    }
}
