//! Values that stand under `vars:`, as in other tools: here they are defaults of inputs.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::duration;

use crate::document::{Core, Entry, Node, quoted};
use crate::read::type_name::type_names;
use crate::reader::{UNKNOWN_KEY, bare};

/// What other tools call such.
const CALLED: &[&str] = &["vars", "variables", "env"];

/// Values that a workflow gives by name, where it has no inputs.
pub(super) fn given(root: Node<'_>) -> Option<Entry<'_>> {
    let mut given = root
        .entries()
        .filter(|entry| CALLED.contains(&entry.name()));
    let found = given.find(|entry| entry.value.is_map())?;
    let is_value = |entry: Entry<'_>| !declares(entry.value);
    let is_given = root.get("inputs").is_none() && found.value.entries().any(is_value);
    is_given.then_some(found)
}

/// Whether it may be the type of an input, or more about one.
fn declares(value: Node<'_>) -> bool {
    match value.text() {
        Some(text) => type_names().contains(&text) || text.contains(['<', '[']),
        None => value.is_map() && (value.get("type").is_some() || value.get("default").is_some()),
    }
}

/// Says that they are inputs, each with a type.
pub(super) fn told(given: Entry<'_>) -> Diagnostic {
    let name = given.name();
    let example = given
        .value
        .entries()
        .find_map(|entry| Some((entry, input(entry.value)?)));
    let example = example.map_or(
        "NAME: {type: text, default: ..}".to_owned(),
        |(entry, input)| format!("{}: {input}", entry.key.written()),
    );
    let told = Diagnostic::error(&UNKNOWN_KEY, format!("`{name}` is no key of a workflow"))
        .at(bare(given.key), "unknown key")
        .help(format!(
            "what a workflow is given stands under `inputs:`, as `{example}`"
        ));
    let rename = Fix::replace("make inputs of them", bare(given.key), "inputs");
    let declared = given.value.entries().try_fold(rename, |fix, entry| {
        let written = match declares(entry.value) {
            true => return Some(fix),
            false => input(entry.value)?,
        };
        Some(fix.edit(entry.value.span(), written))
    });
    match declared {
        // Of what type they are is a guess.
        Some(fix) => told.fix(fix.by_choice()),
        None => told,
    }
}

/// An input whose default is this value; its type is what the value looks like.
fn input(value: Node<'_>) -> Option<String> {
    let written = value.written();
    let kind = match value.core() {
        Some(Core::Bool(_)) => "bool",
        Some(Core::Int(_)) => "int",
        Some(Core::Float(_)) => "number",
        Some(Core::Null) => return None,
        Some(Core::Text(text)) if duration::parse(text).is_ok() => "duration",
        Some(Core::Text(_)) => "text",
        None if value.is_list() => "list<text>",
        None => return None,
    };
    let is_text = value.text() == Some(written);
    let default = match is_text && written.contains([',', '[', ']', '{', '}']) {
        true => quoted(written),
        false => written.to_owned(),
    };
    (!written.contains('\n')).then(|| format!("{{type: {kind}, default: {default}}}"))
}
