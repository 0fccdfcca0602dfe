//! One value of an expected type, or a complaint that tells both.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::{suggest, words};

use super::{MISSING_KEY, UNKNOWN_WORD, WRONG_TYPE, bare};
use crate::document::{Core, Entry, Node};
use crate::spanned::Spanned;

/// Complains that `wanted` was expected. Says nothing of a hole, which has been complained about.
pub fn wrong(node: Node<'_>, wanted: &str, found: &mut Vec<Diagnostic>) {
    if node.is_hole() {
        return;
    }
    let is_quoted = node.text().is_some() && node.written().starts_with(['"', '\'']);
    let quoted = if is_quoted { "the text " } else { "" };
    let message = format!("expected {wanted}, found {quoted}{}", node.found());
    let label = format!("should be {wanted}");
    let told = Diagnostic::error(&WRONG_TYPE, message).at(node.place(), label);
    found.push(match node.is_null() && node.older().is_some() {
        true => told.help("a patch takes out what it names with `{$delete: true}`"),
        false => told,
    });
}

/// Complains that a map has no such key, at its first key, which stands for the whole of it.
pub fn missing(node: Node<'_>, what: &str, key: &str, found: &mut Vec<Diagnostic>) {
    let first = node.entries().next();
    let place = first.map_or(node.span(), |entry| entry.key.span());
    let message = format!("{what} needs the key `{key}`");
    let diagnostic = Diagnostic::error(&MISSING_KEY, message);
    let help = format!("add `{key}: ..`");
    found.push(diagnostic.at(place, format!("has no `{key}`")).help(help));
}

fn checked<'d, T>(
    node: Node<'d>,
    wanted: &str,
    value: Option<T>,
    found: &mut Vec<Diagnostic>,
) -> Option<Spanned<T>> {
    if value.is_none() {
        wrong(node, wanted, found);
    }
    Some(Spanned::new(value?, node.span()))
}

/// Text: a scalar of any look as its source has it.
pub fn text<'d>(node: Node<'d>, found: &mut Vec<Diagnostic>) -> Option<Spanned<&'d str>> {
    let value = node.text().filter(|_| !node.is_null());
    checked(node, "text", value, found)
}

/// `true` or `false`.
pub fn boolean(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Spanned<bool>> {
    if let Some(Core::Bool(truth)) = node.core() {
        return Some(Spanned::new(truth, node.span()));
    }
    let written = node.text().unwrap_or_default();
    let near = suggest::nearest(written, ["true", "false"]);
    let is_slip = |near: &&str| suggest::slips(written, near) < 2 && !is_input(node, written);
    let meant = match near.filter(is_slip) {
        Some(near) => Some(near),
        None => match written.to_ascii_lowercase().as_str() {
            "yes" | "on" | "y" => Some("true"),
            "no" | "off" | "n" => Some("false"),
            _ => None,
        },
    };
    let before = found.len();
    wrong(node, "`true` or `false`", found);
    if matches!(written, "true" | "false") && found.len() > before {
        without_quotes(node, found);
        return Some(Spanned::new(written == "true", node.span()));
    }
    let (meant, said) = meant.zip(found.get_mut(before))?;
    *said = said.clone().did_you_mean(meant, node.span());
    Some(Spanned::new(meant == "true", node.span()))
}

/// Whether an input of this document, or of a kind in it, is called so.
pub(crate) fn is_input(node: Node<'_>, name: &str) -> bool {
    let Some(root) = node.root() else {
        return false;
    };
    let kinds = root.get("define").into_iter();
    let kinds = kinds.flat_map(|kinds| kinds.value.entries());
    let mut all = kinds.map(|kind| kind.value).chain([root]);
    all.any(|one| {
        let inputs = one.get("inputs");
        inputs.is_some_and(|inputs| inputs.value.get(name).is_some())
    })
}

/// A whole number.
pub fn int(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Spanned<i64>> {
    let value = match node.core() {
        Some(Core::Int(number)) => Some(number),
        _ => None,
    };
    let before = found.len();
    let checked = checked(node, "a whole number", value, found);
    let text = node.text().unwrap_or_default();
    if let Some(told) = found.get_mut(before) {
        told.help = match text.contains("${{") {
            true => Some("no expression stands here: write the number out".to_owned()),
            false => Core::is_too_large(text).then(|| format!("write {}", fitting())),
        };
    }
    let is_quoted = matches!(node.text().map(Core::of), Some(Core::Int(_)));
    if checked.is_none() && is_quoted {
        without_quotes(node, found);
    }
    checked
}

/// The whole numbers there are.
pub(crate) fn fitting() -> String {
    format!("a number from {} to {}", i64::MIN, i64::MAX)
}

/// One of these words.
pub fn word<'w>(
    node: Node<'_>,
    words: &[&'w str],
    found: &mut Vec<Diagnostic>,
) -> Option<Spanned<&'w str>> {
    let written = text(node, found)?;
    if let Some(known) = words.iter().find(|word| **word == written.value) {
        return Some(written.map(|_| *known));
    }
    found.push(stranger(node, words));
    // Read as what was meant, so that nothing else is missed.
    let near = meant(written.value, words);
    near.map(|near| written.map(|_| near))
}

fn stranger(node: Node<'_>, possible: &[&str]) -> Diagnostic {
    let written = node.text().unwrap_or_default();
    let span = bare(node);
    let message = format!("`{written}` is not possible here");
    let diagnostic = Diagnostic::error(&UNKNOWN_WORD, message).at(span, "unknown word");
    match all_meant(written, possible).as_slice() {
        [] => diagnostic.help(format!("it can be {}", words::or_list(possible))),
        near => diagnostic.did_you_mean_one_of(near, span),
    }
}

/// The one word that is nearly so called, or that means the same elsewhere.
pub(crate) fn meant<'w>(written: &str, possible: &[&'w str]) -> Option<&'w str> {
    match all_meant(written, possible).as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// The word that means the same elsewhere, or those that are equally near.
