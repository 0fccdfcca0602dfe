//! From the events of the YAML parser to the tree. Only this file, its `remedies`, `spaces` and `format` run
//! the parser.

mod aliases;
mod rest;
mod tabs;
mod tags;

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::SourceId;
use runsheet_diagnostics::span::Span;
use serde_yaml::granit_parser::{self, Event, Options, Parser, ScalarStyle, StructureStyle};

use super::node::Style;
use super::{Document, Id, Kind, Limits, Raw, keys, rules, syntax};

/// A list or map that has begun and not ended.
struct Open {
    id: Id,
    /// Where its children begin among the pending ones.
    mark: usize,
    flow: bool,
    map: bool,
}

/// How large and how deep a node is once its aliases are followed.
#[derive(Clone, Copy)]
struct Extent {
    nodes: u32,
    depth: u16,
}

struct Builder {
    document: Document,
    limits: Limits,
    found: Vec<Diagnostic>,
    extents: Vec<Extent>,
    open: Vec<Open>,
    /// Children of open lists and maps.
    pending: Vec<Id>,
    /// Anchors by the parser's number, and the latest number of each name.
    anchors: BTreeMap<usize, Id>,
    names: BTreeMap<String, usize>,
    documents: usize,
    /// The last line that a tab indents.
    tab: Option<Span>,
    /// Whether a step was told to have lost its dash.
    torn: bool,
}

/// Nothing more can be read; what was wrong has been said.
struct Stop;

pub(super) fn build(
    source: SourceId,
    text: Arc<str>,
    limits: Limits,
) -> (Document, Vec<Diagnostic>) {
    build_within(source, text, limits, rest::MOST)
}

/// Builds; after a mistake of syntax the rest is looked through so many times more.
fn build_within(
    source: SourceId,
    text: Arc<str>,
    limits: Limits,
    rounds: usize,
) -> (Document, Vec<Diagnostic>) {
    let mut builder = Builder::new(source, Arc::clone(&text), limits);
    let read = builder.read(&text);
    if builder.torn {
        // A step that lost its dash is not there, though others may name it.
        builder.document.complete = false;
    }
    if read.is_err() {
        builder.document.complete = false;
        let spoilt = builder.spoilt(&text).filter(|_| rounds > 0);
        builder.close_all();
        if let Some(spoilt) = spoilt {
            let more = rest::behind(&spoilt, (source, &text), limits, rounds - 1);
            builder.found.extend(more);
        }
    }
    (builder.document, builder.found)
}

impl Builder {
    fn new(source: SourceId, text: Arc<str>, limits: Limits) -> Self {
        let capacity = text.len() / 14;
        Builder {
            document: Document::empty(source, text),
            limits,
            found: Vec::new(),
            extents: Vec::with_capacity(capacity),
            open: Vec::new(),
            pending: Vec::new(),
            anchors: BTreeMap::new(),
            names: BTreeMap::new(),
            documents: 0,
            tab: None,
            torn: false,
        }
    }

    fn read(&mut self, text: &str) -> Result<(), Stop> {
        if text.len() > self.limits.bytes {
            let most = self.limits.bytes >> 20;
            let message = format!("the file is larger than {most} MiB");
            return Err(self.too_large(message, self.span(0..0)));
        }
        let mut options = Options::default();
        options.emit_comments = false;
        options.emit_unresolved_aliases = true;
        options.emit_anchor_events = true;
        options.flow_nesting_limit = self.limits.depth;
        options.block_nesting_limit = self.limits.depth;
        for event in Parser::new_from_str_with_options(text, options) {
            match event {
                Ok((event, span)) => self.event(event, span)?,
                Err(error) => {
                    self.mistake(syntax::diagnostic(&error, self.context(text)));
                    return Err(Stop);
                }
            }
        }
        Ok(())
    }

