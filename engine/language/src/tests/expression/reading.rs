//! Templates from documents.

use runsheet_diagnostics::carets;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_step::shape::{Field, Type};

use super::{Types, names};
use crate::document::Document;
use crate::expression::Template;
use crate::expression::template::{condition, expression, template};

/// Reads a document as a template and checks the lines of carets.
#[track_caller]
fn read(annotated: &str, kind: &Type) -> (Option<Template>, Vec<Diagnostic>) {
    let text = carets::strip(annotated);
    let mut sources = Sources::new();
    let id = sources.add("test.yaml", text.as_str());
    let (document, mut found) = Document::parse(id, text);
    let read = template(document.root().unwrap(), kind, "this input", &mut found);
    assert_eq!(carets::annotate(&found, &sources, id), annotated);
    assert!(read.is_some() || !found.is_empty());
    (read, found)
}

#[track_caller]
fn value(text: &str, kind: &Type) -> String {
    let read = read(text, kind).0.unwrap();
    match read.evaluate(&names()) {
        Ok(value) => format!("{}: {value}", value.kind()),
        Err(trouble) => format!("{}: {}", &text[trouble.span.range()], trouble.message),
    }
}

#[test]
fn one_expression_keeps_its_type_and_text_around_it_makes_text() {
    let table = [
        ("${{ n }}", "int: 3"),
        ("\"${{ n }}\"", "int: 3"),
        ("${{ l }}", "list: [1, 2, 3]"),
        ("n is ${{ n }}, ${{ s }}", "text: n is 3, one two"),
        ("${{ n }}${{ n }}", "text: 33"),
        ("-p${{ pw }}", "secret: -p***"),
        ("a ${{ u }} b ${{ v }}", "unknown: (known after u, v)"),
        ("[1, \"${{ u }}\"]", "list: [1, (known after u)]"),
        ("x: {y: \"${{ n }}\"}", "map: {x: {y: 3}}"),
        (
            "a ${{ l }}",
            "l: a list cannot be put into text: convert it with `json` or `join`",
        ),
        (
            "a ${{ null }}",
            "null: null cannot be put into text: give it a `default`",
        ),
        ("'${{ \"}}\" }} $ {{'", "text: }} $ {{"),
        ("|\n  one ${{ n }}\n  two\n", "text: one 3\ntwo\n"),
    ];
    for (text, wanted) in table {
        assert_eq!(value(text, &Type::Any), wanted, "{text}");
    }
}

#[test]
fn a_mistake_in_an_expression_is_told_at_its_bytes_in_every_style() {
    read(
        "a ${{ n + }} b ${{ m m }}\n          ^^ bad-expression\n                     ^ bad-expression\n",
        &Type::Any,
    );
    read(
        "'it''s ${{ n + }}'\n               ^^ bad-expression\n",
        &Type::Any,
    );
    read(
        "\"\\t\\u00e9 ${{ lenn(l) }}\"\n              ^^^^ unknown-function\n",
        &Type::Any,
    );
    read(
        "|\n  one\n    two ${{ n # }}\n              ^ bad-expression\n",
        &Type::Any,
    );
    read(
        ">-\n  one\n  two ${{ n # }}\n            ^ bad-expression\n",
        &Type::Any,
    );
    let huge = format!(
        "a ${{{{ \"{}\" }}}}\n     ^ bad-expression\n",
        "x".repeat(20_000)
    );
    read(&huge, &Type::Any);
    read("a ${{ n\n       ^ bad-expression\n", &Type::Any);
}

