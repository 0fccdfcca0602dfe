//! Failures as a workflow names them: `{win32: 2140}`, `{exit: 3}`, `{code: no-such-key}`,
//! `transient`, `timeout`, `expect`.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::shape::Type;

use crate::document::{Core, Node};
use crate::expression::WRONG_VALUE;
use crate::keys::{Key, Keys, Takes, words};
use crate::reader::{self, MISSING_KEY, Reader, bare};
use crate::workflow::Accept;

static FORM: Keys<'static> = Keys::table(
    "a failure",
    &[
        Key::new("win32", Takes::AtLeast(0), "An error number of Windows."),
        Key::new(
            "exit",
            Takes::Plain(|| Type::Int),
            "The exit code of a program.",
        ),
        Key::new(
            "code",
            Takes::Text,
            "The name of a failure, such as `no-such-key`.",
        ),
    ],
)
.one_of(&["win32", "exit", "code"])
.called(&[
    ("error", "win32"),
    ("rc", "exit"),
    ("exit_code", "exit"),
    ("name", "code"),
]);

const ONE: Takes = Takes::Either(&[Takes::Word(|| words(WORDS)), Takes::Keys(|| &FORM)]);

/// Failures in a list, or one alone.
pub(super) const TAKES: Takes = Takes::Either(&[Takes::List(&ONE), ONE]);

const WORDS: &[(&str, Accept)] = &[
    ("transient", Accept::Transient),
    ("timeout", Accept::Timeout),
    ("expect", Accept::Expect),
];

/// The failures listed under a key; one alone may stand without a list.
pub(super) fn failures(reader: &mut Reader<'_, '_>, key: &str) -> Vec<Accept> {
    let Some(entry) = reader.take(key) else {
        return Vec::new();
    };
    let found = reader.found();
    if !entry.value.is_list() && !entry.value.is_null() {
        return failure(entry.value, found).into_iter().collect();
    }
    let items = reader::items(entry.value, found).map(Iterator::collect::<Vec<_>>);
    let items = items.unwrap_or_default().into_iter();
    items.filter_map(|item| failure(item, found)).collect()
}

fn failure(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Accept> {
    if let Some(Core::Int(number)) = node.core() {
        found.push(bare_number(node));
        return i32::try_from(number).ok().map(Accept::Exit);
    }
    if node.text().is_some() {
        return super::one_of(node, WORDS, found);
    }
    let mut reader = Reader::new(node, FORM, found)?;
    two_names(&mut reader);
    if let Some(name) = reader.text("code") {
        return Some(Accept::Code(name.value.into()));
    }
    if let Some(number) = number(&mut reader, "win32") {
        return Some(Accept::Win32(number));
    }
    if let Some(number) = number(&mut reader, "exit") {
        return Some(Accept::Exit(number));
    }
    if !FORM.names().any(|key| reader.has(key)) {
        let message = "a failure is named by `win32`, `exit` or `code`";
        found.push(Diagnostic::error(&MISSING_KEY, message).at(node.span(), "names none"));
    }
    None
}

/// A number may be an error of the system or the exit code of a program: a person says which.
fn bare_number(node: Node<'_>) -> Diagnostic {
    let number = node.written();
    let message = format!("`{number}` may be an error of Windows or an exit code");
    let told = Diagnostic::error(&WRONG_VALUE, message)
        .at(node.span(), "which?")
        .help(format!(
            "write `{{win32: {number}}}` or `{{exit: {number}}}`"
        ));
    ["win32", "exit"].iter().fold(told, |told, form| {
        let meant = format!("{{{form}: {number}}}");
        let title = format!("change to `{meant}`");
        told.fix(Fix::replace(title, node.span(), meant).by_choice())
    })
}

/// A failure has one name: with a second one it would not be clear which counts.
fn two_names(reader: &mut Reader<'_, '_>) {
    let mut named: Vec<_> = FORM.names().filter_map(|key| reader.take(key)).collect();
    named.sort_by_key(|entry| entry.key.span());
    let [first, second, ..] = named.as_slice() else {
        return;
    };
    let diagnostic = Diagnostic::error(&WRONG_VALUE, "a failure is named by one number or name")
        .at(bare(second.key), "a second one")
        .at(bare(first.key), "the first")
        .help("list them as two failures");
    reader.found().push(diagnostic);
}

fn number<N: TryFrom<i64>>(reader: &mut Reader<'_, '_>, key: &str) -> Option<N> {
    let map = reader.node();
    let numbers = reader
        .take(key)
        .map(|entry| entry.value)
        .filter(|value| value.is_list());
    let before = reader.found().len();
    let written = reader.int(key);
    if let Some((numbers, told)) = numbers.zip(reader.found().get_mut(before)) {
        let each = numbers
            .items()
            .map(|item| format!("{{{key}: {}}}", item.written()));
        let each: Vec<String> = each.collect();
        told.help = Some(format!(
            "each failure is one of the list: `[{}]`",
            each.join(", ")
        ));
        let meant = match map.line_before().trim_end().chars().next_back() {
            Some('-') => return None,
            Some('[' | ',') => each.join(", "),
            _ => format!("[{}]", each.join(", ")),
        };
        told.fixes = vec![Fix::replace("list them one by one", map.span(), meant)];
    }
    let written = written?;
    let number = N::try_from(written.value).ok();
    if number.is_none() {
        let message = format!("{} is no error number", written.value);
        let diagnostic = Diagnostic::error(&WRONG_VALUE, message).at(written.span, "out of range");
        reader.found().push(diagnostic);
    }
    number
}
