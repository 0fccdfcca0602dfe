//! What expressions come to.

use super::{names, parse, table};
use crate::expression::{evaluate, functions};

#[test]
fn functions_stand_in_alphabetical_order() {
    assert!(functions::ALL.is_sorted_by_key(|function| function.name));
}

#[test]
fn what_is_unknown_stays_unknown_where_it_matters() {
    table(&[
        ("u == 1", "(known after u)"),
        ("u == null", "(known after u)"),
        ("u + v", "(known after u, v)"),
        ("u.a.b[0]", "(known after u)"),
        ("l[u]", "(known after u)"),
        ("[u, 1]", "[(known after u), 1]"),
        ("half[0]", "1"),
        ("len(half)", "2"),
        ("len(u)", "(known after u)"),
        ("1 in half", "true"),
        ("\"a\" in m", "true"),
        ("\"some\" in unsure", "true"),
        ("\"none\" in unsure", "false"),
        ("5 in half", "(known after u)"),
        ("contains(half, 1)", "true"),
        ("contains(half, 5)", "(known after u)"),
        ("contains(half, u)", "(known after u)"),
        ("u ? 5 : 5", "5"),
        ("u ? 5 : 6", "(known after u)"),
        ("u ? v : 6", "(known after u, v)"),
        ("any([u, true])", "true"),
        ("any([u, false])", "(known after u)"),
        ("all([u, false])", "false"),
        ("all([u, true])", "(known after u)"),
        ("any(half, x => x == 1)", "true"),
        ("all(half, x => x == 1)", "(known after u)"),
        ("all([1, 2, 3], x => x <= u)", "(known after u)"),
        ("any([1, 2, 3], x => 3 == x)", "true"),
        ("all([[1], [3, 4]], l => any(l, x => x == len(l)))", "false"),
        ("any([[1], [2, 3]], l => all(l, x => len(l) >= x))", "true"),
        ("all([], x => x == nothing.of)", "true"),
        ("default(u, 1)", "(known after u)"),
        ("format(\"{}\", u)", "(known after u)"),
    ]);
}

#[test]
fn trouble_behind_something_unknown_is_no_trouble_yet() {
    table(&[
        ("u && nothing.x", "(known after u)"),
        ("u ? nothing : 1", "(known after u)"),
        ("false && nothing", "false"),
        ("true || nothing", "true"),
        ("true ? 1 : nothing", "1"),
        ("any([1, 2], x => x == 1 ? u : nothing)", "(known after u)"),
        ("all([1, 2], x => x == 1 ? u : nothing)", "(known after u)"),
        (
            "any([1, 2, 3], x => x == 1 ? u : x == 3 || nothing)",
            "true",
        ),
    ]);
}

#[test]
fn types_are_never_mixed() {
    table(&[
        ("1 == \"1\"", "`1 == \"1\"`: `==` is not for int and text"),
        (
            "\"a\" < \"b\"",
            "`\"a\" < \"b\"`: `<` is not for text and text",
        ),
        ("1 == 1.0", "true"),
        ("1 < 1.5", "true"),
        ("null == 1", "false"),
        ("null != \"\"", "true"),
        ("null < 1", "`null < 1`: `<` is not for null and int"),
        (
            "version(\"5.0\") == \"5.0\"",
            "`version(\"5.0\") == \"5.0\"`: `==` is not for version and text",
        ),
        ("n && true", "`n`: expected a bool, found an int"),
        ("true + 1", "`true + 1`: `+` is not for bool and int"),
        (
            "\"a\" + \"b\"",
            "`\"a\" + \"b\"`: `+` is not for text and text",
        ),
        ("-s", "`s`: `-` is not for a text"),
        (
            "len(n)",
            "`n`: `len` expects text, a list or a map, found an int",
        ),
        ("duration(\"1m\") + duration(\"30s\")", "1m30s"),
        ("[1] == [1, 2]", "false"),
        ("host == host", "true"),
        (
            "host == \"SALES\"",
            "`host == \"SALES\"`: `==` is not for host and text",
        ),
    ]);
}

