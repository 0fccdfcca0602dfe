//! Values and templates of many levels: as deep as they may be written, they can be written down
//! and read again.

use runsheet_diagnostics::source::SourceId;
use runsheet_step::Value;
use runsheet_step::shape::Type;

use super::names;
use crate::document::Document;
use crate::expression::Template;
use crate::expression::template::template;

/// The template of a text that YAML takes.
fn read(text: &str) -> Template {
    let (document, told) = Document::parse(SourceId(0), text);
    assert_eq!(told, []);
    let mut found = Vec::new();
    let root = document.root().expect("a value");
    let template = template(root, &Type::Any, "this", &mut found).expect("a template");
    assert_eq!(found, []);
    template
}

/// As deep as YAML goes, of lists and maps in turn, around one value.
fn deepest(core: &str) -> String {
    let half = Value::MOST_LEVELS / 2;
    format!("{}{core}{}", "[{$: ".repeat(half), "}]".repeat(half))
}

#[test]
fn the_deepest_template_survives_being_written_down() {
    let cores = ["1", "\"${{ 1 }}\"", "\"a ${{ 1 }}\""];
    for text in cores.map(deepest).into_iter().chain(["[]".to_owned()]) {
        let template = read(&text);
        let json = serde_json::to_string(&template).unwrap();
        assert_eq!(serde_json::from_str::<Template>(&json).unwrap(), template);
        let value = template.evaluate(&names()).unwrap();
        let json = serde_json::to_string(&value).unwrap();
        // What a journal puts around it.
        let within = format!("{}{json}{}", "[".repeat(50), "]".repeat(50));
        let back: Value = serde_json::from_str(&within).expect("it is not too deep");
        assert!(!back.is_null());
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value);
    }
}

#[test]
fn what_was_written_down_by_nobody_is_no_template() {
    let span = serde_json::to_string(&super::span(0..1)).unwrap();
    let one = format!("{{\"literal\":[1,{span}]}}");
    let list = |count| format!("{{\"list\":[{count},{span}]}}");
    for (row, wanted) in [
        ("[]".to_owned(), "no value"),
        (format!("[{}]", list(1)), "no value"),
        (format!("[{one},{one}]"), "no value"),
        (
            format!("[{one}{}]", format!(",{}", list(1)).repeat(100)),
            "deeper than any",
        ),
    ] {
        let why = serde_json::from_str::<Template>(&row)
            .unwrap_err()
            .to_string();
        assert!(why.contains(wanted), "{row}: {why}");
    }
}

#[test]
fn values_do_not_grow_deeper_from_step_to_step() {
    let nested = format!("{}1{}", "[".repeat(64), "]".repeat(64));
    assert!(read(&nested).evaluate(&names()).is_ok());
    let further = format!("{}\"${{{{ [[1]] }}}}\"{}", "[".repeat(63), "]".repeat(63));
    let trouble = read(&further).evaluate(&names()).unwrap_err();
    assert_eq!(
        trouble.message,
        "the value has lists and maps more than 64 levels deep"
    );
}
