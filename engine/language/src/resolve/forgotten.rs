//! Texts that are expressions of known names, if only `${{ }}` stood around them.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;
use runsheet_step::shape::Type;

use super::BARE_EXPRESSION;
use super::expressions::Wanted;
use super::meaning::Meaning;
use super::names::{Here, Names};
use super::typing;
use crate::expression::forgotten::{
    Forgotten, bare, has_braces, in_braces, in_one_brace, without_sign,
};
use crate::expression::infer::families::{Families, LIST, MAP, NULL, may_hold_secret};
use crate::expression::references::Reference;
use crate::names::ROOTS;
use crate::spanned::Spanned;

/// No name of a workflow that is written out is as long.
const LONGEST: usize = 200;

/// What the names of files often end in.
const EXTENSIONS: &[&str] = &[
    "bak", "bat", "bin", "cfg", "cmd", "conf", "csv", "dat", "db", "dll", "doc", "docx", "env",
    "exe", "gpg", "gz", "html", "ini", "js", "json", "kdbx", "key", "log", "md", "pdf", "pem",
    "pfx", "ps1", "py", "sh", "sql", "tar", "tgz", "toml", "txt", "xls", "xlsx", "xml", "yaml",
    "yml", "zip",
];

/// What stands around an expression in a text.
const BRACES: &[char] = &['$', '{', '}', ' '];

/// Tells what was forgotten in the text that is written at this place.
pub(super) fn look(names: &mut Names<'_>, span: Span, wanted: Wanted<'_>, here: Here) {
    let sources = names.written.sources;
    let written = sources.text(span);
    let before = names.found.len();
    if has_braces(written) {
        let doubled = in_braces(written, span).into_iter();
        for one in doubled.chain(in_one_brace(written, span)) {
            let asked = asked(names, &one.references, here);
            if let Some(kinds) = asked {
                // What is asked of a list may be text, though no list is.
                let is_alone = is_alone(&one, &one.references[0]);
                let fits = |kind: &Type| match may_hold_secret(kind) {
                    true => typing::can_stand(kind, wanted),
                    false => !is_alone || !is_never_text(kind),
                };
                let fits = kinds.is_some_and(|kinds| kinds.iter().all(fits));
                names.found.push(mended(told(&one, wanted), one.fix, fits));
            }
        }
    }
    if names.found.len() > before || !may_be_bare(names, written, wanted, here) {
        return;
    }
    let above = sources.text(Span::at(span.source, 0..span.range().start));
    let Some(one) = bare(written, span, is_in_block(above)) else {
        return;
    };
    let [whole] = one.references.as_slice() else {
        return;
    };
    if is_file_name(whole) {
        return;
    }
    if !is_alone(&one, whole) {
        return;
    }
    let Some(kinds) = asked(names, std::slice::from_ref(whole), here) else {
        return;
    };
    let fits = kinds.is_some_and(|kinds| kinds.iter().all(|kind| typing::can_stand(kind, wanted)));
    let fix = match wanted.kind {
        Type::Host => one.fix.clone(),
        _ => one.fix.clone().by_choice(),
    };
    names.found.push(mended(told(&one, wanted), fix, fits));
}

/// Whether an expression is nothing but what it refers to.
fn is_alone(one: &Forgotten, reference: &Reference) -> bool {
    one.meant.trim_matches(BRACES).len() == reference.span.len()
}

/// A change is offered where it leaves no other mistake.
fn mended(told: Diagnostic, fix: Fix, fits: bool) -> Diagnostic {
    match fits {
        true => told.fix(fix),
        false => told,
    }
}

/// Lists and maps do not become text by themselves.
fn is_never_text(kind: &Type) -> bool {
    let families = Families::of(kind).without(LIST.or(MAP).or(NULL));
    families.is_empty()
}

/// Where a host is named nothing else can be meant.
fn told(one: &Forgotten, wanted: Wanted<'_>) -> Diagnostic {
    let told = match wanted.kind {
        Type::Host => Diagnostic::error(
            &BARE_EXPRESSION,
            "this is taken as the name of a host: an expression stands in `${{ }}`",
        )
        .help(format!("did you mean `{}`?", one.meant)),
        _ => Diagnostic::warning(
            &BARE_EXPRESSION,
            "this is taken as text: an expression stands in `${{ }}`",
        )
        .help(format!(
            "write `{}`, or `${{{{ '..' }}}}` around it if the text itself is meant",
            one.meant
        )),
    };
    told.at(one.span, "no expression")
}

/// Whether what follows is the text of a block, whose first line ends in the likes of `|-`.
fn is_in_block(before: &str) -> bool {
    let above = before.rsplit_once('\n');
    let above = above.filter(|(_, line)| line.trim().is_empty());
    let line = above.and_then(|(above, _)| above.trim_end().lines().next_back());
    let line = line.and_then(|line| line.split(" #").next());
    let last = line.and_then(|line| line.split_whitespace().next_back());
    last.is_some_and(|word| word.starts_with(['|', '>']))
}

/// Whether it may as well be the name of a file. Of secrets any name may be meant, since a workflow
/// does not know those of its site.
fn is_file_name(reference: &Reference) -> bool {
    let [key] = reference.keys.as_slice() else {
        return false;
    };
    let is_extension = |key: &Spanned<Name>| EXTENSIONS.contains(&&*key.value);
    &*reference.root.value == "secrets" && key.name().is_some_and(is_extension)
}

/// Whether a text begins as one does that asks something of a known name.
fn may_be_bare(names: &Names<'_>, written: &str, wanted: Wanted<'_>, here: Here) -> bool {
    let inner = written.trim_matches(['"', '\'']);
    let (_, inner) = without_sign(inner);
    if inner.len() >= LONGEST {
        return false;
    }
    let is_item = |root: &str| {
        let mut seen = names.items_seen(here).into_iter();
        seen.any(|(var, _)| *var == *root)
    };
    match inner.find(['.', '[']).map(|end| &inner[..end]) {
        Some(root) => ROOTS.iter().any(|(word, _)| *word == root) || is_item(root),
        // Texts are called as items are; hosts hardly.
        None => matches!(wanted.kind, Type::Host) && is_item(inner),
    }
}

/// Whether all that is asked is there; with the types of it, if nothing is wrong with how it is
/// asked.
fn asked(names: &mut Names<'_>, references: &[Reference], here: Here) -> Option<Option<Vec<Type>>> {
    names.silently(|names| {
        let (found, misses) = (names.found.len(), names.misses.count());
        let mut kinds = Vec::new();
        for reference in references {
            let meaning = names.reference(reference, here);
            let root = &*reference.root.value;
            let is_ours = matches!(root, "inputs" | "steps" | "secrets" | "site");
            let is_fine = names.found.len() == found;
            if names.misses.count() > misses || !is_ours && (!is_fine || meaning == Meaning::ANY) {
                return None;
            }
            kinds.push(meaning.kind());
        }
        Some((names.found.len() == found).then_some(kinds))
    })
}
