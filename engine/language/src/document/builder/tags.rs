//! Tags: none of the user's own is of any use.

use std::ops::Range;
use std::sync::Arc;

use runsheet_diagnostics::span::Span;
use serde_yaml::granit_parser::Tag;

use super::super::node::Style;
use super::super::syntax;
use super::Builder;

impl Builder {
    /// Complains about a tag of the user's own, whose value is then of no use, unless it is a key;
    /// `!!str` makes text of a plain scalar.
    pub(super) fn tagged(
        &mut self,
        tag: Option<&Tag>,
        tag_span: Option<Range<usize>>,
        node: Span,
        style: Style,
    ) -> Option<Style> {
        let Some(tag) = tag else { return Some(style) };
        if tag.is_custom() {
            let text = Arc::clone(self.document.text());
            let range = tag_span.unwrap_or(node.range());
            let context = self.context(&text);
            let complaint = match self.is_key_next() && range.end <= node.range().start {
                true => syntax::tagged_key(range, node, &context),
                false => syntax::custom_tag(range, &context),
            };
            self.found.push(complaint);
            return None;
        }
        match style {
            Style::Plain if tag.core_suffix() == Some("str") => Some(Style::Single),
            style => Some(style),
        }
    }

    /// Whether a scalar that comes now is a key.
    pub(super) fn is_key_next(&self) -> bool {
        let open = self.open.last().filter(|open| open.map);
        open.is_some_and(|open| (self.pending.len() - open.mark).is_multiple_of(2))
    }
}
