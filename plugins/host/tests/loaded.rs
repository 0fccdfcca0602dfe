//! A library is loaded, and does what a linked kind does.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use runsheet_host::library::Library;
use runsheet_host::plugin::Plugin;
use runsheet_step::fact::Fact;
use runsheet_step::request::{Act, Request, Verb};
use runsheet_step::{Access, Answer, Catalogue, Entry, Host, Input, Name, Turn, Value};

/// The library of an example of this crate.
fn example(name: &str) -> PathBuf {
    let me = std::env::current_exe().expect("a test has a path");
    let target = me.ancestors().nth(2).expect("a test is in `deps`");
    let file = format!(
        "{}{name}{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    target.join("examples").join(file)
}

fn catalogue() -> Catalogue {
    let library = Library::load(&example("shelf")).expect("it is a plugin");
    let plugin = Plugin::at(Arc::new(library)).expect("it describes itself");
    plugin.fill(Catalogue::default())
}

fn input(count: i64) -> Input {
    let host = Host {
        name: "LIBRARY".into(),
        groups: Vec::new(),
        vars: runsheet_step::Map::new(),
    };
    Input {
        host: Value::Host(host.into()),
        with: Value::map([("count", count)].map(|(key, count)| (key, Value::from(count)))),
    }
}

#[test]
fn a_loaded_kind_asks_acts_and_ends_as_a_linked_one() {
    let catalogue = catalogue();
    let kind = catalogue.kind("add-books").expect("it is there");
    let mut transcript = Vec::new();
    let answers = [Value::from(3), Value::Null];
    for answer in answers {
        let Turn::Ask(asked) = kind.turn(&input(2), &transcript) else {
            panic!("it has more to ask");
        };
        transcript.extend(asked.into_iter().map(|request| Entry {
            request,
            answer: Some(Answer::Value(answer.clone())),
        }));
    }
    let Turn::Done(outcome) = kind.turn(&input(2), &transcript) else {
        panic!("it is done");
    };
    assert_eq!(outcome.outputs.get("books"), &Value::from(5));
    assert!(outcome.changed);
}

#[test]
fn an_input_is_judged_in_its_place() {
    let catalogue = catalogue();
    let kind = catalogue.kind("add-books").expect("it is there");
    assert!(kind.check(&input(1)).is_empty());
    let failures = kind.check(&input(0));
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].at, [Name::from("count")]);
    assert!(kind.acts(&input(1)));
}

#[test]
fn a_panic_fails_the_step_and_nothing_else() {
    let catalogue = catalogue();
    let fall = catalogue.kind("fall").expect("it is there");
    assert!(!fall.acts(&Input::default()));
    let Turn::Failed(failure) = fall.turn(&Input::default(), &[]) else {
        panic!("it fails");
    };
    assert_eq!(failure.form.to_string(), "plugin-panic");
    assert!(failure.message.contains("the shelf came down"), "{failure}");
    a_loaded_kind_asks_acts_and_ends_as_a_linked_one();
}

#[test]
fn a_loaded_facility_predicts_and_takes_back() {
    let catalogue = catalogue();
    let shelf = catalogue.facility_named("shelf").expect("it is there");
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
    assert_eq!(shelf.access(&request), Access::Write);
    assert_eq!(shelf.phrase(&request), "act of books");
    let foreseen = shelf.predict(&request, &|_| Fact::Known(3.into()));
    assert_eq!(foreseen.changes[0].after, Fact::Known(5.into()));
    let back = shelf
        .inverse(&foreseen.changes[0])
        .expect("it can be taken back");
    assert_eq!(back.verb, Verb::Put(3.into()));
    assert!(shelf.matches(
        &Value::map([("a", Value::from(1))]),
        &Value::map([("a", Value::from(1))])
    ));
}

#[test]
fn a_library_is_named_by_its_whole_path() {
    let refused = Library::load(Path::new("libshelf.so")).err();
    assert_eq!(
        refused.as_deref(),
        Some("a plugin is loaded by its whole path only")
    );
}
