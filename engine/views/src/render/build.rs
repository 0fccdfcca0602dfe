//! Values of the documents as trees: keys in their order, names as the one file has them, and
//! comments where they belong.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_language::compose::paths;
use runsheet_language::document::{Document, Entry, Form as Said, Node, Style};
use runsheet_language::keys::Keys;
use runsheet_language::parts::Parts;

use super::guide::{Guide, Naming};
use super::names::Names;
use super::remarks::Remarks;
use super::tree::{Branch, Form, Tree};

/// Makes trees.
pub(super) struct Build<'b> {
    pub(super) names: &'b Names<'b>,
    pub(super) remarks: Remarks<'b>,
    sources: &'b Sources,
    main: SourceId,
    /// How the one file names another.
    seen: &'b dyn Fn(&str) -> String,
    /// How it names those it is made of.
    paths: BTreeMap<SourceId, String>,
    /// The file whose names are meant.
    pub(super) file: usize,
    /// The text that what is around comes from.
    pub(super) here: SourceId,
}

impl<'b> Build<'b> {
    pub(super) fn new(
        parts: &'b Parts,
        sources: &'b Sources,
        names: &'b Names<'b>,
        seen: &'b dyn Fn(&str) -> String,
    ) -> Self {
        let file = parts.main();
        let main = parts.files[file].document.source();
        Build {
            names,
            remarks: Remarks::new(sources),
            sources,
            main,
            seen,
            paths: BTreeMap::new(),
            file,
            here: main,
        }
    }

    /// The text of the workflow's own file.
    pub(super) fn main_source(&self) -> SourceId {
        self.main
    }

    /// A key and its value.
    pub(super) fn entry(&mut self, entry: Entry<'_>, guide: Guide) -> Branch {
        let key = entry.key;
        let style = match key.form() {
            Said::Scalar(_, style) => style,
            _ => Style::Plain,
        };
        let mut branch = self.branch(key.span(), entry.value, guide);
        branch.key = Some((entry.name().to_owned(), style));
        branch
    }

    fn item(&mut self, item: Node<'_>, guide: Guide) -> Branch {
        self.branch(item.span(), item, guide)
    }

    /// A value, with what is said beside it.
    fn branch(&mut self, start: Span, value: Node<'_>, guide: Guide) -> Branch {
        let span = value.span();
        let outer = self.here;
        let above = self.remarks.above(start);
        let origin = (span.source != outer).then(|| match start.source == span.source {
            true => self.origin(start),
            false => self.origin(span),
        });
        self.here = span.source;
        let tells = match tells_behind(value) {
            Behind::Value => Some(span),
            Behind::Key => Some(start).filter(|start| start.source == span.source),
        };
        let behind = tells.and_then(|place| match self.begins_within(start, value) {
            true => None,
            false => self.remarks.behind(place),
        });
        let value = self.value(value, guide);
        self.here = outer;
        Branch {
            above,
            key: None,
            value,
            behind,
            origin,
        }
    }

    /// Whether an item begins with the first key of the map that it is: then the line is that
    /// key's.
    fn begins_within(&self, start: Span, value: Node<'_>) -> bool {
        start == value.span() && matches!(tells_behind(value), Behind::Key)
    }

    pub(super) fn value(&mut self, node: Node<'_>, guide: Guide) -> Tree {
        let meant = node.meant();
        let is_flow =
            meant.written().starts_with(['{', '[']) && !self.remarks.has_any_within(meant.span());
        let form = match meant.form() {
            Said::Scalar(text, style) => return self.scalar(node, text, style, guide),
            Said::List => {
                let guide = guide.item();
                let mut items: Vec<Branch> =
                    meant.items().map(|item| self.item(item, guide)).collect();
                even(&mut items);
                Form::List(items)
            }
            Said::Map | Said::Hole => {
                let entries = in_order(meant, guide.keys(meant));
                let entries = entries.into_iter();
                let entries =
                    entries.map(|entry| self.entry(entry, guide.under(meant, entry.name())));
                Form::Map(entries.collect())
            }
        };
        Tree { form, is_flow }
    }