    fn context<'t>(&self, text: &'t str) -> syntax::Context<'t> {
        let last = self
            .document
            .nodes
            .last()
            .map(|raw| raw.start as usize..raw.end as usize);
        syntax::Context {
            source: self.document.source(),
            text,
            last: last.unwrap_or_default(),
            flow: self.open.last().is_some_and(|open| open.flow),
        }
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::at(self.document.source(), range)
    }

    fn too_large(&mut self, message: impl Into<String>, at: Span) -> Stop {
        let help = "split the file, or say it without aliases";
        let diagnostic = Diagnostic::error(&rules::TOO_LARGE, message)
            .at(at, "here")
            .help(help);
        self.found.push(diagnostic);
        Stop
    }

    fn too_many_mistakes(&mut self, at: Span) -> Stop {
        let most = self.limits.mistakes;
        let message = format!("there are more than {most} mistakes");
        let diagnostic = Diagnostic::error(&rules::TOO_LARGE, message);
        let help = "mend those above, which may well be one";
        self.found
            .push(diagnostic.at(at, "not read from here on").help(help));
        Stop
    }

    fn event(&mut self, event: Event<'_>, at: granit_parser::Span) -> Result<(), Stop> {
        let range = at.byte_range().unwrap_or_default();
        let tag_span = at.tag_span().and_then(|tag| tag.byte_range());
        let span = self.span(range);
        self.look_for_tab(&event, span);
        if self.found.len() > self.limits.mistakes {
            return Err(self.too_many_mistakes(span));
        }
        match event {
            Event::DocumentStart(..) => self.begin_document(span),
            Event::Anchor(number, name) => {
                self.names.insert(name.into_owned(), number);
                Ok(())
            }
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, span),
            Event::Alias(number) => self.alias(number, span),
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.after_colon(span);
                let kind = match self.tagged(tag.as_deref(), tag_span, span, style_of(style)) {
                    Some(style) => self.scalar(&text, style, span),
                    None if self.is_key_next() => self.scalar(&text, style_of(style), span),
                    None => Kind::Hole,
                };
                self.push(kind, span, anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.tagged(tag.as_deref(), tag_span, span, Style::Plain);
                self.begin(Kind::List(0, 0), style, span, anchor)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.tagged(tag.as_deref(), tag_span, span, Style::Plain);
                self.begin(Kind::Map(0, 0), style, span, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(Some(span)),
            _ => Ok(()),
        }
    }

    fn begin_document(&mut self, span: Span) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents < 2 {
            return Ok(());
        }
        let message = "a second document begins here";
        let help = "a file holds one document: put the rest into a file of its own";
        let diagnostic = Diagnostic::error(&rules::SEVERAL_DOCUMENTS, message);
        self.found
            .push(diagnostic.at(span, "only the first is read").help(help));
        Err(Stop)
    }

    fn scalar(&mut self, text: &str, style: Style, span: Span) -> Kind {
        let quoted = usize::from(matches!(style, Style::Single | Style::Double));
        let range = span.range();
        // The parser says `~` for a value that was left out.
        let inner = if quoted * 2 <= range.len() {
            range.start + quoted..range.end - quoted
        } else {
            range.clone()
        };
        let written = self.document.text().get(inner.clone());
        if range.is_empty() || written == Some(text) {
            let narrow = self.span(inner);
            return Kind::Plain(style, narrow.start, narrow.end);
        }
        self.document.decoded.push(text.into());
        let last = self.document.decoded.len() - 1;
        Kind::Decoded(style, u32::try_from(last).unwrap_or(u32::MAX))
    }

    fn push(&mut self, kind: Kind, span: Span, anchor: usize) -> Result<(), Stop> {
        if self.document.nodes.len() >= self.limits.nodes {
            let message = format!("there are more than {} keys and values", self.limits.nodes);
            return Err(self.too_large(message, span));
        }
        let id = self.next_id();
        let end = match kind {
            Kind::Decoded(Style::Literal | Style::Folded, _)
            | Kind::Plain(Style::Literal | Style::Folded, ..) => self.block_end(span),
            _ => span.end,
        };
        let start = span.start;
        let extent = match kind {
            Kind::Alias(target) => self.extents[target as usize],
            _ => Extent { nodes: 1, depth: 0 },
        };
        self.document.nodes.push(Raw {
            start,
            end,
            kind,
            text: 0,
        });
        self.extents.push(extent);
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        match self.open.is_empty() {
            true => self.document.root = Some(id),
            false => self.pending.push(id),
        }
        Ok(())
    }

    /// The parser puts a value that was left out before the colon; it belongs behind.
    fn after_colon(&self, span: Span) -> Span {
        let before = self.document.text()[span.range().start..].starts_with(':');
        match span.is_empty() && before {
            true => self.span(span.range().start + 1..span.range().end + 1),
            false => span,
        }
    }

    fn next_id(&self) -> Id {
        Id::try_from(self.document.nodes.len()).unwrap_or(Id::MAX)
    }

    /// A block runs on to the indentation of what follows; it ends with its last letter.
    fn block_end(&self, span: Span) -> u32 {
        let text = self.document.text().get(span.range()).unwrap_or_default();
        span.part(0..text.trim_end().len()).end
    }

    fn begin(
        &mut self,
        kind: Kind,
        style: StructureStyle,
        span: Span,
        anchor: usize,
    ) -> Result<(), Stop> {
        let id = self.next_id();
        self.push(kind, span, anchor)?;
        self.open.push(Open {
            id,
            mark: self.pending.len(),
            flow: style == StructureStyle::Flow,
            map: matches!(kind, Kind::Map(..)),
        });
        Ok(())
    }

    /// Ends the innermost list or map, at a bracket if one was there.
    fn end(&mut self, bracket: Option<Span>) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let mut own = self.pending.split_off(open.mark);
        let last = own.last().map(|id| self.document.nodes[*id as usize].end);
        let written = own.len();
        if open.map {
            let most = self.limits.mistakes + 1;
            let before = self.found.len();
            own = keys::checked(&self.document, &own, &mut self.found, most);
            let is_torn = |one: &Diagnostic| one.code.name == rules::SYNTAX.name;
            if self.found[before..].iter().any(is_torn) {
                self.torn = true;
            }
        }
        let end = bracket.filter(|_| open.flow).map(|span| span.end).or(last);
        let first = u32::try_from(self.document.children.len()).unwrap_or(u32::MAX);
        let count = u32::try_from(own.len()).unwrap_or(u32::MAX);
        let raw = &mut self.document.nodes[open.id as usize];
        raw.end = end.unwrap_or(raw.end).max(raw.start);
        raw.kind = match open.map {
            true if own.is_empty() && written > 0 => Kind::Hole,
            true => Kind::Map(first, count),
            false => Kind::List(first, count),
        };
        self.document.children.extend(&own);
        self.measure(open.id, &own)
    }

    /// Sums what a list or map grows to through its aliases. A chain of aliases nests without a
    /// single level of YAML, so depth is summed too.
    fn measure(&mut self, id: Id, own: &[Id]) -> Result<(), Stop> {
        let mut extent = Extent { nodes: 1, depth: 0 };
        for child in own {
            let child = self.extents[*child as usize];
            extent.nodes = extent.nodes.saturating_add(child.nodes);
            extent.depth = extent.depth.max(child.depth.saturating_add(1));
        }
        self.extents[id as usize] = extent;
        if !self.document.complete {
            return Ok(());
        }
        let raw = self.document.nodes[id as usize];
        let span = self.span(raw.start as usize..raw.end as usize);
        if extent.nodes as usize > self.document.nodes.len() + self.limits.aliased {
            let most = self.limits.aliased;
            return Err(self.too_large(format!("aliases add more than {most} values"), span));
        }
        if usize::from(extent.depth) > self.limits.depth {
            let most = self.limits.depth;
            return Err(self.too_large(format!("values are more than {most} levels deep"), span));
        }
        Ok(())
    }

    fn close_all(&mut self) {
        while let Some(open) = self.open.last() {
            // A key whose value never came.
            if open.map && (self.pending.len() - open.mark) % 2 == 1 {
                self.pending.pop();
            }
            // After a stop nothing is measured, so this cannot fail.
            let _ = self.end(None);
        }
    }
}

fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
        _ => Style::Plain,
    }
}