#[test]
fn what_has_no_value_is_told_where() {
    table(&[
        ("1 / 0", "`1 / 0`: this divides by zero"),
        (
            "9223372036854775807 + 1",
            "`9223372036854775807 + 1`: the number is too large",
        ),
        ("nothing.a", "`nothing`: there is no `nothing`"),
        ("m.c", "`c`: there is no `c`"),
        ("m[\"c\"]", "`\"c\"`: there is no `c`"),
        ("l[7]", "`7`: there is no item 7 in a list of 3 items"),
        (
            "l[0 - 1]",
            "`0 - 1`: there is no item -1 in a list of 3 items",
        ),
        ("l.a", "`a`: a list has no `a`"),
        ("n.a.b", "`a`: an int has no `a`"),
        ("null.a", "`a`: null has no fields"),
        ("host.nme", "`nme`: a host has no `nme`"),
        ("host.vars.adress", "`adress`: there is no `adress`"),
        ("int(\"x\")", "`int(\"x\")`: `x` is no whole number"),
        (
            "version(\"5.x\")",
            "`version(\"5.x\")`: `5.x` is no version: write numbers and dots, such as `5.0`",
        ),
        (
            "format(\"{} {}\", 1)",
            "`format(\"{} {}\", 1)`: the text has 2 `{}`, but 1 values are given",
        ),
        ("len()", "`len()`: `len` takes 1 value, and is given 0"),
    ]);
}

#[test]
fn hosts_show_their_name_groups_and_vars() {
    table(&[
        ("host", "SALES"),
        ("host.name", "SALES"),
        ("host.groups[0]", "requestors"),
        ("host.vars.address", "CONTOSO/SALES"),
        ("host.vars", "{address: CONTOSO/SALES}"),
    ]);
}

#[test]
fn default_stands_in_for_what_is_missing_or_null() {
    table(&[
        ("default(m.c, 5)", "5"),
        ("default(l[9], 5)", "5"),
        ("default(m.a, 5)", "1"),
        ("default(null, default(m.c, 6))", "6"),
        ("default(1 / 0, 5)", "`1 / 0`: this divides by zero"),
    ]);
}

#[test]
fn a_secret_stays_one() {
    for text in [
        "pw",
        "text(pw)",
        "format(\"-p{}!\", pw)",
        "join([\"a\", pw], \":\")",
        "default(pw, \"x\")",
        "default(null, text(pw))",
        "t ? format(\"{}\", pw) : s",
    ] {
        let value = evaluate::value(&parse(text), &names()).unwrap();
        assert!(value.holds_secret(), "{text}");
    }
    table(&[
        ("text(pw)", "***"),
        ("pw", "***"),
        ("format(\"-p{}!\", pw)", "-p***!"),
        ("join([\"a\", pw], \":\")", "a:***"),
        ("pw == null", "false"),
        ("default(pw, \"x\")", "***"),
        (
            "pw == \"x\"",
            "`pw`: a secret can be handed on or put into text, not looked into",
        ),
        ("lower(pw)", "`pw`: `lower` takes no secret"),
        ("len([pw])", "1"),
        ("len(pw)", "`pw`: `len` takes no secret"),
        ("any([pw], x => x != null)", "true"),
        ("json([pw])", "`[pw]`: `json` takes no secret"),
        (
            "pw in [\"a\"]",
            "`pw`: a secret can be handed on or put into text, not looked into",
        ),
    ]);
}

#[test]
fn names_bound_by_a_condition_hide_those_outside() {
    table(&[
        ("any(l, n => n == 1)", "true"),
        ("all(l, x => any(l, y => y >= x))", "true"),
        ("any(l, x => x.y)", "`y`: an int has no `y`"),
        ("any(n, x => x)", "`n`: expected a list, found an int"),
    ]);
}

#[test]
fn a_condition_is_a_bool_or_unknown() {
    let condition = |text| evaluate::condition(&parse(text), &names()).map(|v| v.to_string());
    assert_eq!(condition("n > 1").as_deref(), Ok("true"));
    assert_eq!(condition("u").as_deref(), Ok("(known after u)"));
    assert!(condition("n").is_err());
}

#[test]
fn an_expression_survives_being_written_down() {
    let text = "any(l, x => x > 1) && steps.t1[po].r != null ? [1, 'a'] : !b";
    let expr = parse(text);
    let json = serde_json::to_string(&expr).unwrap();
    assert_eq!(
        serde_json::from_str::<crate::expression::Expr>(&json).unwrap(),
        expr
    );
}
