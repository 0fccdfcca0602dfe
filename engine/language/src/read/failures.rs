//! Failures as a workflow names them: `{win32: 2140}`, `{exit: 3}`, `{code: no-such-key}`,
//! `transient`, `timeout`, `expect`.

use runsheet_diagnostics::diagnostic::Diagnostic;

use crate::document::Node;
use crate::expression::WRONG_VALUE;
use crate::reader::{self, Keys, MISSING_KEY, Reader};
use crate::workflow::Accept;

const FORM: Keys<'static> = Keys {
    what: "a failure",
    known: &["win32", "exit", "code"],
    called: &[
        ("error", "win32"),
        ("rc", "exit"),
        ("exit_code", "exit"),
        ("name", "code"),
    ],
};

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
    if node.text().is_some() {
        return super::one_of(node, WORDS, found);
    }
    let mut reader = Reader::new(node, FORM, found)?;
    if let Some(name) = reader.text("code") {
        return Some(Accept::Code(name.value.into()));
    }
    if let Some(number) = number(&mut reader, "win32") {
        return Some(Accept::Win32(number));
    }
    if let Some(number) = number(&mut reader, "exit") {
        return Some(Accept::Exit(number));
    }
    if !["code", "win32", "exit"].iter().any(|key| reader.has(key)) {
        let message = "a failure is named by `win32`, `exit` or `code`";
        found.push(Diagnostic::error(&MISSING_KEY, message).at(node.span(), "names none"));
    }
    None
}

fn number<N: TryFrom<i64>>(reader: &mut Reader<'_, '_>, key: &str) -> Option<N> {
    let written = reader.int(key)?;
    let number = N::try_from(written.value).ok();
    if number.is_none() {
        let message = format!("{} is no error number", written.value);
        let diagnostic = Diagnostic::error(&WRONG_VALUE, message).at(written.span, "out of range");
        reader.found().push(diagnostic);
    }
    number
}
