//! The words of a patch that begin with `$`.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::{suggest, words};

use super::PATCH_FORM;
use super::patch::Pair;
use crate::document::{Entry, Node, Place};
use crate::keys::LISTS_OF_STEPS;
use crate::reader::bare;

/// A directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it is written as, `$delete`.
    pub name: &'static str,
    /// What stands behind it.
    pub says: Says,
    /// What it does, in a sentence.
    pub doc: &'static str,
}

/// What stands behind a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// `true`.
    True,
    /// The id of a step.
    Step,
    /// All of a value.
    Value,
    /// Items of a list.
    Items,
}

/// The directives of a value under a key.
pub const OF_VALUES: &[Word] = &[
    word("$delete", Says::True, "The key is taken out."),
    word("$replace", Says::Value, "The value is wholly this."),
    word(
        "$append",
        Says::Items,
        "These come behind those of the list.",
    ),
    word(
        "$prepend",
        Says::Items,
        "These come before those of the list.",
    ),
    word(OPTIONAL, Says::True, "What is patched may be missing."),
];

/// The directives of a step in a list.
pub const OF_STEPS: &[Word] = &[
    word("$delete", Says::True, "The step is taken out."),
    word(
        "$replace",
        Says::True,
        "The step is wholly what stands here.",
    ),
    word("$rename", Says::Step, "Its new name, everywhere."),
    word("$before", Says::Step, "The step that it stands before."),
    word("$after", Says::Step, "The step that it stands after."),
    word("$first", Says::True, "It stands first in its list."),
    word("$last", Says::True, "It stands last in its list."),
    word(OPTIONAL, Says::True, "The step may be missing."),
];

/// What can be done to a value: at most one of these, in as many words as it has.
pub const ACTS: &[&[&str]] = &[&["$delete"], &["$replace"], GROWS];

/// The directives that make a list longer.
pub(super) const GROWS: &[&str] = &["$append", "$prepend"];

/// The directives that say where a step is to stand: at most one of these.
pub const PLACES: &[&str] = &["$first", "$last", "$before", "$after"];

/// The directive that does nothing by itself.
pub const OPTIONAL: &str = "$optional";

const fn word(name: &'static str, says: Says, doc: &'static str) -> Word {
    Word { name, says, doc }
}

/// Whether there is such a directive anywhere.
fn is_known(name: &str) -> bool {
    let mut words = OF_VALUES.iter().chain(OF_STEPS);
    words.any(|word| word.name == name)
}

/// What is to be done with a value.
#[derive(Debug, Default)]
pub(super) struct Directive {
    pub(super) delete: bool,
    pub(super) replace: Option<Place>,
    pub(super) append: Option<Place>,
    pub(super) prepend: Option<Place>,
    pub(super) optional: bool,
    /// Whether what stands beside `$optional` is to be merged.
    pub(super) merge: bool,
    /// Where it is said.
    pub(super) place: Place,
}

impl Directive {
    /// The directive that a value is; nothing where it is just a value.
    pub(super) fn of(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Directive> {
        if !node.entries().any(|entry| entry.name().starts_with('$')) {
            return None;
        }
        let before = found.len();
        let mut words = node.entries().filter(|entry| entry.name().starts_with('$'));
        let mut directive = Directive {
            merge: words.all(|entry| entry.name() == OPTIONAL),
            place: node.number(),
            ..Directive::default()
        };
        for entry in node.entries() {
            let value = entry.value.number();
            match entry.name() {
                "$delete" => directive.delete = is_true(entry.key, entry.value, found),
                "$optional" => directive.optional = is_true(entry.key, entry.value, found),
                "$replace" => directive.replace = Some(value),
                "$append" => directive.append = Some(value),
                "$prepend" => directive.prepend = Some(value),
                name if name.starts_with('$') => found.push(unknown(entry.key, OF_VALUES)),
                _ if directive.merge => {}
                _ => found.push(not_alone(entry.key)),
            }
        }
        found.extend(contrary(node));
        // What is half said is not half done.
        if found.len() > before {
            directive = Directive {
                optional: true,
                place: directive.place,
                ..Directive::default()
            };
        }
        Some(directive)
    }
}

/// Two directives of a value that cannot both be obeyed.
fn contrary(node: Node<'_>) -> Option<Diagnostic> {
    let act = |name: &str| ACTS.iter().position(|act| act.contains(&name));
    let mut acts = node
        .entries()
        .filter_map(|entry| Some((act(entry.name())?, entry)));
    let (act, one) = acts.next()?;
    let (_, other) = acts.find(|(another, _)| *another != act)?;
    let message = format!(
        "`{}` and `{}` cannot both be done to one value",
        one.name(),
        other.name()
    );
    let told = Diagnostic::error(&PATCH_FORM, message)
        .at(bare(other.key), "the other")
        .at(bare(one.key), "the one");
    Some(told.help("keep one of the two"))
}

/// The step that a directive names, as it should.
pub(super) fn step(key: Node<'_>, value: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<Place> {
    let named = value.text().is_some_and(|id| !id.is_empty());
    if !named && !value.is_hole() {
        let message = format!("`{}` says the id of a step", key.text().unwrap_or_default());
        let told = Diagnostic::error(&PATCH_FORM, message);
        found.push(told.at(value.place(), "should be an id"));
    }
    named.then(|| value.number())
}

/// Whether a directive that is a mere word says `true`, as it should.
pub(super) fn is_true(key: Node<'_>, value: Node<'_>, found: &mut Vec<Diagnostic>) -> bool {
    let truth = value.text() == Some("true");
    if !truth && !value.is_hole() {
        let message = format!(
            "`{}` says `true` or is left out",
            key.text().unwrap_or_default()
        );
        let told = Diagnostic::error(&PATCH_FORM, message).at(value.place(), "should be `true`");
        let said = value.text().unwrap_or_default().to_ascii_lowercase();
        found.push(match said.as_str() {
            "true" | "yes" | "on" | "y" => told.did_you_mean("true", value.span()),
            _ => told,
        });
    }
    truth
}

/// A directive that there is not, or not here.
pub(super) fn unknown(key: Node<'_>, known: &[Word]) -> Diagnostic {
    let name = key.text().unwrap_or_default();
    let span = bare(key);
    let message = match is_known(name) {
        true => format!("`{name}` has no meaning here"),
        false => format!("there is no directive `{name}`"),
    };
    let diagnostic = Diagnostic::error(&PATCH_FORM, message).at(span, "unknown directive");
    let known: Vec<&str> = known.iter().map(|word| word.name).collect();
    let same = ELSEWHERE.iter().filter(|(other, _)| *other == name);
    let mut same = same.filter_map(|(_, ours)| known.iter().copied().find(|one| one == ours));
    let near = match same.next() {
        Some(same) => vec![same],
        None => suggest::all_nearest(name, known.iter().copied()),
    };
    match near.as_slice() {
        [] => diagnostic.help(format!("it can be {}", words::or_list(&known))),
        near => diagnostic.did_you_mean_one_of(near, span),
    }
}

/// Directives of other tools, and those that do the same here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("$remove", "$delete"),
    ("$unset", "$delete"),
    ("$del", "$delete"),
    ("$drop", "$delete"),
    ("$set", "$replace"),
    ("$override", "$replace"),
    ("$add", "$append"),
    ("$push", "$append"),
    ("$insert_after", "$after"),
    ("$insert_before", "$before"),
    ("$insertAfter", "$after"),
    ("$insertBefore", "$before"),
    ("$name", "$rename"),
];

