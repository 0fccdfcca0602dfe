//! `timeout:` and `retry:`.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::Type;

use super::{failures, value};
use crate::expression::WRONG_VALUE;
use crate::reader::{self, Keys, Reader};
use crate::spanned::Spanned;
use crate::workflow::{Retry, Then, Timeout};

const TIMEOUT: Keys<'static> = Keys {
    what: "`timeout`",
    known: &["attempt", "total", "idle", "then"],
    called: &[],
};

const RETRY: Keys<'static> = Keys {
    what: "`retry`",
    known: &["max", "backoff", "on"],
    called: &[("count", "max"), ("times", "max"), ("delay", "backoff")],
};

const THEN: &[(&str, Then)] = &[
    ("fail", Then::Fail),
    ("ask", Then::Ask),
    ("continue", Then::Continue),
];

/// `timeout: 5m`, which is the total, or its parts.
pub(super) fn timeout(outer: &mut Reader<'_, '_>) -> Option<Timeout> {
    let node = outer.take("timeout")?.value;
    if !node.is_map() {
        return Some(Timeout {
            total: Some(value::typed(node, &Type::Duration, outer.found())),
            ..Timeout::default()
        });
    }
    let mut reader = outer.nested("timeout", TIMEOUT)?;
    Some(Timeout {
        attempt: value::of(&mut reader, "attempt", &Type::Duration),
        total: value::of(&mut reader, "total", &Type::Duration),
        idle: value::of(&mut reader, "idle", &Type::Duration),
        then: super::word(&mut reader, "then", THEN).unwrap_or_default(),
    })
}

/// `retry: 3` or `retry: {max: 3, backoff: 10s, on: [..]}`.
pub(super) fn retry(outer: &mut Reader<'_, '_>) -> Option<Retry> {
    let node = outer.take("retry")?.value;
    if !node.is_map() {
        let max = reader::int(node, outer.found())?;
        return Some(Retry {
            max: at_least_one(max, outer.found()),
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
        max: at_least_one(max, reader.found()),
        backoff: value::of(&mut reader, "backoff", &Type::Duration),
        on: failures::failures(&mut reader, "on"),
    })
}

fn at_least_one(max: Spanned<i64>, found: &mut Vec<Diagnostic>) -> u32 {
    match u32::try_from(max.value) {
        Ok(number @ 1..) => number,
        _ => {
            let message = "a retry has at least one more attempt";
            found.push(Diagnostic::error(&WRONG_VALUE, message).at(max.span, "too few"));
            1
        }
    }
}