    fn scalar(&mut self, node: Node<'_>, text: &str, style: Style, guide: Guide) -> Tree {
        let naming = guide.naming();
        let renamed = match naming {
            Some(Naming::File) => self.moved(node, text),
            naming => naming.and_then(|naming| self.names.renamed(self.file, naming, node)),
        };
        if let Some(renamed) = renamed {
            return Tree::plain(renamed);
        }
        let folded = match style {
            Style::Folded if !node.is_rewritten() => {
                let (written, span) = (node.meant().written(), node.meant().span());
                let source = self.sources.get(span.source);
                folded(text, written, source.place(span.range().start).column - 1)
            }
            _ => None,
        };
        let form = match folded {
            Some((head, lines)) => Form::Folded(head, lines),
            None => Form::Scalar(text.to_owned(), style),
        };
        Tree {
            form,
            is_flow: true,
        }
    }

    /// A path as the one file says it; nothing where it says the same.
    fn moved(&self, node: Node<'_>, path: &str) -> Option<String> {
        let from = &self.sources.get(node.span().source).name;
        let seen = (self.seen)(&paths::beside(from, path));
        (seen != paths::plain(path)).then_some(seen)
    }

    /// Where something comes from: `# from fragments/cycle.yaml:12`.
    pub(super) fn origin(&mut self, span: Span) -> String {
        let line = self.remarks.first_line(span) + 1;
        let (sources, seen) = (self.sources, self.seen);
        let path = self.paths.entry(span.source);
        let path = path.or_insert_with(|| seen(&sources.get(span.source).name));
        format!("# from {path}:{line}")
    }
}

/// Which line the comment behind something stands on.
enum Behind {
    /// The last one of the value.
    Value,
    /// That of the key.
    Key,
}

fn tells_behind(value: Node<'_>) -> Behind {
    let is_block = match value.form() {
        Said::Scalar(_, style) => matches!(style, Style::Literal | Style::Folded),
        _ => !value.written().starts_with(['{', '[', '*']),
    };
    match is_block || value.span().is_empty() {
        true => Behind::Key,
        false => Behind::Value,
    }
}

/// The entries of a map: known keys as their table has them, before them names of the author's
/// own, and keys that nobody reads at the end.
pub(crate) fn in_order<'d>(map: Node<'d>, keys: Option<&Keys<'_>>) -> Vec<Entry<'d>> {
    let mut entries: Vec<Entry<'d>> = map.entries().collect();
    let Some(keys) = keys else {
        return entries;
    };
    let place = |entry: &Entry<'_>| {
        let name = entry.name();
        let known = keys.names().position(|known| known == name);
        match known {
            Some(at) => at + 1,
            None if name.starts_with("x-") => usize::MAX,
            None => 0,
        }
    };
    entries.sort_by_key(place);
    entries
}

/// Where an empty line is above one of them, one is above all.
pub(super) fn even(branches: &mut [Branch]) {
    let rest = branches.get_mut(1..).unwrap_or_default();
    if rest.iter().any(Branch::is_apart) {
        rest.iter_mut().for_each(Branch::set_apart);
    }
}

/// The head and the lines of a folded text whose first letter stood in this column; nothing where
/// it takes more than that to say it.
fn folded(text: &str, written: &str, column: usize) -> Option<(String, Vec<String>)> {
    let bare = text.trim_end_matches('\n');
    let head = match text.len() - bare.len() {
        0 => ">-",
        1 => ">",
        _ => return None,
    };
    let is_odd = |c: char| c.is_control() && c != '\n';
    if bare.is_empty() || bare.starts_with([' ', '\n']) || text.contains(is_odd) {
        return None;
    }
    let mut all = written.lines();
    let first = all.next().unwrap_or_default();
    let rest = all.map(|line| line.get(column..).unwrap_or(""));
    let lines = std::iter::once(first).chain(rest);
    let mut lines: Vec<String> = lines.map(str::to_owned).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    says(head, &lines, text).then(|| (head.to_owned(), lines))
}

/// Whether a text is what these lines say under a head.
fn says(head: &str, lines: &[String], text: &str) -> bool {
    let file = format!("text: {head}\n  {}\n", lines.join("\n  "));
    let (document, found) = Document::parse(SourceId(0), Arc::from(file));
    let value = document.root().and_then(|root| root.get("text"));
    found.is_empty() && value.and_then(|entry| entry.value.text()) == Some(text)
}
