//! What an unquoted scalar becomes: the type of its field says it, never the way it looks.

use runsheet_diagnostics::source::SourceId;
use runsheet_step::shape::Type;

use super::catalogue;
use crate::document::Document;
use crate::expression::template::template;

/// The types that the columns of the table stand for.
const TYPES: [Type; 7] = [
    Type::Any,
    Type::Text,
    Type::Int,
    Type::Number,
    Type::Bool,
    Type::Duration,
    Type::Version,
];

/// A scalar, and what it is as a value of each type; `-` where it is none, and where something is
/// complained of and it is taken for something all the same, what it is taken for.
const TABLE: &str = r#"
NO | "NO" | "NO" | - | - | told, false | - | -
yes | "yes" | "yes" | - | - | told, true | - | -
true | true | "true" | - | - | true | - | -
True | true | "True" | - | - | true | - | -
null | null | - | - | - | - | - | -
~ | null | - | - | - | - | - | -
0 | 0 | "0" | 0 | 0 | - | - | {"$":"version","v":"0"}
7 | 7 | "7" | 7 | 7 | - | - | {"$":"version","v":"7"}
-7 | -7 | "-7" | -7 | -7 | - | - | -
0777 | 777 | "0777" | 777 | 777 | - | - | {"$":"version","v":"0777"}
0o17 | 15 | "0o17" | 15 | 15 | - | - | -
0x1F | 31 | "0x1F" | 31 | 31 | - | - | -
1.10 | 1.1 | "1.10" | - | 1.1 | - | - | {"$":"version","v":"1.10"}
5.0 | 5.0 | "5.0" | - | 5.0 | - | - | {"$":"version","v":"5.0"}
1e3 | 1000.0 | "1e3" | - | 1000.0 | - | - | -
.inf | {"$":"float","v":"inf"} | ".inf" | - | {"$":"float","v":"inf"} | - | - | -
1_000 | "1_000" | "1_000" | - | - | - | - | -
9223372036854775808 | 9.223372036854776e+18 | "9223372036854775808" | - | 9.223372036854776e+18 | - | - | {"$":"version","v":"9223372036854775808"}
12:30:45 | "12:30:45" | "12:30:45" | - | - | - | - | -
2001-12-14 | "2001-12-14" | "2001-12-14" | - | - | - | - | -
90s | "90s" | "90s" | - | - | - | {"$":"duration","v":90000} | -
5m | "5m" | "5m" | - | - | - | {"$":"duration","v":300000} | -
1h30m | "1h30m" | "1h30m" | - | - | - | {"$":"duration","v":5400000} | -
PT5M | "PT5M" | "PT5M" | - | - | - | {"$":"duration","v":300000} | -
1.2.3 | "1.2.3" | "1.2.3" | - | - | - | - | {"$":"version","v":"1.2.3"}
'1' | "1" | "1" | - | - | - | - | {"$":"version","v":"1"}
"true" | "true" | "true" | - | - | told, true | - | -
'null' | "null" | "null" | - | - | - | - | -
'' | "" | "" | - | - | - | - | -
"#;

/// What a scalar is as a value of a type, as JSON.
fn read(scalar: &str, kind: &Type) -> String {
    let (document, _) = Document::parse(SourceId(0), format!("a: {scalar}\n"));
    let node = document.root().expect("a map").get("a").expect("a").value;
    let mut found = Vec::new();
    let value = template(node, kind, "this", &mut found).and_then(|it| it.constant());
    let json = value.map(|value| serde_json::to_string(&value).expect("a value is JSON"));
    match (json, found.is_empty()) {
        (Some(json), true) => json,
        (Some(json), false) => format!("told, {json}"),
        (None, told) => {
            assert!(!told, "{scalar} as {kind}");
            "-".to_owned()
        }
    }
}

#[test]
fn a_scalar_is_what_the_type_of_its_field_says() {
    let mut told = String::from("\n");
    for line in TABLE.trim().lines() {
        let scalar = line.split(" | ").next().unwrap_or_default().trim();
        let columns = TYPES.iter().map(|kind| read(scalar, kind));
        let row: Vec<String> = std::iter::once(scalar.to_owned()).chain(columns).collect();
        told.push_str(&(row.join(" | ") + "\n"));
    }
    assert_eq!(told, TABLE);
}

#[test]
fn a_count_is_too_small_or_too_large() {
    let step = |keys: &str| {
        format!(
            "workflow: 1\nname: x\nsteps:\n  - {{id: a, uses: assert, {keys}, with: {{that: true}}}}\n"
        )
    };
    for (keys, message) in [
        ("retry: 0", "a retry has at least one more attempt"),
        ("retry: {max: -1}", "a retry has at least one more attempt"),
        ("retry: {max: 99999999999}", "this is at most 4294967295"),
        ("foreach: {x: [1], parallel: 0}", "`parallel` is at least 1"),
        (
            "foreach: {x: [1], parallel: 99999999999}",
            "this is at most 4294967295",
        ),
    ] {
        let (_, found, ..) = catalogue::read(&step(keys));
        assert_eq!(found[0].message, message, "{keys}");
    }
}

#[test]
fn a_number_beyond_what_its_input_may_be_is_told_at_its_place() {
    let read = |with: &str| {
        let step = format!("steps:\n  - id: a\n    uses: count\n    with: {with}\n");
        let (_, found, sources, _) =
            super::catalogue::read(&format!("workflow: 1\nname: w\n{step}"));
        let told = found.iter().filter(|one| one.is_error()).map(|one| {
            let place = one.span().map_or("", |span| sources.text(span)).to_owned();
            format!("{place}: {}", one.message)
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(read("{few: 9, each: [1, 9]}"), [""; 0]);
    assert_eq!(
        read("{few: 0, each: [1, 10]}"),
        [
            "0: expected int from 1 to 9, found `0`",
            "10: expected int from 1 to 9, found `10`"
        ]
    );
    // What is worked out is seen when it is.
    assert_eq!(read("{few: '${{ 5 + 5 }}'}"), [""; 0]);
}
