//! Work and depth are bounded, and whoever goes too far is told where.

use super::{names, parse, result, words};
use crate::expression::Expr;
use crate::expression::evaluate::{self, MOST_WORK};

#[track_caller]
fn too_much(text: &str, at: &str) {
    let trouble = evaluate::value(&parse(text), &names()).unwrap_err();
    assert!(
        trouble.message.contains("steps to work out"),
        "{text}: {}",
        trouble.message
    );
    assert!(trouble.help.is_some());
    assert_eq!(words(text, trouble.span), format!("`{at}`"), "{text}");
}

#[test]
fn lists_within_lists_are_refused_where_they_are_looked_into() {
    too_much("any(big, a => any(big, b => f))", "f");
    too_much("any(big, a => -1 in big)", "-1 in big");
    too_much("any(big, a => big == null)", "big == null");
    too_much("any(big, a => json(big) == \"\")", "json(big)");
    too_much(
        "any(big, a => join(big, \",\") == \"\")",
        "join(big, \",\")",
    );
    too_much("any(big, a => len(values(m)) + len(big) == 0)", "len(big)");
    too_much("any(big, a => default(m.c, 1) == 0)", "m.c");
    let long = "n".repeat(400);
    for call in [
        format!("matches(\"{long}\", \"{{a:text}}{{b:text}}!\")"),
        format!("capture(\"{long}\", \"[{{a:int}}]\")"),
    ] {
        too_much(
            &format!("any(big, a => any(big, b => {call} == null))"),
            &call,
        );
    }
}

#[test]
fn one_list_of_ten_thousand_is_no_trouble() {
    assert_eq!(result("any(big, a => a < 0)"), "false");
    assert_eq!(result("-1 in big"), "false");
    assert_eq!(result("len(json(big)) > 10000"), "true");
}

#[test]
fn what_ran_out_is_told_even_behind_what_is_not_known() {
    too_much("u && any(big, a => -1 in big)", "-1 in big");
    too_much("u ? any(big, a => -1 in big) : true", "-1 in big");
    too_much(
        "any([u, t], x => x && any(big, a => -1 in big))",
        "-1 in big",
    );
}

#[test]
fn work_is_counted_and_not_timed() {
    let deep = (0..11).fold("false".to_owned(), |inner, n| {
        format!("any(l, x{n} => {inner})")
    });
    assert_eq!(result(&deep), "false");
    assert!(
        MOST_WORK > 3_u64.pow(11),
        "eleven levels of three are within the bounds"
    );
}

/// What is wrong with an expression as it is read.
fn unreadable(text: &str) -> String {
    let place = |range| super::span(range);
    Expr::parse(text, &place).map_or_else(|bad| bad.message, |_| "nothing".to_owned())
}

#[test]
fn depth_is_refused_as_it_is_read() {
    let levels = "the expression has more than 64 levels";
    for (text, wanted) in [
        (format!("{}1{}", "(".repeat(100), ")".repeat(100)), levels),
        (format!("{}true", "!".repeat(100)), levels),
        (format!("{}true", "not ".repeat(100)), levels),
        (format!("{}1{}", "[".repeat(100), "]".repeat(100)), levels),
        (
            format!("{}1{}", "len(".repeat(100), ")".repeat(100)),
            levels,
        ),
        (format!("{}1", "true ? 1 : ".repeat(100)), levels),
        (format!("{}true", "true && ".repeat(100)), levels),
        (format!("m{}", ".a".repeat(100)), levels),
        (format!("m{}", "[0]".repeat(100)), levels),
        ("1 + ".repeat(5000), "the expression is longer than 16 KiB"),
        ("!".repeat(10_000), levels),
        (
            "1 + ".repeat(1000),
            "the expression has more than 512 words",
        ),
    ] {
        assert_eq!(unreadable(&text), wanted, "{}...", &text[..20]);
    }
    let fine = format!("{}true", "true && ".repeat(60));
    assert_eq!(unreadable(&fine), "nothing");
}

#[test]
fn patterns_do_not_go_deeper_than_people_look() {
    let nested = format!("matches(s, \"{}\")", "[a".repeat(1000));
    assert!(
        result(&nested).contains("optional parts deep"),
        "{}",
        result(&nested)
    );
    let long = "a".repeat(5000);
    assert!(result(&format!("matches(s, \"{long}\")")).contains("at most 4096 bytes"));
}

#[test]
fn the_deepest_expression_survives_being_written_down() {
    for deepest in [
        format!("{}true", "true && ".repeat(62)),
        format!("{}1{}", "text(".repeat(60), ")".repeat(60)),
        format!("{}1{}", "[".repeat(60), "]".repeat(60)),
    ] {
        let expr = parse(&deepest);
        let json = serde_json::to_string(&expr).unwrap();
        assert_eq!(serde_json::from_str::<Expr>(&json).unwrap(), expr);
    }
}

#[test]
fn what_was_written_down_by_nobody_is_no_expression() {
    let span = serde_json::to_string(&super::span(0..1)).unwrap();
    let not = format!("[\"not\",{span}]");
    let literal = serde_json::to_string(&parse("true")).unwrap();
    let bare = &literal[1..literal.len() - 1];
    for (row, wanted) in [
        ("[]".to_owned(), "no expression"),
        (format!("[{not}]"), "no expression"),
        (format!("[{bare},{bare}]"), "no expression"),
        (
            format!("[{bare}{}]", format!(",{not}").repeat(100)),
            "deeper than any",
        ),
    ] {
        let why = serde_json::from_str::<Expr>(&row).unwrap_err().to_string();
        assert!(why.contains(wanted), "{row}: {why}");
    }
}
