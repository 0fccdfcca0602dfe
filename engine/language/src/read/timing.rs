//! `timeout:` and `retry:`.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Value;
use runsheet_step::shape::Type;

use super::value::at_least_one;
use super::{failures, value};
use crate::expression::{Template, WRONG_VALUE};
use crate::keys::{Key, Keys, Takes, words};
use crate::reader::{self, Reader};
use crate::spanned::Spanned;
use crate::workflow::{Retry, Then, Timeout};

static TIMEOUT: Keys<'static> = Keys::table(
    "`timeout`",
    &[
        Key::new("attempt", DURATION, "How long each attempt may take."),
        Key::new(
            "total",
            DURATION,
            "How long all attempts may take together.",
        ),
        Key::new("idle", DURATION, "How long it may give no sign of life."),
        Key::new(
            "then",
            Takes::Word(|| words(THEN)),
            "What happens then: `fail`, `ask` (a person says whether to go on) or `continue`.",
        ),
    ],
)
.explained(&[
    ("attempts", HOW_OFTEN),
    ("retries", HOW_OFTEN),
    ("max", HOW_OFTEN),
]);

const HOW_OFTEN: &str = "how often a step is tried again is said by `retry:` beside `timeout:`";

static RETRY: Keys<'static> = Keys::table(
    "`retry`",
    &[
        Key::new("max", Takes::AtLeast(1), "How many more attempts at most.").required(),
        Key::new(
            "backoff",
            DURATION,
            "The pause before the next attempt, twice as long each time.",
        ),
        Key::new(
            "on",
            failures::TAKES,
            "The failures that are worth another attempt, as in `accept:`.",
        ),
    ],
)
.called(&[
    ("count", "max"),
    ("times", "max"),
    ("attempts", "max"),
    ("retries", "max"),
    ("limit", "max"),
    ("delay", "backoff"),
    ("interval", "backoff"),
    ("wait", "backoff"),
    ("pause", "backoff"),
]);

/// A length of time, or its parts.
pub(super) const TIMEOUT_TAKES: Takes = Takes::Either(&[DURATION, Takes::Keys(|| &TIMEOUT)]);

/// A number, or more about it.
pub(super) const RETRY_TAKES: Takes = Takes::Either(&[Takes::AtLeast(1), Takes::Keys(|| &RETRY)]);

const DURATION: Takes = Takes::Value(|| Type::Duration);

const THEN: &[(&str, Then)] = &[
    ("fail", Then::Fail),
    ("ask", Then::Ask),
    ("continue", Then::Continue),
];

/// `timeout: 5m`, which is the total, or its parts.
pub(super) fn timeout(outer: &mut Reader<'_, '_>) -> Option<Timeout> {
    let node = outer.take("timeout")?.value;
    if !node.is_map() {
        let total = value::typed(node, &Type::Duration, outer.found());
        longer_than_nothing(&total, outer.found());
        return Some(Timeout {
            total: Some(total),
            ..Timeout::default()
        });
    }
    let mut reader = outer.nested("timeout", TIMEOUT)?;
    let mut time = |key| {
        let time = value::of(&mut reader, key, &Type::Duration)?;
        longer_than_nothing(&time, reader.found());
        Some(time)
    };
    Some(Timeout {
        attempt: time("attempt"),
        total: time("total"),
        idle: time("idle"),
        then: super::word(&mut reader, "then", THEN).unwrap_or_default(),
    })
}

/// Tells of a time in which nothing can end.
fn longer_than_nothing(time: &Template, found: &mut Vec<Diagnostic>) {
    if matches!(time.constant(), Some(Value::Duration(time)) if time.is_zero()) {
        let told = Diagnostic::error(&WRONG_VALUE, "in no time at all nothing can end");
        let told = told.at(time.span(), "is nothing");
        found.push(told.help("leave it out if it may take as long as it takes"));
    }
}

/// What is said of none.
const FEW: &str = "a retry has at least one more attempt";

/// `retry: 3` or `retry: {max: 3, backoff: 10s, on: [..]}`.
pub(super) fn retry(outer: &mut Reader<'_, '_>) -> Option<Retry> {
    let node = outer.take("retry")?.value;
    if !node.is_map() {
        let max = reader::int(node, outer.found())?;
        return Some(Retry {
            max: at_least_one(max, FEW, outer.found()),
            backoff: None,
            on: Vec::new(),
        });
    }
    let mut reader = outer.nested("retry", RETRY)?;
    reader.require("max");
    let max = reader
        .int("max")
        .unwrap_or(Spanned::new(1, Span::default()));
    Some(Retry {
        max: at_least_one(max, FEW, reader.found()),
        backoff: value::of(&mut reader, "backoff", &Type::Duration),
        on: failures::failures(&mut reader, "on"),
    })
}
