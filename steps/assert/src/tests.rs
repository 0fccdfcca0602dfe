//! The kind by itself: it asks nothing.

use runsheet_step::{Input, Step, Turn, Value};

use crate::Kind;

fn claim(that: Value, say: &str) -> Value {
    Value::map([("that", that), ("say", Value::text(say))])
}

fn told(that: Value) -> String {
    let input = Input {
        host: Value::Null,
        with: Value::map([("that", that)]),
    };
    match Kind.turn(&input, &[]) {
        Turn::Done(_) => "holds".to_owned(),
        Turn::Failed(failure) => failure.to_string(),
        Turn::Unknown(why) => format!("unknown: {why}"),
        Turn::Ask(_) => unreachable!("it asks nothing"),
    }
}

#[test]
fn what_holds_is_passed_over() {
    assert_eq!(told(true.into()), "holds");
    assert_eq!(told(Value::list([claim(true.into(), "no")])), "holds");
}

#[test]
fn all_that_does_not_hold_is_told() {
    assert_eq!(told(false.into()), "assert: it does not hold");
    let claims = [
        claim(false.into(), "R went back"),
        claim(true.into(), "S went back"),
        claim(false.into(), "I went back"),
    ];
    assert_eq!(
        told(Value::list(claims)),
        "assert: R went back; I went back"
    );
}

#[test]
fn what_is_false_outranks_what_is_unknown() {
    assert_eq!(told(Value::unknown("`t1`")), "unknown: `t1`");
    let later = claim(Value::unknown("`t1`"), "x");
    assert_eq!(told(Value::list([later.clone()])), "unknown: `t1`");
    let claims = [later, claim(false.into(), "R went back")];
    assert_eq!(told(Value::list(claims)), "assert: R went back");
}

#[test]
fn what_is_no_truth_value_is_a_failure_with_its_place() {
    assert!(told(1.into()).starts_with("bad-input: "));
    let failed = told(Value::list([Value::map(
        [("that", 1)].map(|(n, v)| (n, v.into())),
    )]));
    assert!(failed.starts_with("bad-input: "), "{failed}");
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let check = |with| {
        let input = Input {
            host: Value::Null,
            with: Value::map(with),
        };
        Kind.check(&input).len()
    };
    assert_eq!(check([("that", true.into()), ("say", "x".into())]), 0);
    assert_eq!(check([("that", Value::list([])), ("say", Value::Null)]), 1);
    let list = || Value::list([claim(true.into(), "x")]);
    assert_eq!(check([("that", list()), ("say", "x".into())]), 1);
}
