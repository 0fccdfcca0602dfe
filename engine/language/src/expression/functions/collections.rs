//! Functions of lists and maps.

use std::sync::Arc;

use runsheet_step::shape::Type;
use runsheet_step::{Unknown, Value};

use super::{Function, parameter, refused};
use crate::expression::infer::families::{ANY, LIST, MAP, TEXT};
use crate::expression::operators;

pub(super) static LEN: Function = Function {
    name: "len",
    parameters: &[parameter("of", LIST.or(MAP).or(TEXT))],
    repeats: false,
    shallow: true,
    secrets: false,
    gives: |_| Type::Int,
    call: |arguments| {
        let length = match &arguments[0] {
            Value::List(items) => items.len(),
            Value::Map(map) => map.len(),
            Value::Text(text) => text.chars().count(),
            other => return Err(refused("a list, a map or text", other)),
        };
        Ok(Value::Int(i64::try_from(length).unwrap_or(i64::MAX)))
    },
    doc: "how many items a list or a map has, or characters a text",
    examples: &[("len([4, 5])", "2"), ("len(\"é\")", "1")],
};

pub(super) static KEYS: Function = Function {
    name: "keys",
    parameters: &[parameter("map", MAP)],
    repeats: false,
    shallow: true,
    secrets: false,
    gives: |_| Type::list(Type::Text),
    call: |arguments| match &arguments[0] {
        Value::Map(map) => Ok(Value::list(map.keys().cloned().map(Value::Text))),
        other => Err(refused("a map", other)),
    },
    doc: "the keys of a map, in order",
    examples: &[("keys(m)", "[a, b]")],
};

pub(super) static VALUES: Function = Function {
    name: "values",
    parameters: &[parameter("map", MAP)],
    repeats: false,
    shallow: true,
    secrets: false,
    gives: |types| match types.first() {
        Some(Type::Map(of)) => Type::List(of.clone()),
        _ => Type::list(Type::Any),
    },
    call: |arguments| match &arguments[0] {
        Value::Map(map) => Ok(Value::list(map.values().cloned())),
        other => Err(refused("a map", other)),
    },
    doc: "the values of a map, in order",
    examples: &[("values(m)", "[1, 2]")],
};

pub(super) static CONTAINS: Function = Function {
    name: "contains",
    parameters: &[
        parameter("holder", LIST.or(MAP).or(TEXT)),
        parameter("value", ANY),
    ],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::Bool,
    call: |arguments| {
        let found = operators::contains(&arguments[0], &arguments[1]);
        found.map(Value::Bool).map_err(|(message, _)| message)
    },
    doc: "whether a list has an item, a text a part, a map a key; the same as `in`",
    examples: &[
        ("contains(\"T1 done\", \"T1\")", "true"),
        ("contains([1, 2], 3)", "false"),
    ],
};

pub(super) static ANY_OF: Function = Function {
    name: "any",
    parameters: &[parameter("list", LIST)],
    repeats: false,
    shallow: true,
    secrets: false,
    gives: |_| Type::Bool,
    call: |arguments| quantified(&arguments[0], false),
    doc: "whether any item is true, or meets a condition: `any(list, x => x.late)`",
    examples: &[
        ("any([false, true])", "true"),
        ("any([1, 2], n => n > 2)", "false"),
        ("any([])", "false"),
    ],
};

pub(super) static ALL_OF: Function = Function {
    name: "all",
    parameters: &[parameter("list", LIST)],
    repeats: false,
    shallow: true,
    secrets: false,
    gives: |_| Type::Bool,
    call: |arguments| quantified(&arguments[0], true),
    doc: "whether all items are true, or meet a condition: `all(list, x => x.done)`",
    examples: &[
        ("all([false, true])", "false"),
        ("all([1, 2], n => n > 0)", "true"),
        ("all([])", "true"),
    ],
};

/// Whether any item is true, or all of them are. One item that decides outweighs all that are
/// not known.
pub(in crate::expression) fn quantified(list: &Value, all: bool) -> Result<Value, String> {
    let mut whys = Vec::new();
    for item in list.items() {
        match item {
            Value::Bool(truth) if *truth != all => return Ok(Value::Bool(*truth)),
            Value::Bool(_) => {}
            Value::Unknown(why) => whys.push(Unknown::clone(why)),
            other => return Err(refused("only bools in the list", other)),
        }
    }
    let why = Unknown::all(whys);
    Ok(why.map_or(Value::Bool(all), |why| Value::Unknown(Arc::new(why))))
}