#[test]
fn a_scalar_is_what_its_type_says() {
    let table = [
        (Type::Text, "1.10", "text: 1.10"),
        (Type::Text, "0777", "text: 0777"),
        (Type::Path, "M:\\MAILEXE", "text: M:\\MAILEXE"),
        (Type::Version, "1.10", "version: 1.10"),
        (Type::Duration, "1h30m", "duration: 1h30m"),
        (Type::Int, "4395", "int: 4395"),
        (Type::Number, "1.5", "number: 1.5"),
        (Type::Bool, "true", "bool: true"),
        (Type::word(&["dword", "sz"]), "dword", "text: dword"),
        (Type::Any, "1.10", "number: 1.1"),
        (Type::Any, "NO", "text: NO"),
        (Type::Pattern, "'R={r:int}'", "text: R={r:int}"),
        (Type::list(Type::Text), "[1, true]", "list: [1, true]"),
        (Type::OneOf(vec![Type::Int, Type::Text]), "5", "int: 5"),
        (Type::OneOf(vec![Type::Int, Type::Text]), "x", "text: x"),
        (
            Type::OneOf(vec![Type::Text, Type::list(Type::Text)]),
            "[x]",
            "list: [x]",
        ),
        (
            Type::known(&["none", "opaque"]),
            "something",
            "text: something",
        ),
    ];
    for (kind, text, wanted) in table {
        assert_eq!(value(text, &kind), wanted, "{text}");
    }
}

#[test]
fn a_scalar_of_another_type_is_told() {
    read("many\n^^^^ wrong-type\n", &Type::Int);
    read("yes\n^^^ wrong-type\n", &Type::Bool);
    read("90\n^^ wrong-value\n", &Type::Duration);
    read("five\n^^^^ wrong-value\n", &Type::Version);
    read("'R={r:itn}'\n      ^^^ wrong-value\n", &Type::Pattern);
    read(
        "'{a:word} ${{ s }}={r:itn}'\n                      ^^^ wrong-value\n",
        &Type::Pattern,
    );
    read("'{a:${{ s }}} [${{ n }}]'\n", &Type::Pattern);
    let several = Type::OneOf(vec![Type::Pattern, Type::list(Type::Pattern)]);
    read(
        "'${{ s }}={r:itn}'\n             ^^^ wrong-value\n",
        &several,
    );
    read(
        "'${{ s }}={r:itn}'\n",
        &Type::OneOf(vec![Type::Pattern, Type::Text]),
    );
    read("dwrod\n^^^^^ unknown-word\n", &Type::word(&["dword", "sz"]));
    read(
        "opauqe\n^^^^^^ unknown-word\n",
        &Type::known(&["none", "opaque"]),
    );
    read("hunter2\n^^^^^^^ wrong-value\n", &Type::Secret);
    read("[a, [b]]\n    ^^^ wrong-type\n", &Type::list(Type::Text));
    read("{a: b}\n^^^^^^ wrong-type\n", &Type::Text);
    read("a: x\n^^^^ wrong-type\n", &Type::list(Type::Text));
    read(
        "[a, b: 1]\n    ^^^^ wrong-type\n",
        &Type::OneOf(vec![Type::Text, Type::list(Type::Text)]),
    );
    read(
        "x\n^ wrong-type\n",
        &Type::OneOf(vec![Type::Int, Type::Bool]),
    );
}

fn record() -> Type {
    Type::Record(vec![
        Field::new("key", Type::Text, "").required(),
        Field::new("type", Type::word(&["dword", "sz"]), ""),
        Field::new("data", Type::Any, ""),
    ])
}

#[test]
fn the_fields_of_a_record_are_known() {
    assert_eq!(
        value("data: ${{ n }}\nkey: 1\n", &record()),
        "map: {data: 3, key: 1}"
    );
    let (_, found) = read(
        "kye: a\n^^^ unknown-key\ntpye: sz\n^^^^ unknown-key\n",
        &record(),
    );
    assert_eq!(found[0].help.as_deref(), Some("did you mean `key`?"));
    let (_, found) = read("type: sz\n^^^^ missing-key\n", &record());
    assert_eq!(found[0].message, "this input needs the key `key`");
    read(
        "key: a\ntype: zs\n      ^^ unknown-word\ndata: ${{ }}\n          ^^ bad-expression\n",
        &record(),
    );
}

