//! A step that calls a definition or a whole workflow: which one, and what it is given.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::{Catalogue, Name};

use super::library::{Define, Libraries, Library, LibraryId};
use super::step::strays::Strays;
use super::{CYCLIC_CALL, Draft, NO_BODY, UNKNOWN_KIND, input, value};
use crate::compose::lost::lost_inputs;
use crate::document::{Entry, Node};
use crate::keys::Keys;
use crate::reader::{Reader, UNKNOWN_KEY, bare};
use crate::workflow::{Call, CallInput, InputDeclaration};

/// Keys that only single steps have, and no calls.
const NOT_OF_CALLS: &[&str] = &["effects", "in_doubt", "undo"];

/// What the `uses:` of a step names.
pub(super) enum Callee<'l, 'd> {
    /// What is called.
    Define(&'l Define<'d>),
    /// A kind of the program's own, or what may be meant for one.
    Kind,
    /// Nobody knows, and that has been told.
    Told,
}

/// What a step calls. If only one is nearly called so, that is told, and it is taken for it.
pub(super) fn callee<'l, 'd>(
    reader: &mut Reader<'d, '_>,
    libraries: &'l Libraries<'d>,
    library: LibraryId,
    catalogue: &Catalogue,
) -> Callee<'l, 'd> {
    let uses = reader.take("uses").map(|entry| entry.value);
    let Some((uses, name)) = uses.and_then(|uses| Some((uses, uses.text()?))) else {
        return Callee::Kind;
    };
    if is_path(name) {
        if let Some(file) = libraries.for_includes(library, uses.span()) {
            let told = no_workflow(name, bare(uses), file);
            reader.found().push(told);
        }
        // One that cannot be read has been told.
        let called = libraries.at_path(library, uses.span());
        return called.map_or(Callee::Kind, Callee::Define);
    }
    if catalogue.kind(name).is_some() {
        return Callee::Kind;
    }
    if let Some(define) = libraries.define(library, name) {
        return Callee::Define(define);
    }
    let types = libraries.files.get(library).map(|file| &file.types);
    if types.is_some_and(|types| types.has_lost(name)) {
        return Callee::Told;
    }
    let callable = libraries.names(library);
    let kinds = catalogue.kinds().map(|(kind, _)| kind);
    let near = suggest::all_nearest(name, callable.iter().map(|name| &**name).chain(kinds));
    let define = |near: &&str| libraries.define(library, near);
    if !near.iter().any(|near| define(near).is_some()) {
        return Callee::Kind;
    }
    let span = bare(uses);
    let diagnostic = Diagnostic::error(&UNKNOWN_KIND, format!("there is no kind `{name}`"));
    let diagnostic = diagnostic.at(span, "unknown kind");
    reader
        .found()
        .push(diagnostic.did_you_mean_one_of(&near, span));
    match near.as_slice() {
        [only] => define(only).map_or(Callee::Told, Callee::Define),
        _ => Callee::Told,
    }
}

/// A file that is called and only defines what those use that include it.
fn no_workflow(path: &str, at: Span, file: &Library<'_>) -> Diagnostic {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let space = name.split('.').next().unwrap_or(name);
    let kinds = file
        .defines
        .keys()
        .map(|kind| format!("uses: {space}.{kind}"));
    let help = match file.defines.is_empty() {
        true => format!("name it under `include:`: `include: [{path}]`"),
        false => {
            let kinds: Vec<String> = kinds.collect();
            format!(
                "say `include: [{path}]`, and call what it defines: {}",
                words::or_list(&kinds)
            )
        }
    };
    let message = format!("`{path}` is no workflow: it is there to be included");
    let told = Diagnostic::error(&UNKNOWN_KIND, message);
    told.at(at, "has no steps of its own").help(help)
}

