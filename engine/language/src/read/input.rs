//! `uses:` and `with:`: the kind of a step, and its input read by the kind's own shape.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Catalogue, Failure, Input, Name, Step, Value, bounds};

use super::call::is_path;
use super::step::strays::Strays;
use super::{UNKNOWN_KIND, value};
use crate::compose::PATCH_CLASH;
use crate::document::{Entry, Node};
use crate::expression::Template;
use crate::expression::WRONG_VALUE;
use crate::keys::Keys;
use crate::reader::{MISSING_KEY, bare};

/// A kind and its input as read.
pub(super) struct Read {
    pub(super) kind: Name,
    pub(super) with: Template,
    pub(super) acts: bool,
    pub(super) arms: bool,
}

/// The input of a step, by the kind that the catalogue has under that name; without one it is
/// taken as it is.
pub(super) fn input(
    uses: Node<'_>,
    name: &str,
    with: Option<Entry<'_>>,
    catalogue: Option<&Catalogue>,
    strays: &Strays<'_>,
    found: &mut Vec<Diagnostic>,
) -> Read {
    let kind = catalogue.and_then(|catalogue| kind(uses, name, catalogue, found));
    let Some(kind) = kind else {
        return of_no_kind(uses, name, with, found);
    };
    let before = found.len();
    let fields = &kind.shape().inputs;
    let (what, told) = (what(kind), strays.told());
    let template = match with.filter(|with| !with.value.is_null()) {
        Some(with) => match left_over(uses, with.value, &what, fields) {
            Some(told) => {
                found.push(told);
                value::nothing(bare(uses))
            }
            None => {
                let keys = Keys::fields(&what, fields).told(&told);
                value::fields(with.value, fields, keys, found)
            }
        },
        None => value::nothing(bare(uses)),
    };
    if !strays.has_inputs() {
        missing(uses, with, fields, found);
    }
    let input = Input {
        host: Value::unknown("the run has begun"),
        with: value::known(&template),
    };
    if found.len() == before && !strays.has_inputs() {
        let failures = wrong(kind, &input).into_iter();
        found.extend(failures.map(|failure| refused(&failure, uses, with)));
    }
    Read {
        kind: kind.kind().into(),
        acts: kind.acts(&input),
        arms: kind.shape().arms(),
        with: template,
    }
}

/// The input of a step of which nobody knows what it takes.
fn of_no_kind(
    uses: Node<'_>,
    name: &str,
    with: Option<Entry<'_>>,
    found: &mut Vec<Diagnostic>,
) -> Read {
    let with = with.map_or_else(
        || value::nothing(bare(uses)),
        |with| value::typed(with.value, &Type::Any, found),
    );
    Read {
        kind: name.into(),
        with,
        acts: true,
        arms: false,
    }
}

/// That a patch made a step one of another kind, and left it what only the kind before could take.
fn left_over(uses: Node<'_>, with: Node<'_>, what: &str, fields: &[Field]) -> Option<Diagnostic> {
    let before = uses.older()?.text()?;
    let now = uses.text().filter(|now| *now != before)?;
    let is_left = |entry: &Entry<'_>| {
        let known = fields.iter().any(|field| &*field.name == entry.name());
        !known && entry.key.span().source != uses.span().source
    };
    let left = with.entries().find(is_left)?;
    let message = format!("a patch makes this `{now}` of `{before}`, and keeps the input of that");
    let label = format!("is no key of {what}");
    let told = Diagnostic::error(&PATCH_CLASH, message)
        .at(bare(uses), "another kind")
        .at(bare(left.key), label);
    Some(told.help("say its whole input anew: `with: {$replace: {..}}`"))
}

fn what(kind: &dyn Step) -> String {
    format!("the input of `{}`", kind.kind())
}

