//! What can be asked of a type.

use runsheet_step::Name;
use runsheet_step::shape::{Field, Type};

use super::{Absent, TypeKey};

/// Looks keys up in a type, from the key of that number on.
pub(super) fn walk(kind: Type, keys: &[TypeKey<'_>], from: usize) -> Result<Type, Absent> {
    let mut kind = kind;
    for (n, key) in keys.iter().enumerate().skip(from) {
        kind = member(&kind, key, n + 1)?;
    }
    Ok(kind)
}

fn member(kind: &Type, key: &TypeKey<'_>, at: usize) -> Result<Type, Absent> {
    match (kind, key) {
        (Type::Any, _) => Ok(Type::Any),
        (Type::Record(fields), TypeKey::Name(name)) => field(fields, name, at),
        (Type::Open(fields, other), TypeKey::Name(name)) => {
            Ok(field(fields, name, at).unwrap_or_else(|_| (**other).clone()))
        }
        (Type::Record(_) | Type::Open(..), TypeKey::Of(_)) => Ok(Type::Any),
        (Type::Map(of), _) => Ok((**of).clone()),
        (Type::List(of), TypeKey::Of(_)) => Ok((**of).clone()),
        (Type::List(_), TypeKey::Name(name)) => {
            let message = format!("a list has no `{name}`");
            let help = match *name {
                "length" | "size" | "count" | "len" => "`len(..)` around the list counts its items",
                _ => "ask for one of its items, such as `[0]`, or for `any` and `all` of them",
            };
            Err(helped(Absent::new(at, message, []), help))
        }
        (Type::Host, TypeKey::Name(name)) => of_host(name, at),
        (Type::OneOf(types), key) => {
            let mut answers = types.iter().map(|kind| member(kind, key, at));
            let first = answers.find(|answer| answer.is_ok());
            first.unwrap_or_else(|| member(types.last().unwrap_or(&Type::Any), key, at))
        }
        (kind, TypeKey::Name(name)) => Err(Absent::new(at, format!("{kind} has no `{name}`"), [])),
        (kind, TypeKey::Of(_)) => Err(Absent::new(at, format!("{kind} has no items"), [])),
    }
}

fn helped(absent: Absent, help: &str) -> Absent {
    Absent {
        help: Some(help.to_owned()),
        ..absent
    }
}

fn field(fields: &[Field], name: &str, at: usize) -> Result<Type, Absent> {
    if let Some(field) = fields.iter().find(|field| &*field.name == name) {
        return Ok(field.kind.clone());
    }
    let known = fields.iter().map(|field| Name::to_string(&field.name));
    Err(Absent::new(at, format!("there is no `{name}`"), known))
}

fn of_host(name: &str, at: usize) -> Result<Type, Absent> {
    match name {
        "name" => Ok(Type::Text),
        "groups" => Ok(Type::list(Type::Text)),
        "vars" => Ok(Type::map(Type::Any)),
        _ => {
            let known = ["name", "groups", "vars"].map(str::to_owned);
            Err(Absent::new(at, format!("a host has no `{name}`"), known))
        }
    }
}
