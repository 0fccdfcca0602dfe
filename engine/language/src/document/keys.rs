//! The keys of a map: texts that stand only once.

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;

use super::node::{Entry, Node};
use super::{Document, Id, rules, syntax, undashed};

/// The entries of a map that are well, keys and values in turn; complains about the others, until
/// there are `most` complaints in all. Of two with one key the first is kept.
pub(super) fn checked(
    document: &Document,
    own: &[Id],
    found: &mut Vec<Diagnostic>,
    most: usize,
) -> Vec<Id> {
    let mut kept = Kept {
        ids: Vec::with_capacity(own.len()),
        seen: BTreeMap::new(),
    };
    let mut merged = Vec::new();
    let mut pairs = own.chunks_exact(2);
    while let Some(pair) = pairs.next() {
        let (key, value) = (Node::new(document, pair[0]), Node::new(document, pair[1]));
        if let Some((told, keys)) = call_taken_apart(document, value, pairs.clone()) {
            found.push(told);
            pairs.by_ref().take(keys).for_each(drop);
            continue;
        }
        let complaint = match key.text() {
            None if key.is_hole() => None,
            None => Some(key_not_text(document, key)),
            Some("<<") if key.written() == "<<" => {
                merged.push(value);
                let meant = written_out(key, value, &names(document, own));
                Some(merge_key(key, value, meant))
            }
            Some("id") if kept.seen.contains_key("id") => {
                let first = Node::new(document, own[0]);
                let behind: Vec<&str> = names_of(document, pairs.clone()).collect();
                let told = undashed::second_step(first, key, &behind);
                if let Some(told) = told {
                    found.push(told);
                    break;
                }
                kept.keep("id", Entry { key, value })
            }
            Some(name) => kept.keep(name, Entry { key, value }),
        };
        found.extend(complaint.filter(|_| found.len() < most));
    }
    // It has been told, and what it was to bring is not missed.
    let merged = merged.into_iter().flat_map(maps);
    for entry in merged.flat_map(Node::entries) {
        if !kept.seen.contains_key(entry.name()) {
            kept.keep(entry.name(), entry);
        }
    }
    kept.ids
}

/// The entries that are well so far.
struct Kept<'d> {
    ids: Vec<Id>,
    seen: BTreeMap<&'d str, Entry<'d>>,
}

impl<'d> Kept<'d> {
    /// Keeps an entry, or tells that its key stood there before; one that says the same again can
    /// be left out.
    fn keep(&mut self, name: &'d str, entry: Entry<'d>) -> Option<Diagnostic> {
        let Some(first) = self.seen.get(name) else {
            self.seen.insert(name, entry);
            self.ids.extend([entry.key.number(), entry.value.number()]);
            return None;
        };
        let told = duplicate_key(name, first.key, entry.key);
        let is_same = first.value.written() == entry.value.written();
        Some(match entry.lines().filter(|_| is_same) {
            Some(lines) => told.fix(Fix::replace("leave it out", lines, "")),
            None => told,
        })
    }
}

fn duplicate_key(name: &str, first: Node<'_>, again: Node<'_>) -> Diagnostic {
    Diagnostic::error(
        &rules::DUPLICATE_KEY,
        format!("the key `{name}` stands here twice"),
    )
    .at(again.span(), "again")
    .at(first.span(), "first")
    .help("keep one of the two")
}

fn merge_key(key: Node<'_>, value: Node<'_>, fix: Option<Fix>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &rules::MERGE_KEY,
        "`<<` is no part of the workflow language",
    )
    .at(key.span(), "")
    .at(value.span(), "would be copied in here")
    .help("write out what it stands for; a variant is made with `extends:` and `patch:`");
    match fix {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    }
}

/// The names of all keys that are text.
fn names<'d>(document: &'d Document, own: &[Id]) -> Vec<&'d str> {
    names_of(document, own.chunks_exact(2)).collect()
}

fn names_of<'d>(
    document: &'d Document,
    pairs: std::slice::ChunksExact<'_, Id>,
) -> impl Iterator<Item = &'d str> {
    pairs.filter_map(|pair| Node::new(document, pair[0]).text())
}

/// A map, or the maps of a list.
fn maps(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let one = (!node.is_list()).then_some(node);
    node.items().chain(one)
}

/// A call of a function that YAML takes for a value and keys behind it, since it stands between
/// braces and has commas: also how many keys these are.
fn call_taken_apart<'p>(
    document: &Document,
    value: Node<'_>,
    behind: impl Iterator<Item = &'p [Id]>,
) -> Option<(Diagnostic, usize)> {
    let opens = value.text().filter(|text| syntax::opens_call(text))?;
    let is_plain = value.written() == opens;
    let mut behind = behind.filter(|_| is_plain).enumerate();
    let last = behind.find_map(|(n, pair)| {
        let (key, value) = (Node::new(document, pair[0]), Node::new(document, pair[1]));
        let closes = key.text().is_some_and(|text| text.contains(')'));
        match value.is_null() && value.written().is_empty() {
            true => closes.then_some(Some((n + 1, key))),
            false => Some(None),
        }
    });
    let (keys, last) = last.flatten()?;
    let span = value.span().to(last.span());
    let text = document.text().get(span.range())?;
    Some((syntax::unquoted(span, text), keys))
}

/// Puts the entries that a merge would have brought into its place; those of several lines are
/// left to their author.
fn written_out(key: Node<'_>, value: Node<'_>, names: &[&str]) -> Option<Fix> {
    let missing = maps(value)
        .flat_map(Node::entries)
        .filter(|entry| !names.contains(&entry.name()));
    let entry = |entry: Entry<'_>| format!("{}: {}", entry.key.written(), entry.value.written());
    let entries: Vec<String> = missing.map(entry).collect();
    let before = key.line_before();
    let between = match before.contains(['{', '[']) {
        true => ", ".to_owned(),
        false => format!("\n{}", " ".repeat(before.chars().count())),
    };
    let is_plain = !entries.is_empty() && entries.iter().all(|entry| !entry.contains('\n'));
    let place = key.span().to(value.span());
    is_plain.then(|| Fix::replace("write it out", place, entries.join(&between)))
}

/// A key that is a list or a map; written `{{ x }}` it was meant as an expression.
fn key_not_text(document: &Document, key: Node<'_>) -> Diagnostic {
    let message = format!("a key is text, not {}", key.found());
    let diagnostic = Diagnostic::error(&rules::KEY_NOT_TEXT, message)
        .at(key.span(), "stands where a key is expected");
    let Some(span) = in_braces(document.text(), key.span()) else {
        return diagnostic.help("write the key as one word, or quote it");
    };
    let expression = syntax::quoted(&format!("${}", &document.text()[span.range()]));
    diagnostic
        .help(format!(
            "an expression has a dollar sign: write {expression}"
        ))
        .fix(Fix::replace("make it an expression", span, expression))
}

/// All of `{{ x }}`, of which the key is `{ x }`.
fn in_braces(text: &str, key: Span) -> Option<Span> {
    let range = key.range();
    let begins = text[..range.start].ends_with('{') && text[range.clone()].starts_with('{');
    let ends = text[range.end..].starts_with('}');
    (begins && ends).then(|| Span::at(key.source, range.start - 1..range.end + 1))
}
