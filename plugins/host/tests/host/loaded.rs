//! A library does what a linked kind does, at the end of any line.

use std::path::Path;

use runsheet_host::interrupt::Interrupt;
use runsheet_host::library::Library;
use runsheet_step::fact::Fact;
use runsheet_step::request::{Act, Request, Verb};
use runsheet_step::{Access, Input, Name, Turn, Value};

use crate::desk::{catalogue, example, input, lines, taken};

#[test]
fn a_loaded_kind_asks_acts_and_ends_as_a_linked_one() {
    for (isolation, line) in lines(&example("shelf")) {
        let catalogue = catalogue(line);
        let kind = catalogue.kind("add-books").expect("it is there");
        let outcome = taken(kind, &input(2), &[Value::from(3), Value::Null]);
        assert_eq!(
            outcome.outputs.get("books"),
            &Value::from(5),
            "isolation: {isolation}"
        );
        assert!(outcome.changed);
    }
}

#[test]
fn an_input_is_judged_in_its_place() {
    for (_, line) in lines(&example("shelf")) {
        let catalogue = catalogue(line);
        let kind = catalogue.kind("add-books").expect("it is there");
        assert!(kind.check(&input(1)).is_empty());
        let failures = kind.check(&input(0));
        assert_eq!(failures.len(), 1);
        assert_eq!(failures[0].at, [Name::from("count")]);
        assert!(kind.acts(&input(1)));
    }
}

#[test]
fn a_panic_fails_the_step_and_nothing_else() {
    for (_, line) in lines(&example("shelf")) {
        let catalogue = catalogue(line);
        let fall = catalogue.kind("fall").expect("it is there");
        assert!(!fall.acts(&Input::default()));
        let Turn::Failed(failure) = fall.turn(&Input::default(), &[]) else {
            panic!("it fails");
        };
        assert_eq!(failure.form.to_string(), "plugin-panic");
        let place = "the shelf came down, at plugins/host/examples/shelf.rs:";
        assert!(failure.message.contains(place), "{failure}");
        let kind = catalogue.kind("add-books").expect("it is there");
        taken(kind, &input(2), &[Value::from(3), Value::Null]);
    }
}

#[test]
fn a_loaded_facility_predicts_and_takes_back() {
    let request = Request {
        host: "LIBRARY".into(),
        facility: "shelf".into(),
        resource: "books".into(),
        verb: Verb::Act(Act {
            name: "add".into(),
            args: Value::map([("count", Value::from(2))]),
            effects: None,
        }),
    };
    for (_, line) in lines(&example("shelf")) {
        let catalogue = catalogue(line);
        let shelf = catalogue.facility_named("shelf").expect("it is there");
        assert_eq!(shelf.access(&request), Access::Write);
        assert_eq!(shelf.phrase(&request), "act of books");
        let foreseen = shelf.predict(&request, &|_| Fact::Known(3.into()));
        assert_eq!(foreseen.changes[0].after, Fact::Known(5.into()));
        let back = shelf
            .inverse(&foreseen.changes[0])
            .expect("it can be taken back");
        assert_eq!(back.verb, Verb::Put(3.into()));
        let one = Value::map([("a", Value::from(1))]);
        assert!(shelf.matches(&one, &one));
    }
}

#[test]
fn a_library_is_named_by_its_whole_path() {
    let refused = Library::load(Path::new("libshelf.so")).err();
    assert_eq!(
        refused.as_deref(),
        Some("a plugin is loaded by its whole path only")
    );
}

#[test]
fn only_what_was_loaded_is_in_this_process() {
    let interrupt = Interrupt::default();
    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    assert!(interrupt.load("text", &text).is_err());
    assert!(interrupt.load("shelf", &example("shelf")).is_ok());
    assert_eq!(interrupt.here().all, ["shelf"]);
}
