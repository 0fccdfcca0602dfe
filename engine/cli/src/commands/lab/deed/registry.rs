//! A value of the registry that is set or deleted, or a key that is made.

use runsheet_site::registry::{DataForm, NAME, canonical, form, resource};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Value};

use super::{Deed, Place, misused};
use crate::complaint::Complaint;
use crate::exit::Exit;

pub(super) static DEED: Deed = Deed {
    name: "registry",
    facility: NAME,
    takes: "set KEY VALUE TYPE DATA | delete KEY [VALUE] | create KEY",
    about: "changes the registry",
    remedies: &[
        (
            "no-such-host",
            "name an Exchange server: postoffices have no registry",
        ),
        ("no-such-key", "make it first: registry create KEY"),
        (
            "key-not-empty",
            "delete first what it holds; `runsheet lab show registry HOST KEY` lists the values",
        ),
    ],
    act,
};

fn act(place: &Place<'_>, words: &[&str]) -> Result<(), Complaint> {
    match words {
        ["set", key, name, kind, data @ ..] if !data.is_empty() => {
            let data = given(kind, data);
            canonical(kind, &data).map_err(|misfit| {
                let complaint = Complaint::new(misfit.message).help(misfit.help);
                complaint.exit(Exit::Usage)
            })?;
            let value = Value::map([("type", Value::text(*kind)), ("data", data)]);
            let set = place.tell(&DEED, &resource(key, Some(name)), Verb::Put(value));
            set.map(drop)
        }
        ["delete", key] => delete(place, key, None),
        ["delete", key, name] => delete(place, key, Some(name)),
        ["create", key] => place.act(&DEED, &resource(key, None), "create-key"),
        _ => Err(misused(
            &DEED,
            words.first().unwrap_or(&""),
            &["set", "delete", "create"],
        )),
    }
}

/// Deletes a value or a key. That there was none is no error, but worth a word: it may have been
/// called otherwise.
fn delete(place: &Place<'_>, key: &str, name: Option<&str>) -> Result<(), Complaint> {
    let deleted = place.tell(&DEED, &resource(key, name), Verb::Delete)?;
    if deleted == Answer::Absent {
        let what = name.map_or_else(|| format!("key {key}"), |name| format!("value {name}"));
        place.console.note(&format!(
            "there was no {what}; `runsheet lab show registry` lists what there is"
        ));
    }
    Ok(())
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
