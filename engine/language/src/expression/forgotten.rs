//! Expressions whose `${{ }}` was forgotten, and the change that brings it.

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;

use super::references::{Part, Reference};
use super::{Expr, parser};
use crate::document::{Form, Node, Style};
use crate::names::ROOTS;
use crate::reader::is_input;

/// An expression that stands where text is taken as it is.
pub(crate) struct Forgotten {
    /// What it refers to.
    pub(crate) references: Vec<Reference>,
    /// Where it stands, with the braces it has.
    pub(crate) span: Span,
    /// How it should be written.
    pub(crate) meant: String,
    /// What writes it so.
    pub(crate) fix: Fix,
}

/// The expressions that a scalar, as it is written at this place, has in `{{ }}` without the `$`.
pub(crate) fn in_braces(written: &str, span: Span) -> Vec<Forgotten> {
    let place = |range: Range<usize>| span.part(range);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = written[at..].find("{{").map(|found| at + found) {
        let Ok((expr, end)) = parser::parse_embedded(written, open + 2, &place) else {
            at = open + 2;
            continue;
        };
        at = end;
        let references = expr.references();
        if written[..open].ends_with('$') || references.is_empty() {
            continue;
        }
        // The `$` may be there, and a space too many behind it.
        let before = written[..open].trim_end_matches(' ');
        let (begin, fix) = match before.strip_suffix('$') {
            Some(rest) => {
                let gap = span.part(before.len()..open);
                let fix = Fix::replace("take the space out", gap, "");
                // Where more is said the sign may be that of the money.
                let around = [rest, &written[end..]];
                let is_all = around
                    .iter()
                    .all(|text| text.trim_matches(['"', '\'', ' ']).is_empty());
                (rest.len(), if is_all { fix } else { fix.by_choice() })
            }
            None => {
                let sign = span.part(open..open);
                (open, Fix::replace("put `$` before it", sign, "$"))
            }
        };
        found.push(Forgotten {
            references,
            span: span.part(begin..end),
            meant: format!("${}", &written[open..end]),
            fix,
        });
    }
    found
}

/// Where the first whole expression stands, with its `${{ }}`, that asks for something.
pub(crate) fn with_sign(written: &str, span: Span) -> Option<Span> {
    let place = |range: Range<usize>| span.part(range);
    let mut openings = written.match_indices("${{");
    openings.find_map(|(open, sign)| {
        let parsed = parser::parse_embedded(written, open + sign.len(), &place);
        let (expr, end) = parsed.ok()?;
        (!expr.references().is_empty()).then(|| span.part(open..end))
    })
}

/// How other tools open an expression, where a blank follows.
const OPENED: [&str; 2] = ["${ ", "%{ "];

/// Whether a text may hold an expression in such braces as other tools have.
pub(crate) fn has_braces(written: &str) -> bool {
    written.contains("{{") || OPENED.iter().any(|open| written.contains(open))
}

/// The expressions that stand in braces as other tools have them, with blanks inside: `${ x }`. A
/// shell takes none there.
pub(crate) fn in_one_brace(written: &str, span: Span) -> Vec<Forgotten> {
    let openings = OPENED.iter().flat_map(|open| written.match_indices(open));
    let whole = openings.filter_map(|(begin, open)| {
        let from = begin + open.len();
        let end = from + written[from..].find('}')?;
        let inner = written[from..end].trim();
        let place = |range: Range<usize>| {
            let start = from + written[from..].find(inner).unwrap_or(0);
            span.part(start + range.start..start + range.end)
        };
        let references = Expr::parse(inner, &place).ok()?.references();
        let meant = format!("${{{{ {inner} }}}}");
        let span = span.part(begin..end + 1);
        (!references.is_empty()).then(|| Forgotten {
            references,
            span,
            fix: Fix::replace("put it into `${{ }}`", span, &*meant),
            meant,
        })
    });
    whole.collect()
}

