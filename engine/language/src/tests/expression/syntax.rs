//! How expressions are read.

use super::{check, parse, span, table};
use crate::expression::Expr;

#[track_caller]
fn wrong(annotated: &str) -> String {
    let found = check(annotated, |text, found| {
        found.extend(Expr::parse(text.trim_end(), &span).err().map(|bad| *bad));
    });
    found[0].help.clone().unwrap_or_default()
}

#[test]
fn operators_bind_as_everywhere() {
    table(&[
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 - 2 - 1", "4"),
        ("-2 + 5", "3"),
        ("7 % 4 == 3 && 1 < 2", "true"),
        ("true || false && false", "true"),
        ("not 1 == 2", "true"),
        ("not true or true", "true"),
        ("!true || true", "true"),
        ("not 5 in [1, 2]", "true"),
        ("5 not in [1, 2]", "true"),
        ("1 not in [1, 2] or false", "false"),
        ("true ? 1 : false ? 2 : 3", "1"),
        ("false ? 1 : false ? 2 : 3", "3"),
        ("1 == 1 and 2 == 2", "true"),
        ("dash-ed", "true"),
        ("n - 1", "2"),
        ("[1, 2,]", "[1, 2]"),
        ("\"a\\\"b\\\\\" == 'a\"b\\\\'", "true"),
    ]);
}

#[test]
fn a_mistake_is_told_at_its_bytes() {
    wrong("1 +\n   ^ bad-expression\n");
    wrong("1 2\n  ^ bad-expression\n");
    wrong("a.\n  ^ bad-expression\n");
    wrong("a[1\n   ^ bad-expression\n");
    wrong("(1\n  ^ bad-expression\n");
    wrong("a ? b\n     ^ bad-expression\n");
    wrong("'one\n^^^^ bad-expression\n");
    wrong("\"a\\q\"\n  ^^ bad-expression\n");
    wrong("a # b\n  ^ bad-expression\n");
    wrong("99999999999999999999\n^^^^^^^^^^^^^^^^^^^^ bad-expression\n");
    wrong("len(l) > lne(l)\n         ^^^ unknown-function\n");
}

#[test]
fn common_slips_are_told_with_their_remedy() {
    assert!(wrong("a = b\n  ^ bad-expression\n").contains("`==`"));
    assert!(wrong("5m\n^^ bad-expression\n").contains("duration(\"5m\")"));
    assert!(wrong("a < b < c\n      ^ bad-expression\n").contains("`&&`"));
    assert!(wrong("a adn b\n  ^^^ bad-expression\n").contains("`and`"));
    assert!(wrong("lenn(l)\n^^^^ unknown-function\n").contains("`len`"));
}

#[test]
fn work_and_depth_are_bounded() {
    let deep = [
        "(".repeat(100) + "1" + &")".repeat(100),
        "!".repeat(100) + "true",
        "not ".repeat(100) + "true",
        "-".repeat(100) + "1",
        "[".repeat(100),
        vec!["1"; 100].join(" + "),
        "a".to_owned() + &".b".repeat(100),
        "a".to_owned() + &"[0]".repeat(100),
        vec!["true ? 1"; 100].join(" : "),
    ];
    for text in deep {
        let bad = Expr::parse(&text, &span).unwrap_err();
        assert!(
            bad.message.contains("more than 64 levels"),
            "{text}: {}",
            bad.message
        );
    }
    let long = format!("[{}]", vec!["1"; 300].join(","));
    let bad = Expr::parse(&long, &span).unwrap_err();
    assert!(bad.message.contains("512 words"), "{}", bad.message);
    let huge = format!("\"{}\"", "x".repeat(20_000));
    let bad = Expr::parse(&huge, &span).unwrap_err();
    assert!(bad.message.contains("16 KiB"), "{}", bad.message);
}

#[test]
fn no_text_makes_the_parser_panic() {
    let pieces = [
        "a", "1", "\"", "'", "(", ")", "[", "]", ".", ",", " not ", " in ", "?", ":", "-", "é",
        "}}", "=>", "\\",
    ];
    // Every sequence of three, with something before and after.
    for a in pieces {
        for b in pieces {
            for c in pieces {
                let text = format!("x{a}{b}{c}y");
                let place = |range: std::ops::Range<usize>| {
                    assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
                    span(range)
                };
                let _ = Expr::parse(&text, &place);
            }
        }
    }
}

#[test]
fn references_are_listed_with_their_keys() {
    let shown = |text: &str| -> Vec<String> {
        let expr = parse(text);
        expr.references()
            .iter()
            .map(|reference| text[reference.span.range()].to_owned())
            .collect()
    };
    assert_eq!(
        shown("steps.t1[po].sent.outputs.r > inputs.n"),
        ["steps.t1[po].sent.outputs.r", "po", "inputs.n"]
    );
    assert_eq!(
        shown("any(steps.c.l, x => x.y > steps.d.z)"),
        ["steps.c.l", "steps.d.z"]
    );
    assert_eq!(
        shown("len(a[\"b\"].c) == -d ? [e] : !f"),
        ["a[\"b\"].c", "d", "e", "f"]
    );
    let expr = parse("a[\"b\"][0][c]");
    let reference = &expr.references()[0];
    assert_eq!(reference.keys[0].name().map(|name| &*name.value), Some("b"));
    assert_eq!(reference.keys.len(), 3);
}

#[test]
fn an_operator_before_a_bracket_is_a_function_mistyped() {
    let found = Expr::parse("1 <= in(x)", &span).unwrap_err();
    assert_eq!(found.help.as_deref(), Some("did you mean `int`?"));
    let found = Expr::parse("1 <= in x", &span).unwrap_err();
    assert_eq!(found.help, None);
}

#[test]
fn comparisons_of_other_languages_are_told_as_they_are_here() {
    assert!(wrong("a === 1\n  ^^^ bad-expression\n").contains("`==`"));
    assert!(wrong("a !== null\n  ^^^ bad-expression\n").contains("`!=`"));
    for text in ["a is defined", "a is None", "a is not null"] {
        let help = wrong(&format!("{text}\n  ^^ bad-expression\n"));
        assert!(help.contains("`!= null`"), "{help}");
    }
}
