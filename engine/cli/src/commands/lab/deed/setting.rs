//! An attribute of an object in the Exchange Administrator program that is given a value.

use runsheet_site::settings::NAME;
use runsheet_step::Value;
use runsheet_step::request::Verb;

use super::{Deed, Place, misused};
use crate::complaint::Complaint;

pub(super) static DEED: Deed = Deed {
    name: "setting",
    facility: NAME,
    takes: "OBJECT ATTRIBUTE VALUE",
    about: "gives an attribute of an Exchange object a value",
    remedies: &[
        (
            "no-such-host",
            "name an Exchange server: postoffices have no settings",
        ),
        (
            "no-such-object",
            "`runsheet lab show settings` lists the objects",
        ),
        (
            "no-such-attribute",
            "`runsheet lab show settings` lists the attributes of each object",
        ),
    ],
    act,
};

fn act(place: &Place<'_>, words: &[&str]) -> Result<(), Complaint> {
    let [object, attribute, value] = words else {
        return Err(misused(&DEED, words.first().unwrap_or(&""), &[]));
    };
    let value = match (*value, value.parse::<i64>()) {
        ("true", _) => Value::Bool(true),
        ("false", _) => Value::Bool(false),
        (_, Ok(number)) => Value::Int(number),
        (text, Err(_)) => Value::text(text),
    };
    let put = place.tell(&DEED, &format!("{object}: {attribute}"), Verb::Put(value));
    put.map(drop)
}