#[test]
fn an_open_map_takes_other_names() {
    let fields = vec![Field::new("id", Type::Int, "").required()];
    let kind = Type::Open(fields, Box::new(Type::Text));
    assert_eq!(value("id: 1\nother: 2\n", &kind), "map: {id: 1, other: 2}");
    read("id: x\n    ^ wrong-type\n", &kind);
    read("other: x\n^^^^^ missing-key\n", &kind);
}

#[test]
fn a_condition_stands_bare_or_in_one_expression() {
    let read = |text: &str| {
        let (document, mut found) = Document::parse(Default::default(), text);
        let read = condition(document.root().unwrap(), &mut found);
        (read.is_some(), found.len())
    };
    assert_eq!(read("n > 1"), (true, 0));
    assert_eq!(read("${{ n > 1 }}"), (true, 0));
    assert_eq!(read("true"), (true, 0));
    assert_eq!(read("'\"a\" in l'"), (true, 0));
    assert_eq!(read("${{ n }} > 1"), (false, 1));
    assert_eq!(read("[a]"), (false, 1));
    assert_eq!(read("n >"), (false, 1));
    let (document, mut found) = Document::parse(Default::default(), "x");
    assert!(expression(document.root().unwrap(), &mut found).is_none());
    assert_eq!(
        found[0].message,
        "expected one expression in `${{ }}`, found `x`"
    );
}

#[test]
fn the_type_of_a_template_is_known_before_its_value() {
    let infer = |text: &str| {
        let (document, mut found) = Document::parse(Default::default(), text);
        let read = template(document.root().unwrap(), &Type::Any, "this", &mut found).unwrap();
        (read.infer(&Types, &mut found).to_string(), found.len())
    };
    assert_eq!(infer("${{ n }}"), ("int".into(), 0));
    assert_eq!(infer("a ${{ n }}"), ("text".into(), 0));
    assert_eq!(infer("a ${{ pw }}"), ("secret".into(), 0));
    assert_eq!(infer("a ${{ l }}"), ("text".into(), 1));
    assert_eq!(infer("[a, \"${{ nope }}\"]").1, 1);
}

#[test]
fn a_template_shows_its_parts() {
    let (read, _) = read("a: [x, \"${{ n }}\"]\nb: t ${{ s }}\n", &Type::Any);
    let read = read.unwrap();
    assert_eq!(read.expressions().len(), 2);
    assert_eq!(read.references()[1].root.value.as_ref(), "s");
    assert!(read.constant().is_none());
    assert!(matches!(read.walk(["a", "1"]), Template::Expr(_)));
    assert_eq!(read.walk(["a", "0"]).constant(), Some("x".into()));
    let json = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Template>(&json).unwrap(), read);
}

#[test]
fn a_word_of_another_field_is_told_with_that_field() {
    let kind = Type::Record(vec![
        Field::new("control", Type::word(&["start", "restart"]), ""),
        Field::new("state", Type::word(&["running", "stopped"]), ""),
    ]);
    let offered = |annotated: &str| {
        let (_, found) = read(annotated, &kind);
        let fix = found[0].fixes.first();
        fix.map(|fix| (fix.edits[0].text.clone(), fix.is_choice))
    };
    let meant = Some("control: restart".to_owned());
    let sure = offered("{state: restarted}\n        ^^^^^^^^^ unknown-word\n");
    assert_eq!(sure, meant.clone().zip(Some(false)));
    let perhaps = offered("{state: reloaded}\n        ^^^^^^^^ unknown-word\n");
    assert_eq!(perhaps, meant.zip(Some(true)));
    let taken = "{state: restarted, control: start}\n        ^^^^^^^^^ unknown-word\n";
    assert_eq!(offered(taken), None);
    // What its own field has comes first.
    let own = offered("{state: started}\n        ^^^^^^^ unknown-word\n");
    assert_eq!(own, Some(("running".to_owned(), false)));
}