/// The expression that a scalar is as a whole, as it is written at this place, without any braces.
/// In a block, as behind `|-`, quotes would be a part of the text.
pub(crate) fn bare(written: &str, span: Span, is_block: bool) -> Option<Forgotten> {
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let quote = quote.filter(|_| !is_block);
    let inner = match quote {
        Some(quote) => written.strip_prefix(quote)?.strip_suffix(quote)?,
        None => written,
    };
    // What is written must be what YAML makes of it, before the change and after.
    let around = match quote {
        _ if is_block => "",
        Some('"') if inner.contains('\\') => return None,
        Some('\'') if inner.contains('\'') => return None,
        Some('"') => "\"",
        Some(_) => "'",
        None if !inner.contains(['"', '\\']) => "\"",
        None if !inner.contains('\'') => "'",
        None => return None,
    };
    let (sign, inner) = without_sign(inner);
    let from = usize::from(quote.is_some()) + sign;
    let place = |range: Range<usize>| span.part(from + range.start..from + range.end);
    let expr = Expr::parse(inner, &place).ok()?;
    let meant = format!("${{{{ {inner} }}}}");
    let fix = format!("{around}{meant}{around}");
    Some(Forgotten {
        references: expr.references(),
        span,
        meant,
        fix: Fix::replace("put it into `${{ }}`", span, fix),
    })
}

/// A name without the `$` or `${ }` that a shell asks for variables with, and how long that is
/// before it.
pub(crate) fn without_sign(text: &str) -> (usize, &str) {
    let in_braces = text
        .strip_prefix("${")
        .or_else(|| text.strip_prefix("%{"))
        .and_then(|rest| rest.strip_suffix('}'));
    match (in_braces, text.strip_prefix('$')) {
        (Some(inner), _) => (2 + inner.len() - inner.trim_start().len(), inner.trim()),
        (None, Some(inner)) => (1, inner),
        (None, None) => (0, text),
    }
}

/// What a scalar would be in `${{ }}`, if it looks like an expression.
pub(crate) fn of(node: Node<'_>) -> Option<Forgotten> {
    let Form::Scalar(text, style) = node.form() else {
        return None;
    };
    // The line break that ends a block is text behind the expression.
    let is_block = matches!(style, Style::Literal | Style::Folded);
    if node.is_rewritten() || is_block && text.ends_with('\n') {
        return None;
    }
    let text = text.trim();
    if text.starts_with("{{") && text.ends_with("}}") {
        return in_braces(node.written(), node.span()).into_iter().next();
    }
    if is_input(node, text) && !is_block {
        return Some(of_input(node, text));
    }
    let one = bare(node.written(), node.span(), is_block)?;
    let is_meant = one.references.first().is_some_and(begins)
        && one.references.iter().all(|one| may_be_known(node, one));
    is_meant.then_some(one)
}

/// The name of an input alone, by the whole way to it.
fn of_input(node: Node<'_>, name: &str) -> Forgotten {
    let meant = format!("${{{{ inputs.{name} }}}}");
    let quoted = format!("\"{meant}\"");
    Forgotten {
        references: Vec::new(),
        span: node.span(),
        fix: Fix::replace("ask for the input", node.span(), quoted),
        meant,
    }
}

/// Says of a scalar that was just complained about that it would be right in `${{ }}`.
pub(crate) fn remind(node: Node<'_>, told: &mut [Diagnostic]) {
    let [told] = told else { return };
    let is_own = told.span().is_some_and(|span| within(span, node.span()));
    if let Some(one) = of(node).filter(|_| is_own) {
        told.help = Some(format!("did you mean `{}`?", one.meant));
        told.fixes = vec![one.fix];
    }
}

fn within(inner: Span, outer: Span) -> bool {
    inner.source == outer.source && outer.start <= inner.start && inner.end <= outer.end
}

/// Whether a workflow or kind of this document may have the input that is asked, if it is one.
fn may_be_known(node: Node<'_>, reference: &Reference) -> bool {
    let input = reference.keys.first().and_then(Part::name);
    let input = input.filter(|_| &*reference.root.value == "inputs");
    input.is_none_or(|input| is_input(node, &input.value))
}

/// Whether it asks something of a name that every workflow has.
fn begins(reference: &Reference) -> bool {
    let is_root = ROOTS
        .iter()
        .any(|(root, _)| *root == &*reference.root.value);
    is_root && !reference.keys.is_empty()
}