/// Whether `uses:` names a file.
pub(super) fn is_path(name: &str) -> bool {
    ["./", "../", "/", ".\\", "..\\"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// What a call is given.
pub(super) fn call<'d>(
    reader: &mut Reader<'d, '_>,
    define: &Define<'d>,
    strays: &Strays<'_>,
    draft: &mut Draft<'d>,
) {
    refuse(reader);
    let Some(uses) = reader.take("uses").map(|entry| entry.value) else {
        return;
    };
    let name: Name = uses.text().unwrap_or_default().into();
    let fields = Call::fields(&define.inputs);
    let with = reader.take("with").filter(|with| !with.value.is_null());
    let what = format!("the input of `{name}`");
    let given = match with {
        Some(with) => {
            let mut told = strays.told();
            told.extend(gone(with, &name, define, reader.found()));
            let keys = Keys::fields(&what, &fields).told(&told);
            value::fields(with.value, &fields, keys, reader.found())
        }
        None => value::nothing(bare(uses)),
    };
    let with = reader.take("with");
    if !strays.has_inputs() {
        input::missing(uses, with, &fields, reader.found());
    }
    if draft.node.doc.is_empty() {
        draft.node.doc = define.doc.clone();
    }
    if draft.node.see.is_empty() {
        draft.node.see.clone_from(&define.see);
    }
    let mut call = made(&name, bare(uses), define);
    for (name, input) in &mut call.inputs {
        input.given = given.get(name).cloned();
    }
    draft.node.call = Some(Box::new(call));
}

/// Tells what is given for inputs that a patch of what is called took out; gives their names.
fn gone<'d>(
    with: Entry<'d>,
    name: &str,
    define: &Define<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<&'d str> {
    let is_input = |entry: &Entry<'_>| {
        define
            .inputs
            .iter()
            .any(|(name, _)| **name == *entry.name())
    };
    let mut strange = with
        .value
        .entries()
        .filter(|entry| !is_input(entry))
        .peekable();
    let document = define.steps.filter(|_| strange.peek().is_some());
    let Some(document) = document.map(Node::document) else {
        return Vec::new();
    };
    let inner = name.split_once('.').map(|(_, inner)| inner);
    let kinds = match define.is_whole {
        true => [None, None],
        false => [Some(name), inner.or(Some(name))],
    };
    let lost = lost_inputs(document, &kinds);
    let gone = strange.filter_map(|entry| {
        let by = lost.get(entry.name())?;
        let message = format!("`{}` is no key of the input of `{name}`", entry.name());
        let told = Diagnostic::error(&UNKNOWN_KEY, message).at(bare(entry.key), "unknown key");
        let told = told.at(*by, "taken out here");
        found.push(told.help("keep it there, or leave this one out"));
        Some(entry.name())
    });
    gone.collect()
}

/// A call that nobody makes, given nothing.
pub(super) fn unasked(name: &Name, define: &Define<'_>) -> Call {
    made(name, define.span, define)
}

fn made(name: &Name, span: Span, define: &Define<'_>) -> Call {
    let input = |(name, declared): &(Name, InputDeclaration)| {
        let (declared, given) = (declared.clone(), None);
        (name.clone(), CallInput { declared, given })
    };
    Call {
        kind: name.clone(),
        span,
        declared: define.span,
        inputs: define.inputs.iter().map(input).collect(),
        outputs: define.outputs.clone(),
        finally: None,
    }
}

fn refuse(reader: &mut Reader<'_, '_>) {
    for key in NOT_OF_CALLS {
        if let Some(entry) = reader.take(key) {
            let message = format!("`{key}` is a matter of single steps, and this calls several");
            let diagnostic = Diagnostic::error(&NO_BODY, message).at(bare(entry.key), "of a call");
            let help = "say it at the steps of what is called";
            reader.found().push(diagnostic.help(help));
        }
    }
}

/// Calls that lead back to where they began, with every place in order. What nobody calls from
/// outside of the circle has, as its first place, that of its own name.
pub(super) fn cyclic(around: &[(Name, Span)], uncalled: bool) -> Diagnostic {
    let names: Vec<&str> = around.iter().map(|(name, _)| &**name).collect();
    let message = format!("what is called calls itself: {}", names.join(" -> "));
    let mut diagnostic = Diagnostic::error(&CYCLIC_CALL, message);
    for (at, (name, span)) in around.iter().enumerate().rev() {
        let label = match at == 0 && uncalled {
            true => "defined here".to_owned(),
            false => format!("calls `{name}`"),
        };
        diagnostic = diagnostic.at(*span, label);
    }
    diagnostic.help("take one of these calls out: every run would be endless")
}
