//! Registry values of the rarer types.

use runsheet_step::request::Verb;
use runsheet_step::{Form, Value};

use super::{DX_KEY, Engine, ask};
use crate::exchange::dx::options::Options;

fn put(kind: &str, data: Value) -> Verb {
    Verb::Put(Value::map([("type", Value::text(kind)), ("data", data)]))
}

#[test]
fn a_list_of_texts_is_read_back_and_read_by_the_service() {
    let engine = Engine::new();
    let resource = format!("{DX_KEY}:Requestors Used To Import From");
    let value = |verb| ask("EXCH1", "registry", &resource, verb);
    let names = || Value::list(["NORTH/SALES".into(), "NORTH/PLANT".into()]);
    engine.ask(value(put("multi_sz", names())));
    assert_eq!(engine.value(value(Verb::Get)).get("data"), &names());
    let read = engine
        .bench
        .look(|lab| Options::read(&lab.exchanges[0].registry));
    assert_eq!(read.import_from.len(), 2);
}

#[test]
fn data_that_is_none_of_its_type_is_refused() {
    let engine = Engine::new();
    let resource = format!("{DX_KEY}:Layout");
    let value = |verb| ask("EXCH1", "registry", &resource, verb);
    for (kind, data) in [
        ("binary", "odd"),
        ("qword", "many"),
        ("multi_sz", "one"),
        ("float", "1"),
    ] {
        let refused = engine.fault(value(put(kind, data.into())));
        assert_eq!(refused, Form::code("bad-value"), "{kind}");
    }
    engine.ask(value(put("binary", "DE,AD".into())));
    let read = engine.value(value(Verb::Get));
    assert_eq!(read.get("data"), &Value::text("de ad"));
}