/// The kind, or the one that was surely meant.
fn kind<'c>(
    uses: Node<'_>,
    name: &str,
    catalogue: &'c Catalogue,
    found: &mut Vec<Diagnostic>,
) -> Option<&'c dyn Step> {
    if let Some(kind) = catalogue.kind(name) {
        return Some(kind);
    }
    let span = bare(uses);
    if is_path(name) {
        return None;
    }
    let diagnostic = Diagnostic::error(&UNKNOWN_KIND, format!("there is no kind `{name}`"))
        .at(span, "unknown kind");
    if [".yaml", ".yml"]
        .iter()
        .any(|ending| name.ends_with(ending))
    {
        let help = format!("a file is called by a path that begins with `./`: `./{name}`");
        let fix = Fix::replace("put `./` before it", span.before(), "./");
        found.push(diagnostic.help(help).fix(fix));
        return None;
    }
    if let Some((_, known, how)) = ELSEWHERE.iter().find(|(other, ..)| *other == name)
        && catalogue.kind(known).is_some()
    {
        let fix = Fix::replace(format!("change to `{known}`"), span, *known);
        found.push(diagnostic.help(*how).fix(fix.by_choice()));
        return None;
    }
    let near = suggest::all_nearest(name, catalogue.kinds().map(|(known, _)| known));
    found.push(match near.as_slice() {
        near @ [_, ..] => diagnostic.did_you_mean_one_of(near, span),
        [] => diagnostic.help(match name.split_once('.') {
            Some((space, kind)) => {
                format!("`{kind}` is to be defined in a file that `include:` names, as `{space}`")
            }
            None => {
                let known = words::and_list(catalogue.kinds().map(|(known, _)| known));
                format!("there are {known}")
            }
        }),
    });
    match near.as_slice() {
        [only] => catalogue.kind(only),
        _ => None,
    }
}

/// Kinds of other tools, the kind that is nearest here, and how it is said.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("shell", "exec", A_PROGRAM),
    ("command", "exec", A_PROGRAM),
    ("run", "exec", A_PROGRAM),
    ("script", "exec", A_PROGRAM),
    ("win_command", "exec", A_PROGRAM),
    ("win_shell", "exec", A_PROGRAM),
    (
        "win_service",
        "service",
        "a service is a matter of `uses: service`",
    ),
    (
        "systemd",
        "service",
        "a service is a matter of `uses: service`",
    ),
    (
        "win_regedit",
        "registry",
        "a value of the registry is a matter of `uses: registry`",
    ),
    ("sleep", "wait-for-event", NO_PAUSE),
    ("wait", "wait-for-event", NO_PAUSE),
    ("wait_for", "wait-for-event", NO_PAUSE),
    ("pause", "manual", A_PERSON),
    ("prompt", "manual", A_PERSON),
    ("ask", "manual", A_PERSON),
    ("approve", "manual", A_PERSON),
    ("approval", "manual", A_PERSON),
];

const A_PROGRAM: &str =
    "a program is started by `uses: exec`, word by word in `argv:`; there is no shell";
const NO_PAUSE: &str =
    "no step only lets time pass: wait for what is to happen, as `wait-for-event` does";
const A_PERSON: &str = "a person is asked by `uses: manual`, with `say:` under `with:`";

/// Inputs that must be there and are not: told at `with:`, or at the kind where that is missing
/// too.
pub(super) fn missing(
    uses: Node<'_>,
    with: Option<Entry<'_>>,
    fields: &[Field],
    found: &mut Vec<Diagnostic>,
) {
    let empty = with.is_none_or(|with| with.value.is_null());
    if !empty {
        return;
    }
    let required = fields.iter().filter(|field| field.required);
    let names: Vec<&str> = required.map(|field| &*field.name).collect();
    if names.is_empty() {
        return;
    }
    let kind = uses.text().unwrap_or_default();
    let message = format!("`{kind}` needs {}", words::and_list(&names));
    let place = with.map_or(bare(uses), |with| bare(with.key));
    let help = format!("add `with: {{{}: ..}}`", names.join(": .., "));
    found.push(
        Diagnostic::error(&MISSING_KEY, message)
            .at(place, "not given")
            .help(help),
    );
}

/// What is wrong with an input beyond its types: numbers that are too small or too large, and what
/// else the kind says. Of one value that is said once.
fn wrong(kind: &dyn Step, input: &Input) -> Vec<Failure> {
    let mut found = bounds::beyond(&kind.shape().inputs, &input.with);
    let mut said = kind.check(input);
    said.retain(|one| found.iter().all(|beyond| beyond.at != one.at));
    found.append(&mut said);
    found
}

/// What a kind says against its input, at the bytes it means.
fn refused(failure: &Failure, uses: Node<'_>, with: Option<Entry<'_>>) -> Diagnostic {
    let span = match with {
        Some(with) if !failure.at.is_empty() => with.value.walk(&failure.at).1.span(),
        _ => bare(uses),
    };
    let diagnostic = Diagnostic::error(&WRONG_VALUE, failure.message.to_string()).at(
        span,
        format!("refused by `{}`", uses.text().unwrap_or_default()),
    );
    match &failure.help {
        Some(help) => diagnostic.help(help.to_string()),
        None => diagnostic,
    }
}