fn not_alone(key: Node<'_>) -> Diagnostic {
    let name = key.text().unwrap_or_default();
    let message =
        format!("`{name}` stands beside a directive, which is all that is said of a value");
    Diagnostic::error(&PATCH_FORM, message)
        .at(bare(key), "beside a directive")
        .help("put new content into `{$replace: ..}`, or merge it without a directive")
}

/// A directive beside the keys of a map that is to be merged.
pub(super) fn misplaced(key: Node<'_>) -> Diagnostic {
    let name = key.text().unwrap_or_default();
    let message = format!("`{name}` does not belong to a whole patch");
    Diagnostic::error(&PATCH_FORM, message)
        .at(bare(key), "of what?")
        .help("say it of one key, as in `key: {$delete: true}`, or of one step")
}

/// An address where a key belongs: `steps.reload.timeout`.
pub(super) fn an_address(key: Node<'_>, known: &[Pair]) -> Option<Diagnostic> {
    let name = key.text()?;
    let mut parts = name.split('.');
    let first = parts.next().filter(|_| name.contains('.'))?;
    let is_known = |name: &str| known.iter().any(|pair| pair.name == name);
    if is_known(name) || !is_known(first) {
        return None;
    }
    let rest: Vec<&str> = parts.collect();
    let inner = |keys: &[&str]| {
        keys.iter().rev().fold("..".to_owned(), |inner, key| {
            let is_last = inner == "..";
            match is_last {
                true => format!("{key}: .."),
                false => format!("{key}: {{{inner}}}"),
            }
        })
    };
    let written = match rest.split_first() {
        Some((id, rest)) if LISTS_OF_STEPS.contains(&first) => {
            format!("{first}: [{{id: {id}, {}}}]", inner(rest))
        }
        _ => format!("{first}: {{{}}}", inner(&rest)),
    };
    let told = Diagnostic::error(&PATCH_FORM, format!("`{name}` is an address, and no key"));
    let told = told.at(bare(key), "no key");
    Some(told.help(format!("a patch is written as the file is: `{written}`")))
}

/// `$append` for a list of steps.
pub(super) fn steps_have_places(key: Node<'_>) -> Diagnostic {
    Diagnostic::error(
        &PATCH_FORM,
        "steps are added one by one, each with its place",
    )
    .at(bare(key), "a list of steps")
    .help("list the steps, and say `$first`, `$last`, `$before` or `$after` in each new one")
}

/// Every directive in a value that nothing can obey: in wholly new content, or (`of_file`) in a
/// file that is no patch, where only the known words are looked for and `x-` keys are not.
pub(super) fn strays(node: Node<'_>, of_file: bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    collect(node, of_file, &mut found);
    found
}

/// Those in an entry of a file that is no patch.
pub(super) fn strays_of(entry: Entry<'_>) -> Vec<Diagnostic> {
    match entry.name().starts_with("x-") {
        true => Vec::new(),
        false => strays(entry.value, true),
    }
}

fn collect(node: Node<'_>, of_file: bool, found: &mut Vec<Diagnostic>) {
    for entry in node.entries() {
        let name = entry.name();
        let known = is_known(name);
        if known || (name.starts_with('$') && !of_file) {
            found.push(stray(entry.key, of_file));
        }
        if !(of_file && name.starts_with("x-")) {
            collect(entry.value, of_file, found);
        }
    }
    for item in node.items() {
        collect(item, of_file, found);
    }
}

fn stray(key: Node<'_>, of_file: bool) -> Diagnostic {
    let name = key.text().unwrap_or_default();
    let (message, help) = match of_file {
        true => (
            format!("`{name}` stands only in a patch"),
            "say it under `patch:` in a file with `extends:`, or in an overlay",
        ),
        false => (
            format!("`{name}` stands in wholly new content, where there is nothing to change"),
            "leave it out",
        ),
    };
    Diagnostic::error(&PATCH_FORM, message)
        .at(bare(key), "changes nothing")
        .help(help)
}
