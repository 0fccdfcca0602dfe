//! Values into types.

use super::decode;
use crate::{Maybe, Value};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: String,
    #[serde(default)]
    ports: Vec<u16>,
    data: Maybe<Value>,
}

#[test]
fn a_misfit_knows_its_path() {
    let value = Value::map([
        ("name", "x".into()),
        ("ports", Value::list([1.into(), "lots".into()])),
        ("data", 1.into()),
    ]);
    let misfit = decode::<Input>(&value).expect_err("a port is no text");
    assert_eq!(misfit.path.join("/"), "ports/1");
    assert!(misfit.message.contains("u16"), "{misfit}");
}

#[test]
fn a_value_in_a_field_is_taken_as_it_is() {
    let data = Value::map([("$", Value::text("secret")), ("v", 1.into())]);
    let nested = Value::list([Value::map([("$$", data.clone())])]);
    for data in [data, nested] {
        let value = Value::map([("name", "x".into()), ("data", data.clone())]);
        let input = decode::<Input>(&value).expect("data may look like anything");
        assert_eq!(input.data, Maybe::Known(data));
    }
}

#[test]
fn an_unknown_where_one_of_several_types_will_do_is_unknown() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Ports {
        One(u16),
        Several(Vec<u16>),
    }
    #[derive(Debug, Deserialize)]
    struct Asked {
        ports: Ports,
    }
    let decoded = |ports| decode::<Asked>(&Value::map([("ports", ports)]));
    let one = decoded(1.into()).expect("one will do");
    assert!(matches!(one.ports, Ports::One(1)), "{one:?}");
    let several = decoded(Value::list([1.into()])).expect("several will do");
    assert!(
        matches!(&several.ports, Ports::Several(all) if *all == [1]),
        "{several:?}"
    );
    for ports in [
        Value::unknown("`t1`"),
        Value::list([Value::unknown("`t1`")]),
    ] {
        let misfit = decoded(ports).expect_err("it is not known");
        assert!(misfit.unknown.is_some(), "{misfit:?}");
    }
    let misfit = decoded("lots".into()).expect_err("that is wrong");
    assert!(misfit.unknown.is_none(), "{misfit:?}");
}

#[test]
fn an_unknown_is_not_wrong_but_unknown() {
    let value = Value::map([("name", Value::unknown("`t1`")), ("data", 1.into())]);
    let misfit = decode::<Input>(&value).expect_err("the name is not known");
    assert!(misfit.unknown.is_some(), "{misfit:?}");
    let value = Value::map([("name", "x".into()), ("data", Value::unknown("`t1`"))]);
    let input = decode::<Input>(&value).expect("only what is handed on is unknown");
    assert!(matches!(input.data, Maybe::Unknown(_)));
    assert_eq!((input.name.as_str(), input.ports.len()), ("x", 0));
}
