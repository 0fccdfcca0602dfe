//! A value of the registry that is set or deleted, or a key that is made.

use runsheet_site::registry::{DataForm, NAME, canonical, form, resource};
use runsheet_step::Value;
use runsheet_step::request::Verb;

use super::{Deed, Place, misused};
use crate::complaint::Complaint;

pub(super) static DEED: Deed = Deed {
    name: "registry",
    takes: "set KEY VALUE TYPE DATA | delete KEY [VALUE] | create KEY",
    about: "changes the registry",
    act,
};

fn act(place: &Place<'_>, words: &[&str]) -> Result<(), Complaint> {
    match words {
        ["set", key, name, kind, data @ ..] if !data.is_empty() => {
            let data = given(kind, data);
            canonical(kind, &data)
                .map_err(|misfit| Complaint::new(misfit.message).help(misfit.help))?;
            let value = Value::map([("type", Value::text(*kind)), ("data", data)]);
            place.tell(NAME, &resource(key, Some(name)), Verb::Put(value))
        }
        ["delete", key] => place.tell(NAME, &resource(key, None), Verb::Delete),
        ["delete", key, name] => place.tell(NAME, &resource(key, Some(name)), Verb::Delete),
        ["create", key] => place.act(NAME, &resource(key, None), "create-key"),
        _ => Err(misused(
            &DEED,
            words.first().unwrap_or(&""),
            &["set", "delete", "create"],
        )),
    }
}

/// The data as the facility takes them: a number, a list, or a text.
fn given(kind: &str, data: &[&str]) -> Value {
    let line = data.join(" ");
    match (form(kind), line.parse::<i64>()) {
        (Some(DataForm::Number(_)), Ok(number)) => Value::Int(number),
        (Some(DataForm::Texts), _) => Value::list(data.iter().map(|it| Value::text(*it))),
        _ => Value::text(line),
    }
}
