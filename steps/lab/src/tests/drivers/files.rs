//! Directories, names with wildcards, and who holds a file.

use runsheet_step::request::Verb;
use runsheet_step::{Answer, Request, Value};

use super::{Engine, ask};
use crate::postoffice::condition::Condition;

fn file(path: &str, verb: Verb) -> Request {
    ask("SALES", "file", path, verb)
}

fn condition(engine: &Engine, path: &str, condition: Condition) {
    engine.bench.change(|lab| {
        let sales = lab
            .postoffices
            .iter_mut()
            .find(|it| &*it.host == "SALES")
            .unwrap();
        sales.conditions.set(path, condition);
    });
}

#[test]
fn a_directory_tells_how_many_files_are_in_it() {
    let engine = Engine::new();
    let p1 = |name: &str| engine.value(file(name, Verb::Get)).get("files").as_int();
    assert_eq!(p1("P1"), Some(0));
    engine.run(&["reqmain", "-dM", "-t"]);
    assert_eq!(p1(r"M:\P1\"), Some(2));
    assert_eq!(engine.ask(file("DBT", Verb::Get)), Answer::Absent);
    condition(&engine, r"MAI\MA3", Condition::Missing);
    assert_eq!(engine.ask(file(r"MAI\MA3", Verb::Get)), Answer::Absent);
}

#[test]
fn a_name_with_wildcards_lists_the_files_it_means() {
    let engine = Engine::new();
    engine.run(&["reqmain", "-dM", "-t"]);
    let list = |path: &str| engine.ask(file(path, Verb::List(Value::Null)));
    let Answer::Value(found) = list(r"p1\*.p1") else {
        panic!("P1 is there")
    };
    let paths: Vec<_> = found
        .items()
        .iter()
        .map(|it| it.get("path").to_string())
        .collect();
    assert_eq!(paths, [r"p1\00000001.P1", r"p1\00000002.P1"]);
    assert!(found.items()[0].get("size").as_int() > Some(0));
    assert_eq!(list(r"NME\TMP*.NME"), Answer::Value(Value::list([])));
    condition(&engine, "P1", Condition::Missing);
    assert_eq!(list(r"P1\*.P1"), Answer::Absent);
}

#[test]
fn a_file_tells_who_holds_it() {
    let engine = Engine::new();
    let of = |name: &str| {
        engine
            .value(file(r"NME\GAL.NME", Verb::Get))
            .get(name)
            .clone()
    };
    assert_eq!(
        [of("locked_by"), of("read_only")],
        [Value::Null, false.into()]
    );
    condition(&engine, r"NME\GAL.NME", Condition::Locked("OUTLOOK".into()));
    assert_eq!(of("locked_by"), Value::text("OUTLOOK"));
    condition(&engine, r"NME\GAL.NME", Condition::ReadOnly);
    assert_eq!(of("read_only"), true.into());
}