fn all_meant<'w>(written: &str, possible: &[&'w str]) -> Vec<&'w str> {
    let same = SAME.iter().filter(|(other, _)| *other == written);
    let mut same = same.filter_map(|(_, ours)| possible.iter().find(|word| *word == ours));
    match same.next() {
        Some(same) => vec![same],
        None => suggest::all_nearest(written, possible.iter().copied()),
    }
}

/// Words of other tools, and those that may stand for them here.
const SAME: &[(&str, &str)] = &[
    ("started", "running"),
    ("active", "running"),
    ("up", "running"),
    ("down", "stopped"),
    ("inactive", "stopped"),
    ("suspended", "paused"),
    ("restarted", "restart"),
    ("reloaded", "restart"),
    ("started", "start"),
    ("stopped", "stop"),
];

/// Offers to make a list of words, or of one map, which the last complaint is about.
fn as_list(node: Node<'_>, found: &mut [Diagnostic]) {
    let fix = if let Some(key) = only_list(node) {
        without_key(node, key)
    } else if node.is_map() {
        as_item(node)
    } else {
        let list = in_brackets(node);
        list.map(|list| Fix::replace("make it a list", node.span(), list))
    };
    if let Some((said, fix)) = found.last_mut().zip(fix) {
        said.fixes.push(fix);
    }
}

/// The one key of a map that stands between the place of a list and the list, such as `steps:`
/// below `finally:`.
fn only_list(node: Node<'_>) -> Option<Entry<'_>> {
    const NAMES: &[&str] = &["steps", "tasks", "items", "list"];
    let mut entries = node.entries();
    let named = |entry: &Entry<'_>| NAMES.contains(&entry.name()) && entry.value.is_list();
    let only = entries.next().filter(named)?;
    entries.next().is_none().then_some(only)
}

/// Leaves out the key of a list: lists in lines stay as deep as they are.
fn without_key(map: Node<'_>, key: Entry<'_>) -> Option<Fix> {
    let title = format!("leave `{}:` out", key.name());
    if map.written().starts_with('{') {
        return Some(Fix::replace(title, map.span(), key.value.written()));
    }
    let before = map.line_before();
    let to_list = key.key.span().to(key.value.span().before());
    let between = map.written().get(..to_list.len())?;
    let (own, deep) = between.split_once('\n')?;
    let is_plain = before.trim().is_empty() && deep.bytes().all(|byte| byte == b' ');
    let is_plain = is_plain && own.trim_end().ends_with(':') && deep.len() >= before.len();
    let gone = own.len() + 1 + before.len();
    is_plain.then(|| Fix::replace(title, to_list.part(0..gone), ""))
}

/// Words as a list of them.
pub(crate) fn in_brackets(node: Node<'_>) -> Option<String> {
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '\\');
    let words: Vec<&str> = node.written().split(' ').collect();
    let is_word = |word: &&str| !word.is_empty() && word.chars().all(letter);
    let are_words = !node.is_null() && node.text().is_some() && words.iter().all(is_word);
    are_words.then(|| format!("[{}]", words.join(", ")))
}

/// Puts a dash before a map that stands on lines of its own.
fn as_item(map: Node<'_>) -> Option<Fix> {
    let is_alone = map.line_before().bytes().all(|byte| byte == b' ');
    let span = map.span();
    let dash = Fix::replace("put `- ` before it", span.before(), "- ");
    let lines = map.written().match_indices('\n');
    let deeper = lines.fold(dash, |fix, (feed, _)| {
        fix.edit(span.part(feed + 1..feed + 1), "  ")
    });
    (is_alone && !map.written().starts_with('{')).then_some(deeper)
}

/// Offers to take the quotes off what would be right without them.
fn without_quotes(node: Node<'_>, found: &mut [Diagnostic]) {
    if let Some((said, text)) = found.last_mut().zip(node.text()) {
        said.fixes
            .push(Fix::replace("take the quotes off", node.span(), text));
    }
}

/// The items of a list.
pub fn items<'d>(
    node: Node<'d>,
    found: &mut Vec<Diagnostic>,
) -> Option<impl ExactSizeIterator<Item = Node<'d>> + use<'d>> {
    if !node.is_list() {
        wrong(node, "a list", found);
        as_list(node, found);
        return None;
    }
    Some(node.items())
}

/// The entries of a map; `what` says what the map is.
pub fn entries<'d>(
    node: Node<'d>,
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<impl ExactSizeIterator<Item = Entry<'d>> + use<'d>> {
    if !node.is_map() {
        let wanted = match what {
            "this" => "a map".to_owned(),
            what => format!("{what} (a map)"),
        };
        wrong(node, &wanted, found);
        return None;
    }
    Some(node.entries())
}

/// The name of an entry with the place of its key.
pub fn named<'d>(entry: Entry<'d>) -> Spanned<&'d str> {
    Spanned::new(entry.name(), bare(entry.key))
}
