//! The types of expressions, and what is wrong before there are values.

use super::{Types, check, names, parse, span};
use crate::expression::infer::{self, infer};
use crate::expression::operators::Operator;
use crate::expression::{Expr, evaluate};

#[track_caller]
fn wrong(annotated: &str) -> (String, String) {
    let found = check(annotated, |text, found| {
        let expr = Expr::parse(text.trim_end(), &span).unwrap();
        infer(&expr, &Types, found);
    });
    (
        found[0].message.clone(),
        found[0].help.clone().unwrap_or_default(),
    )
}

/// An operand of each family, which has a value and a type.
const OPERANDS: [&str; 11] = [
    "3",
    "1.5",
    "s",
    "duration(\"5m\")",
    "version(\"5.0\")",
    "run.started",
    "host",
    "pw",
    "[1]",
    "true",
    "null",
];

#[test]
fn what_is_no_mistake_beforehand_has_a_value_and_the_other_way_round() {
    let mut differ = Vec::new();
    for operator in Operator::ALL {
        for (a, b) in OPERANDS.iter().flat_map(|a| OPERANDS.map(|b| (*a, b))) {
            let text = format!("{a} {} {b}", operator.sign());
            let expr = parse(&text);
            let mut found = Vec::new();
            infer(&expr, &Types, &mut found);
            let value = evaluate::value(&expr, &names());
            let decided = operator == Operator::Or && a == "true";
            if value.is_ok() != (found.is_empty() || decided) {
                let foreseen = found.first().map(|found| &found.message);
                differ.push(format!("{text}: {foreseen:?}, {value:?}"));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn every_expression_has_a_type() {
    let table = [
        ("n + 1", "int"),
        ("n + 1.5", "number"),
        ("n > 1 && !(s == \"x\")", "bool"),
        ("inputs.timeout", "duration"),
        ("inputs.timeout + duration(\"5m\")", "duration"),
        ("when - when", "duration"),
        ("inputs.requestors[0]", "host"),
        ("inputs.requestors[0].name", "text"),
        ("host.vars.version", "version"),
        ("host.vars.other", "any value"),
        ("len(l)", "int"),
        ("[1, 2]", "list<int>"),
        ("true ? 1 : 2", "int"),
        ("true ? 1 : null", "int or null"),
        ("maybe == null", "bool"),
        ("default(null, 5)", "int"),
        ("any(l, x => x > 2)", "bool"),
        ("format(\"{}\", n)", "text"),
        ("format(\"{}\", pw)", "secret"),
        ("text(pw)", "secret"),
        ("join([s, pw], s)", "secret"),
        ("text(true ? s : pw)", "secret"),
        ("default(s, pw)", "text or secret"),
        ("when - duration(\"5m\")", "time"),
        ("pw", "secret"),
        ("pw == null", "bool"),
        ("host.vars.version < version(\"5.0\")", "bool"),
        ("s in keys(host.vars)", "bool"),
        ("kind == \"pc\"", "bool"),
    ];
    for (text, wanted) in table {
        let mut found = Vec::new();
        let kind = infer(&parse(text), &Types, &mut found);
        assert_eq!(found, [], "{text}");
        assert_eq!(kind.to_string(), wanted, "{text}");
    }
}

#[test]
fn an_unknown_name_is_told_at_its_segment_with_the_nearest() {
    let (_, help) = wrong("n + inptus.timeout > n\n    ^^^^^^ unknown-name\n");
    assert_eq!(help, "did you mean `inputs`?");
    let (_, help) = wrong("inputs.timeuot == null\n       ^^^^^^^ unknown-name\n");
    assert_eq!(help, "did you mean `timeout`?");
    wrong("inputs.requestors[0].nmae == \"x\"\n                     ^^^^ unknown-name\n");
    let text = r#"capture(s, "{po:word} {n:int}").nn > 1"#;
    let (_, help) = wrong(&format!(
        "{text}\n                                ^^ unknown-name\n"
    ));
    assert_eq!(help, "did you mean `n`?");
    let text = r#"capture(s, "{po:wrod}").po == s"#;
    let (_, help) = wrong(&format!("{text}\n                ^^^^ wrong-value\n"));
    assert_eq!(help, "did you mean `word`?");
    let (_, help) = wrong("l.first\n  ^^^^^ unknown-name\n");
    assert!(help.contains("[0]"), "{help}");
}

#[test]
fn the_first_fix_restores_a_name_also_in_brackets() {
    let text = "inputs[\"timeuot\"]";
    let mut found = Vec::new();
    infer(&parse(text), &Types, &mut found);
    let edit = &found[0].fixes[0].edits[0];
    let mended = text.to_owned();
    assert_eq!(&mended[edit.span.range()], "timeuot");
    assert_eq!(edit.text, "timeout");
}

#[test]
fn operands_of_a_wrong_type_are_told() {
    wrong("n == \"x\"\n^^^^^^^^ wrong-operand\n");
    wrong("s < s\n^^^^^ wrong-operand\n");
    wrong("n && true\n^ wrong-operand\n");
    wrong("s + 1\n^^^^^ wrong-operand\n");
    wrong("len(n)\n    ^ wrong-operand\n");
    wrong("lower(pw)\n      ^^ wrong-operand\n");
    wrong("pw == \"x\"\n^^^^^^^^^ wrong-operand\n");
    wrong("s in [1, 2]\n^^^^^^^^^^^ wrong-operand\n");
    wrong("len(l, l)\n^^^^^^^^^ wrong-operand\n");
    wrong("any(l, x => x)\n            ^ wrong-operand\n");
    wrong("-s\n ^ wrong-operand\n");
    let (_, help) = wrong("host.vars.version < \"5.0\"\n^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-operand\n");
    assert!(help.contains("version(\"5.0\")"));
    let (_, help) = wrong("host == \"SALES\"\n^^^^^^^^^^^^^^^ wrong-operand\n");
    assert!(help.contains(".name"));
}

#[test]
fn constants_are_tried_at_once() {
    wrong("duration(\"5\")\n         ^^^ wrong-value\n");
    wrong("n + 1 / 0\n    ^^^^^ no-value\n");
    wrong("version(\"five\")\n        ^^^^^^ wrong-value\n");
    wrong("matches(s, \"R={r:itn}\")\n                 ^^^ wrong-value\n");
    let (_, help) = wrong("kind == \"exchagne\"\n         ^^^^^^^^ wrong-value\n");
    assert_eq!(help, "did you mean `exchange`?");
}

#[test]
fn nothing_follows_from_a_mistake() {
    wrong(
        "nothing.a + 1 > len(nothing) && nothing\n^^^^^^^ unknown-name\n                    ^^^^^^^ unknown-name\n                                ^^^^^^^ unknown-name\n",
    );
}

#[test]
fn a_condition_has_to_be_a_bool() {
    let mut found = Vec::new();
    infer::condition(&parse("n"), &Types, &mut found);
    infer::condition(&parse("n > 1"), &Types, &mut found);
    infer::condition(&parse("host.vars.x"), &Types, &mut found);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code.name, "wrong-operand");
}
